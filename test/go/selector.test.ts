import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapePath, escapeText } from "../../src/go/escape.js";
import {
  findFileSelector,
  formatSelector,
  isAliasName,
  parseSelector,
  pickVersion,
  resolveAlias,
} from "../../src/go/selector.js";
import { formatGoVersion, isInLine, parseGoVersion } from "../../src/go/version.js";
import { arbitraryGoVersion } from "../support/arbitrary-version.js";

const INSTALLED = ["1.20.0", "1.20.14", "1.21rc2", "1.21.0", "1.21.13", "1.22.2", "1.22.10", "1.23rc1"].map(
  parseGoVersion,
);

function picked(text: string): string | undefined {
  const version = pickVersion(resolveAlias(parseSelector(text), { work: "1.21", chain: "work" }), INSTALLED);
  return version && formatGoVersion(version);
}

describe("a selector", () => {
  it.each([
    ["1.22.2", "1.22.2"],
    ["go1.22.2", "1.22.2"],
    ["go-1.22.2", "1.22.2"],
    ["v1.22.2", "1.22.2"],
    ["1.22.3", undefined],
    ["1.22", "1.22.10"],
    ["1.22.x", "1.22.10"],
    ["go1.22", "1.22.10"],
    ["1.20", "1.20.14"],
    ["1.20.0", "1.20.0"],
    ["1.23", undefined],
    ["1.23rc1", "1.23rc1"],
    ["latest", "1.22.10"],
    ["stable", "1.22.10"],
    ["oldstable", "1.21.13"],
    [">=1.20 <1.21", "1.20.14"],
    ["^1.21", "1.22.10"],
    ["~1.21.0", "1.21.13"],
    ["<1.21 || 1.22.2", "1.22.2"],
    [">=go1.21.0 <go1.22", "1.21.13"],
    [">=1.23", undefined],
    ["work", "1.21.13"],
    ["chain", "1.21.13"],
    [" 1.22.2 ", "1.22.2"],
  ])("%s picks %s", (text, version) => {
    expect(picked(text)).toBe(version);
  });

  it.each([
    "",
    " ",
    "1",
    "1.2",
    "go1.1",
    "1.022",
    "1.22.6.7",
    "../x",
    "-h",
    "1.22.*;id",
    "1.22.6\u0000",
    "x".repeat(65),
    "nobody",
  ])("%j is an error", (text) => {
    expect(() => picked(text)).toThrow(expect.objectContaining({ code: "BAD_SELECTOR" }));
  });

  it("1.2 is asked about, since YAML eats zeros", () => {
    expect(() => parseSelector("1.2")).toThrow(/did you mean 1\.20\?/);
  });

  it("comes back from its text", () => {
    for (const text of ["1.22.6", "1.22", "^1.21", "latest", "oldstable", "system", "work"]) {
      const selector = parseSelector(text);
      expect(parseSelector(formatSelector(selector))).toEqual(selector);
    }
  });

  it("an alias that leads back to itself is an error", () => {
    const aliases = { a: "b", b: "a" };
    expect(() => resolveAlias({ kind: "alias", name: "a" }, aliases)).toThrow(/leads back to itself/);
  });

  it("an alias is not found in what every object has", () => {
    expect(() => resolveAlias({ kind: "alias", name: "constructor" }, {})).toThrow(
      /neither a version nor an alias/,
    );
  });

  it("a line picks only releases of that line", () => {
    fc.assert(
      fc.property(fc.array(arbitraryGoVersion), fc.integer({ min: 0, max: 30 }), (versions, minor) => {
        const version = pickVersion({ kind: "line", line: { minor } }, versions);
        const candidates = versions.filter((one) => isInLine(one, { minor }) && !one.prerelease);
        expect(version === undefined).toBe(candidates.length === 0);
        if (version) expect(candidates).toContainEqual(version);
      }),
    );
  });

  it("never fails with anything but its own error", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" })), (text) => {
        try {
          parseSelector(text);
        } catch (error) {
          expect(error).toMatchObject({ code: "BAD_SELECTOR" });
        }
      }),
    );
  });
});

describe("a word of a file", () => {
  it.each(["latest", "stable", "oldstable", ">=1.21", "^1.21", "1", "-h", "a/b", ""])(
    "%j is none that it may say",
    (word) => {
      expect(findFileSelector(word)).toBeUndefined();
    },
  );

  it.each([
    ["work", true],
    ["system", false],
    ["latest", false],
    ["go1", false],
    ["v1.22", false],
    ["go-1", false],
    ["goose", true],
    ["1work", false],
    ["", false],
  ])("%j as the name of an alias: %s", (name, expected) => {
    expect(isAliasName(name)).toBe(expected);
  });
});

describe("text from a file", () => {
  it("cannot drive a terminal", () => {
    expect(escapeText("\x1b[31mred\n\u202e\u00e9")).toBe("\\x1b[31mred\\x0a\\u{202e}\\xe9");
    expect(escapeText("x".repeat(100))).toBe(`${"x".repeat(64)}…`);
  });

  it("keeps the letters of a path, all of them", () => {
    const path = `/home/Jürgen/${"x".repeat(100)}`;
    expect(escapePath(path)).toBe(path);
    expect(escapePath("/a\x1b[1m\n\u202eb")).toBe("/a\\x1b[1m\\x0a\\u{202e}b");
  });
});
