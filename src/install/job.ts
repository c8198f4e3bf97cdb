/** One version under way, as installing and repairing share it: what is told of it, its lock, and how it is interrupted. */
import type { Context } from "../context.js";
import { GvtError, isGvtError } from "../errors.js";
import { formatGoVersion, type GoVersion, toolchainName } from "../go/version.js";
import { withLock } from "../io/lock.js";
import type { Source } from "../sources/source.js";
import { ensureRoot } from "../store/root.js";
import { sweepStages } from "../store/staging.js";
import type { Log } from "../trust/checksum-database.js";
import type { InstallStep, OnInstallEvent } from "./events.js";
import { sweepDownloads } from "./partial-download.js";

export interface InstallOptions {
  /** Tried in order. */
  readonly sources: readonly Source[];
  /** The transparency log; undefined where it cannot be asked (offline, and no mirror carries it). */
  readonly log: Log | undefined;
  readonly onEvent?: OnInstallEvent;
}

export interface InstallRequest extends InstallOptions {
  readonly version: GoVersion;
}

export interface Job extends InstallRequest {
  readonly context: Context;
  readonly tell: (step: InstallStep) => void;
  /** Waits for the other installations of this run before it unpacks: each takes a processor and 60 MB. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

export function createJob(context: Context, request: InstallRequest, inTurn: Job["inTurn"]): Job {
  const { version, onEvent } = request;
  return { ...request, context, inTurn, tell: (step) => onEvent?.({ version, ...step }) };
}

/** What fails because the user interrupts fails as `INTERRUPTED`. */
export async function runJob<T>(job: Job, work: (job: Job) => Promise<T>): Promise<T> {
  const { context, version } = job;
  try {
    return await work(job);
  } catch (error) {
    throw context.signal.aborted && !isGvtError(error, "DISK") ? interrupted(version, error) : error;
  }
}

/** What a job knows of its lock. */
export interface LockState {
  /** False where there is no lock to be had: another process may be at the same work. */
  readonly held: boolean;
  /** Another process was at work on this version until now. */
  readonly waited: boolean;
}

/** Runs `work` in a root that is fit for it and swept, while holding the lock of the job's version. */
export async function withVersionLock<T>(
  { context, version, tell }: Job,
  work: (lock: LockState) => Promise<T>,
): Promise<T> {
  const { layout, signal, clock } = context;
  await ensureRoot(layout);
  await sweepStages(layout, clock);
  await sweepDownloads(layout.downloads, clock);
  let waited = false;
  const onWait = (): void => {
    waited = true;
    tell({ step: "wait" });
  };
  const lock = { name: toolchainName(version), signal, onWait };
  return withLock(layout.lock(version), lock, (held) => work({ held, waited }));
}

function interrupted(version: GoVersion, cause: unknown): GvtError {
  return new GvtError("INTERRUPTED", `the installation of Go ${formatGoVersion(version)} was interrupted`, {
    hint: "what was downloaded is kept; the same command goes on from there",
    cause,
  });
}
