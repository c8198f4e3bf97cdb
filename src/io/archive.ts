/**
 * Release archives (`.tar.gz`), read strictly: regular files and directories below `go/` and nothing else, one gzip
 * member, nothing after the end. The only importer of `tar`, of which it uses the parser: what is written is written by
 * the tree writer, into a directory that did not exist before.
 */
import { createHash, hash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip, type Gunzip, type ZlibOptions } from "node:zlib";
import { Parser, type ReadEntry } from "tar";
import { EntryNames, unsafeArchive } from "./entry-names.js";
import { LARGE, TreeWriter } from "./tree-writer.js";

/** A regular file of an archive: its path below the top directory. */
export interface ArchivedFile {
  readonly path: string;
  readonly size: number;
  /** 0o755 or 0o644, whatever the archive says beside the owner's x-bit. */
  readonly mode: number;
  /** 64 lower-case hex digits. */
  readonly sha256: string;
}

export interface ArchiveRead {
  /** For errors. */
  readonly name: string;
  readonly file: FileHandle;
  readonly signal: AbortSignal;
  /** Called often with how many bytes of the archive have been read. */
  readonly onProgress?: (read: number) => void;
}

const TOP = "go/";
const BLOCK = 512;
const GZIP_TRAILER = 8;

/** Go archives unpack to 3.2 to 4.5 times their size. */
const MAX_RATIO = 20;
const RATIO_SLACK = 16 << 20;
/** What a writer may put after the two blocks of zeros that end an archive. */
const MAX_PADDING = 64 << 10;

/**
 * Inflated bytes at a time, and how many such pieces the thread that inflates may be ahead of the one that parses and
 * writes: by default it waits for each to be consumed. Counted as objects, pieces are not joined into larger ones.
 */
const GUNZIP: ZlibOptions & { readonly readableObjectMode: true; readonly readableHighWaterMark: number } = {
  chunkSize: 512 << 10,
  readableObjectMode: true,
  readableHighWaterMark: 4,
};
const READ_CHUNK = 4 << 20;

/** Unpacks into `root`, which must not exist. Throws `ARCHIVE_UNSAFE` at the first thing that is not as it should be. */
export async function unpackTarGz(archive: ArchiveRead, root: string): Promise<ArchivedFile[]> {
  const writer = new TreeWriter(root);
  const files = await readTarGz(archive, writer);
  await writer.finish();
  return files;
}

/** Reads everything and writes nothing. */
export function hashTarGz(archive: ArchiveRead): Promise<ArchivedFile[]> {
  return readTarGz(archive, undefined);
}

async function readTarGz(archive: ArchiveRead, writer: TreeWriter | undefined): Promise<ArchivedFile[]> {
  const { name, file, signal, onProgress } = archive;
  const { size } = await file.stat();
  const tar = new TarReader(name, writer);
  const gunzip = createGunzip(GUNZIP);
  const source = createReadStream("", { fd: file, start: 0, autoClose: false, highWaterMark: READ_CHUNK });
  let failure: unknown;
  const consume = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
    try {
      for await (const chunk of chunks) {
        tar.write(chunk);
        if (tar.length > MAX_RATIO * gunzip.bytesWritten + RATIO_SLACK) {
          throw unsafeArchive(name, `it unpacks to more than ${MAX_RATIO} times its size`);
        }
        onProgress?.(Math.min(gunzip.bytesWritten, size));
        await writer?.room();
      }
    } catch (error) {
      failure = error;
    }
  };
  try {
    await pipeline(source, gunzip, consume, { signal });
  } catch (error) {
    failure ??= error;
  }
  // What the consumer threw comes first: the pipeline's own error is then only its echo.
  if (isZlibError(failure))
    throw unsafeArchive(name, `it is no whole gzip file: ${failure.message}`, undefined, failure);
  if (failure !== undefined) throw failure;
  await verifyGzipEnd(archive, size, gunzip, tar.length);
  return tar.end();
}

export function isZlibError(error: unknown): error is Error {
  return error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
}

/** zlib passes over what follows a gzip member, and goes on with what looks like another one. */
async function verifyGzipEnd(
  { name, file }: ArchiveRead,
  size: number,
  gunzip: Gunzip,
  length: number,
): Promise<void> {
  if (gunzip.bytesWritten !== size) throw unsafeArchive(name, "something follows its gzip data");
  const trailer = Buffer.alloc(GZIP_TRAILER);
  await file.read(trailer, 0, GZIP_TRAILER, Math.max(0, size - GZIP_TRAILER));
  if (trailer.readUInt32LE(4) !== length % 2 ** 32)
    throw unsafeArchive(name, "it holds more than one gzip member");
}

/** Feeds the parser, and counts along, so that not one byte of the archive has no meaning. */
class TarReader {
  readonly #name: string;
  readonly #names: EntryNames;
  readonly #writer: TreeWriter | undefined;
  readonly #parser: Parser;
  readonly #files: ArchivedFile[] = [];
  /** Bytes of the tar stream so far. */
  length = 0;
  /** Where the entries that the parser reported end; what comes after must be zeros. */
  #accounted = 0;
  /** The parser has seen the end, in a callback. */
  #ended = false as boolean;
  #extended = false as boolean;

  constructor(name: string, writer: TreeWriter | undefined) {
    this.#name = name;
    this.#names = new EntryNames(name, TOP);
    this.#writer = writer;
    this.#parser = new Parser({
      strict: true,
      brotli: false,
      onReadEntry: (entry) => this.#readEntry(entry),
    });
    this.#parser.on("error", (error: Error) => {
      throw unsafeArchive(name, `it is damaged: ${error.message}`, undefined, error);
    });
    this.#parser.on("meta", (text: string) => this.#readMeta(text));
    this.#parser.on("ignoredEntry", (entry: ReadEntry) => this.#refuseType(entry));
    this.#parser.on("eof", () => {
      this.#ended = true;
    });
  }

  write(chunk: Buffer): void {
    if (this.length === 0 && (chunk[0] !== TOP.charCodeAt(0) || chunk.length < BLOCK))
      this.#verifyStart(chunk);
    const before = this.length;
    this.length += chunk.length;
    if (!this.#ended) this.#parser.write(chunk);
    if (this.#ended) this.#verifyPadding(chunk.subarray(Math.max(0, this.#accounted - before)));
  }

  end(): ArchivedFile[] {
    if (!this.#ended) throw unsafeArchive(this.#name, "it ends before its end");
    if (this.#files.length === 0) throw unsafeArchive(this.#name, "there is no file in it");
    if (this.length > this.#accounted + MAX_PADDING)
      throw unsafeArchive(this.#name, "something follows its end");
    return this.#files;
  }

  /** The parser would inflate what looks compressed; the first name of a Go archive may come after a pax header. */
  #verifyStart(chunk: Buffer): void {
    if (chunk.length < BLOCK || chunk.toString("latin1", 257, 262) !== "ustar") {
      throw unsafeArchive(this.#name, "there is no tar archive in it");
    }
  }

  #verifyPadding(bytes: Buffer): void {
    if (!isZero(bytes)) throw unsafeArchive(this.#name, "something follows its end");
  }

  /** A Go archive has at most one header of this kind for an entry, with its name and times. */
  #readMeta(text: string): void {
    this.#accounted += BLOCK + padded(Buffer.byteLength(text));
    if (this.#extended) throw unsafeArchive(this.#name, "two headers extend one entry");
    this.#extended = true;
    // What the content is, and how long, must not be for two headers to say.
    if (/^\d+ (?:GNU\.sparse\.|size=)/m.test(text))
      throw unsafeArchive(this.#name, "a header changes an entry's size");
  }

  #readEntry(entry: ReadEntry): void {
    this.#accounted += BLOCK + entry.startBlockSize;
    this.#extended = false;
    if (entry.globalExtended !== undefined) this.#refuse(entry, "a global header changes what it means");
    if (entry.type === "Directory") {
      const path = this.#names.addDirectory(entry.path);
      this.#writer?.addDirectory(path);
      entry.resume();
    } else if (entry.type === "File") {
      if (entry.header.size === undefined) this.#refuse(entry, "its size is no number");
      this.#readFile(entry);
    } else this.#refuseType(entry);
  }

  #readFile(entry: ReadEntry): void {
    const { size } = entry;
    const path = this.#names.addFile(entry.path, size);
    const mode = ((entry.mode ?? 0) & 0o100) === 0 ? 0o644 : 0o755;
    const done = (sha256: string): void => {
      this.#files.push({ path, size, mode, sha256 });
    };
    if (size > LARGE) this.#readLarge(entry, path, mode, done);
    else this.#readSmall(entry, path, mode, done);
  }

  #readSmall(entry: ReadEntry, path: string, mode: number, done: (sha256: string) => void): void {
    const parts: Buffer[] = [];
    entry.on("data", (part: Buffer) => parts.push(part));
    entry.on("end", () => {
      const [first] = parts;
      const bytes = parts.length === 1 && first ? first : Buffer.concat(parts);
      this.#verifyLength(entry, bytes.length);
      this.#writer?.writeFile(path, mode, bytes);
      done(hash("sha256", bytes));
    });
  }

  #readLarge(entry: ReadEntry, path: string, mode: number, done: (sha256: string) => void): void {
    const file = this.#writer?.openFile(path, mode);
    const digest = createHash("sha256");
    let length = 0;
    entry.on("data", (part: Buffer) => {
      length += part.length;
      digest.update(part);
      file?.append(part);
    });
    entry.on("end", () => {
      file?.close();
      this.#verifyLength(entry, length);
      done(digest.digest("hex"));
    });
  }

  #verifyLength(entry: ReadEntry, length: number): void {
    if (length !== entry.size) this.#refuse(entry, "it is shorter than it says");
  }

  #refuseType(entry: ReadEntry): never {
    this.#refuse(entry, `it is neither a file nor a directory, but of type ${entry.type}`);
  }

  #refuse(entry: ReadEntry, reason: string): never {
    throw this.#names.refuse(entry.path, reason);
  }
}

function padded(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK;
}

function isZero(bytes: Buffer): boolean {
  for (const byte of bytes) if (byte !== 0) return false;
  return true;
}
