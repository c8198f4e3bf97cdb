import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Edited, editLines, type LineChange, reverseRows } from "../../../src/doctor/fix/edit-lines.js";

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");

function edit(text: string, ...changes: readonly LineChange[]): string {
  const edited = editLines(latin1(text), changes);
  return edited.kind === "edited" ? edited.bytes.toString("latin1") : `line ${edited.line} differs`;
}

describe("an edit of lines", () => {
  it.each<[string, string, readonly LineChange[], string]>([
    ["deletes one", "a\nb\nc\n", [{ line: 2, before: "b" }], "a\nc\n"],
    ["replaces one", "a\nb\nc\n", [{ line: 2, before: "b", after: "x y" }], "a\nx y\nc\n"],
    ["empties one", "a\nb\n", [{ line: 1, before: "a", after: "" }], "\nb\n"],
    [
      "does several at once, by their old numbers",
      "a\nb\nc\nd\n",
      [
        { line: 3, before: "c" },
        { line: 1, before: "a" },
      ],
      "b\nd\n",
    ],
    ["deletes the only one", "a", [{ line: 1, before: "a" }], ""],
    ["deletes a last one without a line break", "a\nb", [{ line: 2, before: "b" }], "a\n"],
    ["replaces a last one without a line break", "a\nb", [{ line: 2, before: "b", after: "c" }], "a\nc"],
    ["leaves the end without a line break alone", "a\nb", [{ line: 1, before: "a" }], "b"],
    ["keeps CRLF", "a\r\nb\r\nc", [{ line: 2, before: "b", after: "x" }], "a\r\nx\r\nc"],
    ["takes a line that was seen with its CR", "a\r\nb\r\n", [{ line: 1, before: "a\r" }], "b\r\n"],
    ["takes a line that ends in a CR of its own", "a\r\r\nb\n", [{ line: 1, before: "a\r" }], "b\n"],
    ["keeps Latin-1 bytes of other lines", "caf\xe9\nb\n", [{ line: 2, before: "b" }], "caf\xe9\n"],
    ["deletes a line of Latin-1 bytes", "# caf\xe9\nb\n", [{ line: 1, before: "# caf\ufffd" }], "b\n"],
    ["writes UTF-8", "a\n", [{ line: 1, before: "a", after: "é" }], "\xc3\xa9\n"],
    [
      "leaves a byte order mark where it is",
      "\xef\xbb\xbfa\nb\n",
      [{ line: 1, before: "a", after: "x" }],
      "\xef\xbb\xbfx\nb\n",
    ],
    [
      "leaves the line of a byte order mark, empty",
      "\xef\xbb\xbfa\nb\n",
      [{ line: 1, before: "\ufeffa" }],
      "\xef\xbb\xbf\nb\n",
    ],
    ["deletes a later line with such a mark", "a\n\xef\xbb\xbfb\nc\n", [{ line: 2, before: "b" }], "a\nc\n"],
    ["leaves NUL and lone CR alone", "a\0\rb\nc\n", [{ line: 2, before: "c" }], "a\0\rb\n"],
  ])("%s", (_name, text, changes, wanted) => {
    expect(edit(text, ...changes)).toBe(wanted);
  });

  it.each<[string, string, readonly LineChange[], number]>([
    ["a line that says something else", "a\nb\n", [{ line: 2, before: "a" }], 2],
    ["a line that has grown", "a\nb # c\n", [{ line: 2, before: "b" }], 2],
    ["a line that has other spaces", "a\n\tb\n", [{ line: 2, before: " b" }], 2],
    ["a line behind the end", "a\n", [{ line: 2, before: "" }], 2],
    ["a line of an empty file", "", [{ line: 1, before: "" }], 1],
    ["line 0", "a\n", [{ line: 0, before: "a" }], 0],
    [
      "UTF-8 for a line in another encoding",
      "# caf\xe9\n",
      [{ line: 1, before: "# caf\ufffd", after: "x" }],
      1,
    ],
  ])("is refused for %s", (_name, text, changes, line) => {
    expect(editLines(latin1(text), changes)).toEqual({ kind: "differs", line });
  });
});

/** Bytes of the kind that files are made of, and of the kind that they should not be made of. */
const bytes = fc
  .array(
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.constantFrom("\n", "\r\n", "export A=b", "\xe9", "\xef\xbb\xbf", "\0", "\t"),
      },
      fc.string({
        minLength: 1,
        maxLength: 8,
        unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
      }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => latin1(parts.join("")));

const linesOf = (text: Buffer): string[] => text.toString("latin1").match(/[^\n]*\n|[^\n]+$/g) ?? [];
const seen = (line: string): string => latin1(line.replace(/\r?\n$|\r$/, "")).toString("utf8");

/** Deletions and replacements of some lines of a file, as a reader of UTF-8 has seen them. */
const editedFile = bytes.chain((text) =>
  fc
    .uniqueArray(fc.nat(Math.max(0, linesOf(text).length - 1)), { maxLength: 5 })
    .chain((places) =>
      fc.tuple(
        fc.constant(text),
        fc.tuple(
          ...places.map((place) =>
            fc
              .option(fc.stringMatching(/^[ -~é]{0,12}$/), { nil: undefined })
              .map(
                (after): LineChange => ({ line: place + 1, before: seen(linesOf(text)[place] ?? ""), after }),
              ),
          ),
        ),
      ),
    ),
);

function mustEdit(edited: Edited): Extract<Edited, { kind: "edited" }> | undefined {
  return edited.kind === "edited" ? edited : undefined;
}

describe("whatever the bytes and the edits", () => {
  it("lines that are not edited stay bit for bit, in their order", () => {
    fc.assert(
      fc.property(editedFile, ([text, changes]) => {
        const edited = mustEdit(editLines(text, changes));
        if (!edited) return;
        const named = new Set(changes.map(({ line }) => line));
        const kept = linesOf(text).filter((_, index) => !named.has(index + 1));
        const left = linesOf(edited.bytes);
        let at = 0;
        for (const line of left) if (line === kept[at]) at += 1;
        expect(kept.slice(at)).toEqual([]);
        expect(left.length - kept.length).toBeLessThanOrEqual(changes.length);
      }),
      { numRuns: 2000 },
    );
  });

  it("only text in another encoding is refused, and only where words are to be put there", () => {
    fc.assert(
      fc.property(editedFile, ([text, changes]) => {
        const edited = editLines(text, changes);
        if (linesOf(text).length === 0) return;
        if (edited.kind === "edited") return;
        const change = changes.find(({ line }) => line === edited.line);
        expect(change?.after).toBeDefined();
        expect(change?.before).toContain("\ufffd");
      }),
      { numRuns: 1000 },
    );
  });

  it("the diff read forwards gives the new lines, and read backwards the old ones", () => {
    fc.assert(
      fc.property(editedFile, ([text, changes]) => {
        const edited = mustEdit(editLines(text, changes));
        if (!edited) return;
        const side = (sign: string, rows = edited.rows): string[] =>
          rows.filter((row) => row.sign !== sign).map((row) => row.text);
        const shown = (some: Buffer): string[] =>
          linesOf(some).map((line) => seen(line.replace(/^\xef\xbb\xbf/, "")));
        expect(side("-")).toEqual(shown(edited.bytes));
        expect(side("+")).toEqual(shown(text));
        expect(side("-", reverseRows(edited.rows))).toEqual(side("+"));
        expect(side("+", reverseRows(edited.rows))).toEqual(side("-"));
      }),
      { numRuns: 1000 },
    );
  });
});
