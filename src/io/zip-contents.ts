/**
 * What is in the files of a module zip, in two passes: hashed with nothing written, then unpacked. Inflated here and
 * not by a zip library, because a stream for each of 12 000 small files costs more than the inflating.
 */
import { createHash, hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { setImmediate } from "node:timers/promises";
import { crc32, createInflateRaw, type InflateRaw, inflateRawSync, type ZlibOptions } from "node:zlib";
import { type ArchivedFile, type ArchiveRead, isZlibError } from "./archive.js";
import { unsafeArchive } from "./entry-names.js";
import { LARGE, TreeWriter } from "./tree-writer.js";
import { readInto, type ZipEntry } from "./zip.js";

const READ_CHUNK = 1 << 20;
const INFLATE: ZlibOptions & { readonly readableObjectMode: true; readonly readableHighWaterMark: number } = {
  chunkSize: 512 << 10,
  readableObjectMode: true,
  readableHighWaterMark: 2,
};
/** Small files between two looks at what the thread pool has done. */
const SMALL_AT_A_TIME = 32;

/** Reads and hashes everything and writes nothing. */
export async function hashZip(archive: ArchiveRead, entries: readonly ZipEntry[]): Promise<ArchivedFile[]> {
  const files: ArchivedFile[] = [];
  const add = ({ path, size }: ZipEntry, sha256: string): void => {
    files.push({ path, size, mode: 0o644, sha256 });
  };
  await readAll(archive, entries, {
    small: async (entry, bytes) => add(entry, hash("sha256", bytes)),
    large: (entry) => {
      const digest = createHash("sha256");
      return {
        append: async (bytes) => void digest.update(bytes),
        end: () => add(entry, digest.digest("hex")),
      };
    },
  });
  return files;
}

/** How an entry is unpacked: its path and mode in the tree. */
export interface Placement {
  readonly path: string;
  readonly mode: number;
}

/** Unpacks into `root`, which must not exist; each content is checked against its CRC once more. */
export async function unpackZip(
  archive: ArchiveRead,
  entries: readonly ZipEntry[],
  root: string,
  placementOf: (path: string) => Placement,
): Promise<void> {
  const writer = new TreeWriter(root);
  await readAll(archive, entries, {
    small: async (entry, bytes) => {
      const { path, mode } = placementOf(entry.path);
      writer.writeFile(path, mode, bytes);
    },
    large: (entry) => {
      const { path, mode } = placementOf(entry.path);
      const file = writer.openFile(path, mode);
      const append = async (bytes: Buffer): Promise<void> => {
        file.append(bytes);
        await writer.room();
      };
      return { append, end: () => file.close() };
    },
  });
  await writer.finish();
}

/** Where contents go: small ones whole, in memory that is used again; large ones piece by piece. */
interface Sink {
  readonly small: (entry: ZipEntry, bytes: Buffer) => Promise<void>;
  readonly large: (entry: ZipEntry) => { append(bytes: Buffer): Promise<void>; end(): void };
}

/** Small files are inflated here and now, while the large ones are inflated in Node's thread pool. */
async function readAll(archive: ArchiveRead, entries: readonly ZipEntry[], sink: Sink): Promise<void> {
  const halt = new AbortController();
  const lane = { ...archive, signal: AbortSignal.any([archive.signal, halt.signal]) };
  const isSmall = ({ size, length }: ZipEntry) => size <= LARGE && length <= LARGE;
  let failure: unknown;
  const stopAll = (error: unknown): void => {
    failure ??= error;
    halt.abort();
  };
  await Promise.all([
    readSmall(lane, entries.filter(isSmall), sink).catch(stopAll),
    readLarge(
      lane,
      entries.filter((entry) => !isSmall(entry)),
      sink,
    ).catch(stopAll),
  ]);
  if (failure !== undefined) throw failure;
}

async function readSmall(archive: ArchiveRead, entries: readonly ZipEntry[], sink: Sink): Promise<void> {
  const { name, file, signal, onProgress } = archive;
  const scratch = Buffer.allocUnsafeSlow(LARGE);
  for (const [place, entry] of entries.entries()) {
    if (place % SMALL_AT_A_TIME === 0) {
      await setImmediate();
      signal.throwIfAborted();
      onProgress?.(entry.start);
    }
    const data = readInto(scratch.subarray(0, entry.length), file.fd, entry.start);
    await sink.small(entry, inflateSmall(name, entry, data));
  }
}

async function readLarge(archive: ArchiveRead, entries: readonly ZipEntry[], sink: Sink): Promise<void> {
  for (const entry of entries) {
    const { append, end } = sink.large(entry);
    let size = 0;
    let crc = 0;
    await inflateLarge(archive, entry, async (bytes) => {
      size += bytes.length;
      if (size > entry.size) throw badContent(archive.name, entry);
      crc = crc32(bytes, crc);
      await append(bytes);
    });
    if (size !== entry.size || crc !== entry.crc) throw badContent(archive.name, entry);
    end();
  }
}

async function inflateLarge(
  { name, file, signal }: ArchiveRead,
  entry: ZipEntry,
  consume: (bytes: Buffer) => Promise<void>,
): Promise<void> {
  const { start, length, compressed } = entry;
  const end = start + length - 1;
  const source = createReadStream("", {
    fd: file.fd,
    start,
    end,
    autoClose: false,
    highWaterMark: READ_CHUNK,
  });
  const inflate = compressed ? createInflateRaw(INFLATE) : undefined;
  let failure: unknown;
  const consumeAll = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
    try {
      for await (const chunk of chunks) await consume(chunk);
    } catch (error) {
      failure = error;
    }
  };
  try {
    if (inflate) await pipeline(source, inflate, consumeAll, { signal });
    else await pipeline(source, consumeAll, { signal });
  } catch (error) {
    failure ??= error;
  }
  if (isZlibError(failure)) throw badContent(name, entry, failure);
  if (failure !== undefined) throw failure;
  if (inflate && inflate.bytesWritten !== length) throw badContent(name, entry);
}

function inflateSmall(name: string, entry: ZipEntry, data: Buffer): Buffer {
  if (!entry.compressed) return verifyContent(name, entry, data, data.length);
  let inflated: Inflated;
  try {
    inflated = inflateRawSync(data, inflateOptions(entry)) as unknown as Inflated;
  } catch (error) {
    throw badContent(name, entry, error);
  }
  return verifyContent(name, entry, inflated.buffer, inflated.engine.bytesWritten);
}

/** What zlib gives with `info: true`; its types know only the other form. */
interface Inflated {
  readonly buffer: Buffer;
  readonly engine: InflateRaw;
}

/** One piece of memory of the right size, and not a byte more than the headers say. */
function inflateOptions({ size }: ZipEntry): ZlibOptions {
  return { info: true, chunkSize: Math.max(64, size + 1), maxOutputLength: Math.max(1, size) };
}

function verifyContent(name: string, entry: ZipEntry, bytes: Buffer, consumed: number): Buffer {
  if (bytes.length !== entry.size || consumed !== entry.length || crc32(bytes) !== entry.crc) {
    throw badContent(name, entry);
  }
  return bytes;
}

function badContent(name: string, { path }: ZipEntry, cause?: unknown): Error {
  return unsafeArchive(name, "a file is not what its headers say", path, cause);
}
