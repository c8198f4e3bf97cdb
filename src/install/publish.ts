/** The end of an installation: receipt, flush to disk, one rename; or two, where a tree is in the way that is mended. */
import { chmod, lstat, readdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { GvtError, isGvtError } from "../errors.js";
import { describeSystemError, syncDirectory, systemCode, writeAtomically } from "../io/files.js";
import { flushTree } from "../io/trees.js";
import { RECEIPT } from "../store/layout.js";
import { formatReceipt, type Receipt } from "../store/receipt.js";

/** Throws `DISK` where something that gvt did not install is in the way; an empty directory is nothing. */
export async function verifyTarget(goroot: string): Promise<void> {
  try {
    const found = await lstat(goroot);
    if (!found.isDirectory())
      throw occupied(goroot, found.isSymbolicLink() ? "a symbolic link" : "no directory");
    if ((await readdir(goroot)).length > 0) throw occupied(goroot, "a directory without a receipt");
  } catch (error) {
    if (isGvtError(error)) throw error;
    if (systemCode(error) !== "ENOENT") throw cannotPublish(goroot, error);
  }
}

/** Flushes the tree, then writes the receipt that says it is whole, and flushes that. */
export async function sealTree(tree: string, receipt: Receipt): Promise<void> {
  try {
    await flushTree(
      tree,
      receipt.manifest.map(({ path }) => path),
    );
    await writeAtomically(join(tree, RECEIPT), formatReceipt(receipt), 0o644);
  } catch (error) {
    throw cannotPublish(tree, error);
  }
}

/** False where another process was faster: its tree stays, this one is dropped. */
export async function publishTree(tree: string, goroot: string): Promise<boolean> {
  try {
    await rename(tree, goroot);
  } catch (error) {
    const code = systemCode(error);
    if (code !== "ENOTEMPTY" && code !== "EEXIST" && code !== "ENOTDIR") throw cannotPublish(goroot, error);
    if (await hasReceipt(goroot)) return false;
    throw occupied(goroot, "something that gvt did not install");
  }
  await syncDirectory(dirname(goroot));
  return true;
}

/**
 * Puts a tree in the place of one that goes to `trash`, by two renames: between them the version is not installed. Where
 * the second fails, the first is undone.
 */
export async function replaceTree(
  tree: string,
  goroot: string,
  { trash, onMoved }: { readonly trash: string; readonly onMoved: () => void },
): Promise<void> {
  try {
    await moveAway(goroot, trash);
  } catch (error) {
    throw cannotPublish(goroot, error);
  }
  onMoved();
  try {
    await publishTree(tree, goroot);
  } catch (error) {
    await rename(trash, goroot).catch(() => undefined); // the first failure is the one to tell
    throw error;
  }
}

/** One rename, of a read-only directory too. */
export async function moveAway(goroot: string, trash: string): Promise<void> {
  try {
    await rename(goroot, trash);
  } catch (error) {
    if (systemCode(error) !== "EACCES" && systemCode(error) !== "EPERM") throw error;
    // To move a directory is to change its entry `..`, which a read-only one does not allow.
    await chmod(goroot, 0o700);
    await rename(goroot, trash);
  }
}

async function hasReceipt(goroot: string): Promise<boolean> {
  return (await lstat(join(goroot, RECEIPT)).catch(() => undefined))?.isFile() ?? false;
}

function occupied(goroot: string, found: string): GvtError {
  return new GvtError("DISK", `\`${goroot}\` is ${found}, and not gvt's to replace`, {
    hint: `look at it, and move it away: \`mv '${goroot}' '${goroot}.old'\``,
  });
}

function cannotPublish(goroot: string, cause: unknown): GvtError {
  const apart = systemCode(cause) === "EXDEV";
  return new GvtError("DISK", `cannot put the toolchain into \`${goroot}\`: ${describeSystemError(cause)}`, {
    hint: apart ? "tmp/ and versions/ must be on one file system" : "nothing was installed",
    cause,
  });
}
