/**
 * Eyes that cannot be held open: every touch of a path that somebody else has named ends within a time limit, reads a
 * bounded piece, opens nothing that blocks, and answers undefined where there is nothing to see.
 */
import { constants, type Dirent, type Stats } from "node:fs";
import {
  access,
  type FileHandle,
  lstat,
  open,
  readdir,
  readlink,
  realpath,
  stat,
  statfs,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { type FileRead, readBounded, systemCode } from "../../io/files.js";

export interface Look {
  /** Where an absolute path of the system's own (`/etc/profile`) lies: below the file-system root that is looked at. */
  system(path: string): string;
  stat(path: string): Promise<Stats | undefined>;
  lstat(path: string): Promise<Stats | undefined>;
  realpath(path: string): Promise<string | undefined>;
  readlink(path: string): Promise<string | undefined>;
  /** Names, sorted. */
  list(path: string): Promise<readonly string[] | undefined>;
  /** Names with their kinds, in any order. */
  entries(path: string): Promise<readonly Dirent[] | undefined>;
  read(path: string, limit: number): Promise<FileRead>;
  /** Reads pieces of a file while `use` runs; of a FIFO, nothing. */
  withPieces<T>(path: string, use: (piece: ReadPiece) => Promise<T>): Promise<T | undefined>;
  may(path: string, what: "execute" | "write"): Promise<boolean>;
  freeBytes(path: string): Promise<number | undefined>;
  /** The same limit, several times over, for work that touches many files by itself. Undefined where it takes longer. */
  wait<T>(what: string, work: Promise<T>): Promise<T | undefined>;
  /** False where a path, or a link on its way, leads to what does not answer; for readers that look by themselves. */
  reaches(path: string): Promise<boolean>;
  /** What did not answer. */
  readonly unanswered: ReadonlySet<string>;
}

export type ReadPiece = (offset: number, length: number) => Promise<Buffer>;

export interface LookOptions {
  /** Prefix of the system's own paths; empty for the real ones. */
  readonly filesystemRoot: string;
  /** Mount points that are known not to answer. */
  readonly silentMounts: readonly string[];
  /** Milliseconds for one touch. */
  readonly patience: number;
}

const WORK_FACTOR = 8;
/** Touches at one time: enough for Node's threads, and time spent in a queue is not held against a file. */
const TOGETHER = 8;
const SILENCE: unique symbol = Symbol("no answer in time");
const TOO_SLOW: FileRead = { kind: "unreadable", reason: "no answer in time" };

export function createLook({ filesystemRoot, silentMounts, patience }: LookOptions): Look {
  const unanswered = new Set<string>(silentMounts);
  const gate = createGate(TOGETHER);
  const isSilent = (path: string): boolean => {
    for (const silent of unanswered) if (path === silent || path.startsWith(`${silent}/`)) return true;
    return false;
  };
  // A link may lead where nothing answers; only where there is such a place are links followed by hand.
  const leadsToSilence = async (path: string): Promise<boolean> =>
    isSilent(path) || (silentMounts.length > 0 && isSilent(await followByHand(path, isSilent)));

  /** What cannot be seen is undefined, whatever the reason. */
  const touch = async <T>(path: string, work: (path: string) => Promise<T>): Promise<T | undefined> => {
    if (await leadsToSilence(path)) return undefined;
    const result = await gate(() => within(patience, work(path)).catch(unseen));
    if (result !== SILENCE) return result;
    unanswered.add(path);
    return undefined;
  };

  return {
    system: (path) => (filesystemRoot === "" ? path : join(filesystemRoot, path)),
    stat: (path) => touch(path, (at) => stat(at)),
    lstat: (path) => touch(path, (at) => lstat(at)),
    realpath: (path) => touch(path, (at) => realpath(at)),
    readlink: (path) => touch(path, (at) => readlink(at)),
    list: (path) => touch(path, async (at) => (await readdir(at)).sort()),
    entries: (path) => touch(path, (at) => readdir(at, { withFileTypes: true })),
    read: async (path, limit) => {
      if (await leadsToSilence(path)) return TOO_SLOW;
      const result = await gate(() => within(patience, readBounded(path, limit)));
      if (result !== SILENCE) return result;
      unanswered.add(path);
      return TOO_SLOW;
    },
    withPieces: (path, use) => touch(path, (at) => readPieces(at, use)),
    may: async (path, what) => {
      const mode = what === "execute" ? constants.X_OK : constants.W_OK;
      return (await touch(path, (at) => access(at, mode).then(() => true))) ?? false;
    },
    freeBytes: (path) =>
      touch(path, async (at) => {
        const { bavail, bsize } = await statfs(at);
        return bavail * bsize;
      }),
    wait: async (what, work) => {
      const result = await within(patience * WORK_FACTOR, work);
      if (result !== SILENCE) return result;
      unanswered.add(what);
      return undefined;
    },
    reaches: async (path) => !(await leadsToSilence(path)),
    unanswered,
  };
}

function createGate(places: number) {
  let free = places;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

async function readPieces<T>(path: string, use: (piece: ReadPiece) => Promise<T>): Promise<T | undefined> {
  const handle: FileHandle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return await use(async (offset, length) => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    });
  } finally {
    await handle.close();
  }
}

/** Resolves to SILENCE where the work takes longer; the work itself cannot be stopped, and is left behind. */
async function within<T>(patience: number, work: Promise<T>): Promise<T | typeof SILENCE> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<typeof SILENCE>((resolve) => {
    timer = setTimeout(() => resolve(SILENCE), patience);
  });
  try {
    return await Promise.race([work, silence]);
  } finally {
    clearTimeout(timer);
  }
}

const MAX_LINKS = 40;

/** The real place of a path, or the first silent one on the way there. */
async function followByHand(path: string, isSilent: (path: string) => boolean): Promise<string> {
  let parts = path.split("/").filter((part) => part !== "");
  let reached = "/";
  for (let links = 0; parts.length > 0; ) {
    const [part = "", ...rest] = parts;
    const next = part === ".." ? dirname(reached) : join(reached, part);
    if (isSilent(next)) return next;
    const target = await readlink(next).catch(unseen);
    if (target === undefined) {
      reached = next;
      parts = rest;
      continue;
    }
    links += 1;
    if (links > MAX_LINKS) return next;
    if (target.startsWith("/")) reached = "/";
    parts = [...target.split("/").filter((word) => word !== "" && word !== "."), ...rest];
  }
  return reached;
}

/** Whatever keeps a path from being looked at; what is no error of the system's is a mistake in here. */
function unseen(error: unknown): undefined {
  if (systemCode(error) === undefined) throw error;
  return undefined;
}
