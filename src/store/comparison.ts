/** An installed tree held against the manifest in its receipt: what is missing, what was altered, what was added. */
import { createHash } from "node:crypto";
import { lstat, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { isGvtError } from "../errors.js";
import { formatGoVersion, type GoVersion, isSameVersion } from "../go/version.js";
import { describeSystemError, systemCode } from "../io/files.js";
import { type Layout, RECEIPT } from "./layout.js";
import { type ManifestFile, readReceipt } from "./receipt.js";
import { notInstalled, type Toolchain } from "./store.js";

/** Paths are relative to GOROOT, with slashes, in order. */
export interface TreeComparison {
  readonly missing: readonly string[];
  readonly altered: readonly AlteredFile[];
  /** Files and links that were not published with it; directories count for nothing. */
  readonly added: readonly string[];
}

export interface AlteredFile {
  readonly path: string;
  readonly reason: string;
}

/** What a closer look at one toolchain of the store says. */
export type Inspection = Toolchain &
  (
    | { readonly kind: "compared"; readonly files: number; readonly comparison: TreeComparison }
    /** There is nothing to compare it with: its receipt is missing, damaged, or another version's. */
    | { readonly kind: "incomparable"; readonly reason: string }
  );

/** Files read side by side: as many as Node has threads for. */
const READERS = 4;
const CHUNK = 256 << 10;

/** Reads every file of a toolchain, which takes about a second. Throws `NOT_INSTALLED` where there is nothing. */
export async function inspectToolchain(
  layout: Layout,
  version: GoVersion,
  signal: AbortSignal,
): Promise<Inspection> {
  const goroot = layout.goroot(version);
  await lstat(goroot).catch((error: unknown) => {
    throw systemCode(error) === "ENOENT" ? notInstalled(version) : error;
  });
  const manifest = readManifest(goroot, version);
  if (typeof manifest === "string") return { kind: "incomparable", version, goroot, reason: manifest };
  const comparison = await compareTree(goroot, manifest, signal);
  return { kind: "compared", version, goroot, files: manifest.length, comparison };
}

/** Whether a tree is as it was published. */
export function isWhole(inspection: Inspection): boolean {
  if (inspection.kind === "incomparable") return false;
  const { missing, altered, added } = inspection.comparison;
  return missing.length === 0 && altered.length === 0 && added.length === 0;
}

/** Whether all that differs are programs in bin that were not published with it: tools that somebody has put there. */
export function hasOnlyAddedPrograms(inspection: Inspection): boolean {
  if (inspection.kind === "incomparable" || isWhole(inspection)) return false;
  const { missing, altered, added } = inspection.comparison;
  return missing.length + altered.length === 0 && added.every(isInBin);
}

export function isInBin(path: string): boolean {
  return path.startsWith("bin/");
}

/** The manifest, or why there is none that this tree can be held against. */
function readManifest(goroot: string, version: GoVersion): readonly ManifestFile[] | string {
  try {
    const receipt = readReceipt(join(goroot, RECEIPT));
    if (!isSameVersion(receipt.version, version)) {
      return `its receipt is that of ${formatGoVersion(receipt.version)}`;
    }
    return receipt.manifest.length === 0 ? "its receipt lists no files" : receipt.manifest;
  } catch (error) {
    if (isGvtError(error)) return error.message;
    throw error;
  }
}

async function compareTree(
  goroot: string,
  manifest: readonly ManifestFile[],
  signal: AbortSignal,
): Promise<TreeComparison> {
  const { missing, present, added } = await compareNames(goroot, manifest);
  const altered: AlteredFile[] = [];
  const waiting = present.values();
  const reader = async (): Promise<void> => {
    for (const file of waiting) {
      signal.throwIfAborted();
      const reason = await findAlteration(join(goroot, file.path), file);
      if (reason !== undefined) altered.push({ path: file.path, reason });
    }
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  return { missing, altered: altered.sort((a, b) => (a.path < b.path ? -1 : 1)), added };
}

/** What the names alone tell. */
export interface NameComparison {
  readonly missing: readonly string[];
  readonly present: readonly ManifestFile[];
  readonly added: readonly string[];
}

export async function compareNames(
  goroot: string,
  manifest: readonly ManifestFile[],
): Promise<NameComparison> {
  const published = new Set(manifest.map(({ path }) => path));
  const names = await listFiles(goroot);
  const here = new Set(names);
  return {
    missing: manifest.flatMap(({ path }) => (here.has(path) ? [] : [path])).sort(),
    present: manifest.filter(({ path }) => here.has(path)),
    added: names.filter((path) => path !== RECEIPT && !published.has(path)).sort(),
  };
}

/** Every file below, links too, as paths relative to the root. */
async function listFiles(root: string, directory = "", files: string[] = []): Promise<string[]> {
  const entries = await readdir(join(root, directory), { withFileTypes: true });
  const below: string[] = [];
  for (const entry of entries) {
    const path = directory === "" ? entry.name : `${directory}/${entry.name}`;
    (entry.isDirectory() ? below : files).push(path);
  }
  await Promise.all(below.map((path) => listFiles(root, path, files)));
  return files;
}

const EXECUTABLE = 0o100;

/** Of its mode only what makes it a program counts: a tree may have been made read-only for good reasons. */
async function findAlteration(path: string, file: ManifestFile): Promise<string | undefined> {
  try {
    const found = await lstat(path);
    if (!found.isFile()) return found.isSymbolicLink() ? "it is a symbolic link" : "it is no regular file";
    if (found.size !== file.size) return `it has ${found.size} bytes instead of ${file.size}`;
    if (await isContentAltered(path, file)) return "its content is another";
    const isProgram = (found.mode & EXECUTABLE) !== 0;
    if (isProgram !== ((file.mode & EXECUTABLE) !== 0)) {
      return isProgram ? "it is executable" : "it is not executable";
    }
    return undefined;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return `it cannot be read: ${describeSystemError(error)}`;
  }
}

/** One buffer for the whole file: streams leave many behind. */
export async function isContentAltered(path: string, { size, sha256 }: ManifestFile): Promise<boolean> {
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK, size + 1));
  const file = await open(path, "r");
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length);
      if (bytesRead === 0) return hash.digest("hex") !== sha256;
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}
