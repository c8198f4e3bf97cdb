/**
 * Whether one version of Go is good enough for the module around a directory: by what gvt reads from its go and
 * toolchain lines, and by what the go command of that version can read at all.
 */
import { dirname, join } from "node:path";
import type { ModuleRequirement } from "../go/module-file.js";
import { compareInGoOrder, type GoVersion, isExact, type LanguageVersion } from "../go/version.js";
import { readBoundedSync } from "../io/files.js";
import { findModuleFile, readRequirement } from "../select/module-requirement.js";
import type { UserGoEnvPlace } from "../store/user-go-env.js";
import { parseModuleFile } from "./collect/module-files.js";
import { findGoverning, findUnreadable, type Governing } from "./governing.js";

/** A line of a go.mod or go.work that a version of Go has to live with. */
export interface Need {
  readonly path: string;
  readonly line: number;
  /** As written: `go 1.22.6`, `toolchain go1.23.0`. */
  readonly text: string;
  readonly wanted: GoVersion | LanguageVersion;
}

export interface ModuleNeeds {
  /** What governs the directory asks first; then, in a workspace, the module that the directory lies in. */
  readonly needs: readonly Need[];
  readonly files: readonly Governing[];
}

export type Verdict =
  | { readonly kind: "good enough" }
  | { readonly kind: "too old"; readonly need: Need }
  /** Its parser stops at this line. */
  | { readonly kind: "cannot read"; readonly need: Need };

const MAX_BYTES = 16 << 20;

/** Throws `BAD_VERSION_FILE` where a file that counts cannot be read, or names no version. */
export function readNeeds(place: UserGoEnvPlace, versions: string): ModuleNeeds {
  const path = findModuleFile(place, versions);
  if (path === undefined) return { needs: [], files: [] };
  const requirement = readRequirement(path);
  const governing = readGoverning(path);
  const first = requirement ? [needOf(path, requirement)] : [];
  const module = findModuleFile({ ...place, env: { ...place.env, GOWORK: "off" } }, versions);
  const isMember =
    module !== undefined &&
    module !== path &&
    governing?.file.uses.some(({ directory }) => join(dirname(path), directory) === dirname(module));
  if (!isMember) return { needs: first, files: governing ? [governing] : [] };
  // Go asks a member of a workspace for its go line; its toolchain line counts only outside.
  readRequirement(module);
  const member = readGoverning(module);
  const second = member?.go && {
    path: module,
    line: member.go.line,
    text: member.go.text,
    wanted: member.go.version,
  };
  return {
    needs: [...first, ...(second ? [second] : [])],
    files: [governing, member].filter((file) => file !== undefined),
  };
}

/** Pure: the first need that is not met. Of a line, its newest release counts. */
export function judge(version: GoVersion | LanguageVersion, { needs, files }: ModuleNeeds): Verdict {
  const unmet = needs.find(({ wanted }) =>
    isExact(version) ? compareInGoOrder(version, wanted) < 0 : version.minor < wanted.minor,
  );
  if (unmet) return { kind: "too old", need: unmet };
  for (const governing of files) {
    const unreadable = findUnreadable(version, governing);
    if (!unreadable) continue;
    const { text, line, needed } = unreadable;
    return {
      kind: "cannot read",
      need: { path: governing.file.path, line, text, wanted: needed.version },
    };
  }
  return { kind: "good enough" };
}

function needOf(path: string, { line, text, wanted }: ModuleRequirement): Need {
  return { path, line, text, wanted };
}

function readGoverning(path: string): Governing | undefined {
  const file = readBoundedSync(path, MAX_BYTES);
  if (file.kind !== "text") return undefined;
  const moduleFiles = [parseModuleFile(path, file.bytes.toString("utf8"))];
  return findGoverning({
    repository: { governing: path, moduleFiles, versionFiles: [], ci: [], docker: [] },
  });
}
