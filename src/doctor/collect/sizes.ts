/** How much a cache holds, as far as it can be counted in a short time: nobody waits for millions of files. */
import { lstat, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { systemCode } from "../../io/files.js";
import type { DirectorySize } from "../snapshot.js";
import type { Look } from "./look.js";

/** Milliseconds for counting. */
const PATIENCE = 120;
/** Milliseconds more for what was begun; then it is left behind. */
const GRACE = 40;
/** Directories at one time: enough for Node's threads, few enough to end soon after time is up. */
const TOGETHER = 8;
/** Of Go's build cache: the first byte of a hash, so that each holds about as much as any other. */
const SHARD = /^[0-9a-f]{2}$/;
/** Fewer shards than this tell nothing of the rest. */
const MIN_SHARDS = 8;

/** Undefined where there is nothing to look at. */
export async function measureDirectory(path: string, look: Look): Promise<DirectorySize | undefined> {
  const names = await look.list(path);
  if (!names) return undefined;
  const seen: Tally = { bytes: 0, shards: 0, complete: false };
  const end = Date.now() + PATIENCE;
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE + GRACE);
  });
  await Promise.race([walk(path, seen, end), silence]);
  clearTimeout(timer);
  const { bytes, shards, complete } = seen;
  if (complete) return { bytes, complete };
  const all = names.filter((name) => SHARD.test(name)).length;
  return { bytes, complete, share: shards < MIN_SHARDS ? undefined : shards / all };
}

/** What the walk has come to; it goes on while time is left. */
interface Tally {
  bytes: number;
  shards: number;
  complete: boolean;
}

async function walk(path: string, seen: Tally, end: number): Promise<void> {
  const pending = [path];
  while (pending.length > 0) {
    if (Date.now() > end) return;
    const counted = await Promise.all(pending.splice(-TOGETHER).map(countDirectory));
    for (const { directory, bytes, below } of counted) {
      seen.bytes += bytes;
      if (SHARD.test(basename(directory))) seen.shards += 1;
      pending.push(...below);
    }
  }
  seen.complete = true;
}

/** Links are counted as what they are, and not followed. */
async function countDirectory(directory: string) {
  const entries = (await readdir(directory, { withFileTypes: true }).catch(unseen)) ?? [];
  const [below, files] = [true, false].map((wanted) =>
    entries.filter((entry) => entry.isDirectory() === wanted).map(({ name }) => join(directory, name)),
  );
  const found = await Promise.all((files ?? []).map((file) => lstat(file).catch(unseen)));
  const bytes = found.reduce((sum, file) => sum + (file?.size ?? 0), 0);
  return { directory, bytes, below: below ?? [] };
}

/** Another process may empty the cache meanwhile, and parts of it may be another user's. */
function unseen(error: unknown): undefined {
  if (systemCode(error) === undefined) throw error;
  return undefined;
}
