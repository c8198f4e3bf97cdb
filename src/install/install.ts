/**
 * The install transaction: a version is installed completely or not at all, whatever is killed, full, corrupt, hostile
 * or concurrent.
 */
import type { Context } from "../context.js";
import type { GoVersion } from "../go/version.js";
import type { Receipt } from "../store/receipt.js";
import { withStage } from "../store/staging.js";
import { findToolchain } from "../store/store.js";
import {
  createJob,
  type InstallOptions,
  type InstallRequest,
  type Job,
  runJob,
  withVersionLock,
} from "./job.js";
import { publishTree, verifyTarget } from "./publish.js";
import { type SealedTree, withSealedTree } from "./sealed-tree.js";
import { verifyOs } from "./system-version.js";

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

/** Downloads side by side; more of them only share the same line. */
const SIDE_BY_SIDE = 2;

/** Installs one version. Throws the reason where it cannot; versions/ is then as it was. */
export function installVersion(context: Context, request: InstallRequest): Promise<InstallOutcome> {
  return runJob(
    createJob(context, request, (work) => work()),
    install,
  );
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
      results[place] = await runJob(createJob(context, { ...options, version }, inTurn), install).catch(
        (error: unknown): InstallResult => ({ kind: "failed", version, error }),
      );
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
  return results;
}

function createQueue(): Job["inTurn"] {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}

/** 1. Plan. 2. Lock. 3. Download, verify, unpack, check and seal in the stage. 4. Publish. */
async function install(job: Job): Promise<InstallOutcome> {
  const { context, version, tell } = job;
  const { layout, self } = context;
  const installed = findInstalled(job);
  if (installed) return installed;
  verifyOs(version, context.platform);
  return withVersionLock(job, async ({ held }) => {
    const meanwhile = findInstalled(job);
    if (meanwhile) return meanwhile;
    tell({ step: "lock" });
    await verifyTarget(layout.goroot(version));
    return withStage(layout, self, (stage) =>
      withSealedTree(job, { stage, held }, (sealed) => publish(job, sealed)),
    );
  });
}

function findInstalled({ context, version }: Job): InstallOutcome | undefined {
  const toolchain = findToolchain(context.layout, version);
  return toolchain && { kind: "already-installed", ...toolchain };
}

async function publish(
  { context, version, tell }: Job,
  { tree, receipt }: SealedTree,
): Promise<InstallOutcome> {
  const goroot = context.layout.goroot(version);
  const published = await publishTree(tree, goroot);
  tell({ step: "done", goroot });
  return published
    ? { kind: "installed", version, goroot, receipt }
    : { kind: "already-installed", version, goroot };
}
