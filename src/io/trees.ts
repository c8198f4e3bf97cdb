/** Whole directory trees: removed however they are protected, and flushed to disk. Never follows a link. */
import { spawn } from "node:child_process";
import { chmod, lstat, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { syncDirectory, systemCode } from "./files.js";

/** Removes a tree, directories without write permission included (Go's module cache has such). No error if absent. */
export async function removeTree(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch (error) {
    const code = systemCode(error);
    if (code !== "EACCES" && code !== "EPERM" && code !== "ENOTEMPTY") throw error;
    if ((await lstat(path)).isDirectory()) await makeRemovable(path);
    await rm(path, { recursive: true, force: true, maxRetries: 2 });
  }
}

async function makeRemovable(directory: string): Promise<void> {
  await chmod(directory, 0o700);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) await makeRemovable(join(directory, entry.name));
  }
}

/** Bytes of the files in a tree, as their sizes say; nothing where it is gone. */
export async function measureTree(path: string): Promise<number> {
  const found = await lstat(path).catch(() => undefined); // whoever was faster has removed it
  if (!found?.isDirectory()) return found?.size ?? 0;
  const names = await readdir(path).catch(() => []);
  const sizes = await Promise.all(names.map((name) => measureTree(join(path, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Where the system's own program lies; one that PATH names first may be anything. */
const SYNC_PROGRAMS = ["/bin/sync", "/usr/bin/sync"];
const SYNCING = 8;

/**
 * Returns when the files and directories of a tree are on disk. One syncfs(2), which Node does not offer and `sync -f`
 * does, takes 0.1 to 0.3 s for a Go release; an fsync for each of 12 000 files is a journal commit each, 2 s on a fast
 * disk and minutes on a slow one, and is left for systems that have no such program. (macOS's sync(2) only starts the
 * writing; the fsync of the receipt that follows flushes the drive.)
 */
export async function flushTree(root: string, files: readonly string[]): Promise<void> {
  for (const program of SYNC_PROGRAMS) if (await runSync(program, root)) return;
  await syncFiles(root, files);
}

function runSync(program: string, root: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, ["-f", root], { stdio: "ignore", env: {} });
    child.once("error", () => resolve(false));
    child.once("exit", (status) => resolve(status === 0));
  });
}

/** The same without that program: an fsync for each of them. */
export async function syncFiles(root: string, files: readonly string[]): Promise<void> {
  const directories = new Set(["."]);
  for (const file of files) {
    for (let end = file.lastIndexOf("/"); end > 0; end = file.lastIndexOf("/", end - 1)) {
      directories.add(file.slice(0, end));
    }
  }
  const waiting = [
    ...files.map((file) => () => syncFile(join(root, file))),
    ...[...directories].map((directory) => () => syncDirectory(join(root, directory))),
  ].values();
  // All take from one list.
  const workers = Array.from({ length: SYNCING }, async () => {
    for (const sync of waiting) await sync();
  });
  await Promise.all(workers);
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
