/** Requirements: which go.work or go.mod governs a directory, found as the go command finds it, and what it asks for. */
import { type Stats, statSync } from "node:fs";
import { dirname, isAbsolute, join, normalize } from "node:path";
import { GvtError } from "../errors.js";
import { escapePath } from "../go/escape.js";
import { findRequirement, type ModuleRequirement } from "../go/module-file.js";
import { readUserGoEnv, type UserGoEnvPlace } from "../store/user-go-env.js";
import { upwardFrom } from "./pins.js";
import { readVersionText } from "./version-text.js";

const MAX_BYTES = 16 << 20;

/**
 * The file that governs `cwd`: the go.work that GOWORK names or that lies above, else the nearest go.mod. Only looks
 * for it; what it says may not matter.
 */
export function findModuleFile(place: UserGoEnvPlace, versions: string): string | undefined {
  const workspace = findWorkspace(place, versions);
  // GOWORK may name a file that `go work init` is about to write.
  if (workspace !== undefined && statOrUndefined(workspace)) return workspace;
  return findUpward(place.cwd, "go.mod");
}

/** What the file asks for; undefined where it asks for nothing. Throws `BAD_VERSION_FILE`. */
export function readRequirement(path: string): ModuleRequirement | undefined {
  return readVersionText(path, MAX_BYTES, findRequirement);
}

/** True where `directory` is that of the file, or below it. */
export function governs(path: string, directory: string): boolean {
  const top = dirname(path);
  return top === "/" || directory === top || directory.startsWith(`${top}/`);
}

function findWorkspace(place: UserGoEnvPlace, versions: string): string | undefined {
  const named = place.env["GOWORK"] || readUserGoEnv(place).get("GOWORK")?.value;
  if (named === "off") return undefined;
  if (!named || named === "auto") return findUpward(place.cwd, "go.work", versions);
  if (!isAbsolute(named)) throw relativeWorkspace(named);
  return normalize(named);
}

/**
 * The nearest file of that name that is no directory. A toolchain's own tree is not part of a workspace around it, so
 * the walk does not leave a directory of `versions`.
 */
function findUpward(cwd: string, name: string, versions?: string): string | undefined {
  for (const directory of upwardFrom(cwd)) {
    if (directory !== cwd && dirname(directory) === versions) return undefined;
    const path = join(directory, name);
    const found = statOrUndefined(path);
    if (found && !found.isDirectory()) return path;
  }
  return undefined;
}

/** To Go, a file that it cannot look at is not there. */
function statOrUndefined(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function relativeWorkspace(named: string): GvtError {
  return new GvtError("USAGE", `GOWORK is \`${escapePath(named)}\`, which is not an absolute path`, {
    hint: "`unset GOWORK`, or `go env -u GOWORK` where `go env -w` has set it",
  });
}
