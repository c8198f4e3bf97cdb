/** Unified diffs, as `diff -u` prints them. Pure. */
import { escapePath } from "../../go/escape.js";
import type { Row } from "./edit-lines.js";

/** Unchanged lines shown around a change. */
const CONTEXT = 3;

/** Of one file; what it says must not drive a terminal. */
export function renderDiff(path: string, rows: readonly Row[]): string[] {
  const changed = rows.flatMap(({ sign }, index) => (sign === " " ? [] : [index]));
  const hunks: { from: number; to: number }[] = [];
  for (const index of changed) {
    const [from, to] = [Math.max(0, index - CONTEXT), Math.min(rows.length, index + CONTEXT + 1)];
    const last = hunks.at(-1);
    if (last && from <= last.to) last.to = to;
    else hunks.push({ from, to });
  }
  const name = escapePath(path);
  return [
    `--- ${name}`,
    `+++ ${name}`,
    ...hunks.flatMap(({ from, to }) => renderHunk(rows.slice(0, from), rows.slice(from, to))),
  ];
}

function renderHunk(above: readonly Row[], rows: readonly Row[]): string[] {
  return [
    `@@ -${rangeOf(above, rows, "-")} +${rangeOf(above, rows, "+")} @@`,
    ...rows.flatMap(({ sign, text, ended }) => [
      `${sign}${escapeTabbed(text)}`,
      ...(ended ? [] : ["\\ No newline at end of file"]),
    ]),
  ];
}

/** `12,4`: where the hunk begins on that side, and how many lines of it stand there. */
function rangeOf(above: readonly Row[], rows: readonly Row[], side: "-" | "+"): string {
  const countOf = (some: readonly Row[]): number =>
    some.filter(({ sign }) => sign === " " || sign === side).length;
  const count = countOf(rows);
  // An empty side is said to stand behind the line before it.
  const start = countOf(above) + (count === 0 ? 0 : 1);
  return count === 1 ? String(start) : `${start},${count}`;
}

/** A tab drives no terminal anywhere that matters. */
function escapeTabbed(text: string): string {
  return text.split("\t").map(escapePath).join("\t");
}
