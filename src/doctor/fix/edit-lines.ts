/**
 * Edits of named lines in a file's bytes, whatever encoding they are in: every other byte stays what it was. Pure.
 */
import type { LineEdit } from "../remedy.js";

export type LineChange = Pick<LineEdit, "line" | "before" | "after">;

/** One line of a diff over the whole file. */
export interface Row {
  readonly sign: " " | "-" | "+";
  /** As people read it, without its line break. */
  readonly text: string;
  /** False for the last line of a file without a line break at its end. */
  readonly ended: boolean;
}

export type Edited =
  | { readonly kind: "edited"; readonly bytes: Buffer; readonly rows: readonly Row[] }
  /** The line no longer says what was seen, or cannot say what it should. */
  | { readonly kind: "differs"; readonly line: number };

const BOM = "\xef\xbb\xbf";

/** All edits at once; each line is named by its number before any of them. */
export function editLines(bytes: Buffer, changes: readonly LineChange[]): Edited {
  // One character for each byte, so that what is not ours passes through whatever it means.
  const lines = bytes.toString("latin1").match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const wanted = new Map(changes.map((change) => [change.line, change]));
  const rows: Row[] = [];
  let edited = "";
  for (const [index, line] of lines.entries()) {
    const change = wanted.get(index + 1);
    wanted.delete(index + 1);
    const next = change ? editLine(line, change, index === 0 && line.startsWith(BOM)) : line;
    if (next === undefined) return { kind: "differs", line: index + 1 };
    edited += next;
    if (next === line) rows.push(rowOf(" ", line));
    else rows.push(rowOf("-", line), ...(next === "" ? [] : [rowOf("+", next)]));
  }
  const [missing] = wanted.keys();
  if (missing !== undefined) return { kind: "differs", line: missing };
  return { kind: "edited", bytes: Buffer.from(edited, "latin1"), rows };
}

/** The same diff, seen from the other side. */
export function reverseRows(rows: readonly Row[]): Row[] {
  const reversed: Row[] = [];
  let added: Row[] = [];
  for (const row of rows) {
    // What is taken away stands before what replaces it.
    if (row.sign === "-") added.push({ ...row, sign: "+" });
    else if (row.sign === "+") reversed.push({ ...row, sign: "-" });
    else {
      reversed.push(...added, row);
      added = [];
    }
  }
  return [...reversed, ...added];
}

/** Undefined where the line is not the one that was seen. */
function editLine(line: string, { before, after }: LineChange, marked: boolean): string | undefined {
  const { body, ending } = takeApart(line);
  const [here, seen] = [withoutMark(decode(body)), withoutMark(before)];
  if (here !== seen && here !== seen.replace(/\r$/, "")) return undefined;
  // Deleted whole, unless it bears the file's byte order mark: that would come to stand before another line's words.
  if (after === undefined) return marked ? BOM + ending : "";
  // A line in another encoding cannot take in words in this one.
  if (encode(decode(body)) !== body) return undefined;
  return (marked ? BOM : "") + encode(withoutMark(after).replace(/\r$/, "")) + ending;
}

/** Whoever has seen the line may have seen it without. */
function withoutMark(text: string): string {
  return text.replace(/^\ufeff/, "");
}

function takeApart(line: string): { body: string; ending: string } {
  const ending = /\r?\n$|\r$/.exec(line)?.[0] ?? "";
  return { body: line.slice(0, line.length - ending.length), ending };
}

function rowOf(sign: Row["sign"], line: string): Row {
  return { sign, text: withoutMark(decode(takeApart(line).body)), ended: line.endsWith("\n") };
}

function decode(body: string): string {
  return Buffer.from(body, "latin1").toString("utf8");
}

function encode(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}
