/** Partial downloads on disk: named so that each belongs to one source, continued where one can be, swept later. */
import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { GvtError } from "../errors.js";
import { describeSystemError, readBounded, writeAtomically } from "../io/files.js";
import type { Archive, ArchiveStream, ResumePoint, Source } from "../sources/source.js";

export interface PartialPaths {
  readonly bytes: string;
  /** The validator of the bytes: what a server needs to go on where it stopped. */
  readonly validator: string;
}

const PARTIAL = ".partial";
const VALIDATOR = ".validator";
const MAX_VALIDATOR_BYTES = 1024;
const FORGOTTEN_MS = 7 * 24 * 3_600_000;

/** One file for each source, because only the bytes of one source are known to be of one archive. */
export function partialPaths(directory: string, source: Source, { filename }: Archive): PartialPaths {
  const key = createHash("sha256").update(source.name).digest("hex").slice(0, 12);
  const bytes = join(directory, `${filename}.${key}${PARTIAL}`);
  return { bytes, validator: `${bytes}${VALIDATOR}` };
}

/**
 * One byte before the end of what is there: a file that is whole already then gives a range of one byte, and not the
 * error that servers answer to an empty one.
 */
export async function findResumePoint({ bytes, validator }: PartialPaths): Promise<ResumePoint | undefined> {
  const stated = await readBounded(validator, MAX_VALIDATOR_BYTES);
  const size = (await stat(bytes).catch(() => undefined))?.size ?? 0;
  if (stated.kind !== "text" || size < 2) return undefined;
  return { offset: size - 1, validator: stated.bytes.toString("utf8") };
}

/** The file to go on with, or a new one: never one that another process may still be reading, emptied. */
export async function openPartial(
  paths: PartialPaths,
  { offset, validator }: ArchiveStream,
): Promise<FileHandle> {
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

export async function removePartial(paths: PartialPaths): Promise<void> {
  await rm(paths.bytes, { force: true });
  await rm(paths.validator, { force: true });
}

/** Removes partial downloads that nobody went on with for a week. */
export async function sweepDownloads(directory: string, clock: () => Date): Promise<void> {
  for (const path of await listPartialDownloads(directory)) {
    const found = await stat(path).catch(() => undefined);
    if (found && clock().getTime() - found.mtimeMs > FORGOTTEN_MS) await rm(path, { force: true });
  }
}

/** With what belongs to them. */
export async function listPartialDownloads(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch(() => []); // no directory, no downloads
  return names.filter((name) => name.includes(PARTIAL)).map((name) => join(directory, name));
}

export function cannotStore(path: string, cause: unknown): GvtError {
  return new GvtError("DISK", `cannot store the download in \`${path}\`: ${describeSystemError(cause)}`, {
    hint: "nothing was installed; what was downloaded so far is continued next time",
    cause,
  });
}
