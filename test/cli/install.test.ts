import { cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Cli, createCli } from "../support/cli.js";
import type { RunResult } from "../support/sandbox.js";
import { HERE } from "../support/toy-archive.js";

let cli: Cli;

beforeEach(async () => {
  cli = await createCli();
  await cli.offer("1.23.91", "1.23rc9", "1.22.96", "1.22.95", "1.21.93");
});

afterEach(() => cli.remove());

const installed = () => readdir(cli.path("$ROOT/versions")).then((names) => names.sort());

describe("gvt install SPEC", () => {
  test.each([
    ["1.22.95", ["1.22.95"]],
    ["go1.22.95", ["1.22.95"]],
    ["1.23rc9", ["1.23rc9"]],
    ["1.22", ["1.22.96"]],
    ["1.22.x", ["1.22.96"]],
    [">=1.21 <1.23", ["1.22.96"]],
    ["~1.22.1", ["1.22.96"]],
    ["latest", ["1.23.91"]],
    ["oldstable", ["1.22.96"]],
    ["1.22 1.21.93 go1.22.96", ["1.21.93", "1.22.96"]],
  ])("%s puts %j into the store, and says so in two lines", async (specs, versions) => {
    const words = specs.startsWith(">") ? [specs] : specs.split(" ");
    const { stdout, stderr, status } = await cli.gvt("install", ...words);
    expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
    expect(await installed()).toEqual(versions);
    for (const version of versions) {
      expect(stderr).toContain(`installing go${version} from ${cli.toys.site.url}/dl\n`);
      expect(stderr).toContain(`go${version} is installed; vouched for by organisation (`);
    }
    expect(stderr.trim().split("\n")).toHaveLength(2 * versions.length);
    const shims = versions.map((version) => `go${version}`);
    expect(await readdir(cli.path("$ROOT/shims"))).toEqual(["go", ...shims, "gofmt"]);
    expect(await readdir(cli.path("$ROOT/tmp"))).toEqual([]);
  });

  test("of what is there already says so and asks nobody", async () => {
    await cli.gvt("install", "1.22.95");
    const before = cli.toys.site.requests.length;
    const { stderr, status } = await cli.gvt("install", "1.22.95");
    expect({ stderr, status }).toEqual({ stderr: "go1.22.95 is installed already\n", status: 0 });
    expect(cli.toys.site.requests).toHaveLength(before);
  });

  test("of a version that is nowhere fails and names what is nearest", async () => {
    const { stdout, stderr, status } = await cli.gvt("install", "1.22.97");
    expect({ stdout, status }).toEqual({ stdout: "", status: 7 });
    expect(stderr).toBe(
      `error: there is no Go 1.22.97 for ${HERE.os}/${HERE.arch}\n\nhint: the nearest that are known: 1.22.96, 1.22.95\n`,
    );
    expect(await installed()).toEqual([]);
  });

  test("of several installs those that there are, and fails for the others", async () => {
    const { stderr, status } = await cli.gvt("install", "1.22.97", "1.22.96", "1.19.99");
    expect(status).toBe(7);
    expect(stderr).toContain("error: there is no Go 1.22.97 for");
    expect(stderr).toContain("error: there is no Go 1.19.99 for");
    expect(stderr).toContain("go1.22.96 is installed;");
    expect(await installed()).toEqual(["1.22.96"]);
  });

  test.each([
    ["1.2", "`1.2` is ambiguous: did you mean 1.20?"],
    ["1.22.", "cannot read `1.22.` as a Go version"],
    ["../../etc", "cannot read `../../etc` as a Go version"],
    ["1.22.6\x1b[2J", "cannot read `1.22.6\\x1b[2J` as a Go version"],
    ["newest", "`newest` is neither a version nor an alias"],
    ["lates", "`lates` is neither a version nor an alias\n\nhint: did you mean `latest`?"],
    ["", "cannot read `` as a Go version: it is empty"],
  ])("of %j is refused before anything is asked", async (spec, message) => {
    const { stdout, stderr, status } = await cli.gvt("install", spec);
    expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
    expect(stderr).toContain(`error: ${message}`);
    expect(stderr).toMatch(/\n\nhint: .+\n$/);
    expect(cli.toys.site.requests).toEqual([]);
  });

  test("of an alias installs what it stands for", async () => {
    await cli.gvt("config", "alias.work", "1.21");
    expect((await cli.gvt("install", "work")).status).toBe(0);
    expect(await installed()).toEqual(["1.21.93"]);
  });

  test("of `system` is refused: that one is not gvt's to install", async () => {
    const { stderr, status } = await cli.gvt("install", "system");
    expect(status).toBe(2);
    expect(stderr).toContain("error: `system` is the Go of this machine");
  });
});

describe("gvt install without a SPEC", () => {
  test.each([
    [".go-version", "1.22\n", "1.22.96"],
    [".go-version", "1.22.95\n", "1.22.95"],
    [".tool-versions", "golang 1.21.93\n", "1.21.93"],
    ["go.mod", "module m\n\ngo 1.22\n", "1.22.96"],
    ["go.mod", "module m\n\ngo 1.22.95\n", "1.22.95"],
    ["go.mod", "module m\n\ngo 1.21\n\ntoolchain go1.22.95\n", "1.22.95"],
  ])("reads %s %j and installs %s", async (name, text, version) => {
    await writeFile(cli.path(name), text);
    expect(await cli.gvt("install")).toMatchObject({ stdout: "", status: 0 });
    expect(await installed()).toEqual([version]);
    expect(await cli.gvt("current")).toMatchObject({ stdout: `${version}\n`, status: 0 });
    const { stderr, status } = await cli.gvt("install");
    expect({ stderr, status }).toEqual({
      stderr: expect.stringMatching(`^go${version} serves here already, by .*${name}:\\d+\n$`),
      status: 0,
    });
  });

  test("says that `system` has nothing to lead to where PATH has no other Go", async () => {
    await writeFile(cli.path(".go-version"), "system\n");
    const { stderr, status } = await cli.gvt("install");
    expect(status).toBe(7);
    expect(stderr).toMatch(/^error: `system` is decided, and PATH has no `go` besides gvt's own\n/);
  });

  test("has nothing to do where nothing asks, and says what one can do", async () => {
    const { stderr, status } = await cli.gvt("install");
    expect(status).toBe(7);
    expect(stderr).toBe(
      "error: nothing asks for a version here\n\n" +
        "hint: `gvt install latest` installs the newest Go, `gvt local 1.22` pins this directory\n",
    );
  });
});

describe("gvt install --json", () => {
  const events = ({ stdout }: RunResult) =>
    stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { event: string; version: string });

  test("prints one event a line and nothing else", async () => {
    const result = await cli.gvt("install", "--json", "1.22.96");
    expect(result).toMatchObject({ stderr: "", status: 0 });
    const lines = events(result);
    expect(lines.map(({ event }) => event).filter((event, place, all) => event !== all[place - 1])).toEqual([
      "lock",
      "resolve",
      "download",
      "verify",
      "unpack",
      "verify",
      "check",
      "publish",
      "installed",
    ]);
    expect(new Set(lines.map(({ version }) => version))).toEqual(new Set(["1.22.96"]));
    expect(lines.at(-1)).toEqual({
      event: "installed",
      version: "1.22.96",
      goroot: cli.path("$ROOT/versions/1.22.96"),
    });
    expect(events(await cli.gvt("install", "--json", "1.22.96"))).toEqual([
      { event: "already-installed", version: "1.22.96", goroot: cli.path("$ROOT/versions/1.22.96") },
    ]);
  });

  test("prints what leads to no version as a failure too", async () => {
    for (const [spec, code, wanted] of [
      ["1.99", "VERSION_NOT_FOUND", 7],
      ["lates", "BAD_SELECTOR", 2],
    ] as const) {
      const result = await cli.gvt("install", "--json", spec);
      expect(result.status).toBe(wanted);
      expect(events(result)).toEqual([expect.objectContaining({ event: "failed", code })]);
    }
  });

  test("prints a failure as an event too", async () => {
    const result = await cli.gvt("install", "--json", "1.22.97");
    expect(result.status).toBe(7);
    expect(events(result).at(-1)).toMatchObject({
      event: "failed",
      version: "1.22.97",
      code: "VERSION_NOT_FOUND",
      hint: "the nearest that are known: 1.22.96, 1.22.95",
    });
  });
});

test("a source that does not answer is passed over with one note, and one event", async () => {
  const { site } = cli.toys;
  const env = { GVT_SOURCE: `${cli.path("unplugged")} ${site.url}/dl` };
  const run = (...args: string[]) => cli.run([cli.launcher, "install", ...args], { env });
  const { stderr, status } = await run("1.22.95", "1.22.96");
  expect(status).toBe(0);
  expect(stderr.match(/^note: .*$/gm)).toEqual([
    `note: ${cli.path("unplugged")} is passed over: cannot read the directory ${cli.path("unplugged")}: it is not there (ENOENT)`,
  ]);
  expect((await run("--json", "1.21.93")).stdout).toContain('{"event":"pass-over","version":"1.21.93"');
});

describe("gvt install --offline", () => {
  test("takes archives from a folder of them, without a connection, verified all the same", async () => {
    const [toy] = await cli.offer("1.22.96");
    await mkdir(cli.path("a folder"));
    await writeFile(join(cli.path("a folder"), toy?.filename ?? ""), toy?.tarGz ?? "");
    const args = ["install", "--offline", "--source", "a folder"];
    expect(await cli.gvt(...args, "1.22")).toMatchObject({ status: 0 });
    expect(await installed()).toEqual(["1.22.96"]);
    expect(cli.toys.site.requests).toEqual([]);
    await rm(cli.path("$ROOT/versions"), { recursive: true });
    await cli.toys.vouch("");
    const { stderr, status } = await cli.gvt(...args, "1.22.96");
    expect(status).toBe(3);
    expect(stderr).toContain("error: ");
    expect(await installed()).toEqual([]);
  });

  test("without a directory has nowhere to look", async () => {
    const { stderr, status } = await cli.gvt("install", "--offline", "1.22.96");
    expect(status).toBe(4);
    expect(stderr).toContain("hint: name a directory of archives: `gvt install --offline --source DIR`\n");
    expect(cli.toys.site.requests).toEqual([]);
  });

  test.each(["nowhere", "a-file"])("of %s, which is no directory, names it", async (name) => {
    await writeFile(cli.path("a-file"), "");
    const { stderr, status } = await cli.gvt("install", "--offline", "--source", name, "1.22.96");
    expect(status).toBe(2);
    expect(stderr).toContain(`error: \`${cli.path(name)}\` is no directory, and so no source\n`);
  });

  test.each(["latest", "1.22.96"])("of an empty directory says so, asked for %s", async (spec) => {
    await mkdir(cli.path("empty"));
    const { stderr, status } = await cli.gvt("install", "--offline", "--source", "empty", spec);
    expect(status).toBe(7);
    expect(stderr).toContain(
      `hint: ${cli.path("empty")} holds no archive of Go for ${HERE.os}/${HERE.arch}\n`,
    );
  });
});

test("gvt that runs from elsewhere writes launcher, shims and shell files with its first install", async () => {
  const dist = cli.path("~/elsewhere");
  await cp(cli.path("$ROOT/lib"), dist, { recursive: true });
  await rm(cli.root, { recursive: true });
  const run = await cli.run([process.execPath, join(dist, "main.js"), "install", "1.22.96"]);
  expect(run).toMatchObject({ stdout: "", status: 0 });
  expect(await cli.gvt("list")).toMatchObject({ stdout: "  1.22.96\n", status: 0 });
  expect(await cli.run([cli.path("$ROOT/shims/go1.22.96")])).toMatchObject({ status: 0, stderr: "" });
  expect(await cli.read("$ROOT/shell/env.sh")).toContain("gvt()");
});
