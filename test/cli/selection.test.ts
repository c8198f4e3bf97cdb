import { chmod, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Cli, createCli } from "../support/cli.js";
import { writeReporter } from "../support/fake-toolchain.js";

let cli: Cli;

beforeAll(async () => {
  cli = await createCli({ installed: ["1.21.3", "1.22.5", "1.22.6"], system: true });
});

afterEach(async () => {
  await rm(cli.work, { recursive: true });
  await mkdir(cli.work);
  await rm(cli.path("$ROOT/version"), { force: true });
});

afterAll(() => cli.remove());

const goroot = (version: string) => cli.path(`$ROOT/versions/${version}`);

describe("what runs here", () => {
  const CASES: readonly (readonly [string, string, string, string, string])[] = [
    [".go-version", "1.21.3\n", "1.21.3", "pin", "says `1.21.3`"],
    [".go-version", "# x\n\n1.22\n", "1.22.6", "pin", "says `1.22`"],
    [".tool-versions", "nodejs 20\ngolang 1.22.5\n", "1.22.5", "pin", "says `1.22.5`"],
    ["go.mod", "module m\n\ngo 1.21\n", "1.21.3", "requirement", "says `go 1.21`"],
    [
      "go.mod",
      "module m\n\ngo 1.21\ntoolchain go1.22.5\n",
      "1.22.5",
      "requirement",
      "says `toolchain go1.22.5`",
    ],
    ["go.work", "go 1.22.6\n", "1.22.6", "requirement", "says `go 1.22.6`"],
    ["$ROOT/version", "1.22.5\n", "1.22.5", "default", "says `1.22.5`"],
  ];
  test.each(CASES)("by %s %j is %s", async (file, text, version, basis, says) => {
    await writeFile(cli.path(file), text);
    expect(await cli.gvt("current")).toMatchObject({ stdout: `${version}\n`, stderr: "", status: 0 });
    expect(await cli.gvt("which")).toMatchObject({ stdout: `${goroot(version)}/bin/go\n`, status: 0 });
    expect(await cli.gvt("prefix")).toMatchObject({ stdout: `${goroot(version)}\n`, status: 0 });
    const line = text.split("\n").findLastIndex((row) => row !== "") + 1;
    const why = await cli.gvt("why");
    expect(why).toMatchObject({ stderr: "", status: 0 });
    expect(why.stdout).toContain(`${version} because ${cli.path(file)} line ${line} ${says}\n  rule  R`);
    expect(why.stdout).toContain(`\n  path  ${goroot(version)}\n`);
    const json = JSON.parse((await cli.gvt("why", "--json")).stdout);
    expect(json).toMatchObject({
      kind: "toolchain",
      version,
      goroot: goroot(version),
      basis,
      rule: expect.stringMatching(/^R\d+$/),
      origin: { kind: "file", path: cli.path(file), line },
    });
    expect(JSON.parse((await cli.gvt("current", "--json")).stdout)).toEqual(json);
  });

  test("by GVT_VERSION wins over every file", async () => {
    await writeFile(cli.path(".go-version"), "1.21.3\n");
    const run = (...args: string[]) => cli.run([cli.launcher, ...args], { env: { GVT_VERSION: "go1.22.5" } });
    expect(await run("current")).toMatchObject({ stdout: "1.22.5\n" });
    expect((await run("why")).stdout).toMatch(/^1\.22\.5 because GVT_VERSION says `go1\.22\.5`\n/);
  });

  test("where nothing speaks is the system's Go", async () => {
    expect(await cli.gvt("current")).toMatchObject({ stdout: "system\n", status: 0 });
    expect(await cli.gvt("which")).toMatchObject({ stdout: `${cli.path("$SYSTEM/bin/go")}\n`, status: 0 });
    expect(await cli.gvt("prefix")).toMatchObject({ stdout: `${cli.path("$SYSTEM")}\n`, status: 0 });
    expect((await cli.gvt("why")).stdout).toContain(`\n  path  ${cli.path("$SYSTEM/bin/go")}\n`);
  });

  test("where nothing speaks and PATH has no Go is an error, from the launcher too", async () => {
    const bare = await createCli();
    try {
      const { stdout, stderr, status } = await bare.gvt("current");
      expect({ stdout, status }).toEqual({ stdout: "", status: 7 });
      expect(stderr).toContain("error: no version is decided here, and PATH has no `go` besides gvt's own");
    } finally {
      await bare.remove();
    }
  });

  test("where another tool would choose differently is said in a note", async () => {
    await writeFile(cli.path("go.mod"), "module m\n\ngo 1.22.6\n\ntoolchain go1.21.3\n");
    const { stdout } = await cli.gvt("why");
    expect(stdout).toMatch(/^1\.22\.6 because /);
    expect(stdout).toMatch(/\nnote: .*setup-go/);
  });

  test.each([
    [".go-version", "1.23.1\n", "go1.23.1 is not installed", "`gvt install 1.23.1`"],
    [".go-version", "1.23\n", "no Go that meets `1.23` is installed", "`gvt install 1.23`"],
    ["go.mod", "module m\ngo 1.24\n", "no Go that meets `1.24` is installed", "`gvt install 1.24`"],
  ])(
    "where %s %j asks for what is not installed is an error of every command",
    async (file, text, message, hint) => {
      await writeFile(cli.path(file), text);
      for (const command of ["current", "which", "prefix", "env"]) {
        const { stdout, stderr, status } = await cli.gvt(command);
        expect({ command, stdout, status }).toEqual({ command, stdout: "", status: 7 });
        expect(stderr).toMatch(new RegExp(`^error: ${message}\n  asked for by  ${cli.path(file)}:\\d\n`));
        expect(stderr).toContain(`\n\nhint: ${hint}\n`);
      }
      const why = await cli.gvt("why");
      expect(why).toMatchObject({ stderr: "", status: 7 });
      expect(why.stdout).toMatch(/, which is not installed, because /);
    },
  );
});

describe("where no Go is decided and PATH has none", () => {
  const env = { PATH: "/nonexistent" };

  test.each(["which", "prefix"])("gvt %s fails and says how to get one", async (command) => {
    const { stdout, stderr, status } = await cli.run([cli.launcher, command], { env });
    expect({ stdout, status }).toEqual({ stdout: "", status: 7 });
    expect(stderr).toBe(
      "error: no version is decided here, and PATH has no `go` besides gvt's own\n\n" +
        "hint: `gvt global latest` installs the newest Go and makes it the default\n",
    );
  });

  test("gvt why says so", async () => {
    const { stdout, status } = await cli.run([cli.launcher, "why"], { env });
    expect({ stdout, status }).toEqual({
      stdout: expect.stringContaining("\n  path  no other `go` is on PATH\n"),
      status: 0,
    });
  });
});

describe("gvt which", () => {
  test("finds every program of the toolchain that is selected", async () => {
    await writeFile(cli.path(".go-version"), "1.21.3\n");
    await writeReporter(`${goroot("1.21.3")}/bin/go-extra`, "extra");
    expect(await cli.gvt("which", "gofmt")).toMatchObject({ stdout: `${goroot("1.21.3")}/bin/gofmt\n` });
    expect(await cli.gvt("which", "go-extra")).toMatchObject({
      stdout: `${goroot("1.21.3")}/bin/go-extra\n`,
    });
  });

  test("-a prints every other one too, without shims and twins", async () => {
    await writeFile(cli.path(".go-version"), "1.22.5\n");
    const paths = [
      ...["1.22.5", "1.22.6", "1.21.3"].map((version) => `${goroot(version)}/bin/go`),
      cli.path("$SYSTEM/bin/go"),
    ];
    const PATH = `${cli.root}/shims:${goroot("1.22.6")}/bin:relative::${cli.path("$SYSTEM/bin")}`;
    const run = (...args: string[]) => cli.run([cli.launcher, "which", ...args], { env: { PATH } });
    expect(await run("-a")).toMatchObject({ stdout: `${paths.join("\n")}\n`, status: 0 });
    expect(await run("--all", "go")).toMatchObject({ stdout: `${paths.join("\n")}\n` });
    expect(JSON.parse((await run("-a", "--json")).stdout)).toEqual({ program: "go", paths });
  });

  test("-a names no shim, however PATH spells its directory", async () => {
    await symlink(cli.path("$ROOT/shims"), cli.path("link"));
    const PATH = `${cli.root}/shims/:${cli.path("link")}:${cli.root}/./shims`;
    const { stdout } = await cli.run([cli.launcher, "which", "-a"], { env: { PATH, GVT_VERSION: "1.22.6" } });
    expect(stdout.split("\n").filter((path) => path.includes("shims") || path.includes("link"))).toEqual([]);
  });

  test.each([
    ["vet", "the Go that runs here has no program `vet`", 127],
    ["../go", "`../go` is no name of a program", 2],
    ["/bin/sh", "`/bin/sh` is no name of a program", 2],
    ["g o", "`g o` is no name of a program", 2],
  ])("of %j fails: %s", async (program, message, wanted) => {
    await writeFile(cli.path(".go-version"), "1.22.5\n");
    const { stdout, stderr, status } = await cli.gvt("which", program);
    expect({ stdout, status }).toEqual({ stdout: "", status: wanted });
    expect(stderr).toContain(`error: ${message}\n`);
  });

  test("of a program that only another version has names that one", async () => {
    await writeFile(cli.path(".go-version"), "1.22.5\n");
    await writeReporter(`${goroot("1.22.6")}/bin/godoc`, "godoc");
    const { stderr, status } = await cli.gvt("which", "godoc");
    expect(status).toBe(127);
    expect(stderr).toContain(`\n  elsewhere  ${goroot("1.22.6")}/bin/godoc\n`);
  });

  test("of a file that cannot be run does not call it a program", async () => {
    await writeFile(cli.path(".go-version"), "1.21.3\n");
    await writeFile(`${goroot("1.21.3")}/bin/plain`, "");
    await chmod(`${goroot("1.21.3")}/bin/plain`, 0o644);
    expect(await cli.gvt("which", "plain")).toMatchObject({ stdout: "", status: 127 });
  });
});

describe("gvt prefix SPEC", () => {
  test.each([
    ["1.22", "1.22.6"],
    ["1.22.5", "1.22.5"],
    ["go1.21.3", "1.21.3"],
    ["latest", "1.22.6"],
    ["<1.22.6", "1.22.5"],
  ])("%s is the GOROOT of %s", async (spec, version) => {
    await writeFile(cli.path(".go-version"), "1.23.1\n");
    expect(await cli.gvt("prefix", spec)).toMatchObject({ stdout: `${goroot(version)}\n`, status: 0 });
  });

  test.each([
    ["1.23", 7, "no Go that meets `1.23` is installed"],
    ["1.2", 2, "did you mean 1.20?"],
    ["nope", 2, "neither a version nor an alias"],
  ])("%s fails with status %i", async (spec, wanted, message) => {
    const { stdout, stderr, status } = await cli.gvt("prefix", spec);
    expect({ stdout, status }).toEqual({ stdout: "", status: wanted });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("asked for by");
  });
});

test("gvt root and gvt prefix print JSON too", async () => {
  expect(await cli.gvt("root", "--json")).toMatchObject({ stdout: `{"root":"${cli.root}"}\n` });
  expect(await cli.gvt("prefix", "--json", "1.21")).toMatchObject({
    stdout: `{"goroot":"${goroot("1.21.3")}"}\n`,
  });
});

describe("gvt why gives the reason of the rule that decided", () => {
  const CASES: readonly (readonly [string, Readonly<Record<string, string>>, string, string | undefined])[] =
    [
      ["R2", { ".go-version": "1.21.3\n" }, "GVT_VERSION decides over every file", "1.22.5"],
      ["R3", { ".go-version": "1.21.3\n" }, "the nearest pin decides", undefined],
      [
        "R10",
        { ".go-version": "1.21.3\n", "go.mod": "go 1.22\n" },
        "a pin in or below the directory",
        undefined,
      ],
      [
        "R11",
        { ".go-version": "1.22\n", "m/go.mod": "go 1.22\n" },
        "a pin above decides, for it meets",
        undefined,
      ],
      ["R12", { ".go-version": "1.21\n", "m/go.mod": "go 1.22\n" }, "it is a minimum", undefined],
      ["R13", { "$ROOT/version": "1.21\n" }, "so the default does", undefined],
      ["R14", {}, "so the first `go` on PATH that is not gvt's runs", undefined],
    ];
  test.each(CASES)("%s", async (rule, files, reason, GVT_VERSION) => {
    await mkdir(cli.path("m"));
    for (const [name, text] of Object.entries(files)) await writeFile(cli.path(name), text);
    const cwd = cli.path("m");
    const { stdout } = await cli.run([cli.launcher, "why"], { cwd, env: { PWD: cwd, GVT_VERSION } });
    expect(stdout).toContain(`\n  rule  ${rule}: `);
    expect(stdout).toContain(reason);
  });
});

test("gvt root prints the root", async () => {
  expect(await cli.gvt("root")).toMatchObject({ stdout: `${cli.root}\n`, stderr: "", status: 0 });
});
