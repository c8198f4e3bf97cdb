/** An installed tree held against its receipt: what is missing, what was added, and whether its programs are whole. */
import { createHash } from "node:crypto";
import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { isGvtError } from "../../errors.js";
import { type Platform, toolDirectory } from "../../go/platform.js";
import { RECEIPT } from "../../store/layout.js";
import { type ManifestFile, readReceipt } from "../../store/receipt.js";
import type { Counted, ManifestComparison } from "../snapshot.js";
import type { Look } from "./look.js";

const SHOWN = 10;
const CHUNK = 256 << 10;
const SOURCE = /^src\/.*\.(?:go|s)$/;

/** Undefined where the receipt has no manifest to compare with: the store judges that. */
export async function compareWithReceipt(
  goroot: string,
  platform: Platform,
  look: Look,
): Promise<ManifestComparison | undefined> {
  const manifest = (await look.reaches(goroot)) ? await readManifest(goroot) : undefined;
  if (!manifest) return undefined;
  const published = new Map(manifest.map((file) => [file.path, file]));
  const present = await listFiles(goroot);
  const here = new Set(present);
  const missing = manifest.filter(({ path }) => !here.has(path)).map(({ path }) => path);
  const added = present.filter((path) => !published.has(path));
  const tools = toolDirectory(platform);
  const programs = ["bin/go", `${tools}/compile`, `${tools}/link`].flatMap(
    (path) => published.get(path) ?? [],
  );
  const judged = await Promise.all(
    programs.map(
      async (file) => here.has(file.path) && (await isAltered(join(goroot, file.path), file, look)),
    ),
  );
  return {
    missing: count(missing),
    altered: count(programs.filter((_, index) => judged[index]).map(({ path }) => path)),
    added: count(added.filter((path) => SOURCE.test(path))),
    addedPrograms: count(added.filter((path) => path.startsWith("bin/"))),
  };
}

async function readManifest(goroot: string): Promise<readonly ManifestFile[] | undefined> {
  try {
    const { manifest } = await readReceipt(join(goroot, RECEIPT));
    return manifest.length === 0 ? undefined : manifest;
  } catch (error) {
    if (isGvtError(error)) return undefined;
    throw error;
  }
}

/** Every file below, links too, as paths relative to the root; directories that cannot be read count as empty. */
async function listFiles(root: string, directory = "", files: string[] = []): Promise<string[]> {
  const entries = await readdir(join(root, directory), { withFileTypes: true }).catch(() => []);
  const below: string[] = [];
  for (const entry of entries) {
    const path = directory === "" ? entry.name : `${directory}/${entry.name}`;
    (entry.isDirectory() ? below : files).push(path);
  }
  await Promise.all(below.map((path) => listFiles(root, path, files)));
  return files;
}

async function isAltered(path: string, { size, sha256 }: ManifestFile, look: Look): Promise<boolean> {
  const found = await look.stat(path);
  if (!found) return false; // missing, or silent, and said elsewhere
  if (found.size !== size) return true;
  const actual = await look.wait(path, digest(path));
  return actual !== undefined && actual !== sha256;
}

/** One buffer for the whole file: streams leave many behind. */
async function digest(path: string): Promise<string> {
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(CHUNK);
  const file = await open(path, "r");
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK);
      if (bytesRead === 0) return hash.digest("hex");
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

function count(paths: readonly string[]): Counted {
  return { count: paths.length, first: paths.slice(0, SHOWN) };
}
