import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadCommands } from "../../src/commands/index.js";
import { type Cli, createCli } from "../support/cli.js";
import { findProgram } from "../support/programs.js";

let cli: Cli;

beforeAll(async () => {
  cli = await createCli({ installed: ["1.22.6"] });
});

afterAll(() => cli.remove());

const NAMES = (await loadCommands()).filter(({ hidden }) => !hidden).map(({ name }) => name);
const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")) as {
  version: string;
};

describe("help", () => {
  test("is the same overview, however it is asked for", async () => {
    const { stdout, stderr, status } = await cli.gvt("help");
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout).toMatch(/^usage: gvt COMMAND \[ARG…\]\n/);
    for (const name of NAMES) expect(stdout).toMatch(new RegExp(`^ {2}${name} +\\S`, "m"));
    expect(stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
    for (const option of ["--help", "-h"])
      expect(await cli.gvt(option)).toMatchObject({ stdout, stderr: "", status: 0 });
    expect(await cli.gvt()).toMatchObject({ stdout, stderr: "", status: 2 });
  });

  test.each(NAMES)("of %s has usage, options and examples, by help and by --help", async (name) => {
    const { stdout, stderr, status } = await cli.gvt("help", name);
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
    expect(stdout).toMatch(new RegExp(`^usage: gvt ${name}\\b.*\n\n[A-Z].*\\.\n`));
    expect(stdout).toContain("\nOptions:\n");
    expect(stdout).toMatch(/\nExamples:\n {2}# .+\n {2}\S.+\n/);
    expect(await cli.gvt(name, "--help")).toMatchObject({ stdout, stderr: "", status: 0 });
    expect(await cli.gvt(name, "-h")).toMatchObject({ stdout, status: 0 });
  });

  test("of an alias is that of its command", async () => {
    const { stdout } = await cli.gvt("help", "list");
    expect(await cli.gvt("help", "ls")).toMatchObject({ stdout, status: 0 });
  });
});

test.each(["--version", "-V"])("gvt %s prints the version and nothing else", async (option) => {
  expect(await cli.gvt(option)).toMatchObject({ stdout: `${version}\n`, stderr: "", status: 0 });
});

describe("a command line that is wrong", () => {
  test.each([
    [["instal"], "there is no command `gvt instal`", "did you mean `gvt install`?"],
    [["inst"], "there is no command `gvt inst`", "did you mean `gvt install`?"],
    [["isntall", "1.22"], "there is no command `gvt isntall`", "did you mean `gvt install`?"],
    [["whihc"], "there is no command `gvt whihc`", "did you mean `gvt which`?"],
    [["exec-pla"], "there is no command `gvt exec-pla`", "`gvt help` lists the commands"],
    [["frobnicate"], "there is no command `gvt frobnicate`", "`gvt help` lists the commands"],
    [["x"], "there is no command `gvt x`", "`gvt help` lists the commands"],
    [[""], "there is no command `gvt `", "`gvt help` lists the commands"],
    [["\x1b[2J"], "there is no command `gvt \\x1b[2J`", "`gvt help` lists the commands"],
    [["constructor"], "there is no command `gvt constructor`", "`gvt help` lists the commands"],
    [["--json", "list"], "gvt has no option `--json` before a command", "`gvt help` lists the commands"],
    [["versions"], "there is no command `gvt versions`", "did you mean `gvt list`?"],
    [["version"], "there is no command `gvt version`", "did you mean `gvt current`?"],
    [["use", "1.22"], "there is no command `gvt use`", "did you mean `gvt local` or `gvt shell`?"],
    [["-v"], "gvt has no option `-v` before a command", "did you mean `gvt --version`?"],
    [["help", "instal"], "there is no command `gvt instal`", "did you mean `gvt install`?"],
    [["list", "--jsn"], "`gvt list` has no option `--jsn`", "did you mean `--json`?"],
    [["prune", "--dry-run=1"], "`--dry-run` takes no value", "`gvt help prune` shows its arguments"],
    [["list", "--json=yes"], "`--json` takes no value", "`gvt help list` shows its arguments"],
    [["list", "-x"], "`gvt list` has no option `-x`", "`gvt help list` shows its arguments"],
    [["list", "--no-json"], "`gvt list` has no option `--no-json`", "`gvt help list` shows its arguments"],
    [
      ["list", "--source"],
      "`--source` needs a value: DIR|URL|goproxy",
      "`gvt help list` shows its arguments",
    ],
    [
      ["list", "--source="],
      "`--source` needs a value: DIR|URL|goproxy",
      "`gvt help list` shows its arguments",
    ],
    [
      ["install", "--source", "a", "--source", "b", "1.22"],
      "`--source` is given twice",
      "`gvt help install`",
    ],
    [["uninstall"], "`gvt uninstall` needs VERSION…", "`gvt help uninstall` shows its arguments"],
    [["root", "here"], "unexpected argument `here`", "`gvt help root` shows its arguments"],
    [["local", "1.21", "1.22"], "unexpected argument `1.22`", "`gvt help local` shows its arguments"],
  ])("%j is refused: %s", async (words, message, hint) => {
    const { stdout, stderr, status } = await cli.gvt(...words);
    expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
    expect(stderr).toMatch(/^error: .+\n\nhint: .+\n$/);
    expect(stderr).toContain(`error: ${message}\n\nhint: ${hint}`);
  });

  test.each([
    [["--", "list"], 2],
    [["list", "--", "1.22"], 0],
    [["which", "--", "-a"], 2],
    [["list", "--json=true"], 0],
  ])("%j ends with %i and no bug", async (words, wanted) => {
    const { stderr, status } = await cli.gvt(...words);
    expect(stderr).not.toContain("bug in gvt");
    expect(status).toBe(wanted);
  });
});

describe("output", () => {
  const inShell = (script: string, env: Readonly<Record<string, string>> = {}) =>
    cli.run(["/bin/sh", "-c", script], { env: { PATH: "/usr/bin:/bin", GVT: cli.launcher, ...env } });

  test("that nobody reads to its end is no error", async () => {
    const { stdout, stderr } = await inShell('{ "$GVT" help; echo "status $?" >&2; } | head -n 1');
    expect(stdout).toBe("usage: gvt COMMAND [ARG…]\n");
    expect(stderr).toBe("status 0\n");
    expect(await inShell('"$GVT" list --json | true; "$GVT" why | true')).toMatchObject({ stderr: "" });
  });

  test("to a full device is the system's error, and no bug", async () => {
    const { stderr } = await inShell('"$GVT" help >/dev/full; echo "status $?" >&2');
    expect(stderr).toMatch(/status 5\n$/);
    expect(stderr).toContain("error: gvt cannot go on: no space left on the file system (ENOSPC)\n");
  });

  test("with every stream closed does no harm", async () => {
    expect((await inShell('"$GVT" root >&-; "$GVT" list <&- >&- 2>&-; echo still here')).stdout).toBe(
      "still here\n",
    );
  });

  test("has colour in a terminal only, and only where it is wanted", async () => {
    const script = findProgram("script", "colour in a terminal");
    if (script === undefined) return;
    const inTerminal = (env: Readonly<Record<string, string>>) =>
      cli.run([script, "-qec", `${cli.launcher} nope`, "/dev/null"], {
        env: { PATH: "/usr/bin:/bin", ...env },
      });
    expect((await inTerminal({ TERM: "xterm" })).stdout).toContain("\x1b[31merror:\x1b[39m there is no");
    expect((await inTerminal({ TERM: "xterm", NO_COLOR: "1" })).stdout).not.toContain("\x1b");
    expect((await inTerminal({ TERM: "dumb" })).stdout).not.toContain("\x1b");
    expect((await cli.gvt("nope")).stderr).not.toContain("\x1b");
  });

  test("of GVT_DEBUG=1 goes to stderr and leaves the answer alone", async () => {
    const run = await cli.run([cli.launcher, "list"], { env: { GVT_DEBUG: "1" } });
    expect(run).toMatchObject({ stdout: "  1.22.6\n", status: 0 });
  });
});
