/**
 * The hash that Go's checksum database keeps of a module (`h1:`), and how the files of a release archive become those
 * of the toolchain module, so that the log can vouch for an archive without a second download.
 */
import { createHash } from "node:crypto";
import { GvtError } from "../errors.js";
import { escapeText } from "../go/escape.js";
import { modulePlatform, type Platform } from "../go/platform.js";
import { type GoVersion, toolchainName } from "../go/version.js";

/** A module at one version, as proxies and the log name it. */
export interface Module {
  readonly path: string;
  readonly version: string;
}

/** One regular file: its slash-separated name and the SHA-256 of its content as 64 lower-case hex digits. */
export interface FileDigest {
  readonly name: string;
  readonly sha256: string;
}

/**
 * What is known of the log's hash and the hash computed from a release archive: `equal` where they were proven to be
 * the same, `expected` where they should be, so that a difference proves nothing, `unknown` where trying is no use.
 */
export type ModuleHashRelation = "equal" | "expected" | "unknown";

/** From this line on one program (cmd/distpack) packs archive and module alike. */
const FIRST_DISTPACK_MINOR = 21;

/** What the module leaves out of the archive. */
const LEFT_OUT = /^(?:api|doc|misc|test)\//;

/** The module whose versions are the toolchains. */
export const TOOLCHAIN_MODULE = "golang.org/toolchain";

/** `golang.org/toolchain@v0.0.1-go1.22.6.linux-amd64`. */
export function toolchainModule(version: GoVersion, platform: Platform): Module {
  return {
    path: TOOLCHAIN_MODULE,
    version: `v0.0.1-${toolchainName(version)}.${modulePlatform(platform)}`,
  };
}

/** What `archiveModuleHash` is worth for a release archive. Apple's signing of darwin archives cannot be repeated. */
export function hashesToModule(version: GoVersion, platform: Platform): ModuleHashRelation {
  if (version.minor < FIRST_DISTPACK_MINOR) return "unknown";
  return platform.os === "linux" ? "equal" : "expected";
}

/** Go's Hash1: over the names in the order of their UTF-8 bytes, each with its content's SHA-256. */
export function moduleHash(files: Iterable<FileDigest>): string {
  const sorted = sortByBytes([...files]);
  const hash = createHash("sha256");
  let previous: string | undefined;
  for (const { name, sha256 } of sorted) {
    if (name === previous) throw unhashable(name, "it is there twice");
    if (name.includes("\n")) throw unhashable(name, "it has a line break in its name");
    hash.update(`${sha256}  ${name}\n`);
    previous = name;
  }
  return `h1:${hash.digest("base64")}`;
}

/**
 * The name in its toolchain module of a file of a release archive, given relative to GOROOT: `src/go.mod` becomes
 * `golang.org/toolchain@v0.0.1-go1.22.6.linux-amd64/src/_go.mod`. Undefined where the module leaves it out.
 */
export function moduleFileName({ path, version }: Module, name: string): string | undefined {
  if (LEFT_OUT.test(name)) return undefined;
  return `${path}@${version}/${name.replace(/(^|\/)go\.mod$/, "$1_go.mod")}`;
}

/** The hash that the log should have, computed from all regular files of a release archive, named relative to GOROOT. */
export function archiveModuleHash(module: Module, files: Iterable<FileDigest>): string {
  const renamed: FileDigest[] = [];
  for (const { name, sha256 } of files) {
    const inModule = moduleFileName(module, name);
    if (inModule !== undefined) renamed.push({ name: inModule, sha256 });
  }
  return moduleHash(renamed);
}

/** JavaScript orders by UTF-16 units, which is the order of the bytes unless a name has surrogates. */
function sortByBytes(files: FileDigest[]): FileDigest[] {
  if (files.some(({ name }) => /[\ud800-\udfff]/.test(name))) {
    return files
      .map((file) => ({ file, bytes: Buffer.from(file.name) }))
      .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
      .map(({ file }) => file);
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
}

function unhashable(name: string, reason: string): GvtError {
  return new GvtError(
    "ARCHIVE_UNSAFE",
    `cannot hash the file \`${escapeText(name)}\` of a module: ${reason}`,
  );
}
