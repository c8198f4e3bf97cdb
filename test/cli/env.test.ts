import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Cli, createCli } from "../support/cli.js";
import { findProgram } from "../support/programs.js";
import { HERE } from "../support/toy-archive.js";

let cli: Cli;

beforeEach(async () => {
  cli = await createCli({ installed: ["1.22.6"], files: { ".go-version": "1.22.6\n" } });
});

afterEach(() => cli.remove());

const SHELLS = [
  ["sh", ["sh"], 'eval "$(gvt_env)"'],
  ["bash", ["bash", "--norc"], 'eval "$(gvt_env)"'],
  ["zsh", ["zsh", "-f"], 'eval "$(gvt_env)"'],
  ["fish", ["fish", "--no-config"], "gvt_env | source"],
] as const;
const ROOTS = [
  "plain",
  "with spaces",
  "it's",
  'a "quoted" one',
  "$HOME",
  "back\\slash\\",
  "`x`$(y)",
  "a*?[b]",
  "!x",
];

describe.each(SHELLS)("gvt env, read by %s", (shell, [program, ...args], load) => {
  test.each(ROOTS)("gives the program the toolchain of a root at %s", async (name) => {
    const path = findProgram(program, `gvt env in ${shell}`);
    if (path === undefined) return;
    const root = cli.path(`../${name}`);
    await rename(cli.root, root);
    const launcher = `${root}/bin/gvt`;
    const env = { GVT_ROOT: root, PATH: "/usr/bin:/bin", GVT: launcher };
    const call = shell === "fish" ? `$GVT env --shell ${shell}` : `"$GVT" env --shell ${shell}`;
    const script = [
      load.replace("gvt_env", call),
      'printf "%s\\n" "$GOROOT" "$GOTOOLCHAIN"; command -v go',
    ].join("\n");
    const { stdout, stderr } = await cli.run([path, ...args, "-c", script], { env });
    expect({ stdout, stderr }).toEqual({
      stdout: `${root}/versions/1.22.6\nlocal\n${root}/versions/1.22.6/bin/go\n`,
      stderr: "",
    });
  });
});

describe("gvt env", () => {
  test("prints code for sh, whatever SHELL is, unless another shell is named", async () => {
    const run = (SHELL: string, ...args: string[]) =>
      cli.run([cli.launcher, "env", ...args], { env: { SHELL } });
    for (const shell of ["", "/bin/tcsh", "/bin/bash", "/usr/bin/fish"])
      expect((await run(shell)).stdout).toMatch(/^export GOROOT='/);
    expect((await run("", "--shell", "fish")).stdout).toMatch(/^set -gx GOROOT '/);
    const { stderr, status } = await run("", "--shell", "tcsh");
    expect({ stderr, status }).toEqual({
      stderr: "error: gvt does not know the shell `tcsh`\n\nhint: it knows sh, bash, zsh, fish\n",
      status: 2,
    });
  });

  test("leaves GOTOOLCHAIN to whoever set it", async () => {
    const run = async (env: Record<string, string>) =>
      JSON.parse((await cli.run([cli.launcher, "env", "--json"], { env })).stdout) as object;
    expect(await run({})).toHaveProperty("GOTOOLCHAIN", "local");
    expect(await run({ GOTOOLCHAIN: "go1.22.5" })).not.toHaveProperty("GOTOOLCHAIN");
    expect(await run({ GVT_TOOLCHAIN: "keep" })).not.toHaveProperty("GOTOOLCHAIN");
    await rm(cli.path(".go-version"));
    await writeFile(cli.path("go.mod"), "module m\n\ngo 1.22\n");
    expect(await run({})).toHaveProperty("GOTOOLCHAIN", "path");
  });

  test("prints nothing for the system's Go", async () => {
    await writeFile(cli.path(".go-version"), "system\n");
    expect(await cli.gvt("env")).toMatchObject({ stdout: "", stderr: "", status: 0 });
    expect(await cli.gvt("env", "--json")).toMatchObject({ stdout: "{}\n" });
  });
});

describe("gvt env --explain", () => {
  beforeEach(async () => {
    await mkdir(cli.path("~/.config/go"), { recursive: true });
    await writeFile(
      cli.path("~/.config/go/env"),
      "GOFLAGS=-mod=mod\nGOPRIVATE=example.com\nGOBIN=/from/file\n",
    );
    await writeFile(cli.path("$ROOT/versions/1.22.6/go.env"), "# comment\nGOSUMDB=sum.golang.org\n");
  });

  test("tells where each value was set, by Go's order of precedence", async () => {
    const env = { GOBIN: "/from/env", GOPATH: "", CGO_CFLAGS: "-O2" };
    const { stdout, stderr, status } = await cli.run([cli.launcher, "env", "--explain"], { env });
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    const rows = new Map(
      stdout
        .trim()
        .split("\n")
        .map((line) => line.split(/ {2,}/) as [string, string]),
    );
    const file = cli.path("~/.config/go/env");
    expect(rows.get(`GOROOT=${cli.root}/versions/1.22.6`)).toBe("gvt");
    expect(rows.get("GOTOOLCHAIN=local")).toBe("gvt");
    expect(rows.get("GOBIN=/from/env")).toBe("environment");
    expect(rows.get("GOFLAGS=-mod=mod")).toBe(`${file}:1`);
    expect(rows.get("GOPRIVATE=example.com")).toBe(`${file}:2`);
    expect(rows.get(`GOPATH=${cli.home}/go`)).toBe("default");
    expect(rows.get("CGO_CFLAGS=-O2")).toBe("environment");
    expect(rows.get(`GOOS=${HERE.os}`)).toBe("default: this machine's");
    expect(rows.get(`GOARCH=${HERE.arch}`)).toBe("default: this machine's");
  });

  test.each([
    [{ PATH: "/nonexistent" }, "CGO_ENABLED=0", /^default: no `\w+` is on PATH$/],
    [{ PATH: "/nonexistent", CC: "/opt/cc" }, "CGO_ENABLED=1", /^default: CC names a compiler$/],
    [{ GOOS: "plan9" }, "CGO_ENABLED=0", /^default: GOOS and GOARCH are another machine's$/],
    [{ CGO_ENABLED: "1", PATH: "/nonexistent" }, "CGO_ENABLED=1", /^environment$/],
  ])("in %j says %s, and why", async (env, setting, origin) => {
    const { stdout } = await cli.run([cli.launcher, "env", "--explain"], { env });
    const row = stdout.split("\n").find((line) => line.startsWith("CGO_ENABLED=")) ?? "";
    const [value, reason] = row.split(/ {2,}/);
    expect(value).toBe(setting);
    expect(reason).toMatch(origin);
  });

  test("--json gives the same rows", async () => {
    const { stdout } = await cli.gvt("env", "--explain", "--json");
    const { variables } = JSON.parse(stdout) as { variables: { name: string }[] };
    expect(variables.find(({ name }) => name === "GOFLAGS")).toEqual({
      name: "GOFLAGS",
      value: "-mod=mod",
      origin: `${cli.path("~/.config/go/env")}:1`,
    });
  });
});
