/**
 * Advisory locks: they keep two processes from doing the same work twice, and no more. Whatever becomes of a lock, the
 * work that it covers must be right without it. The only importer of `proper-lockfile`.
 */
import { readdir, rmdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import lockfile from "proper-lockfile";
import { GvtError } from "../errors.js";
import { systemCode } from "./files.js";

export interface LockOptions {
  /** What the lock is on, for the error of who waits in vain. */
  readonly name: string;
  readonly signal: AbortSignal;
  /** Called once, before the first wait. */
  readonly onWait?: () => void;
  /** Milliseconds to wait for the holder; ten minutes where nothing else is said. */
  readonly patience?: number;
}

/** A holder renews its lock this often, and one that has not been renewed for so long is no longer held. */
const RENEWAL_MS = 1000;
const STALE_MS = 3000;
const POLL_MS = 100;
/** What proper-lockfile puts behind a name. */
const SUFFIX = ".lock";
const PATIENCE_MS = 600_000;

/**
 * Runs `work` while holding the lock at `path` (a directory `path.lock` for as long). Where there is no lock to be had,
 * because the place is not writable or occupied by something else, `work` runs without, and is told so.
 */
export async function withLock<T>(
  path: string,
  options: LockOptions,
  work: (held: boolean) => Promise<T>,
): Promise<T> {
  const release = await acquire(path, options);
  try {
    return await work(release !== undefined);
  } finally {
    await release?.();
  }
}

type Release = () => Promise<void>;

async function acquire(
  path: string,
  { name, signal, onWait, patience = PATIENCE_MS }: LockOptions,
): Promise<Release | undefined> {
  const holder = new HolderWatch(`${path}${SUFFIX}`);
  const deadline = performance.now() + patience;
  for (let attempt = 0; ; attempt += 1) {
    signal.throwIfAborted();
    const outcome = await tryLock(path);
    if (outcome !== "held") return outcome;
    if (attempt === 0) onWait?.();
    if (performance.now() > deadline) throw locked(name, path, patience);
    if ((await holder.isSilent()) && !(await discardLock(`${path}${SUFFIX}`))) return undefined;
    await sleep(POLL_MS, undefined, { signal });
  }
}

/** Undefined where no lock is to be had here. */
async function tryLock(path: string): Promise<Release | "held" | undefined> {
  try {
    const release = await lockfile.lock(path, {
      realpath: false,
      stale: STALE_MS,
      update: RENEWAL_MS,
      retries: 0,
      // A process that was asleep may find its lock taken over: then both do the same work, and one is too late.
      onCompromised: () => undefined,
    });
    return async () => {
      try {
        await release();
      } catch {
        // Taken over, or removed by somebody: what it covered is done either way.
      }
    };
  } catch (error) {
    return systemCode(error) === "ELOCKED" ? "held" : undefined;
  }
}

/**
 * Whether the holder of a lock still renews it, by this process's own clock: the times in the file system may be those
 * of another machine, or of a clock that was set back.
 */
class HolderWatch {
  readonly #path: string;
  #renewed: number | undefined;
  #since = performance.now();

  constructor(path: string) {
    this.#path = path;
  }

  async isSilent(): Promise<boolean> {
    const renewed = (await stat(this.#path).catch(() => undefined))?.mtimeMs;
    if (renewed !== this.#renewed) {
      this.#renewed = renewed;
      this.#since = performance.now();
    }
    return renewed !== undefined && performance.now() - this.#since > STALE_MS;
  }
}

export interface FoundLock {
  readonly path: string;
  /** Somebody renews it. */
  readonly held: boolean;
}

/** The locks in a directory, those included that nobody holds any more. */
export async function listLocks(directory: string): Promise<FoundLock[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []); // no directory, no locks
  const names = entries.flatMap((entry) =>
    entry.isDirectory() && entry.name.endsWith(SUFFIX) ? [entry.name.slice(0, -SUFFIX.length)] : [],
  );
  return Promise.all(
    names.map(async (name) => {
      const path = join(directory, name);
      const held = await lockfile.check(path, { realpath: false, stale: STALE_MS });
      return { path: `${path}${SUFFIX}`, held };
    }),
  );
}

/** Locks are empty directories. False where something else is in the way that is not gvt's to remove. */
export async function discardLock(path: string): Promise<boolean> {
  try {
    await rmdir(path);
  } catch (error) {
    return systemCode(error) === "ENOENT";
  }
  return true;
}

function locked(name: string, path: string, patience: number): GvtError {
  return new GvtError("LOCKED", `another process is busy with \`${name}\``, {
    facts: { lock: `${path}${SUFFIX}`, waited: `${Math.round(patience / 1000)} s` },
    hint: `if no other gvt runs, \`rmdir '${path}${SUFFIX}'\``,
  });
}
