/** Archives that lie in a folder: opened without hanging on what is no file, and streamed like a download. */
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { GvtError } from "../errors.js";
import { MAX_ARCHIVE_BYTES } from "../io/download.js";
import { describeSystemError } from "../io/files.js";
import type { ArchiveStream, ResumePoint } from "./source.js";

const CHUNK_BYTES = 1 << 20;

/** Throws `SOURCE_BAD_ANSWER` for what is no regular file, or is longer than any archive. */
export async function openFile(path: string, resume: ResumePoint | undefined): Promise<ArchiveStream> {
  // Opened without waiting, so that a FIFO cannot hold gvt up, and looked at before it is read.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((cause: unknown) => {
    throw unreadable(path, describeSystemError(cause), cause);
  });
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw unreadable(path, "it is no regular file");
    if (stat.size > MAX_ARCHIVE_BYTES)
      throw unreadable(path, `it has ${stat.size} bytes; no archive of Go is that large`);
    const validator = `${stat.ino}-${stat.size}-${stat.mtimeMs}`;
    const offset = resume?.validator === validator && resume.offset <= stat.size ? resume.offset : 0;
    const bytes = readFrom(handle.createReadStream({ start: offset, highWaterMark: CHUNK_BYTES }), path);
    return { offset, size: stat.size, validator, bytes };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function* readFrom(stream: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (cause) {
    throw unreadable(path, describeSystemError(cause), cause);
  }
}

function unreadable(path: string, reason: string, cause?: unknown): GvtError {
  return new GvtError("SOURCE_BAD_ANSWER", `cannot read ${path}: ${reason}`, { cause });
}
