import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Cli, createCli } from "../support/cli.js";
import { findProgram } from "../support/programs.js";

let cli: Cli;

beforeAll(async () => {
  cli = await createCli({
    installed: ["1.21.3", "1.22.6"],
    files: { ".go-version": "1.22.6\n", "$ROOT/config.toml": '[alias]\nwork = "1.21"\n' },
  });
});

afterAll(() => cli.remove());

interface ShellCase {
  readonly name: string;
  readonly command: readonly string[];
  /** How the shell file is loaded. */
  readonly load: string;
  readonly status: string;
}

const POSIX = { load: '. "$HOME/.gvt/shell/env.sh"', status: "echo $?" };
const CASES: readonly ShellCase[] = [
  { name: "sh", command: ["sh"], ...POSIX },
  { name: "dash", command: ["dash"], ...POSIX },
  { name: "bash", command: ["bash", "--norc"], ...POSIX },
  { name: "ksh", command: ["ksh"], ...POSIX },
  { name: "mksh", command: ["mksh"], ...POSIX },
  { name: "zsh", command: ["zsh", "-f"], ...POSIX },
  {
    name: "fish",
    command: ["fish", "--no-config"],
    load: 'source "$HOME/.gvt/shell/env.fish"',
    status: "echo $status",
  },
];

describe.each(CASES)("gvt shell in $name", ({ name, command: [program = "", ...args], load, status }) => {
  const run = async (...lines: readonly string[]) => {
    const path = findProgram(program, `gvt shell in ${name}`);
    if (path === undefined) return undefined;
    const env = { PATH: "/usr/bin:/bin" };
    const { stdout, stderr } = await cli.run([path, ...args, "-c", [load, ...lines].join("\n")], { env });
    return { stdout: stdout.split("\n").slice(0, -1), stderr };
  };

  test("sets the version of this shell, prints it, and takes it back", async () => {
    const outcome = await run(
      "gvt current",
      "gvt shell 1.21.3",
      status,
      "gvt shell",
      "gvt current",
      "gvt shell work",
      "gvt current",
      "gvt shell '>=1.21 <1.22'",
      "gvt shell",
      "gvt shell system",
      "gvt shell",
      "gvt shell --unset",
      status,
      "gvt current",
    );
    if (!outcome) return;
    expect(outcome).toEqual({
      stdout: ["1.22.6", "0", "1.21.3", "1.21.3", "1.21.3", "1.21.3", "system", "0", "1.22.6"],
      stderr: "",
    });
  });

  test("changes nothing where it fails, and keeps the exit status", async () => {
    const outcome = await run(
      "gvt shell 1.21.3",
      "gvt shell 1.23",
      status,
      "gvt shell nope",
      status,
      "gvt shell 1.2",
      status,
      "gvt current",
      "gvt shell --unset",
      "gvt shell",
      status,
    );
    if (!outcome) return;
    expect(outcome.stdout).toEqual(["7", "2", "2", "1.21.3", "1"]);
    expect(outcome.stderr).toContain(
      "error: nothing that is installed meets `1.23`\n\nhint: `gvt install 1.23`\n",
    );
    expect(outcome.stderr).toContain("error: this shell pins no version\n");
  });

  test("shows its help as help, and passes every other command on", async () => {
    const outcome = await run("gvt shell --help", status, "gvt root", "gvt nope", status);
    if (!outcome) return;
    expect(outcome.stdout[0]).toBe("usage: gvt shell [OPTION…] [SPEC]");
    expect(outcome.stdout.slice(-3)).toEqual(["0", cli.root, "2"]);
    expect(outcome.stderr).toContain("error: there is no command `gvt nope`\n");
  });

  test("says so where there is nothing to take back", async () => {
    const outcome = await run("gvt shell --unset", status);
    if (!outcome) return;
    expect(outcome).toEqual({ stdout: ["1"], stderr: "nothing to take back: this shell pins no version\n" });
  });

  test("leaves no name of its own behind but gvt", async () => {
    const outcome = await run("gvt shell 1.21.3", "set");
    if (!outcome) return;
    expect(outcome.stdout.filter((line) => /^(__)?gvt_|^gvt_/.test(line))).toEqual([]);
  });
});

test.each([[["1.21"]], [["--unset"]]])(
  "gvt shell %j without gvt's function names what brings it",
  async (words) => {
    const { stdout, stderr, status } = await cli.gvt("shell", ...words);
    expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
    expect(stderr).toContain("error: `gvt shell` needs gvt's function in the shell, and it is not there\n");
    expect(stderr).toContain("run `gvt init` and open a new shell");
  },
);
