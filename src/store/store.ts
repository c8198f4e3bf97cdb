/**
 * Which toolchains are installed. Installed means that the version's directory holds a receipt; whether the receipt
 * and the tree agree is judged only where somebody asks for that.
 */
import { readdir, stat } from "node:fs/promises";
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
import { describeSystemError, readBounded, systemCode } from "../io/files.js";
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
export async function listInstalled(layout: Layout): Promise<GoVersion[]> {
  const versions = (await entriesOf(layout.versions))
    .map(versionOfDirectory)
    .filter((version) => version !== undefined);
  const installed = await Promise.all(versions.map((version) => isFile(layout.receipt(version))));
  return versions.filter((_, place) => installed[place]).sort(compareGoVersions);
}

export async function findToolchain(layout: Layout, version: GoVersion): Promise<Toolchain | undefined> {
  if (!(await isFile(layout.receipt(version)))) return undefined;
  return { version, goroot: layout.goroot(version) };
}

/** Every entry of versions/: versions first, oldest first, then what is there besides. */
export async function listToolchains(layout: Layout): Promise<StoreEntry[]> {
  // A file manager's `.DS_Store` is nobody's toolchain.
  const names = (await entriesOf(layout.versions)).filter((name) => !name.startsWith("."));
  const judged = await Promise.all(names.map((name) => judgeEntry(layout, name)));
  return judged.sort(compareEntries);
}

async function judgeEntry(layout: Layout, name: string): Promise<StoreEntry> {
  const path = join(layout.versions, name);
  const damaged = (reason: string): StoreEntry => ({ kind: "damaged", path, reason });
  const version = versionOfDirectory(name);
  if (!version) return damaged("its name is no Go version");
  const reason = await findDamage(path);
  if (reason !== undefined) return damaged(reason);
  try {
    const received = await readReceiptVersion(join(path, RECEIPT));
    if (!isSameVersion(received, version)) {
      return damaged(`its receipt is that of ${formatGoVersion(received)}`);
    }
    const stated = await findStatedVersion(path);
    if (stated && !isSameVersion(stated, version)) return damaged("its file VERSION names another version");
    return { kind: "ok", toolchain: { version, goroot: path } };
  } catch (error) {
    if (isGvtError(error)) return damaged(error.message);
    throw error;
  }
}

/** What can be seen without reading a file. */
async function findDamage(path: string): Promise<string | undefined> {
  if (!(await stat(path).catch(absent))?.isDirectory()) return "it is no directory";
  if (!(await isFile(join(path, RECEIPT)))) return "it has no receipt";
  const go = await stat(join(path, "bin", "go")).catch(absent);
  if (!go?.isFile()) return "it has no bin/go";
  return (go.mode & 0o111) === 0 ? "its bin/go is not executable" : undefined;
}

/** What the first line of a GOROOT's file VERSION says: `go1.22.6`. */
export async function findStatedVersion(goroot: string): Promise<GoVersion | undefined> {
  const file = await readBounded(join(goroot, "VERSION"), MAX_VERSION_FILE_BYTES);
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
async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(absent))?.isFile() ?? false;
}

async function entriesOf(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw unreadable(directory, error);
  }
}

function compareEntries(a: StoreEntry, b: StoreEntry): number {
  return compareGoVersionsOrLast(a, b) || (entryPath(a) < entryPath(b) ? -1 : 1);
}

function compareGoVersionsOrLast(a: StoreEntry, b: StoreEntry): number {
  const [versionA, versionB] = [a, b].map((entry) =>
    versionOfDirectory(entryPath(entry).replace(/^.*\//, "")),
  );
  if (versionA && versionB) return compareGoVersions(versionA, versionB);
  return Number(versionA === undefined) - Number(versionB === undefined);
}

function entryPath(entry: StoreEntry): string {
  return entry.kind === "ok" ? entry.toolchain.goroot : entry.path;
}

function absent(error: unknown): undefined {
  // Whatever keeps a path from being looked at keeps a shim from using it.
  if (error instanceof Error) return undefined;
  throw error;
}

function unreadable(directory: string, cause: unknown): GvtError {
  return new GvtError("DISK", `cannot read \`${directory}\`: ${describeSystemError(cause)}`, { cause });
}
