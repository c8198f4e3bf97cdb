/**
 * The file-backed memory of the transparency log. Each tree head is a file of its own, named by what it says, so that
 * processes that write at the same time only add and none moves another back; the larger supersedes the smaller.
 */
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { GvtError } from "../errors.js";
import { describeSystemError, readBounded, systemCode, writeAtomically } from "../io/files.js";
import type { Layout } from "../store/layout.js";
import type { LogStore, RememberedHead } from "./checksum-database.js";
import type { TreeHead } from "./tree-head.js";

/** `71769961-3b48e523c4706f66`: the tree's size and the beginning of its hash. */
const HEAD_NAME = /^\d+-[0-9a-f]{16}$/;
const MAX_HEAD_BYTES = 1 << 20;
const MAX_TILE_BYTES = 256 * 32;

export function openLogStore({ sumdb, tiles }: Layout): LogStore {
  return {
    readTreeHeads: () => readTreeHeads(sumdb),
    addTreeHead: (head) => addTreeHead(sumdb, head),
    removeTreeHead: ({ location }) => rm(location, { force: true }),
    async readTile(path) {
      const file = await readBounded(join(tiles, path), MAX_TILE_BYTES);
      return file.kind === "text" ? file.bytes : undefined;
    },
    writeTile: (path, bytes) => writeTile(join(tiles, path), bytes),
  };
}

async function readTreeHeads(directory: string): Promise<readonly RememberedHead[]> {
  let missing: readonly string[] = [];
  for (;;) {
    const locations = (await listHeads(directory)).map((name) => join(directory, name));
    const notes = await Promise.all(locations.map(readNote));
    const absent = locations.filter((_, place) => notes[place] === undefined);
    // One that went between listing and reading was superseded: its successor is in the next listing. One that stays
    // listed is a link to nowhere, which is as good as damaged.
    if (absent.every((location) => missing.includes(location))) {
      return locations.map((location, place) => ({ location, note: notes[place] ?? Buffer.alloc(0) }));
    }
    missing = absent;
  }
}

async function listHeads(directory: string): Promise<readonly string[]> {
  try {
    return (await readdir(directory)).filter((name) => HEAD_NAME.test(name));
  } catch (cause) {
    if (systemCode(cause) === "ENOENT") return [];
    throw unusable(directory, cause);
  }
}

async function readNote(location: string): Promise<Buffer | undefined> {
  const file = await readBounded(location, MAX_HEAD_BYTES);
  if (file.kind === "absent") return undefined;
  // What is no file, too large or unreadable is a damaged head, never none at all.
  return file.kind === "text" ? file.bytes : Buffer.alloc(0);
}

async function addTreeHead(directory: string, { size, hash, note }: TreeHead): Promise<void> {
  const name = `${size}-${hash.toString("hex", 0, 8)}`;
  try {
    await writeAtomically(join(directory, name), note);
  } catch (cause) {
    throw unusable(directory, cause);
  }
}

/** Not atomic and not flushed: a torn tile has the wrong length or hash, and is fetched again. */
async function writeTile(path: string, bytes: Buffer): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  } catch {
    // Only a cache: a full or read-only disk must not fail a verification that has succeeded.
  }
}

function unusable(directory: string, cause: unknown): GvtError {
  return new GvtError("DISK", `cannot remember the log's tree head in \`${directory}\``, {
    facts: { reason: describeSystemError(cause) },
    hint: "`gvt root` prints the root; make its `sumdb` folder writable",
    cause,
  });
}
