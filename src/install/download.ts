/**
 * Brings an archive into the cache: sources in order, each named with its reason where all fail; a partial download is
 * kept and continued; the SHA-256 is computed as the bytes arrive.
 */
import { createHash, type Hash } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Context } from "../context.js";
import { GvtError } from "../errors.js";
import { type GoVersion, toolchainName } from "../go/version.js";
import { describeSystemError, readBounded, writeAtomically } from "../io/files.js";
import { explainMissing, failureOf, sourcesUnreachable } from "../sources/resolve.js";
import type { Archive, ArchiveStream, ResumePoint, Source, SourceFailure } from "../sources/source.js";
import type { InstallStep } from "./events.js";

/** A whole archive on disk, unverified. */
export interface Download {
  readonly source: Source;
  readonly archive: Archive;
  /** Stays open, so that what was hashed is what is unpacked, whatever becomes of its name. */
  readonly file: FileHandle;
  readonly size: number;
  readonly sha256: string;
  readonly paths: PartialPaths;
}

export interface DownloadRequest {
  readonly version: GoVersion;
  readonly sources: readonly Source[];
  /** Where partial downloads lie: the cache, or a private directory where another process may write there too. */
  readonly directory: string;
  readonly tell: (step: InstallStep) => void;
  /** Called when a source has the archive, so that witnesses can be asked meanwhile. */
  readonly onArchive: (archive: Archive) => void;
}

interface PartialPaths {
  readonly bytes: string;
  /** The validator of the bytes: what a server needs to go on where it stopped. */
  readonly validator: string;
}

const PARTIAL = ".partial";
const VALIDATOR = ".validator";
/** Chunks come in 16 to 64 KiB. */
const WRITTEN_AT_ONCE = 1 << 20;
const MAX_VALIDATOR_BYTES = 1024;
const FORGOTTEN_MS = 7 * 24 * 3_600_000;

/** Throws `VERSION_NOT_FOUND` where all sources say so, else `SOURCE_UNREACHABLE` naming each one's reason. */
export async function downloadArchive(context: Context, request: DownloadRequest): Promise<Download> {
  const { version, sources } = request;
  const failures: SourceFailure[] = [];
  let offered = false;
  for (const source of sources) {
    try {
      const archive = await source.findArchive(version, context.platform);
      if (!archive) continue;
      offered = true;
      return await downloadFrom(context, source, archive, request);
    } catch (error) {
      failures.push(failureOf(source, error));
    }
  }
  if (offered) throw sourcesUnreachable(`serve ${toolchainName(version)}`, failures);
  throw await explainMissing(sources, version, context.platform, failures);
}

/** Removes what no verification will ever want again: the archive has served, or it is not what it should be. */
export async function discardDownload({ paths }: Download): Promise<void> {
  await rm(paths.bytes, { force: true });
  await rm(paths.validator, { force: true });
}

/** Removes partial downloads that nobody went on with for a week. */
export async function sweepDownloads(directory: string, clock: () => Date): Promise<void> {
  const names = await readdir(directory).catch(() => []); // nothing there, nothing to sweep
  for (const name of names) {
    if (!name.includes(PARTIAL)) continue;
    const found = await stat(join(directory, name)).catch(() => undefined);
    if (found && clock().getTime() - found.mtimeMs > FORGOTTEN_MS)
      await rm(join(directory, name), { force: true });
  }
}

async function downloadFrom(
  context: Context,
  source: Source,
  archive: Archive,
  { directory, tell, onArchive }: DownloadRequest,
): Promise<Download> {
  const { filename, format, location } = archive;
  tell({ step: "resolve", source: source.name, filename, format, location });
  onArchive(archive);
  const paths = partialPaths(directory, source, archive);
  const resume = await findResumePoint(paths);
  const stream = await source.openArchive(archive, resume);
  const partial = await openPartial(paths, stream);
  try {
    const total = archive.size ?? stream.size;
    const onReceived = (received: number): void => {
      context.signal.throwIfAborted();
      tell({ step: "download", source: source.name, received, total });
    };
    const { size, sha256 } = await receive(partial, stream, onReceived);
    if (archive.size !== undefined && size !== archive.size) throw wrongSize(archive, size);
    return { source, archive, file: partial, size, sha256, paths };
  } catch (error) {
    await partial.close();
    throw error;
  }
}

/** One file for each source, because only the bytes of one source are known to be of one archive. */
function partialPaths(directory: string, source: Source, { filename }: Archive): PartialPaths {
  const key = createHash("sha256").update(source.name).digest("hex").slice(0, 12);
  const bytes = join(directory, `${filename}.${key}${PARTIAL}`);
  return { bytes, validator: `${bytes}${VALIDATOR}` };
}

/**
 * One byte before the end of what is there: a file that is whole already then gives a range of one byte, and not the
 * error that servers answer to an empty one.
 */
async function findResumePoint({ bytes, validator }: PartialPaths): Promise<ResumePoint | undefined> {
  const stated = await readBounded(validator, MAX_VALIDATOR_BYTES);
  const size = (await stat(bytes).catch(() => undefined))?.size ?? 0;
  if (stated.kind !== "text" || size < 2) return undefined;
  return { offset: size - 1, validator: stated.bytes.toString("utf8") };
}

/** The file to go on with, or a new one: never one that another process may still be reading, emptied. */
async function openPartial(paths: PartialPaths, { offset, validator }: ArchiveStream): Promise<FileHandle> {
  try {
    if (offset > 0) return await open(paths.bytes, "r+");
    await mkdir(join(paths.bytes, ".."), { recursive: true });
    await rm(paths.validator, { force: true });
    await rm(paths.bytes, { force: true, recursive: true });
    const file = await open(paths.bytes, "wx+", 0o600);
    if (validator !== undefined) await writeAtomically(paths.validator, validator, 0o600);
    return file;
  } catch (error) {
    throw cannotStore(paths.bytes, error);
  }
}

async function receive(
  file: FileHandle,
  stream: ArchiveStream,
  onReceived: (received: number) => void,
): Promise<{ size: number; sha256: string }> {
  const hash = createHash("sha256");
  await hashBeginning(file, stream.offset, hash);
  let size = stream.offset;
  let parts: Uint8Array[] = [];
  let pending = 0;
  const store = async (): Promise<void> => {
    await writeParts(file, parts, size - pending);
    parts = [];
    pending = 0;
  };
  try {
    for await (const chunk of stream.bytes) {
      parts.push(chunk);
      hash.update(chunk);
      size += chunk.length;
      pending += chunk.length;
      if (pending < WRITTEN_AT_ONCE) continue;
      await store();
      onReceived(size);
    }
  } finally {
    // Also what came before a failure is worth keeping.
    await store();
  }
  onReceived(size);
  await file.truncate(size);
  return { size, sha256: hash.digest("hex") };
}

async function hashBeginning(file: FileHandle, length: number, hash: Hash): Promise<void> {
  if (length === 0) return;
  const stream = file.createReadStream({
    start: 0,
    end: length - 1,
    autoClose: false,
    highWaterMark: 1 << 20,
  });
  for await (const chunk of stream) hash.update(chunk as Buffer);
}

async function writeParts(file: FileHandle, parts: readonly Uint8Array[], position: number): Promise<void> {
  try {
    const bytes = Buffer.concat(parts);
    for (let offset = 0; offset < bytes.length; ) {
      const { bytesWritten } = await file.write(bytes, offset, bytes.length - offset, position + offset);
      offset += bytesWritten;
    }
  } catch (error) {
    throw cannotStore("cache/downloads", error);
  }
}

function cannotStore(path: string, cause: unknown): GvtError {
  return new GvtError("DISK", `cannot store the download in \`${path}\`: ${describeSystemError(cause)}`, {
    hint: "nothing was installed; what was downloaded so far is continued next time",
    cause,
  });
}

function wrongSize({ filename, size }: Archive, actual: number): GvtError {
  return new GvtError("SOURCE_BAD_ANSWER", `\`${filename}\` has ${actual} bytes, and its index says ${size}`);
}
