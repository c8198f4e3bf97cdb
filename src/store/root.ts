/** The root as a place that is fit to hold programs: there, writable, and nobody else's to change. */
import { realpath, stat } from "node:fs/promises";
import { userInfo } from "node:os";
import { dirname } from "node:path";
import { GvtError } from "../errors.js";
import { describeSystemError, ensureDirectory, systemCode } from "../io/files.js";
import type { Layout } from "./layout.js";

/** Creates what an installation needs. Throws `UNSAFE_ROOT` or `DISK` where the root is not fit for it. */
export async function ensureRoot(layout: Layout): Promise<void> {
  await verifyAncestors(layout.root);
  for (const directory of [layout.root, layout.versions, layout.tmp, layout.downloads, layout.locks]) {
    try {
      await ensureDirectory(directory, 0o755);
    } catch (error) {
      throw cannotCreate(layout.root, directory, error);
    }
  }
  await verifyOwner(layout.root);
  // A root that is a link, or below one, is as safe as the place it leads to.
  await verifyAncestors(await realpath(layout.root));
}

/**
 * The programs of a root are run by its user; where anybody can rename or replace a directory above them, anybody owns
 * him. Who the directories above belong to is not judged: in a container's namespace that may be nobody.
 */
async function verifyAncestors(root: string): Promise<void> {
  for (let path = root; ; path = dirname(path)) {
    const found = await statIfThere(path);
    // In a sticky directory (/tmp) only the owner of an entry can rename it.
    if (found && (found.mode & 0o002) !== 0 && (path === root || (found.mode & 0o1000) === 0)) {
      throw worldWritable(root, path);
    }
    if (path === dirname(path)) return;
  }
}

async function verifyOwner(root: string): Promise<void> {
  const { uid } = await stat(root);
  const own = await findOwnUid();
  if (uid !== 0 && own !== undefined && uid !== own) throw foreignRoot(root, uid, own);
}

async function findOwnUid(): Promise<number | undefined> {
  try {
    return userInfo().uid;
  } catch {
    // A container's user need not be in any list of users; where even /proc says nothing, nothing can be compared.
    return (await statIfThere("/proc/self"))?.uid;
  }
}

async function statIfThere(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined; // mkdir will say what is wrong with it
  }
}

function cannotCreate(root: string, directory: string, cause: unknown): GvtError {
  return new GvtError("DISK", `cannot create \`${directory}\`: ${describeSystemError(cause)}`, {
    facts: { root },
    hint: "set GVT_ROOT to a directory that you may write to",
    cause,
  });
}

function worldWritable(root: string, path: string): GvtError {
  return new GvtError("UNSAFE_ROOT", `anyone on this machine can change \`${path}\``, {
    facts: { root },
    hint: `\`chmod o-w '${path}'\`, or set GVT_ROOT to a directory of your own`,
  });
}

function foreignRoot(root: string, uid: number, own: number): GvtError {
  return new GvtError("UNSAFE_ROOT", `\`${root}\` belongs to another user`, {
    facts: { owner: `uid ${uid}`, you: `uid ${own}` },
    hint: "run gvt as that user, or set GVT_ROOT to a directory of your own",
  });
}
