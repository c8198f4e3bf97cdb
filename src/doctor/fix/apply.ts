/** Carries a plan out: first the journal with its backups, then file by file, each whole or not at all. */
import { realpath, rm } from "node:fs/promises";
import type { Context } from "../../context.js";
import { readBounded, systemCode } from "../../io/files.js";
import { withLock } from "../../io/lock.js";
import { replaceFile } from "../../io/replace-file.js";
import type { Layout } from "../../store/layout.js";
import { ensureRoot } from "../../store/root.js";
import { digestOf, type FixedFile, listFixes, MAX_FILE_BYTES, recordFix } from "./journal.js";
import type { FixPlan, Obstacle, PlannedFile } from "./plan.js";

/** A file that gets other bytes: forth, or back. */
export interface Rewrite {
  readonly file: FixedFile;
  readonly content: Uint8Array;
  /** SHA-256 of what it must still hold. */
  readonly expected: string;
}

export type RewriteEvent =
  | { readonly step: "recorded" }
  | { readonly step: "staged" | "replaced"; readonly path: string };

export type OnRewrite = (event: RewriteEvent) => void;

export interface Applied {
  /** The fix's place among the others; undefined where there was nothing to do. */
  readonly number: number | undefined;
  readonly changed: readonly FixedFile[];
  /** What only showed itself now. */
  readonly obstacles: readonly Obstacle[];
}

/** Throws `DISK` where no backup can be kept; what stands in the way of a single file is told. */
export async function applyFix(context: Context, plan: FixPlan, onEvent: OnRewrite): Promise<Applied> {
  if (plan.files.length === 0) return { number: undefined, changed: [], obstacles: [] };
  return withFixLock(context, async () => {
    const number = await recordFix(
      context,
      {
        gvt: context.self.version,
        time: context.clock().toISOString(),
        files: plan.files.map(toJournal),
      },
      plan.files.map(({ original }) => original),
    );
    onEvent({ step: "recorded" });
    const rewrites = plan.files.map((file) => ({ file, content: file.edited, expected: file.before }));
    return { number, ...(await rewriteAll(rewrites, onEvent)) };
  });
}

/** One at a time, after what one that was killed has left beside people's files is gone. Throws `UNSAFE_ROOT`, `DISK`. */
export async function withFixLock<T>(context: Context, work: () => Promise<T>): Promise<T> {
  const { layout, signal, output } = context;
  await ensureRoot(layout);
  const onWait = (): void => output.note("another gvt is mending files; waiting for it");
  return withLock(layout.fixLock, { name: "gvt doctor --fix", signal, onWait }, async () => {
    await sweepStaged(layout);
    return work();
  });
}

/** Housekeeping: what cannot be read or removed stays. */
async function sweepStaged(layout: Layout): Promise<void> {
  const fixes = await listFixes(layout).catch(() => []);
  const staged = fixes
    .filter(({ undone }) => undone === undefined)
    .flatMap(({ files }) => files.map((file) => file.staged));
  await Promise.all(staged.map((path) => rm(path, { force: true }).catch(systemCode)));
}

/** What keeps one file from being changed keeps no other from it. */
export async function rewriteAll(
  rewrites: readonly Rewrite[],
  onEvent: OnRewrite,
): Promise<Pick<Applied, "changed" | "obstacles">> {
  const changed: FixedFile[] = [];
  const obstacles: Obstacle[] = [];
  for (const { file, content, expected } of rewrites) {
    const { path, target, staged } = file;
    const isCurrent = async (): Promise<boolean> => {
      onEvent({ step: "staged", path });
      return (await digestThrough(path, target)) === expected;
    };
    const replaced = await replaceFile({ target, staged, content, isCurrent });
    if (replaced.kind === "replaced") {
      changed.push(file);
      onEvent({ step: "replaced", path });
    } else obstacles.push({ path, kind: replaced.kind, reason: replaced.reason });
  }
  return { changed, obstacles };
}

/** Of what the path leads to; undefined where that is another file than it was, or none that can be read. */
export async function digestThrough(path: string, target: string): Promise<string | undefined> {
  if ((await realpath(path).catch(() => undefined)) !== target) return undefined;
  const read = await readBounded(target, MAX_FILE_BYTES);
  return read.kind === "text" ? digestOf(read.bytes) : undefined;
}

function toJournal(file: PlannedFile): FixedFile {
  const { original: _original, edited: _edited, rows: _rows, ...kept } = file;
  return kept;
}
