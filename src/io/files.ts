/**
 * Files, as gvt reads and writes them: hostile files are read without hanging, and what is written is there whole or
 * not at all.
 */
// Node loads `promises`, which takes a millisecond, where it is first used.
import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  openSync,
  promises,
  readSync,
  type Stats,
  statSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

/** What came of reading a file that somebody else may have put there. */
export type FileRead =
  | { readonly kind: "absent" }
  | { readonly kind: "text"; readonly bytes: Buffer }
  /** A directory, FIFO, device or socket. */
  | { readonly kind: "not-a-file"; readonly found: string }
  | { readonly kind: "too-large"; readonly limit: number }
  | { readonly kind: "unreadable"; readonly reason: string };

/** A FIFO is opened without waiting for a writer, and looked at before it is read. */
const WITHOUT_WAITING = constants.O_RDONLY | constants.O_NONBLOCK;

/** Reads at most `limit` bytes of a regular file. Never blocks on a FIFO. */
export async function readBounded(path: string, limit: number): Promise<FileRead> {
  let handle: promises.FileHandle;
  try {
    handle = await promises.open(path, WITHOUT_WAITING);
  } catch (error) {
    return failedRead(error);
  }
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) return { kind: "not-a-file", found: kindOf(stat) };
    const buffer = roomFor(stat, limit);
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return readOf(buffer, length, limit);
  } catch (error) {
    return failedRead(error);
  } finally {
    await handle.close();
  }
}

/**
 * The same at once: for the small files on the way of every command, where a round trip through Node's threads takes
 * longer than the reading. A file system that does not answer holds everything up.
 */
export function readBoundedSync(path: string, limit: number): FileRead {
  let descriptor: number;
  try {
    descriptor = openSync(path, WITHOUT_WAITING);
  } catch (error) {
    return failedRead(error);
  }
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return { kind: "not-a-file", found: kindOf(stat) };
    const buffer = roomFor(stat, limit);
    let length = 0;
    while (length < buffer.length) {
      const bytesRead = readSync(descriptor, buffer, length, buffer.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return readOf(buffer, length, limit);
  } catch (error) {
    return failedRead(error);
  } finally {
    closeSync(descriptor);
  }
}

/** The first and the last bytes of a regular file that has many more; undefined of any other. */
export function readEndsSync(path: string, length: number): { head: Buffer; tail: Buffer } | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, WITHOUT_WAITING);
  } catch {
    return undefined;
  }
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile() || stat.size < 2 * length) return undefined;
    const ends = { head: Buffer.alloc(length), tail: Buffer.alloc(length) };
    const read = readSync(descriptor, ends.head, 0, length, 0);
    const readLast = readSync(descriptor, ends.tail, 0, length, stat.size - length);
    return read + readLast === 2 * length ? ends : undefined;
  } catch {
    return undefined;
  } finally {
    closeSync(descriptor);
  }
}

/** One byte more than allowed, so that a file that grew is noticed too. */
function roomFor({ size }: Stats, limit: number): Buffer {
  return Buffer.alloc(Math.min(size, limit) + 1);
}

function readOf(buffer: Buffer, length: number, limit: number): FileRead {
  if (length > limit) return { kind: "too-large", limit };
  return { kind: "text", bytes: buffer.subarray(0, length) };
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
    const handle = await promises.open(staged, "wx", mode);
    try {
      await handle.writeFile(content);
      await handle.chmod(mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await promises.rename(staged, path);
  } catch (error) {
    await promises.rm(staged, { force: true });
    throw error;
  }
  await syncDirectory(directory);
}

/** Like `mkdir -p`; unlike Node's own, which says ENOENT of a read-only file system, with the system's reason. */
export async function ensureDirectory(path: string, mode = 0o777): Promise<void> {
  try {
    await promises.mkdir(path, { mode });
  } catch (error) {
    if (systemCode(error) === "EEXIST" && (await promises.stat(path)).isDirectory()) return;
    if (systemCode(error) !== "ENOENT" || dirname(path) === path) throw error;
    await ensureDirectory(dirname(path), mode);
    await ensureDirectory(path, mode);
  }
}

/** Whether there is a directory, or a link to one; what cannot be looked at is none. */
export function isDirectory(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    return false;
  }
}

/** Whether this user can run it. */
export function isProgram(path: string): boolean {
  try {
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Makes the names in a directory survive a power loss, where the file system can promise that. */
export async function syncDirectory(path: string): Promise<void> {
  const handle = await promises.open(path, constants.O_RDONLY);
  try {
    await handle.sync();
  } catch (error) {
    // Some network and FUSE file systems do not sync directories, and say so in one of these ways.
    if (!["EINVAL", "ENOTSUP", "EOPNOTSUPP"].includes(systemCode(error) ?? "")) throw error;
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
  ENOENT: "it is not there",
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

/** Every reading that brought no text. */
export type FailedRead = Exclude<FileRead, { readonly kind: "text" }>;

/** Why a file was not read, for people: `it is a FIFO`. */
export function describeFailedRead(read: FailedRead): string {
  switch (read.kind) {
    case "absent":
      return "there is no such file";
    case "not-a-file":
      return `it is ${read.found}`;
    case "too-large":
      return `it is longer than ${read.limit < 1 << 20 ? `${read.limit >> 10} KiB` : `${read.limit >> 20} MiB`}`;
    case "unreadable":
      return `it cannot be read: ${read.reason}`;
  }
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
  return { kind: "unreadable", reason: describeSystemError(error) };
}
