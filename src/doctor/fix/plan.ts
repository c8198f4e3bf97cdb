/** What `--fix` would change: the safe steps of the remedies, gathered by file and tried out on the files' own bytes. */
import { lstat, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { randomName, readBounded } from "../../io/files.js";
import { findRefusal } from "../../io/replace-file.js";
import type { Finding } from "../check.js";
import { type LineEdit, listSafeEdits } from "../remedy.js";
import { editLines, type LineChange, type Row } from "./edit-lines.js";
import { digestOf, type FixedFile, MAX_FILE_BYTES } from "./journal.js";

export interface PlannedFile extends FixedFile {
  readonly original: Buffer;
  readonly edited: Buffer;
  readonly rows: readonly Row[];
}

/** A file that stays as it is, and why. */
export interface Obstacle {
  readonly path: string;
  readonly kind: "changed" | "refused";
  readonly reason: string;
}

export interface FixPlan {
  readonly files: readonly PlannedFile[];
  readonly obstacles: readonly Obstacle[];
}

/** Several edits of one file are one change of it, by whatever names they know it. Changes nothing. */
export async function planFix(findings: readonly Finding[]): Promise<FixPlan> {
  const edits = findings.flatMap(({ remedy }) => listSafeEdits(remedy));
  const targets = new Map<string, LineEdit[]>();
  for (const edit of edits) {
    const target = await realpath(edit.path).catch(() => edit.path);
    targets.set(target, [...(targets.get(target) ?? []), edit]);
  }
  const planned = await Promise.all([...targets].map(([target, some]) => planFile(target, some)));
  return {
    files: planned.filter((each) => "edited" in each),
    obstacles: planned.filter((each) => "reason" in each),
  };
}

async function planFile(target: string, edits: readonly LineEdit[]): Promise<PlannedFile | Obstacle> {
  const path = edits[0]?.path ?? target;
  const original = await readWritable(target);
  if (!Buffer.isBuffer(original)) return { path, ...original };
  const changes = listChanges(edits);
  const result = editLines(original, changes);
  if (result.kind === "differs") {
    return { path, kind: "changed", reason: `line ${result.line} is no longer what was seen` };
  }
  const { mode, uid, gid } = await lstat(target);
  return {
    path,
    target,
    staged: join(dirname(target), `.gvt-${randomName()}`),
    before: digestOf(original),
    after: digestOf(result.bytes),
    mode: mode & 0o7777,
    uid,
    gid,
    changes,
    original,
    edited: result.bytes,
    rows: result.rows,
  };
}

/** What a file holds that may be replaced, or why it may not. */
async function readWritable(target: string): Promise<Buffer | Omit<Obstacle, "path">> {
  const read = await readBounded(target, MAX_FILE_BYTES);
  switch (read.kind) {
    case "absent":
      return { kind: "changed", reason: "it is gone" };
    case "not-a-file":
      return { kind: "changed", reason: `it is ${read.found}` };
    case "too-large":
      return { kind: "refused", reason: `it is longer than ${MAX_FILE_BYTES >> 20} MiB` };
    case "unreadable":
      return { kind: "refused", reason: `it cannot be read: ${read.reason}` };
    case "text": {
      const reason = await findRefusal(target);
      return reason === undefined ? read.bytes : { kind: "refused", reason };
    }
  }
}

/** Of two that want different things of one line, the first finding's, which is the graver one. */
function listChanges(edits: readonly LineEdit[]): LineChange[] {
  const byLine = new Map(edits.toReversed().map((edit) => [edit.line, edit]));
  return [...byLine.values()]
    .map(({ line, before, after }) => ({ line, before, after }))
    .sort((a, b) => a.line - b.line);
}
