/**
 * Which toolchains are installed. Installed means that the version's directory holds a receipt; whether the receipt
 * and the tree agree is judged only where somebody asks for that.
 */
import { readdirSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import { GvtError, isGvtError } from "../errors.js";
import {
  compareGoVersions,
  findGoVersion,
  findPublishedVersion,
  formatGoVersion,
  type GoVersion,
  isSameVersion,
} from "../go/version.js";
import { describeSystemError, readBoundedSync, systemCode } from "../io/files.js";
import { type Layout, RECEIPT } from "./layout.js";
import { readReceiptVersion } from "./receipt.js";

/** An installed, runnable Go of one version. */
export interface Toolchain {
  readonly version: GoVersion;
  readonly goroot: string;
}

/** One entry of versions/ after a closer look. */
export type StoreEntry =
  | { readonly kind: "ok"; readonly toolchain: Toolchain }
  | { readonly kind: "damaged"; readonly path: string; readonly reason: string };

const MAX_VERSION_FILE_BYTES = 64 << 10;

/** The versions whose directory holds a receipt, oldest first. Looks at names and file types only. */
export function listInstalled(layout: Layout): GoVersion[] {
  return entriesOf(layout.versions)
    .map(versionOfDirectory)
    .filter((version) => version !== undefined)
    .filter((version) => isFile(layout.receipt(version)))
    .sort(compareGoVersions);
}

export function findToolchain(layout: Layout, version: GoVersion): Toolchain | undefined {
  if (!isFile(layout.receipt(version))) return undefined;
  return { version, goroot: layout.goroot(version) };
}

/** Every entry of versions/: versions first, oldest first, then what is there besides. */
export function listToolchains(layout: Layout): StoreEntry[] {
  // A file manager's `.DS_Store` is nobody's toolchain.
  const names = entriesOf(layout.versions).filter((name) => !name.startsWith("."));
  const versions = names.map(versionOfDirectory).filter((version) => version !== undefined);
  const others = names.filter((name) => versionOfDirectory(name) === undefined);
  return [
    ...versions.sort(compareGoVersions).map((version) => judge(layout, version)),
    ...others.sort().map((name): StoreEntry => {
      return { kind: "damaged", path: join(layout.versions, name), reason: "its name is no Go version" };
    }),
  ];
}

function judge(layout: Layout, version: GoVersion): StoreEntry {
  const goroot = layout.goroot(version);
  const damaged = (reason: string): StoreEntry => ({ kind: "damaged", path: goroot, reason });
  const reason = findDamage(goroot);
  if (reason !== undefined) return damaged(reason);
  try {
    const received = readReceiptVersion(layout.receipt(version));
    if (!isSameVersion(received, version)) {
      return damaged(`its receipt is that of ${formatGoVersion(received)}`);
    }
    const stated = findStatedVersion(goroot);
    if (stated && !isSameVersion(stated, version)) return damaged("its file VERSION names another version");
    return { kind: "ok", toolchain: { version, goroot } };
  } catch (error) {
    if (isGvtError(error)) return damaged(error.message);
    throw error;
  }
}

/** What can be seen without reading a file. */
function findDamage(path: string): string | undefined {
  if (!statOrUndefined(path)?.isDirectory()) return "it is no directory";
  if (!isFile(join(path, RECEIPT))) return "it has no receipt";
  const go = statOrUndefined(join(path, "bin", "go"));
  if (!go?.isFile()) return "it has no bin/go";
  return (go.mode & 0o111) === 0 ? "its bin/go is not executable" : undefined;
}

/** What the first line of a GOROOT's file VERSION says: `go1.22.6`. */
export function findStatedVersion(goroot: string): GoVersion | undefined {
  const file = readBoundedSync(join(goroot, "VERSION"), MAX_VERSION_FILE_BYTES);
  if (file.kind !== "text") return undefined;
  const line = file.bytes.toString("utf8").split(/\r?\n/, 1)[0] ?? "";
  return line.startsWith("go") ? findPublishedVersion(line.slice(2)) : undefined;
}

/** Canonical names only: `1.22.6` and `1.20.0`, but neither `go1.22.6` nor `01.22.6`. */
function versionOfDirectory(name: string): GoVersion | undefined {
  const version = findGoVersion(name);
  return version && formatGoVersion(version) === name ? version : undefined;
}

/** Selection in the shim asks `[ -f ]`, which follows links; so does this. */
function isFile(path: string): boolean {
  return statOrUndefined(path)?.isFile() ?? false;
}

function entriesOf(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw unreadable(directory, error);
  }
}

/** Whatever keeps a path from being looked at keeps a shim from using it. */
function statOrUndefined(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

export function notInstalled(version: GoVersion): GvtError {
  return new GvtError("NOT_INSTALLED", `Go ${formatGoVersion(version)} is not installed`, {
    hint: "`gvt list` shows what is",
  });
}

function unreadable(directory: string, cause: unknown): GvtError {
  return new GvtError("DISK", `cannot read \`${directory}\`: ${describeSystemError(cause)}`, { cause });
}
