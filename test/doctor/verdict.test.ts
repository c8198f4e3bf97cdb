import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { judge, readNeeds } from "../../src/doctor/verdict.js";
import { parseSelector } from "../../src/go/selector.js";
import { createDisk, type Disk } from "./support/disk.js";

let disk: Disk;
beforeEach(async () => {
  disk = await createDisk();
});
afterEach(() => disk.remove());

/** `too old b/go.mod:3`, for somebody who stands in `a`. */
async function verdictOf(version: string, files: Readonly<Record<string, string>>, env = {}) {
  for (const [path, text] of Object.entries(files)) await disk.write(join(disk.directory, path), text);
  const context = await disk.context({ env });
  const needs = readNeeds({ ...context, cwd: join(disk.directory, "a") }, context.layout.versions);
  const selector = parseSelector(version);
  if (selector.kind !== "exact" && selector.kind !== "line") throw new Error(version);
  const asked = selector.kind === "exact" ? selector.version : selector.line;
  const verdict = judge(asked, needs);
  if (verdict.kind === "good enough") return verdict.kind;
  const { path, line, text } = verdict.need;
  return `${verdict.kind}: ${path.slice(disk.directory.length + 1)}:${line} ${text}`;
}

const WORK = "go 1.22.0\n\nuse (\n\t./a\n\t./b\n)\n";

describe("a version", () => {
  it.each([
    // name, version, files, verdict
    ["without a module", "1.22.6", {}, "good enough"],
    ["that the go line asks for", "1.22.6", { "a/go.mod": "module m\ngo 1.22.6\n" }, "good enough"],
    [
      "below the go line",
      "1.22.5",
      { "a/go.mod": "module m\n\ngo 1.22.6\n" },
      "too old: a/go.mod:3 go 1.22.6",
    ],
    ["that a bare go line allows", "1.22rc1", { "a/go.mod": "go 1.22\n" }, "good enough"],
    ["before the first release", "1.22rc1", { "a/go.mod": "go 1.22.0\n" }, "too old: a/go.mod:1 go 1.22.0"],
    [
      "below the toolchain line",
      "1.22.6",
      { "a/go.mod": "go 1.22\ntoolchain go1.23.1\n" },
      "too old: a/go.mod:2 toolchain go1.23.1",
    ],
    ["with a default toolchain", "1.22.6", { "a/go.mod": "go 1.22\ntoolchain default\n" }, "good enough"],
    [
      "that cannot read a directive",
      "1.22.6",
      { "a/go.mod": "go 1.22\ntool example.com/x\n" },
      "cannot read: a/go.mod:2 tool example.com/x",
    ],
    [
      "before patches in go lines",
      "1.20.14",
      { "a/go.mod": "go 1.20.1\n" },
      "cannot read: a/go.mod:1 go 1.20.1",
    ],
    [
      "below the workspace",
      "1.21.3",
      { "go.work": WORK, "a/go.mod": "go 1.21\n" },
      "too old: go.work:1 go 1.22.0",
    ],
    [
      "below a member of the workspace",
      "1.22.6",
      { "go.work": WORK, "a/go.mod": "go 1.23\n" },
      "too old: a/go.mod:1 go 1.23",
    ],
    [
      "below the toolchain line of a member, which counts only outside",
      "1.22.6",
      { "go.work": WORK, "a/go.mod": "go 1.21\ntoolchain go1.23.0\n" },
      "good enough",
    ],
    [
      "below a module that is no member",
      "1.22.6",
      { "go.work": "go 1.22\n\nuse ./b\n", "a/go.mod": "go 1.23\n" },
      "good enough",
    ],
    ["of a line, by its newest release", "1.22", { "a/go.mod": "go 1.22.6\n" }, "good enough"],
    ["of a line that is too old", "1.21", { "a/go.mod": "go 1.22.6\n" }, "too old: a/go.mod:1 go 1.22.6"],
  ])("%s: %s", async (_, version, files, verdict) => {
    expect(await verdictOf(version, files)).toBe(verdict);
  });

  it("is held against the module alone where GOWORK is off", async () => {
    const files = { "go.work": WORK, "a/go.mod": "go 1.21\n" };
    expect(await verdictOf("1.21.3", files, { GOWORK: "off" })).toBe("good enough");
  });

  it("is held against no file that names no version", async () => {
    await expect(verdictOf("1.22.6", { "a/go.mod": "go one\n" })).rejects.toMatchObject({
      code: "BAD_VERSION_FILE",
    });
    await writeFile(join(disk.directory, "go.work"), WORK);
    await expect(verdictOf("1.22.6", { "a/go.mod": "go one\n" })).rejects.toMatchObject({
      code: "BAD_VERSION_FILE",
      message: expect.stringContaining("a/go.mod"),
    });
  });
});
