/**
 * Files, as gvt reads and writes them: hostile files are read without hanging, and what is written is there whole or
 * not at all.
 */
import { constants } from "node:fs";
import { type FileHandle, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** What came of reading a file that somebody else may have put there. */
export type FileRead =
  | { readonly kind: "absent" }
  | { readonly kind: "text"; readonly bytes: Buffer }
  /** A directory, FIFO, device or socket. */
  | { readonly kind: "not-a-file"; readonly found: string }
  | { readonly kind: "too-large"; readonly limit: number }
  | { readonly kind: "unreadable"; readonly reason: string };

/**
 * Reads at most `limit` bytes of a regular file. Never blocks on a FIFO: the file is opened without waiting for a
 * writer, and looked at before it is read.
 */
export async function readBounded(path: string, limit: number): Promise<FileRead> {
  let handle: FileHandle;
  try {
    handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return failedRead(error);
  }
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) return { kind: "not-a-file", found: kindOf(stat) };
    // One byte more than allowed, so that a file that grew is noticed too.
    const buffer = Buffer.alloc(Math.min(stat.size, limit) + 1);
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    if (length > limit) return { kind: "too-large", limit };
    return { kind: "text", bytes: buffer.subarray(0, length) };
  } catch (error) {
    return failedRead(error);
  } finally {
    await handle.close();
  }
}

/** Writes a whole file or none: a new file beside it, flushed to disk, takes its name. Follows no planted link. */
export async function writeAtomically(
  path: string,
  content: string | Uint8Array,
  mode = 0o644,
): Promise<void> {
  const directory = dirname(path);
  await ensureDirectory(directory);
  const staged = join(directory, `.${basename(path)}.${randomName()}`);
  try {
    const handle = await open(staged, "wx", mode);
    try {
      await handle.writeFile(content);
      await handle.chmod(mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(staged, path);
  } catch (error) {
    await rm(staged, { force: true });
    throw error;
  }
  await syncDirectory(directory);
}

/** Like `mkdir -p`; unlike Node's own, which says ENOENT of a read-only file system, with the system's reason. */
export async function ensureDirectory(path: string, mode = 0o777): Promise<void> {
  try {
    await mkdir(path, { mode });
  } catch (error) {
    if (systemCode(error) === "EEXIST" && (await stat(path)).isDirectory()) return;
    if (systemCode(error) !== "ENOENT" || dirname(path) === path) throw error;
    await ensureDirectory(dirname(path), mode);
    await ensureDirectory(path, mode);
  }
}

/** Makes the names in a directory survive a power loss. */
export async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** 64 random bits for a name beside others. */
export function randomName(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(8))).toString("hex");
}

/** The system's own word for an error (`ENOSPC`), where it is one. */
export function systemCode(error: unknown): string | undefined {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return undefined;
}

const REASONS: Readonly<Record<string, string>> = {
  EROFS: "the file system is read-only",
  EACCES: "permission denied",
  EPERM: "permission denied",
  ENOSPC: "no space left on the file system",
  EDQUOT: "the disk quota is used up",
  ENOTDIR: "something on the way is no directory",
  EISDIR: "a directory is in the way",
  EEXIST: "something else of that name is in the way",
  ENAMETOOLONG: "the path is too long",
  ELOOP: "symbolic links lead in a circle",
  EXDEV: "it would cross file systems",
  EMFILE: "too many open files",
  ENFILE: "too many open files",
  EIO: "the device reports an error",
};

/** What a system's error means, for people: `no space left on the file system (ENOSPC)`. */
export function describeSystemError(error: unknown): string {
  const code = systemCode(error);
  if (code === undefined) return String(error);
  const reason = REASONS[code];
  return reason === undefined ? code : `${reason} (${code})`;
}

interface FileKind {
  isDirectory(): boolean;
  isFIFO(): boolean;
  isSocket(): boolean;
}

function kindOf(stat: FileKind): string {
  if (stat.isDirectory()) return "a directory";
  if (stat.isFIFO()) return "a FIFO";
  return stat.isSocket() ? "a socket" : "a device";
}

function failedRead(error: unknown): FileRead {
  const code = systemCode(error);
  if (code === "ENOENT" || code === "ENOTDIR") return { kind: "absent" };
  if (code === "EISDIR") return { kind: "not-a-file", found: "a directory" };
  if (code === "ENXIO") return { kind: "not-a-file", found: "a socket" };
  return { kind: "unreadable", reason: code ?? String(error) };
}
