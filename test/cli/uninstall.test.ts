import { mkdir, readdir, writeFile } from "node:fs/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Cli, createCli } from "../support/cli.js";

let cli: Cli;

beforeEach(async () => {
  cli = await createCli({ installed: ["1.21.3", "1.22.5", "1.22.6"] });
  await cli.gvt("rehash");
});

afterEach(() => cli.remove());

const installed = () => readdir(cli.path("$ROOT/versions"));

test.each([
  [["1.22.5"], ["1.21.3", "1.22.6"]],
  [["go1.22.5", "1.22.6"], ["1.21.3"]],
  [["1.21"], ["1.22.5", "1.22.6"]],
])("gvt uninstall %j leaves %j, and their shims alone", async (words, left) => {
  const { stdout, stderr, status } = await cli.gvt("uninstall", ...words);
  expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
  expect(stderr.trim().split("\n")).toHaveLength(words.length);
  expect(stderr).toMatch(/^go1\.\d+\.\d is removed\n/);
  expect(await installed()).toEqual(left);
  expect(await readdir(cli.path("$ROOT/shims"))).toEqual([
    "go",
    ...left.map((version) => `go${version}`),
    "gofmt",
  ]);
  expect(await readdir(cli.path("$ROOT/tmp"))).toEqual([]);
});

test.each([
  [["1.22"], 2, "`1.22` could mean 1.22.5, 1.22.6", "name one: `gvt uninstall 1.22.5`"],
  [["1.20"], 7, "no Go of the line 1.20 is installed", "`gvt list` shows"],
  [["1.20.1"], 7, "Go 1.20.1 is not installed", "`gvt list` shows"],
  [["latest"], 2, "`latest` names no single version", "name the version to uninstall"],
  [["^1.20"], 2, "`^1.20` names no single version", "name the version to uninstall"],
  [["system"], 2, "`system` names no single version", "name the version to uninstall"],
  [["../versions/1.22.6"], 2, "cannot read `../versions/1.22.6` as a Go version", "write a version"],
  [["1.22.6", "latest"], 2, "`latest` names no single version", "name the version to uninstall"],
  [[], 2, "`gvt uninstall` needs VERSION…", "`gvt help uninstall`"],
])("gvt uninstall %j removes nothing, with status %i: %s", async (words, wanted, message, hint) => {
  const { stdout, stderr, status } = await cli.gvt("uninstall", ...words);
  expect({ stdout, status }).toEqual({ stdout: "", status: wanted });
  expect(stderr).toContain(`error: ${message}`);
  expect(stderr).toContain(`hint: ${hint}`);
  expect(await installed()).toHaveLength(3);
});

test("what asked for a version that is removed is told", async () => {
  await writeFile(cli.path(".go-version"), "1.21\n");
  await writeFile(cli.path("$ROOT/version"), "1.22.5\n");
  expect((await cli.gvt("uninstall", "1.22.6")).stderr).toBe("go1.22.6 is removed\n");
  expect((await cli.gvt("uninstall", "1.22.5", "1.21")).stderr).toBe(
    "go1.22.5 is removed\ngo1.21.3 is removed\n" +
      `note: \`1.21\`, selected here by ${cli.path(".go-version")}:1, is not installed: \`gvt install 1.21\`\n` +
      `note: \`1.22.5\`, the default by ${cli.path("$ROOT/version")}:1, is not installed: \`gvt install 1.22.5\` or \`gvt global VERSION\`\n`,
  );
});

test("a directory without a receipt can be removed by its exact name", async () => {
  await mkdir(cli.path("$ROOT/versions/1.20.1/bin"), { recursive: true });
  expect(await cli.gvt("uninstall", "1.20.1")).toMatchObject({
    status: 0,
    stderr: "go1.20.1 is removed\n",
  });
  expect(await installed()).toHaveLength(3);
});
