/**
 * The directory of a module zip, read strictly: regular files below the module's own directory and nothing else, no
 * second meaning anywhere. The only importer of `yauzl`.
 */
import { readSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import yauzl, { type Entry, type ZipFile } from "yauzl";
import type { ArchiveRead } from "./archive.js";
import { EntryNames, unsafeArchive } from "./entry-names.js";
import { systemCode } from "./files.js";

/** A file of the zip whose place was checked and whose content was not. */
export interface ZipEntry {
  /** Below the module's directory. */
  readonly path: string;
  readonly size: number;
  readonly crc: number;
  readonly compressed: boolean;
  /** Where its local header and its data begin. */
  readonly header: number;
  readonly start: number;
  readonly length: number;
}

const END_RECORD = 22;
const ZIP64_LOCATOR = 20;
const CENTRAL_HEADER = 46;
const LOCAL_HEADER = 30;
const STORED = 0;
const DEFLATED = 8;
const FLAG_DESCRIPTOR = 0x08;
const FLAG_UTF8 = 0x800;
const EXTRA_UNICODE_PATH = 0x7075;
const UNIX_TYPE = 0xf000;
const UNIX_REGULAR = 0x8000;
/** The central directory of a Go module takes 1.5 MB. */
const MAX_DIRECTORY = 32 << 20;
const MAX_RATIO = 1100;

/** The entries of a zip in the order of their data. `prefix` ends with a slash. Throws `ARCHIVE_UNSAFE`. */
export async function listZip({ name, file }: ArchiveRead, prefix: string): Promise<ZipEntry[]> {
  const { size } = await file.stat();
  const directory = await findDirectory(name, file, size);
  const reader = new ZipReader(file.fd, directory.start, size);
  const names = new EntryNames(name, prefix);
  const entries: ZipEntry[] = [];
  let accounted = directory.start;
  try {
    const zip = await yauzl.fromRandomAccessReaderPromise(reader, size, {
      autoClose: false,
      strictFileNames: true,
    });
    for await (const entry of zip.eachEntry()) {
      accounted += CENTRAL_HEADER + entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
      entries.push(await placeEntry(zip, entry, names));
    }
  } catch (error) {
    throw systemCode(error) === undefined && error instanceof Error && error.constructor === Error
      ? unsafeArchive(name, error.message, undefined, error)
      : error;
  }
  if (accounted !== size - END_RECORD)
    throw unsafeArchive(name, "something lies between its directory and its end");
  return orderByPlace(name, entries, directory.start);
}

/** The end record must be the last thing in the file, and say where the directory is, in the plain form. */
async function findDirectory(name: string, file: FileHandle, size: number): Promise<{ start: number }> {
  const tail = Buffer.alloc(END_RECORD + ZIP64_LOCATOR);
  if (size < tail.length) throw unsafeArchive(name, "it is no zip file, or not a whole one");
  await file.read(tail, 0, tail.length, size - tail.length);
  const end = tail.subarray(ZIP64_LOCATOR);
  if (end.readUInt32LE(0) !== 0x06054b50 || end.readUInt16LE(20) !== 0) {
    throw unsafeArchive(name, "it is no zip file, or not a whole one");
  }
  if (tail.readUInt32LE(0) === 0x07064b50) throw unsafeArchive(name, "it has a second, 64-bit directory");
  const start = end.readUInt32LE(16);
  const length = end.readUInt32LE(12);
  if (end.readUInt32LE(4) !== 0 || end.readUInt16LE(8) !== end.readUInt16LE(10)) {
    throw unsafeArchive(name, "it has several parts");
  }
  if (start + length !== size - END_RECORD)
    throw unsafeArchive(name, "its directory is not where it should be");
  if (length > MAX_DIRECTORY) throw unsafeArchive(name, "its directory is too long");
  return { start };
}

/** What yauzl reads: the directory from memory, local headers from the file, both at once. */
class ZipReader extends yauzl.RandomAccessReader {
  readonly #fd: number;
  readonly #start: number;
  readonly #tail: Buffer;

  constructor(fd: number, start: number, size: number) {
    super();
    this.#fd = fd;
    this.#start = start;
    this.#tail = readPiece(fd, start, size - start);
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    if (position < this.#start) readPiece(this.#fd, position, length).copy(buffer, offset);
    else this.#tail.copy(buffer, offset, position - this.#start, position - this.#start + length);
    callback(null);
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null);
  }
}

function readPiece(fd: number, position: number, length: number): Buffer {
  return readInto(Buffer.allocUnsafe(length), fd, position);
}

/** Fills the memory from a place in a file. */
export function readInto(bytes: Buffer, fd: number, position: number): Buffer {
  for (let read = 0; read < bytes.length; ) {
    const more = readSync(fd, bytes, read, bytes.length - read, position + read);
    if (more === 0) throw new Error("it ends too early");
    read += more;
  }
  return bytes;
}

/** Central and local header must say the same, and nothing but a plain file. */
async function placeEntry(zip: ZipFile, entry: Entry, names: EntryNames): Promise<ZipEntry> {
  const { fileName, compressionMethod: method, generalPurposeBitFlag: flags } = entry;
  const refuse = (reason: string) => names.refuse(fileName, reason);
  if ((flags & ~(FLAG_DESCRIPTOR | FLAG_UTF8)) !== 0)
    throw refuse("it is encrypted, or says something unusual");
  if (method !== STORED && method !== DEFLATED) throw refuse(`its compression (${method}) is unusual`);
  const type = (entry.externalFileAttributes >>> 16) & UNIX_TYPE;
  if (type !== 0 && type !== UNIX_REGULAR) throw refuse("it is no regular file");
  if (entry.extraFields.some(({ id }) => id === EXTRA_UNICODE_PATH)) throw refuse("it has a second name");
  if (!Buffer.from(fileName).equals(entry.fileNameRaw)) throw refuse("its name is not in UTF-8");
  if (entry.uncompressedSize > MAX_RATIO * entry.compressedSize)
    throw refuse("it unpacks to too many times its size");
  const path = names.addFile(fileName, entry.uncompressedSize);
  const local = await zip.readLocalFileHeaderPromise(entry);
  const described = (flags & FLAG_DESCRIPTOR) !== 0;
  if (
    !local.fileName.equals(entry.fileNameRaw) ||
    local.generalPurposeBitFlag !== flags ||
    local.compressionMethod !== method ||
    (!described &&
      (local.crc32 !== entry.crc32 ||
        local.compressedSize !== entry.compressedSize ||
        local.uncompressedSize !== entry.uncompressedSize))
  ) {
    throw refuse("its two headers contradict each other");
  }
  return {
    path,
    size: entry.uncompressedSize,
    crc: entry.crc32,
    compressed: method === DEFLATED,
    header: entry.relativeOffsetOfLocalHeader,
    start: entry.relativeOffsetOfLocalHeader + LOCAL_HEADER + local.fileNameLength + local.extraFieldLength,
    length: entry.compressedSize,
  };
}

/** Overlapping entries would let a small file unpack to anything. */
function orderByPlace(name: string, entries: ZipEntry[], end: number): ZipEntry[] {
  entries.sort((a, b) => a.header - b.header);
  let free = 0;
  for (const { path, header, start, length } of entries) {
    if (header < free) throw unsafeArchive(name, "it overlaps another entry", path);
    free = start + length;
  }
  if (free > end) throw unsafeArchive(name, "an entry reaches into its directory");
  return entries;
}
