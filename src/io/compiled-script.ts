/**
 * Runs a CommonJS script with V8's compiled form of it kept beside it: compiling the CLI anew takes longer than most
 * commands run. What is kept is only a cache: V8 refuses it after a change of Node, and it is then written anew.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Script } from "node:vm";

export interface CompiledScript {
  readonly exports: unknown;
  /** To be called when the program ends: by then V8 has compiled what this run needed. Never throws. */
  readonly keep: () => void;
}

/**
 * `path` must change with the content (a hash in its name): V8 compares no more of the source than its length. The
 * script must be ASCII, which is faster to read than UTF-8; it may require(), but not import(). What it requires beside
 * itself is run in the same way.
 */
export function runCompiled(path: string): CompiledScript {
  const cached = `${path}.cache`;
  const cachedData = readOrUndefined(cached);
  const wrapped = `(function (exports, require, module, __filename, __dirname) { ${readFileSync(path, "latin1")}\n})`;
  const script = new Script(wrapped, { filename: path, ...(cachedData && { cachedData }) });
  const module = { exports: {} };
  const parts = new Map<string, CompiledScript>();
  const requireOther = createRequire(path);
  const requireFrom = (id: string): unknown => {
    if (!id.startsWith("./")) return requireOther(id);
    const part = parts.get(id) ?? runCompiled(join(dirname(path), id));
    parts.set(id, part);
    return part.exports;
  };
  script.runInThisContext()(module.exports, requireFrom, module, path, dirname(path));
  const stale = cachedData === undefined || script.cachedDataRejected === true;
  return {
    exports: module.exports,
    keep: () => {
      for (const part of parts.values()) part.keep();
      if (stale) writeQuietly(cached, script.createCachedData());
    },
  };
}

function readOrUndefined(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined; // not written yet
  }
}

/** A place that cannot be written to, or another gvt that writes there now, only costs the next start its time. */
function writeQuietly(path: string, bytes: Buffer): void {
  const staged = `${path}.${Math.random().toString(36).slice(2)}`;
  try {
    writeFileSync(staged, bytes, { flag: "wx" });
    renameSync(staged, path);
  } catch {
    rmSync(staged, { force: true });
  }
}
