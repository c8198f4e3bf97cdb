import { describe, expect, it } from "vitest";
import { findDirective, findRequirement } from "../../src/go/module-file.js";
import { formatGoVersion, formatLanguageVersion, isExact } from "../../src/go/version.js";

function wanted(text: string): string | undefined {
  const requirement = findRequirement(text);
  if (!requirement) return undefined;
  return isExact(requirement.wanted)
    ? formatGoVersion(requirement.wanted)
    : formatLanguageVersion(requirement.wanted);
}

describe("a directive", () => {
  it.each([
    ["go 1.22", "1.22", 1],
    ["module x\n\n\tgo\t1.22.6 // c\r\n", "1.22.6", 3],
    ["golang 1\n//go 1\ngo 1.22//x", "1.22", 3],
    ["\u2003go 1.22\u0085\n", "1.22", 1],
    ["go // none\ngo 1.22\n", "", 1],
  ])("%j says go %j on line %i", (text, value, line) => {
    expect(findDirective(text, "go")).toEqual({ text: value, line });
  });

  it.each(["", "go", "go\u00a01.22", "go\v1.22", "\ufeffgo 1.22", "go1.22", "Go 1.22", "// go 1.22"])(
    "%j says nothing of go",
    (text) => {
      expect(findDirective(text, "go")).toBeUndefined();
    },
  );
});

describe("what goenv 2 read wrongly", () => {
  it.each([
    ["go 1.21\n\ntoolchain default\n", "1.21"],
    ["go 1.21\n\ntoolchain go1.22.5-custom\n", "1.22.5"],
    ["go\t1.21\n", "1.21"],
    ["// go 1.17 was old\ngo 1.21 // c\n", "1.21"],
    ["go 1.21\nrequire github.com/foo/go1.2 v1.0.0\n", "1.21"],
  ])("%j wants %s", (text, version) => {
    expect(wanted(text)).toBe(version);
  });
});

describe("a requirement", () => {
  it("names the directive that asks for more, and keeps the other", () => {
    expect(findRequirement("go 1.22.6\ntoolchain go1.21.0\n")).toMatchObject({
      text: "go 1.22.6",
      line: 1,
      older: { key: "toolchain", directive: { text: "go1.21.0", line: 2 } },
    });
  });

  it.each([
    ["go 1.22.x\n", "line 1: `go 1.22.x` names no Go version"],
    ["\ngo \x1b[1m\n", "line 2: `go \\x1b[1m` names no Go version"],
    ["go 1.22\ntoolchain local\n", "line 2: `toolchain local` names no toolchain"],
  ])("%j is an error that names the line", (text, message) => {
    expect(() => findRequirement(text)).toThrow(message);
  });
});
