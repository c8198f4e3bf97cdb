/**
 * Stages: private directories under tmp/, on the file system of versions/, so that publishing is one rename. The name
 * of each says whose it is, so that there is never one without an owner; those whose owner is gone are swept.
 */
import { createHash } from "node:crypto";
import { lstat, mkdir, readdir, readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { GvtError } from "../errors.js";
import { describeSystemError, ensureDirectory, randomName } from "../io/files.js";
import { removeTree } from "../io/trees.js";
import type { Layout } from "./layout.js";

/** Who made a stage. */
interface Owner {
  readonly pid: number;
  /** When the process began, as the system counts it: a process id alone comes round again. 0 where unknown. */
  readonly start: string;
  /** Digest of the host and namespace that the process id means something in. */
  readonly host: string;
}

/** `1234-5678901-0f3a9c21-6d1b…`: process, its start, host, random. */
const STAGE_NAME = /^(?<pid>\d{1,10})-(?<start>\d{1,20})-(?<host>[0-9a-f]{8})-[0-9a-f]{16}$/;

/** What outlives this is abandoned, whoever made it: no installation takes as long. */
const ABANDONED_MS = 24 * 3_600_000;

/** A private, empty directory for as long as `work` runs. What is still in it afterwards is removed. */
export async function withStage<T>(
  { tmp }: Layout,
  self: { readonly pid: number },
  work: (stage: string) => Promise<T>,
): Promise<T> {
  const stage = join(tmp, await stageName(self.pid));
  try {
    await ensureDirectory(tmp);
    await mkdir(stage, { mode: 0o700 });
  } catch (error) {
    throw cannotStage(tmp, error);
  }
  try {
    return await work(stage);
  } finally {
    await removeTree(stage);
  }
}

/** Removes what nobody works in any more. Follows no link. */
export async function sweepStages(layout: Layout, clock: () => Date): Promise<void> {
  for (const path of await listAbandonedStages(layout, clock())) await removeTree(path);
}

/** Stages whose owner is provably dead, or that nothing happened in for a day. */
export async function listAbandonedStages({ tmp }: Layout, now: Date): Promise<string[]> {
  const here = await describeHost();
  const paths = (await listNames(tmp)).map((name) => ({ name, path: join(tmp, name) }));
  const abandoned = await Promise.all(
    paths.map(({ name, path }) => isAbandoned(path, parseStageName(name), here, now)),
  );
  return paths.filter((_, index) => abandoned[index]).map(({ path }) => path);
}

async function stageName(pid: number): Promise<string> {
  return `${pid}-${(await findStartTime(pid)) ?? 0}-${await describeHost()}-${randomName()}`;
}

function parseStageName(name: string): Owner | undefined {
  const { pid, start, host } = STAGE_NAME.exec(name)?.groups ?? {};
  if (pid === undefined || start === undefined || host === undefined) return undefined;
  return { pid: Number(pid), start, host };
}

async function isAbandoned(
  path: string,
  owner: Owner | undefined,
  here: string,
  now: Date,
): Promise<boolean> {
  if (owner?.host === here && (await isDead(owner))) return true;
  try {
    return now.getTime() - (await lstat(path)).mtimeMs > ABANDONED_MS;
  } catch {
    return false; // its owner was faster
  }
}

/** Provably: only where the system shows its processes. Elsewhere age decides. */
async function isDead({ pid, start }: Owner): Promise<boolean> {
  return start !== "0" && (await findStartTime(pid)) !== start;
}

/** The 22nd field of /proc/<pid>/stat; the 2nd, the program's name in parentheses, may hold anything. */
async function findStartTime(pid: number): Promise<string | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined; // no such process, or no /proc
  }
}

async function describeHost(): Promise<string> {
  const namespace = await readlink("/proc/self/ns/pid").catch(() => "");
  return createHash("sha256").update(`${hostname()} ${namespace}`).digest("hex").slice(0, 8);
}

async function listNames(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch {
    return []; // nothing there to sweep, or nothing that this user may see
  }
}

function cannotStage(tmp: string, cause: unknown): GvtError {
  return new GvtError("DISK", `cannot create a directory in \`${tmp}\`: ${describeSystemError(cause)}`, {
    hint: "nothing was changed; gvt needs to write there",
    cause,
  });
}
