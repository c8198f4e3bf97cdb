/**
 * The repair transaction: a damaged toolchain is replaced by the same release, obtained and verified as an installation
 * does it. Until the new one is whole and on disk nothing is touched; programs that run from the old one go on running.
 */
import { copyFile, lstat, mkdir, readlink, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Context } from "../context.js";
import { GvtError } from "../errors.js";
import type { GoVersion } from "../go/version.js";
import { describeSystemError, systemCode } from "../io/files.js";
import { flushTree } from "../io/trees.js";
import {
  compareNames,
  hasOnlyAddedPrograms,
  type Inspection,
  inspectToolchain,
  isInBin,
  isWhole,
} from "../store/comparison.js";
import type { Receipt } from "../store/receipt.js";
import { withStage } from "../store/staging.js";
import { createJob, type InstallRequest, type Job, runJob, withVersionLock } from "./job.js";
import { replaceTree } from "./publish.js";
import { type SealedTree, withSealedTree } from "./sealed-tree.js";
import { verifyOs } from "./system-version.js";

export interface RepairRequest extends InstallRequest {
  /** What is wrong, as the caller has seen it; looked at anew where another process was at work meanwhile. */
  readonly inspection: Inspection;
  /** What to do with programs in `bin` that were not published with the toolchain. */
  readonly addedPrograms: AddedPrograms;
}

export type AddedPrograms = "keep" | "remove";

export type RepairOutcome =
  | { readonly kind: "whole"; readonly version: GoVersion; readonly goroot: string }
  | {
      readonly kind: "repaired";
      readonly version: GoVersion;
      readonly goroot: string;
      readonly receipt: Receipt;
      /** What was wrong with the tree that was replaced. */
      readonly inspection: Inspection;
      /** Of what was not published with it: programs that are still there, and everything that is not. */
      readonly kept: readonly string[];
      readonly removed: readonly string[];
    };

/** Throws the reason where it cannot; the damaged tree is then as it was. */
export function repairToolchain(context: Context, request: RepairRequest): Promise<RepairOutcome> {
  const job = createJob(context, request, (work) => work());
  return runJob(job, () => repair(job, request));
}

/** Whether a repair would change anything. */
export function needsRepair(inspection: Inspection, addedPrograms: AddedPrograms): boolean {
  return !isWhole(inspection) && (addedPrograms === "remove" || !hasOnlyAddedPrograms(inspection));
}

/** 1. Plan. 2. Lock. 3. Seal a new tree in the stage. 4. Carry over what stays. 5. Replace by two renames. */
async function repair(job: Job, request: RepairRequest): Promise<RepairOutcome> {
  const { context, version, tell } = job;
  const { layout, self, signal } = context;
  const { addedPrograms } = request;
  const goroot = layout.goroot(version);
  if (!needsRepair(request.inspection, addedPrograms)) return { kind: "whole", version, goroot };
  verifyOs(version, context.platform);
  await verifyOwnTree(goroot);
  return withVersionLock(job, async ({ held, waited }) => {
    const inspection = waited ? await inspectToolchain(layout, version, signal) : request.inspection;
    if (!needsRepair(inspection, addedPrograms)) return { kind: "whole", version, goroot };
    tell({ step: "lock" });
    return withStage(layout, self, (stage) =>
      withSealedTree(job, { stage, held }, async (sealed) => {
        const { kept, removed } = await planAdditions(inspection, sealed.receipt, addedPrograms);
        await carryOver(goroot, sealed, kept);
        const onMoved = (): void => tell({ step: "replace" });
        await replaceTree(sealed.tree, goroot, { trash: join(stage, "trash"), onMoved });
        tell({ step: "done", goroot });
        return { kind: "repaired", version, goroot, receipt: sealed.receipt, inspection, kept, removed };
      }),
    );
  });
}

/** A link leads to something that gvt did not unpack, and a file is no toolchain. */
async function verifyOwnTree(goroot: string): Promise<void> {
  const found = await lstat(goroot);
  if (!found.isDirectory()) throw noTree(goroot, found.isSymbolicLink() ? "a symbolic link" : "no directory");
}

interface Additions {
  readonly kept: readonly string[];
  readonly removed: readonly string[];
}

/** Where nothing says what the old tree was published with, the new one's manifest does. */
async function planAdditions(
  inspection: Inspection,
  { manifest }: Receipt,
  addedPrograms: AddedPrograms,
): Promise<Additions> {
  const { added } =
    inspection.kind === "compared" ? inspection.comparison : await compareNames(inspection.goroot, manifest);
  const published = new Set(manifest.map(({ path }) => path));
  const kept: string[] = [];
  for (const path of addedPrograms === "keep" ? added : []) {
    if (isInBin(path) && !published.has(path) && (await isCopyable(join(inspection.goroot, path))))
      kept.push(path);
  }
  return { kept, removed: added.filter((path) => !kept.includes(path)) };
}

/** Whoever copies a FIFO waits for a writer. */
async function isCopyable(path: string): Promise<boolean> {
  const found = await lstat(path);
  return found.isFile() || found.isSymbolicLink();
}

/** Copies, because until the new tree is in place the old one must lack nothing. */
async function carryOver(goroot: string, { tree }: SealedTree, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  try {
    for (const path of paths) {
      const [from, to] = [join(goroot, path), join(tree, path)];
      await mkdir(dirname(to), { recursive: true });
      if ((await lstat(from)).isSymbolicLink()) await symlink(await readlink(from), to);
      else await copyFile(from, to);
    }
    await flushTree(tree, paths);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    throw cannotKeep(goroot, error);
  }
}

function noTree(goroot: string, found: string): GvtError {
  return new GvtError("DISK", `\`${goroot}\` is ${found}, and not gvt's to repair`, {
    hint: "`gvt uninstall` takes it away, `gvt install` puts a toolchain there",
  });
}

function cannotKeep(goroot: string, cause: unknown): GvtError {
  return new GvtError(
    "DISK",
    `cannot take along what was added to \`${join(goroot, "bin")}\`: ${describeSystemError(cause)}`,
    { hint: "nothing was changed; `gvt repair --clean` leaves it behind", cause },
  );
}
