import { describe, expect, it } from "vitest";
import { formatSelector } from "../../src/go/selector.js";
import { findToolVersion, parseVersionFile } from "../../src/go/version-file.js";

describe("a version file", () => {
  it.each([
    ["1.22.6\n", "1.22.6", 1],
    ["# why\n\n\tgo1.22 # because\n", "1.22", 3],
    ["\ufeff1.22.6\r\n", "1.22.6", 1],
    ["system", "system", 1],
    ["work\n", "work", 1],
  ])("%j states %s on line %i", (text, selector, line) => {
    const statement = parseVersionFile(text);
    expect(formatSelector(statement.selector)).toBe(selector);
    expect(statement.line).toBe(line);
  });

  it("without a word names no version", () => {
    expect(() => parseVersionFile("# 1.22.6\n \n")).toThrow(/names no version/);
  });

  it("names the line and escapes the word of what it may not say", () => {
    expect(() => parseVersionFile("\n\x1b[1m\n")).toThrow(
      "line 2: `\\x1b[1m` is not what a version file may say",
    );
  });
});

describe(".tool-versions", () => {
  it.each([
    ["golang 1.22.6\n", "1.22.6", 1],
    ["nodejs 20\ngo 1.22 1.21\n", "1.22", 2],
    ["# golang 1.21.0\r\ngolang\t1.22.6\r\n", "1.22.6", 2],
  ])("%j states %s on line %i", (text, selector, line) => {
    const statement = findToolVersion(text);
    expect(statement && formatSelector(statement.selector)).toBe(selector);
    expect(statement?.line).toBe(line);
  });

  it("without a line for Go states nothing", () => {
    expect(findToolVersion("nodejs 20\ngolangci-lint 1.60\n")).toBeUndefined();
  });

  it("with a line for Go and no version is an error", () => {
    expect(() => findToolVersion("golang # 1.22.6\n")).toThrow(/line 1: `golang` is followed by no version/);
  });
});
