/**
 * What Go itself is configured to, read from files without running Go: the environment, the go-env file, and the
 * `go.env` of a Go on PATH or in the store, in Go's order of precedence.
 */
import { readdir, realpath } from "node:fs/promises";
import { delimiter, dirname, isAbsolute, join, sep } from "node:path";
import type { Context } from "../context.js";
import { compareGoVersions, findGoVersion } from "../go/version.js";
import { findGoEnvFile, findUserGoEnv, type GoEnvFile } from "../store/user-go-env.js";

interface GoSetting {
  readonly value: string;
  /** For people: `the environment`, `/home/me/.config/go/env:3`. */
  readonly origin: string;
}

export interface GoSettings {
  /** Undefined where nothing sets it to more than the empty string, which to Go means the same. */
  find(name: string): GoSetting | undefined;
}

export async function readGoSettings(context: Context): Promise<GoSettings> {
  // What Go cannot read it takes as empty; so a broken file does not stop gvt either.
  const files = [findUserGoEnv(context), await findGorootFile(context)].filter((file) => file !== undefined);
  return {
    find: (name) => {
      const stated = context.env[name];
      if (stated) return { value: stated, origin: "the environment" };
      for (const { path, settings } of files) {
        const setting = settings.get(name);
        // An empty line in the user's file hides what go.env says, as in Go.
        if (setting)
          return setting.value ? { value: setting.value, origin: `${path}:${setting.line}` } : undefined;
      }
      return undefined;
    },
  };
}

/** The `go.env` of the first Go on PATH that has one, else of the newest that is installed. */
async function findGorootFile(context: Context): Promise<GoEnvFile | undefined> {
  for (const goroot of [...(await listGorootsOnPath(context)), ...(await listInstalledGoroots(context))]) {
    const file = findGoEnvFile(join(goroot, "go.env"));
    if (file) return file;
  }
  return undefined;
}

/** Where the programs named `go` on PATH really are; gvt's own shims are not asked. */
async function listGorootsOnPath({ env, layout }: Context): Promise<string[]> {
  const goroots: string[] = [];
  for (const directory of (env["PATH"] ?? "").split(delimiter)) {
    if (!isAbsolute(directory) || directory.startsWith(layout.root + sep)) continue;
    const program = await realpath(join(directory, "go")).catch(() => undefined); // no go there
    if (program !== undefined) goroots.push(dirname(dirname(program)));
  }
  return goroots;
}

async function listInstalledGoroots({ layout }: Context): Promise<string[]> {
  const names = await readdir(layout.versions).catch(() => []); // nothing is installed yet
  return names
    .flatMap((name) => findGoVersion(name) ?? [])
    .sort((a, b) => compareGoVersions(b, a))
    .map((version) => layout.goroot(version));
}
