import { execFileSync } from "node:child_process";
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { type Cli, createCli } from "../support/cli.js";
import type { RunResult } from "../support/sandbox.js";

const cli: Cli = await createCli({ installed: ["1.21.96", "1.22.96"], env: { SHELL: "/bin/bash" } });

beforeEach(async () => {
  await rm(cli.work, { recursive: true });
  await mkdir(cli.work);
  execFileSync("git", ["init", "-q", cli.work]);
});

afterAll(() => cli.remove());

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(cli.path(name)), { recursive: true });
    await writeFile(cli.path(name), text);
  }
}

function reportOf({ stdout }: RunResult) {
  return JSON.parse(stdout) as {
    findings: { id: string; severity: string; fingerprint: string; remedy: { steps: object[] } }[];
    ignored: { reason: string }[];
    repository: {
      complete: boolean;
      modules: { directory: string; state: string; version?: string }[];
    };
  };
}

const MONOREPO = {
  "go.mod": "module example.com/top\n\ngo 1.22\n",
  ".go-version": "1.22.96\n",
  "services/api/go.mod": "module example.com/api\n\ngo 1.22.96\n",
  "tools/go.mod": "module example.com/tools\n\ngo 1.22.96\n",
  "tools/.go-version": "1.21.96\n",
  "new/go.mod": "module example.com/new\n\ngo 1.24.1\n",
};

describe("gvt doctor --repo", () => {
  test("of a repository that is well says so under the map", async () => {
    await write({ ".go-version": "1.22.96\n", "go.mod": "module m\n\ngo 1.22\n" });
    expect(await cli.gvt("doctor", "--repo")).toMatchObject({
      stdout: [
        `modules below ${cli.work}:`,
        "  module  needs               go       state  decided by",
        "  .       go 1.22 (go.mod:3)  1.22.96  ready  .go-version:1",
        "nothing to complain about",
        "",
      ].join("\n"),
      stderr: "",
      status: 0,
    });
  });

  test("maps every module to its Go, the line that decides, and whether it is there", async () => {
    await write(MONOREPO);
    const { stdout, status } = await cli.gvt("doctor", "--repo");
    expect(status).toBe(1);
    expect(stdout.split("\n\n")[0]?.split("\n").slice(1)).toEqual([
      "  module        needs                               go       state          decided by",
      "  .             go 1.22 (go.mod:3)                  1.22.96  ready          .go-version:1",
      "  new           go 1.24.1 (new/go.mod:3)            1.24.1   not installed  new/go.mod:3",
      "  services/api  go 1.22.96 (services/api/go.mod:3)  1.22.96  ready          .go-version:1",
      "  tools         go 1.22.96 (tools/go.mod:3)         1.21.96  too old        tools/.go-version:1",
    ]);
  });

  test("holds a CI file at the top against every module below", async () => {
    await write({
      "api/go.mod": "module example.com/api\n\ngo 1.22\n",
      "web/go.mod": "module example.com/web\n\ngo 1.21\n",
      ".gitlab-ci.yml": "image: golang:1.21\n",
    });
    const { findings } = reportOf(await cli.gvt("doctor", "--repo", "--json"));
    expect(findings.map(({ id }) => id)).toEqual(["ci-version-drift"]);
  });

  test("finds the same from anywhere below, and from elsewhere by name", async () => {
    await write(MONOREPO);
    const { stdout } = await cli.gvt("doctor", "--repo");
    const run = (cwd: string, ...args: string[]) =>
      cli.run([cli.launcher, "doctor", "--repo", ...args], { cwd });
    expect((await run(cli.path("services/api"))).stdout).toBe(stdout);
    expect((await run(cli.home, "work")).stdout).toBe(stdout);
    expect((await run(cli.home, "nowhere")).status).toBe(2);
  });

  test("leaves out copies, fixtures, hidden directories and what links lead to", async () => {
    await write({
      "go.mod": "module m\n\ngo 1.22\n",
      "vendor/x/go.mod": "module x\n",
      "web/node_modules/y/go.mod": "module y\n",
      "testdata/z/go.mod": "module z\n",
      ".cache/go.mod": "module c\n",
      "_examples/a/go.mod": "module a\n",
    });
    await mkdir(cli.path("odd/go.mod"), { recursive: true });
    await symlink(cli.work, cli.path("circle"));
    const { repository } = reportOf(await cli.gvt("doctor", "--repo", "--json"));
    expect(repository.modules.map(({ directory }) => directory)).toEqual([".", "_examples/a"]);
    expect(repository.complete).toBe(true);
  });

  test("tells of a module that is at fault, with commands to be typed there", async () => {
    await write(MONOREPO);
    const { findings } = reportOf(await cli.gvt("doctor", "--repo", "--json"));
    const found = findings.find(({ id }) => id === "version-below-go-directive");
    expect(found).toMatchObject({
      severity: "error",
      fingerprint: expect.stringContaining("file:./tools/go.mod"),
    });
    expect(found?.remedy.steps[0]).toEqual({ kind: "run", command: `cd ${cli.path("tools")}` });
  });

  test("a remedy that is followed ends its finding", async () => {
    await write({
      "go.mod": MONOREPO["go.mod"],
      "tools/go.mod": MONOREPO["tools/go.mod"],
      "tools/.go-version": "1.21.96\n",
    });
    const before = reportOf(await cli.gvt("doctor", "--repo", "--json"));
    const steps = before.findings.find(({ id }) => id === "version-below-go-directive")?.remedy.steps;
    const script = steps?.map((step) => ("command" in step ? step.command : "false")).join(" && ");
    const PATH = `${cli.root}/bin:/usr/bin:/bin`;
    expect(await cli.run(["sh", "-c", script ?? "false"], { env: { PATH } })).toMatchObject({ status: 0 });
    expect(reportOf(await cli.gvt("doctor", "--repo", "--json")).findings).toEqual([]);
  });

  test("takes a file that names no version for a fault of the repository", async () => {
    await write({ "go.mod": "module m\n\ngo 1.22\n", "a/go.mod": "module a\n\ngo one\n" });
    const result = await cli.gvt("doctor", "--repo", "--json");
    const { findings, repository } = reportOf(result);
    expect(result.status).toBe(1);
    expect(findings.filter(({ severity }) => severity === "error")).toHaveLength(1);
    expect(repository.modules.map(({ state }) => state)).toEqual(["ready", "unreadable"]);
  });

  test("looks at Dockerfiles of modules, and at CI files", async () => {
    await write({
      ...MONOREPO,
      "tools/.go-version": "1.22.96\n",
      "services/api/Dockerfile": "FROM golang\n",
      ".github/workflows/ci.yml": "with:\n  go-version: '1.21'\n",
    });
    const ids = reportOf(await cli.gvt("doctor", "--repo", "--json")).findings.map(({ id }) => id);
    expect(ids).toContain("docker-unpinned-golang");
    expect(ids).toContain("ci-version-drift");
  });

  test("says nothing of this machine and of this shell", async () => {
    await write({ ".go-version": "1.22.96\n", "go.mod": "module m\n\ngo 1.22\n" });
    const env = { GOROOT: "/nowhere", GOFLAGS: "x", GVT_VERSION: "1.21.96", GOTOOLCHAIN: "go1.21.0" };
    const result = await cli.run([cli.launcher, "doctor", "--repo", "--json"], { env });
    const { findings, repository } = reportOf(result);
    expect(findings).toEqual([]);
    expect(repository.modules).toMatchObject([{ state: "ready", version: "1.22.96" }]);
  });

  test("without a module says so", async () => {
    expect(await cli.gvt("doctor", "--repo")).toMatchObject({
      stdout: `no go.mod below ${cli.work}\nnothing to complain about\n`,
      status: 0,
    });
  });

  test.each([["--fix"], ["--quick"], ["--save", "x"], ["--from", "x"], ["--pid", "1"]])(
    "does not go with %s",
    async (...other) => {
      expect(await cli.gvt("doctor", "--repo", ...other)).toMatchObject({
        stdout: "",
        stderr: expect.stringContaining("does not go with `--repo`"),
        status: 2,
      });
    },
  );
});

describe("a baseline", () => {
  const known = () => cli.path("known.json");

  test("of a repository fails for what is new, and only for that", async () => {
    await write({ ...MONOREPO, ".go-version": "1.22.96\n" });
    const written = await cli.gvt("doctor", "--repo", "--write-baseline", "known.json");
    expect(written).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/^wrote \d findings? to `known.json`\n/),
    });
    const told = await cli.gvt("doctor", "--repo", "--baseline", "known.json");
    expect(told.stdout).toMatch(/nothing new: .*\n\d known to known\.json\n$/s);
    const again = await cli.gvt("doctor", "--repo", "--baseline", "known.json", "--json");
    expect(again.status).toBe(0);
    expect(reportOf(again).findings).toEqual([]);
    expect(reportOf(again).ignored[0]?.reason).toBe("it is in the baseline known.json");

    await write({ "old/go.mod": "module o\n\ngo 1.22.96\n", "old/.go-version": "1.21.96\n" });
    const later = await cli.gvt("doctor", "--repo", "--baseline", "known.json", "--json");
    expect(later.status).toBe(1);
    expect(reportOf(later).findings.every(({ fingerprint }) => fingerprint.includes("./old/"))).toBe(true);
  });

  test("says what is gone", async () => {
    await write(MONOREPO);
    await cli.gvt("doctor", "--repo", "--write-baseline", "known.json");
    await write({ "tools/.go-version": "1.22.96\n" });
    const { stderr, status } = await cli.gvt("doctor", "--repo", "--baseline", "known.json");
    expect(status).toBe(0);
    expect(stderr).toContain("no longer found, and still in `known.json`:\n");
    expect(stderr).toContain("version-below-go-directive file:./tools/go.mod");
  });

  test("works for a machine as for a repository", async () => {
    const run = (...args: string[]) =>
      cli.run([cli.launcher, "doctor", ...args], { env: { GOFLAGS: "mod=mod", GVT_VERSION: "1.22.96" } });
    expect((await run()).status).toBe(1);
    expect((await run("--write-baseline", "known.json")).status).toBe(0);
    expect((await run("--baseline", "known.json")).status).toBe(0);
  });

  test("that is written with --only keeps what it knows of the other checks", async () => {
    const run = (...args: string[]) =>
      cli.run([cli.launcher, "doctor", ...args], { env: { GOFLAGS: "mod=mod", GOBIN: "bin" } });
    await run("--only", "goflags-invalid,gobin-relative", "--write-baseline", "known.json");
    const whole = await cli.read("known.json");
    expect(whole).toContain('"goflags-invalid variable:GOFLAGS"');
    expect(whole).toContain('"gobin-relative variable:GOBIN"');
    await run("--only", "gobin-relative", "--write-baseline", "known.json");
    expect(await cli.read("known.json")).toBe(whole);
  });

  test("says nothing of what config.toml ignores", async () => {
    const run = (...args: string[]) =>
      cli.run([cli.launcher, "doctor", "--only", "goflags-invalid", ...args], {
        env: { GOFLAGS: "mod=mod" },
      });
    await run("--write-baseline", "known.json");
    await writeFile(cli.path("$ROOT/config.toml"), '[doctor.ignore]\ngoflags-invalid = "ours"\n');
    const { stderr, status } = await run("--baseline", "known.json");
    await rm(cli.path("$ROOT/config.toml"));
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  });

  test.each([
    ["that is not there", undefined],
    ["that is none", "{}"],
    ["that is no JSON", "\u0000"],
  ])("%s is an error with status 2", async (_, text) => {
    if (text !== undefined) await writeFile(known(), text);
    expect(await cli.gvt("doctor", "--repo", "--baseline", "known.json")).toMatchObject({
      stdout: "",
      stderr: expect.stringContaining("known.json"),
      status: 2,
    });
  });

  test("is not read and written at once, nor with a fix or a message", async () => {
    const both = ["--baseline", "a", "--write-baseline", "b"];
    for (const args of [both, ["--fix", "--baseline", "a"], ["no such tool", "--baseline", "a"]])
      expect(await cli.gvt("doctor", ...args)).toMatchObject({ stdout: "", status: 2 });
  });
});
