/**
 * Brings an archive into the cache: sources in order, each named with its reason where all fail; a partial download is
 * kept and continued; the SHA-256 is computed as the bytes arrive.
 */
import { createHash, type Hash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import type { Context } from "../context.js";
import { GvtError } from "../errors.js";
import { type GoVersion, toolchainName } from "../go/version.js";
import { explainMissing, failureOf, sourcesUnreachable } from "../sources/resolve.js";
import type { Archive, ArchiveStream, Source, SourceFailure } from "../sources/source.js";
import type { InstallStep } from "./events.js";
import {
  cannotStore,
  findResumePoint,
  openPartial,
  type PartialPaths,
  partialPaths,
  removePartial,
} from "./partial-download.js";

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

/** Chunks come in 16 to 64 KiB. */
const WRITTEN_AT_ONCE = 1 << 20;

/** Throws `VERSION_NOT_FOUND` where all sources say so, else `SOURCE_UNREACHABLE` naming each one's reason. */
export async function downloadArchive(context: Context, request: DownloadRequest): Promise<Download> {
  const { version, sources, tell } = request;
  const failures: SourceFailure[] = [];
  const untold: SourceFailure[] = [];
  let offered = false;
  for (const source of sources) {
    try {
      const archive = await source.findArchive(version, context.platform);
      if (!archive) continue;
      offered = true;
      for (const failure of untold.splice(0))
        tell({ step: "pass-over", source: failure.source, reason: failure.reason });
      return await downloadFrom(context, source, archive, request);
    } catch (error) {
      const failure = failureOf(source, error);
      failures.push(failure);
      untold.push(failure);
    }
  }
  if (offered) throw sourcesUnreachable(`serve ${toolchainName(version)}`, failures);
  throw await explainMissing(sources, version, context.platform, failures);
}

/** Removes what no verification will ever want again: the archive has served, or it is not what it should be. */
export function discardDownload({ paths }: Download): Promise<void> {
  return removePartial(paths);
}

async function downloadFrom(
  context: Context,
  source: Source,
  archive: Archive,
  { directory, tell, onArchive }: DownloadRequest,
): Promise<Download> {
  const { filename, format, location } = archive;
  const served = archive.server ?? source.name;
  tell({ step: "resolve", source: served, filename, format, location });
  onArchive(archive);
  const paths = partialPaths(directory, source, archive);
  const resume = await findResumePoint(paths);
  const stream = await source.openArchive(archive, resume);
  const partial = await openPartial(paths, stream);
  try {
    const total = archive.size ?? stream.size;
    const onReceived = (received: number): void => {
      context.signal.throwIfAborted();
      tell({ step: "download", source: served, received, total });
    };
    const { size, sha256 } = await receive(partial, stream, onReceived);
    if (archive.size !== undefined && size !== archive.size) throw wrongSize(archive, size);
    return { source, archive, file: partial, size, sha256, paths };
  } catch (error) {
    await partial.close();
    throw error;
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

function wrongSize({ filename, size }: Archive, actual: number): GvtError {
  return new GvtError("SOURCE_BAD_ANSWER", `\`${filename}\` has ${actual} bytes, and its index says ${size}`);
}
