/**
 * The install transaction: a version is installed completely or not at all, whatever is killed, full, corrupt, hostile
 * or concurrent.
 */
import { release } from "node:os";
import { join } from "node:path";
import type { Context } from "../context.js";
import { GvtError, isGvtError } from "../errors.js";
import { findMissingOs } from "../go/minimum-os.js";
import { formatPlatform, type Platform } from "../go/platform.js";
import { formatGoVersion, type GoVersion, toolchainName } from "../go/version.js";
import type { ArchivedFile } from "../io/archive.js";
import { withLock } from "../io/lock.js";
import type { Archive, Source } from "../sources/source.js";
import type { Receipt } from "../store/receipt.js";
import { ensureRoot } from "../store/root.js";
import { sweepStages, withStage } from "../store/staging.js";
import { findToolchain } from "../store/store.js";
import type { Log } from "../trust/checksum-database.js";
import { verifyTree } from "./check-tree.js";
import { type Download, discardDownload, downloadArchive, sweepDownloads } from "./download.js";
import type { InstallStep, OnInstallEvent } from "./events.js";
import { publishTree, sealTree, verifyTarget } from "./publish.js";
import { openContents } from "./unpack.js";
import {
  hasVouchedBytes,
  type Inquiry,
  startInquiry,
  type Verification,
  verifyBytes,
  verifyContents,
  verifyPolicy,
} from "./verify.js";

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

export type InstallOutcome =
  | {
      readonly kind: "installed";
      readonly version: GoVersion;
      readonly goroot: string;
      readonly receipt: Receipt;
    }
  /** It was there before, or another process installed it meanwhile. */
  | { readonly kind: "already-installed"; readonly version: GoVersion; readonly goroot: string };

/** What became of each version of a request for several. */
export type InstallResult =
  | InstallOutcome
  | { readonly kind: "failed"; readonly version: GoVersion; readonly error: unknown };

/** One installation under way. */
interface Job extends InstallRequest {
  readonly context: Context;
  readonly tell: (step: InstallStep) => void;
  /** Waits for the other installations of this run before it unpacks: each takes a processor and 60 MB. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Downloads side by side; more of them only share the same line. */
const SIDE_BY_SIDE = 2;

/** Installs one version. Throws the reason where it cannot; versions/ is then as it was. */
export function installVersion(context: Context, request: InstallRequest): Promise<InstallOutcome> {
  return runJob(createJob(context, request, (work) => work()));
}

/** Installs several versions, two at a time; a failure of one does not stop the others. In the order asked. */
export async function installVersions(
  context: Context,
  versions: readonly GoVersion[],
  options: InstallOptions,
): Promise<readonly InstallResult[]> {
  const inTurn = createQueue();
  const results: InstallResult[] = [];
  const waiting = versions.entries();
  const worker = async (): Promise<void> => {
    for (const [place, version] of waiting) {
      results[place] = await runJob(createJob(context, { ...options, version }, inTurn)).catch(
        (error: unknown): InstallResult => ({ kind: "failed", version, error }),
      );
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
  return results;
}

function createJob(context: Context, request: InstallRequest, inTurn: Job["inTurn"]): Job {
  const { version, onEvent } = request;
  return { ...request, context, inTurn, tell: (step) => onEvent?.({ version, ...step }) };
}

function createQueue(): Job["inTurn"] {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}

async function runJob(job: Job): Promise<InstallOutcome> {
  const { context, version } = job;
  try {
    return await install(job);
  } catch (error) {
    throw context.signal.aborted && !isGvtError(error, "DISK") ? interrupted(version, error) : error;
  }
}

/** 1. Plan. 2. Lock. 3. Download and verify. 4. Unpack and check. 5. Receipt, flush, publish. */
async function install(job: Job): Promise<InstallOutcome> {
  const { context, version, tell } = job;
  const { layout, signal, clock } = context;
  const installed = await findInstalled(job);
  if (installed) return installed;
  verifyOs(version, context.platform);
  await ensureRoot(layout);
  await sweepStages(layout, clock);
  await sweepDownloads(layout.downloads, clock);
  const lock = { name: toolchainName(version), signal, onWait: () => tell({ step: "wait" }) };
  return withLock(layout.lock(version), lock, async (held) => {
    const meanwhile = await findInstalled(job);
    if (meanwhile) return meanwhile;
    tell({ step: "lock" });
    await verifyTarget(layout.goroot(version));
    return withStage(layout, context.self, (stage) => installInStage(job, stage, held));
  });
}

async function findInstalled({ context, version }: Job): Promise<InstallOutcome | undefined> {
  const toolchain = await findToolchain(context.layout, version);
  return toolchain && { kind: "already-installed", ...toolchain };
}

async function installInStage(job: Job, stage: string, held: boolean): Promise<InstallOutcome> {
  const { context, version, sources, log, tell } = job;
  let inquiry: Inquiry | undefined;
  const onArchive = (archive: Archive): void => {
    inquiry = startInquiry(context, log, archive);
  };
  // Without the lock another process may be writing to the cache, so nothing is shared.
  const directory = held ? context.layout.downloads : stage;
  const download = await downloadArchive(context, { version, sources, directory, tell, onArchive });
  try {
    const answers = inquiry ?? startInquiry(context, log, download.archive);
    const outcome = await job.inTurn(() => installDownload(job, stage, download, answers));
    await discardDownload(download);
    return outcome;
  } catch (error) {
    if (isGvtError(error, "CHECKSUM_MISMATCH", "ARCHIVE_UNSAFE")) await discardDownload(download);
    throw error;
  } finally {
    await download.file.close();
  }
}

async function installDownload(
  job: Job,
  stage: string,
  download: Download,
  inquiry: Inquiry,
): Promise<InstallOutcome> {
  const { context, version, tell } = job;
  const goroot = context.layout.goroot(version);
  const tree = join(stage, "go");
  const { files, evidence } = await unpackVerified(job, download, inquiry, tree);
  tell({ step: "check" });
  await verifyTree(tree, download.archive);
  const receipt = describeInstallation(context, download, evidence, files);
  await sealTree(tree, receipt);
  context.signal.throwIfAborted();
  tell({ step: "publish" });
  const published = await publishTree(tree, goroot);
  tell({ step: "done", goroot });
  return published
    ? { kind: "installed", version, goroot, receipt }
    : { kind: "already-installed", version, goroot };
}

/** Nothing is written before a witness has vouched for it, and nothing is published before all have been heard. */
async function unpackVerified(
  { context, tell }: Job,
  download: Download,
  inquiry: Inquiry,
  tree: string,
): Promise<{ files: ArchivedFile[]; evidence: Verification["evidence"] }> {
  const { archive, file, size } = download;
  const { verify } = context.config;
  const bytes = await verifyBytes(download, inquiry);
  tell({ step: "verify", evidence: bytes.evidence });
  const contents = await openContents(archive, { name: archive.filename, file, signal: context.signal });
  const onHashed = (read: number): void => tell({ step: "hash", read, total: size });
  const onUnpacked = (read: number): void => tell({ step: "unpack", read, total: size });
  const mustBeHashed = archive.format === "module-zip" || !hasVouchedBytes(download, bytes);
  const hashed = mustBeHashed ? await contents.hash(onHashed) : undefined;
  const known = hashed && (await verifyContents(download, hashed, inquiry, bytes));
  if (known) verifyPolicy(download, known, verify);
  const files = await contents.unpack(tree, onUnpacked);
  const all = known ?? (await verifyContents(download, files, inquiry, bytes));
  verifyPolicy(download, all, verify);
  tell({ step: "verify", evidence: all.evidence });
  return { files, evidence: all.evidence };
}

function describeInstallation(
  { clock, self }: Context,
  { archive, size, sha256 }: Download,
  evidence: Verification["evidence"],
  manifest: readonly ArchivedFile[],
): Receipt {
  const { version, platform, filename, location } = archive;
  return {
    version,
    platform,
    archive: { filename, location, size, sha256 },
    evidence,
    installed: clock(),
    gvt: self.version,
    manifest,
  };
}

/** Refused before anything is downloaded: a toolchain that would only crash. */
function verifyOs(version: GoVersion, platform: Platform): void {
  const missing = findMissingOs(version, platform, release());
  if (missing !== undefined) throw osTooOld(version, platform, missing);
}

function osTooOld(version: GoVersion, platform: Platform, missing: string): GvtError {
  return new GvtError("PLATFORM_UNSUPPORTED", `${toolchainName(version)} needs ${missing} or newer`, {
    facts: { platform: formatPlatform(platform), system: release() },
    hint: "an older line of Go runs here; https://go.dev/wiki/MinimumRequirements lists them",
  });
}

function interrupted(version: GoVersion, cause: unknown): GvtError {
  return new GvtError("INTERRUPTED", `the installation of Go ${formatGoVersion(version)} was interrupted`, {
    hint: "what was downloaded is kept; the same command goes on from there",
    cause,
  });
}
