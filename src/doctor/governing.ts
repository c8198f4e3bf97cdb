/** What the go.work or go.mod that governs the current directory asks for, in the go command's own terms. Pure. */
import {
  compareInGoOrder,
  findGoVersion,
  findLanguageVersion,
  findToolchainName,
  type GoVersion,
  isExact,
  type LanguageVersion,
  toolchainName,
} from "../go/version.js";
import type { ModuleFile } from "./repository-facts.js";
import type { Snapshot } from "./snapshot.js";

export interface StatedVersion {
  readonly version: GoVersion | LanguageVersion;
  /** As written: `go 1.22.6`. */
  readonly text: string;
  readonly line: number;
}

export type Needed = Pick<StatedVersion, "version">;

export interface Governing {
  readonly file: ModuleFile;
  readonly go: StatedVersion | undefined;
  readonly toolchain: StatedVersion | undefined;
  /** `toolchain default`: whatever the `go` line says, Go does not switch. */
  readonly staysDefault: boolean;
  /** The newer of the two. */
  readonly wanted: StatedVersion | undefined;
}

/** Directives of go.mod and go.work, and the line of Go that first knew them. */
const DIRECTIVES: Readonly<Record<string, number>> = { toolchain: 21, godebug: 23, tool: 24, ignore: 25 };
/** The first line whose go.mod may name a patch: `go 1.21.0`. */
const PATCH_LINE = 21;

export function findGoverning({ repository }: Pick<Snapshot, "repository">): Governing | undefined {
  const file = repository.moduleFiles.find(({ path }) => path === repository.governing);
  if (!file) return undefined;
  const go = findStated(file, "go");
  const toolchain = findStated(file, "toolchain");
  const staysDefault = file.directives.some(({ key, text }) => key === "toolchain" && text === "default");
  const wanted =
    go && toolchain && compareInGoOrder(toolchain.version, go.version) > 0 ? toolchain : (go ?? toolchain);
  return { file, go, toolchain, staysDefault, wanted };
}

/** What a `go` or `toolchain` line states, where it is a version. */
function findStated(file: ModuleFile, key: "go" | "toolchain"): StatedVersion | undefined {
  const directive = file.directives.find((candidate) => candidate.key === key);
  if (!directive) return undefined;
  const { text, line } = directive;
  const version =
    key === "toolchain" ? findToolchainName(text) : (findGoVersion(text) ?? findLanguageVersion(text));
  return version && { version, text: `${key} ${text}`, line };
}

/** The first line of the file that this version's parser does not know, and what knows every line of it. */
export function findUnreadable(
  version: LanguageVersion,
  { file, go }: Governing,
): (Pick<StatedVersion, "text" | "line"> & { readonly needed: Needed }) | undefined {
  const patch = go && isExact(go.version) ? [{ ...go, minor: PATCH_LINE }] : [];
  const directives = file.directives.map(({ key, text, line }) => ({
    text: `${key} ${text}`.trim(),
    line,
    minor: DIRECTIVES[key] ?? 0,
  }));
  const unreadable = [...patch, ...directives].filter(({ minor }) => version.minor < minor);
  const [first] = unreadable;
  if (!first) return undefined;
  const knowing = { minor: Math.max(...unreadable.map(({ minor }) => minor)) };
  const isLineNewer = go !== undefined && compareInGoOrder(go.version, knowing) > 0;
  return { text: first.text, line: first.line, needed: { version: isLineNewer ? go.version : knowing } };
}

/** The name under which Go looks for what is stated: a bare `1.24` asks for `go1.24.0`. */
export function nameOfStated({ version }: StatedVersion): string {
  return toolchainName(isExact(version) ? version : { minor: version.minor, patch: 0 });
}

export function isOlder(version: GoVersion, than: Needed): boolean {
  return compareInGoOrder(version, than.version) < 0;
}
