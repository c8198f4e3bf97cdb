/**
 * What `--fix` has changed and how it was before: a directory for each fix under `fixes/`, whole or absent, written
 * before the first file is touched. How far a fix or an undo got is never written down: each file's own bytes say it.
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Context } from "../../context.js";
import { GvtError } from "../../errors.js";
import {
  describeSystemError,
  ensureDirectory,
  readBounded,
  syncDirectory,
  systemCode,
  writeAtomically,
} from "../../io/files.js";
import type { Layout } from "../../store/layout.js";
import { sweepStages, withStage } from "../../store/staging.js";
import type { LineChange } from "./edit-lines.js";

/** Raised when a member changes its meaning. */
const SCHEMA = 1;

/** Larger than any file that people write settings into. */
export const MAX_FILE_BYTES = 4 << 20;
const MAX_JOURNAL_BYTES = 16 << 20;

export interface Fix {
  readonly schema: typeof SCHEMA;
  /** The version of gvt that made it. */
  readonly gvt: string;
  /** ISO 8601. */
  readonly time: string;
  readonly files: readonly FixedFile[];
  /** When it was taken back, as far as it could be. */
  readonly undone?: string | undefined;
}

export interface FixedFile {
  /** As people know it. */
  readonly path: string;
  /** What it led to: the file that was changed. */
  readonly target: string;
  /** Where its new bytes were, or are, made ready; what was killed has left it. */
  readonly staged: string;
  /** SHA-256. */
  readonly before: string;
  readonly after: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly changes: readonly LineChange[];
}

/** A fix and its place among the others, from 1. */
export interface NumberedFix extends Fix {
  readonly number: number;
}

export function digestOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Where the bytes that the n-th file of a fix had before lie. */
export function backupPath({ fixes }: Layout, number: number, index: number): string {
  return join(fixes, String(number), String(index));
}

function journalPath({ fixes }: Layout, number: number): string {
  return join(fixes, String(number), "journal.json");
}

/** Resolves to the number of the fix when it is on disk with all backups. Throws `DISK`. */
export async function recordFix(
  context: Context,
  fix: Omit<Fix, "schema">,
  backups: readonly Uint8Array[],
): Promise<number> {
  const { layout, self, clock } = context;
  try {
    await sweepStages(layout, clock);
    return await withStage(layout, self, async (stage) => {
      // Other people have no business in them: start-up files hold tokens.
      const staged = join(stage, "fix");
      await mkdir(staged, { mode: 0o700 });
      for (const [index, bytes] of backups.entries()) {
        await writeAtomically(join(staged, String(index)), bytes, 0o600);
      }
      await writeAtomically(join(staged, "journal.json"), render({ schema: SCHEMA, ...fix }), 0o600);
      await ensureDirectory(layout.fixes, 0o700);
      const number = await publish(staged, layout);
      await syncDirectory(layout.fixes);
      return number;
    });
  } catch (error) {
    throw systemCode(error) === undefined || error instanceof GvtError ? error : cannotRecord(layout, error);
  }
}

/** Two that fix at one time get two numbers: a directory that is not empty is not replaced. */
async function publish(staged: string, layout: Layout): Promise<number> {
  for (let number = ((await listNumbers(layout))[0] ?? 0) + 1; ; number += 1) {
    try {
      await rename(staged, join(layout.fixes, String(number)));
      return number;
    } catch (error) {
      if (systemCode(error) !== "ENOTEMPTY" && systemCode(error) !== "EEXIST") throw error;
    }
  }
}

/** All fixes, the newest first. Throws `DISK` for a journal that cannot be read. */
export async function listFixes(layout: Layout): Promise<NumberedFix[]> {
  const numbers = await listNumbers(layout);
  return Promise.all(
    numbers.map(async (number) => ({ ...(await readFix(journalPath(layout, number))), number })),
  );
}

export async function markUndone(layout: Layout, { number, ...fix }: NumberedFix, time: Date): Promise<void> {
  await writeAtomically(journalPath(layout, number), render({ ...fix, undone: time.toISOString() }), 0o600);
}

async function listNumbers({ fixes }: Layout): Promise<number[]> {
  try {
    const names = await readdir(fixes);
    return names
      .filter((name) => /^[1-9]\d{0,8}$/.test(name))
      .map(Number)
      .sort((a, b) => b - a);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw new GvtError("DISK", `cannot read \`${fixes}\`: ${describeSystemError(error)}`, { cause: error });
  }
}

function render(fix: Fix): string {
  return `${JSON.stringify(fix, undefined, 2)}\n`;
}

async function readFix(path: string): Promise<Fix> {
  const read = await readBounded(path, MAX_JOURNAL_BYTES);
  if (read.kind !== "text") throw badJournal(path, "it cannot be read");
  let fix: unknown;
  try {
    fix = JSON.parse(read.bytes.toString("utf8"));
  } catch (cause) {
    throw badJournal(path, "it is no JSON", cause);
  }
  if (!isFix(fix)) throw badJournal(path, "it is not of a form that this gvt knows");
  return fix;
}

function isFix(value: unknown): value is Fix {
  return (
    hasFields(value, { schema: "number", gvt: "string", time: "string", files: "object" }) &&
    value["schema"] === SCHEMA &&
    Array.isArray(value["files"]) &&
    value["files"].every(isFixedFile)
  );
}

function isFixedFile(value: unknown): value is FixedFile {
  const text = { path: "string", target: "string", staged: "string", before: "string", after: "string" };
  return (
    hasFields(value, { ...text, mode: "number", uid: "number", gid: "number", changes: "object" }) &&
    Array.isArray(value["changes"]) &&
    value["changes"].every((change) => hasFields(change, { line: "number", before: "string" }))
  );
}

function hasFields(
  value: unknown,
  types: Readonly<Record<string, string>>,
): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const fields = new Map(Object.entries(value));
  return Object.entries(types).every(([name, type]) => typeof fields.get(name) === type);
}

function cannotRecord({ fixes }: Layout, cause: unknown): GvtError {
  return new GvtError("DISK", `cannot keep a backup in \`${fixes}\`: ${describeSystemError(cause)}`, {
    hint: "nothing was changed; gvt needs to write there",
    cause,
  });
}

function badJournal(path: string, reason: string, cause?: unknown): GvtError {
  return new GvtError("DISK", `the journal \`${path}\` cannot be used: ${reason}`, {
    hint: "the files as they were lie beside it; once you have them, remove that directory",
    cause,
  });
}
