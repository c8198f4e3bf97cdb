/** Takes the newest fix back that still stands: each of its files, where nobody has changed it since. */
import type { Context } from "../../context.js";
import { readBounded } from "../../io/files.js";
import type { Layout } from "../../store/layout.js";
import { type Applied, digestThrough, type OnRewrite, rewriteAll, withFixLock } from "./apply.js";
import { editLines, type Row, reverseRows } from "./edit-lines.js";
import {
  backupPath,
  digestOf,
  type FixedFile,
  listFixes,
  MAX_FILE_BYTES,
  markUndone,
  type NumberedFix,
} from "./journal.js";
import type { Obstacle } from "./plan.js";

export interface UndoPlan {
  /** Undefined where no fix is left to take back. */
  readonly fix: NumberedFix | undefined;
  readonly files: readonly RestoredFile[];
  /** Files of this fix, and of newer ones that can no longer be taken back. */
  readonly obstacles: readonly Obstacle[];
}

export interface RestoredFile {
  readonly file: FixedFile;
  readonly original: Buffer;
  readonly rows: readonly Row[];
}

/** A file that is again as it was needs nothing; so a fix or an undo that was killed is neither lost nor repeated. */
export async function planUndo(layout: Layout): Promise<UndoPlan> {
  const obstacles: Obstacle[] = [];
  for (const fix of await listFixes(layout)) {
    if (fix.undone !== undefined) continue;
    const states = await Promise.all(fix.files.map((file, index) => planFile(layout, fix, file, index)));
    const files = states.filter((state) => state !== undefined).filter((state) => "original" in state);
    obstacles.push(...states.filter((state) => state !== undefined).filter((state) => "reason" in state));
    if (files.length > 0) return { fix, files, obstacles };
  }
  return { fix: undefined, files: [], obstacles };
}

export async function applyUndo(
  context: Context,
  fix: NumberedFix,
  files: readonly RestoredFile[],
  onEvent: OnRewrite,
): Promise<Applied> {
  return withFixLock(context, async () => {
    const rewrites = files.map(({ file, original }) => ({
      file,
      content: original,
      expected: file.after,
    }));
    const { changed, obstacles } = await rewriteAll(rewrites, onEvent);
    // What could not be written now may be later.
    if (obstacles.length === 0) await markUndone(context.layout, fix, context.clock());
    return { number: fix.number, changed, obstacles };
  });
}

async function planFile(
  layout: Layout,
  { number }: NumberedFix,
  file: FixedFile,
  index: number,
): Promise<RestoredFile | Obstacle | undefined> {
  const digest = await digestThrough(file.path, file.target);
  if (digest === file.before) return undefined;
  const backup = backupPath(layout, number, index);
  if (digest !== file.after) {
    const reason = `it was changed since it was mended; as it was before: ${backup}`;
    return { path: file.path, kind: "changed", reason };
  }
  const read = await readBounded(backup, MAX_FILE_BYTES);
  const original = read.kind === "text" && digestOf(read.bytes) === file.before ? read.bytes : undefined;
  const edited = original && editLines(original, file.changes);
  if (!original || edited?.kind !== "edited") {
    return { path: file.path, kind: "refused", reason: `its backup ${backup} is damaged` };
  }
  return { file, original, rows: reverseRows(edited.rows) };
}
