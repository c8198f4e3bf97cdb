/** An installed tree held against its receipt: what is missing, what was added, and whether its programs are whole. */
import { join } from "node:path";
import { isGvtError } from "../../errors.js";
import { type Platform, toolDirectory } from "../../go/platform.js";
import { systemCode } from "../../io/files.js";
import { compareNames, isContentAltered } from "../../store/comparison.js";
import { RECEIPT } from "../../store/layout.js";
import { type ManifestFile, readReceipt } from "../../store/receipt.js";
import type { Counted, ManifestComparison } from "../program-facts.js";
import type { Look } from "./look.js";

const SHOWN = 10;
const SOURCE = /^src\/.*\.(?:go|s)$/;

/** Undefined where the receipt has no manifest to compare with: the store judges that. */
export async function compareWithReceipt(
  goroot: string,
  platform: Platform,
  look: Look,
): Promise<ManifestComparison | undefined> {
  const manifest = (await look.reaches(goroot)) ? await readManifest(goroot) : undefined;
  if (!manifest) return undefined;
  const names = await compareNames(goroot, manifest).catch(unseen);
  if (!names) return undefined;
  const { missing, present, added } = names;
  const tools = toolDirectory(platform);
  const looked = new Set(["bin/go", `${tools}/compile`, `${tools}/link`]);
  const programs = present.filter(({ path }) => looked.has(path));
  const judged = await Promise.all(programs.map((file) => isAltered(join(goroot, file.path), file, look)));
  return {
    missing: count(missing),
    altered: count(programs.filter((_, index) => judged[index]).map(({ path }) => path)),
    added: count(added.filter((path) => SOURCE.test(path))),
    addedPrograms: count(added.filter((path) => path.startsWith("bin/"))),
  };
}

async function readManifest(goroot: string): Promise<readonly ManifestFile[] | undefined> {
  try {
    const { manifest } = readReceipt(join(goroot, RECEIPT));
    return manifest.length === 0 ? undefined : manifest;
  } catch (error) {
    if (isGvtError(error)) return undefined;
    throw error;
  }
}

async function isAltered(path: string, file: ManifestFile, look: Look): Promise<boolean> {
  const found = await look.stat(path);
  if (!found) return false; // missing, or silent, and said elsewhere
  if (found.size !== file.size) return true;
  return (await look.wait(path, isContentAltered(path, file).catch(unseen))) ?? false;
}

/** What may not be read is said elsewhere. */
function unseen(error: unknown): undefined {
  if (systemCode(error) === undefined) throw error;
  return undefined;
}

function count(paths: readonly string[]): Counted {
  return { count: paths.length, first: paths.slice(0, SHOWN) };
}
