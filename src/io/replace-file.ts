/**
 * New bytes for a file that belongs to a person: it has the old ones or the new ones at every moment, and keeps its
 * owner, mode, access lists and extended attributes. What cannot be kept so is refused, and nothing is touched.
 */
import { spawn } from "node:child_process";
import { constants, type Stats } from "node:fs";
import { access, type FileHandle, lstat, open, realpath, rename, rm } from "node:fs/promises";
import { platform } from "node:os";
import { basename, dirname, join } from "node:path";
import { describeSystemError, randomName, syncDirectory, systemCode, writeAtomically } from "./files.js";

export interface Replacement {
  /** Where the file lies, no link on the way. */
  readonly target: string;
  /** A name beside it that nothing has: the new bytes are made ready there, and what was killed has left it there. */
  readonly staged: string;
  readonly content: Uint8Array;
  /** Asked last: false where the file has changed meanwhile, which then stays as it is. */
  readonly isCurrent: () => Promise<boolean>;
}

export type Replaced =
  | { readonly kind: "replaced" }
  | { readonly kind: "changed" | "refused"; readonly reason: string };

/** Why a file cannot be replaced with all that it has, as far as can be seen beforehand. */
export async function findRefusal(target: string): Promise<string | undefined> {
  try {
    const found = await lstat(target);
    if (!found.isFile()) return "it is no regular file";
    // Each name would go on to say something else.
    if (found.nlink > 1)
      return `it has ${found.nlink} names (hard links), and one of them would keep the old text`;
    // Root may write it all the same; whoever has taken the right from everybody meant root too.
    if ((found.mode & 0o222) === 0) return "it is read-only";
    await access(target, constants.W_OK);
    await access(dirname(target), constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return describeSystemError(error);
  }
}

/** Where it is not replaced, it is as it was. */
export async function replaceFile(replacement: Replacement): Promise<Replaced> {
  const { target, staged, isCurrent } = replacement;
  try {
    const refusal = (await findRefusal(target)) ?? (await stage(replacement));
    if (refusal !== undefined) return { kind: "refused", reason: refusal };
    if (!(await isCurrent())) return CHANGED;
    await rename(staged, target);
    await syncDirectory(dirname(target));
    return { kind: "replaced" };
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return { kind: "refused", reason: describeSystemError(error) };
  } finally {
    await rm(staged, { force: true }).catch(systemCode); // what happened before tells more
  }
}

/** Writes through links. Where there is no file, or a link that leads nowhere, a new one gets `mode`. */
export async function writeThrough(
  path: string,
  content: Uint8Array,
  { mode, isCurrent }: { readonly mode: number } & Pick<Replacement, "isCurrent">,
): Promise<Replaced> {
  const target = await realpath(path).catch(() => undefined);
  if (target !== undefined) {
    const staged = join(dirname(target), `.${basename(target)}.${randomName()}`);
    return replaceFile({ target, staged, content, isCurrent });
  }
  if (!(await isCurrent())) return CHANGED;
  await writeAtomically(path, content, mode);
  return { kind: "replaced" };
}

const CHANGED: Replaced = { kind: "changed", reason: "it was changed meanwhile" };

/** Makes the new file ready beside the old one; what of the old one cannot be kept is the answer. */
async function stage({ target, staged, content }: Replacement): Promise<string | undefined> {
  const original = await lstat(target);
  const handle = await open(staged, "wx", 0o600);
  try {
    if (!(await keepAttributes(target, staged))) return "its extended attributes cannot be kept";
    await handle.writeFile(content);
    if (!(await keepOwnerAndMode(handle, original))) return "its owner, group or mode cannot be kept";
    await handle.sync();
    return undefined;
  } finally {
    await handle.close();
  }
}

const MODE_BITS = 0o7777;

/** Not everybody may give a file away: whether the owner is the same counts, not how it came about. */
async function keepOwnerAndMode(handle: FileHandle, { uid, gid, mode }: Stats): Promise<boolean> {
  await handle.chown(uid, gid).catch(systemCode);
  if ((await handle.stat()).mode !== mode) await handle.chmod(mode & MODE_BITS);
  const staged = await handle.stat();
  return staged.uid === uid && staged.gid === gid && staged.mode === mode;
}

/** The system's own; one that PATH names first may be anything. */
const COPY_PROGRAM = "/bin/cp";

/**
 * Node knows neither access lists nor extended attributes; cp does, where it is not one of those that have none of
 * them (busybox), which is the same as having nothing to keep.
 */
async function keepAttributes(from: string, to: string): Promise<boolean> {
  const program = await realpath(COPY_PROGRAM).catch(() => undefined); // a machine need not have it
  if (program === undefined || /^(?:busybox|toybox)/.test(basename(program))) return true;
  // `all` is lenient about attributes, and naming them makes it strict. macOS copies the text too, which is replaced.
  const options = platform() === "darwin" ? ["-p"] : ["--attributes-only", "--preserve=all,xattr"];
  return new Promise((resolve) => {
    const child = spawn(program, [...options, "--", from, to], { stdio: "ignore", env: {} });
    child.once("error", () => resolve(false));
    child.once("exit", (status) => resolve(status === 0));
  });
}
