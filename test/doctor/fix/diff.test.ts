import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { renderDiff } from "../../../src/doctor/fix/diff.js";
import { editLines, type LineChange } from "../../../src/doctor/fix/edit-lines.js";
import { findProgram } from "../../support/programs.js";

function diff(text: string, ...changes: readonly LineChange[]): string[] {
  const edited = editLines(Buffer.from(text), changes);
  return edited.kind === "edited" ? renderDiff("/f", edited.rows).slice(2) : [];
}

it.each<[string, string, readonly LineChange[], readonly string[]]>([
  ["a deletion", "a\nb\nc\n", [{ line: 2, before: "b" }], ["@@ -1,3 +1,2 @@", " a", "-b", " c"]],
  ["a replacement", "a\n", [{ line: 1, before: "a", after: "b" }], ["@@ -1 +1 @@", "-a", "+b"]],
  ["all of a file", "a\n", [{ line: 1, before: "a" }], ["@@ -1 +0,0 @@", "-a"]],
  [
    "an end without a line break",
    "a\nb",
    [{ line: 2, before: "b" }],
    ["@@ -1,2 +1 @@", " a", "-b", "\\ No newline at end of file"],
  ],
  [
    "changes far apart as two hunks",
    "1\n2\n3\n4\n5\n6\n7\n8\n9\n",
    [
      { line: 1, before: "1" },
      { line: 9, before: "9" },
    ],
    ["@@ -1,4 +1,3 @@", "-1", " 2", " 3", " 4", "@@ -6,4 +5,3 @@", " 6", " 7", " 8", "-9"],
  ],
  [
    "changes whose surroundings touch as one",
    "1\n2\n3\n4\n5\n6\n7\n8\n",
    [
      { line: 1, before: "1" },
      { line: 8, before: "8" },
    ],
    ["@@ -1,8 +1,6 @@", "-1", " 2", " 3", " 4", " 5", " 6", " 7", "-8"],
  ],
  [
    "changes close together as one",
    "1\n2\n3\n4\n5\n",
    [
      { line: 1, before: "1" },
      { line: 5, before: "5" },
    ],
    ["@@ -1,5 +1,3 @@", "-1", " 2", " 3", " 4", "-5"],
  ],
  [
    "control characters as escapes",
    "\u001b[31m\tx\n",
    [{ line: 1, before: "\u001b[31m\tx" }],
    ["@@ -1 +0,0 @@", "-\\x1b[31m\tx"],
  ],
  ["nothing where nothing changes", "a\n", [], []],
])("a diff shows %s", (_name, text, changes, wanted) => {
  expect(diff(text, ...changes)).toEqual(wanted);
});

it("patch makes of the old file the new one", () => {
  const patch = findProgram("patch", "that a diff is one for patch");
  if (!patch) return;
  const directory = mkdtempSync(join(tmpdir(), "gvt-patch-"));
  const line = fc.stringMatching(/^[ -~]{0,6}$/);
  const file = fc
    .array(line, { minLength: 1, maxLength: 24 })
    .chain((lines) =>
      fc.tuple(
        fc.constant(lines),
        fc.uniqueArray(fc.nat(lines.length - 1), { minLength: 1, maxLength: 4 }),
        fc.option(fc.stringMatching(/^[A-Z]{1,4}$/), { nil: undefined }),
        fc.boolean(),
      ),
    );
  try {
    fc.assert(
      fc.property(file, ([lines, places, after, ended]) => {
        const text = Buffer.from(lines.join("\n") + (ended || lines.at(-1) === "" ? "\n" : ""));
        const changes = places.map((place) => ({ line: place + 1, before: lines[place] ?? "", after }));
        const edited = editLines(text, changes);
        if (edited.kind !== "edited") throw new Error(`line ${edited.line} differs`);
        if (edited.bytes.equals(text)) return;
        const path = join(directory, "file");
        writeFileSync(path, text);
        execFileSync(patch, ["-s", path], {
          input: `${renderDiff(path, edited.rows).join("\n")}\n`,
          cwd: directory,
        });
        // Of an emptied file nothing is left.
        const patched = edited.bytes.length === 0 ? Buffer.alloc(0) : readFileSync(path);
        expect(patched.toString()).toBe(edited.bytes.toString());
      }),
      { numRuns: 60 },
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
});
