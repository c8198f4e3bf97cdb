/** The system's Go: the first program of that name on PATH that is not gvt's own, however PATH spells the root. */
import { readdirSync, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { Context } from "../context.js";
import { isProgram, readEndsSync } from "../io/files.js";
import type { Layout } from "../store/layout.js";
import { upwardFrom } from "./pins.js";

/**
 * Relative and empty entries of PATH are passed over: nothing is ever run from the current directory because it lies
 * there.
 */
export function findSystemProgram(
  { env, layout }: Pick<Context, "env" | "layout">,
  name: string,
): string | undefined {
  for (const directory of (env["PATH"] ?? "").split(":")) {
    if (!isAbsolute(directory)) continue;
    const program = join(directory, name);
    if (!isProgram(program)) continue;
    if (!isUnderRoot(directory, layout) && !isOurs(program, name, layout)) return program;
  }
  return undefined;
}

/** The root may be spelled through links, so its identity counts and not its name. */
function isUnderRoot(directory: string, { root }: Layout): boolean {
  const rootIdentity = findIdentity(root);
  for (const above of upwardFrom(directory)) {
    if (above === root) return true;
    if (rootIdentity !== undefined && findIdentity(above) === rootIdentity) return true;
  }
  return false;
}

/** How shims/shim.sh begins. */
const SHIM_HEAD = "#!/bin/sh\n# gvt shim:";

/** A link to a shim or into a toolchain is gvt's own too, and so is a shim of another root. */
function isOurs(program: string, name: string, layout: Layout): boolean {
  const identity = findIdentity(program);
  const own = [
    join(layout.shims, name),
    ...listNames(layout.versions)
      .filter((version) => !version.startsWith("."))
      .map((version) => join(layout.versions, version, "bin", name)),
  ];
  for (const path of own) if (findIdentity(path) === identity) return true;
  return readEndsSync(program, SHIM_HEAD.length)?.head.toString("latin1") === SHIM_HEAD;
}

function findIdentity(path: string): string | undefined {
  try {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    return found && `${found.dev}:${found.ino}`;
  } catch {
    return undefined; // what cannot be looked at cannot be run
  }
}

function listNames(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return []; // nothing is installed
  }
}
