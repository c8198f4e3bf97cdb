import { execFileSync } from "node:child_process";
import { chmod, lstat, mkdir, readFile, readlink, rename, symlink, writeFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Cli, createCli } from "../support/cli.js";
import { findProgram } from "../support/programs.js";

const RC = "# caf\xe9\r\nalias ll='ls -l'\nexport GOROOT=/nowhere/go\nexport EDITOR=vi";
const MENDED = "# caf\xe9\r\nalias ll='ls -l'\nexport EDITOR=vi";
const DIFF = [
  " # caf\ufffd",
  " alias ll='ls -l'",
  "-export GOROOT=/nowhere/go",
  " export EDITOR=vi",
  "\\ No newline at end of file",
].join("\n");
const ONLY = ["--only", "rc-exports-go-vars,goroot-env-missing-dir,goroot-in-goenv-file"];
const GO_ENV = "GOPROXY=off\nGOROOT=/nowhere/go\n";

let cli: Cli;
let rc: string;

beforeEach(async () => {
  cli = await createCli({ env: { SHELL: "/bin/bash", GOROOT: "/nowhere/go" } });
  rc = cli.path("~/.bashrc");
  await writeFile(rc, Buffer.from(RC, "latin1"), { mode: 0o640 });
});

afterEach(() => cli.remove());

const doctor = (...words: readonly string[]) => cli.gvt("doctor", ...words, ...ONLY);
const undo = (...words: readonly string[]) => cli.gvt("doctor", "undo", ...words);
const read = () => readFile(rc, "latin1");

describe("gvt doctor --fix", () => {
  test("--dry-run prints the diff and nothing else, and changes nothing", async () => {
    const { stdout, stderr, status } = await doctor("--fix", "--dry-run");
    expect({ stdout, stderr, status }).toEqual({
      stdout: `--- ${rc}\n+++ ${rc}\n@@ -1,4 +1,3 @@\n${DIFF}\n`,
      stderr: "",
      status: 1,
    });
    expect(await read()).toBe(RC);
    expect(await cli.read("$ROOT/fixes/1/journal.json")).toBeUndefined();
  });

  test("shows the diff, and changes nothing where nobody can be asked", async () => {
    const { stdout, stderr, status } = await doctor("--fix");
    expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
    expect(stderr).toContain(DIFF);
    expect(stderr).toContain(
      "error: there is no terminal to ask on, so nothing was changed\n\n" +
        "hint: `gvt doctor --fix --yes` changes without asking\n",
    );
    expect(await read()).toBe(RC);
  });

  test("asks in a terminal, and heeds the answer", async () => {
    const script = findProgram("script", "a question that is asked in a terminal");
    if (!script) return;
    const ask = (input: string) =>
      cli.run([script, "-qec", `${cli.launcher} doctor --fix ${ONLY.join(" ")}`, "/dev/null"], {
        env: { PATH: "/usr/bin:/bin" },
        input,
      });
    const refused = await ask("n\n");
    expect(refused).toMatchObject({
      stdout: expect.stringContaining("change these files? [y/N]"),
      status: 1,
    });
    expect(refused.stdout).toContain("nothing was changed");
    expect(await read()).toBe(RC);
    expect((await ask("y\n")).stdout).toContain("mended: ");
    expect(await read()).toBe(MENDED);
  });

  test("--yes mends the file, says what is gone, and what to type in the shell that is open", async () => {
    const { stdout, stderr, status } = await doctor("--fix", "--yes");
    expect(await read()).toBe(MENDED);
    expect((await lstat(rc)).mode & 0o777).toBe(0o640);
    expect(stderr).toContain(`changed ${rc}\n\`gvt doctor undo\` changes it back\n`);
    const said = stdout.replace(/\n {2}(?=\S)/g, " ");
    expect(said).toContain(`mended: ${rc}:3 sets GOROOT for every Go [rc-exports-go-vars]\n`);
    expect(said).toContain("mended: GOROOT is /nowhere/go, which is no directory [goroot-env-missing-dir]\n");
    expect(stdout).toMatch(/\nthis shell has the old settings still; type here:\n +unset GOROOT\n$/);
    // In this shell nothing has changed yet.
    expect(status).toBe(1);
  });

  test("leaves nothing to find in a shell that is started afterwards", async () => {
    await doctor("--fix", "--yes");
    const { stdout, status } = await cli.run([cli.launcher, "doctor", ...ONLY], {
      env: { GOROOT: undefined },
    });
    expect({ stdout, status }).toEqual({ stdout: expect.stringMatching(/^healthy: /), status: 0 });
  });

  test("ends with 0 where the shell that is open has nothing to forget", async () => {
    const { stdout, status } = await cli.run([cli.launcher, "doctor", "--fix", "--yes", ...ONLY], {
      env: { GOROOT: undefined },
    });
    expect({ stdout, status }).toEqual({ stdout: expect.not.stringContaining("type here"), status: 0 });
    expect(await read()).toBe(MENDED);
  });

  test("says it in the syntax of fish to who uses fish", async () => {
    const { stdout } = await cli.run([cli.launcher, "doctor", "--fix", "--yes", ...ONLY], {
      env: { SHELL: "/usr/bin/fish" },
    });
    expect(stdout).toMatch(/type here:\n +set -e GOROOT\n$/);
  });

  test("writes through a link into a repository of dotfiles", async () => {
    await mkdir(cli.path("~/dotfiles"));
    await rename(rc, cli.path("~/dotfiles/bashrc"));
    await symlink("dotfiles/bashrc", rc);
    await doctor("--fix", "--yes");
    expect(await readlink(rc)).toBe("dotfiles/bashrc");
    expect(await read()).toBe(MENDED);
  });

  test("says that nothing is for it to mend, and diagnoses as ever", async () => {
    await writeFile(rc, "# nothing\n");
    const { stdout, stderr, status } = await doctor("--fix", "--yes");
    expect(stderr).toBe("there is nothing that gvt can mend by itself\n");
    expect({ stdout, status }).toMatchObject({ stdout: (await doctor()).stdout, status: 1 });
  });

  test("keeps of a setting what is good, in the line that states it", async () => {
    const goEnv = cli.path("~/.config/go/env");
    await mkdir(cli.path("~/.config/go"), { recursive: true });
    await writeFile(goEnv, "GOBIN=/b\nGOPRIVATE=github.com/*,corp.example\n");
    const { stdout } = await cli.gvt("doctor", "--fix", "--yes", "--only", "private-pattern-too-broad");
    expect(stdout).toContain("mended: GOPRIVATE has github.com/*");
    expect(await readFile(goEnv, "utf8")).toBe("GOBIN=/b\nGOPRIVATE=corp.example\n");
  });

  test("leaves all of a remedy to the user that needs a command, and names it", async () => {
    const text = "export GOPRIVATE=github.com/*,corp.example\n";
    await writeFile(rc, text);
    const { stdout, stderr } = await cli.run(
      [cli.launcher, "doctor", "--fix", "--yes", "--only", "private-pattern-too-broad"],
      { env: { GOPRIVATE: "github.com/*,corp.example" } },
    );
    expect(stderr).toBe("there is nothing that gvt can mend by itself\n");
    expect(stdout).toContain("go env -w GOPRIVATE=corp.example");
    expect(await read()).toBe(text);
  });

  test("mends the files that it may, and ends with 5 because of those that it may not", async () => {
    const goEnv = cli.path("~/.config/go/env");
    await mkdir(cli.path("~/.config/go"), { recursive: true });
    await writeFile(goEnv, GO_ENV);
    await chmod(goEnv, 0o444);
    const { stdout, stderr, status } = await doctor("--fix", "--yes");
    expect(stderr).toContain(`error: \`${goEnv}\` stays as it is: it is read-only\n`);
    expect(stdout).toContain("[goroot-in-goenv-file]");
    expect(status).toBe(5);
    expect(await read()).toBe(MENDED);
    expect(await readFile(goEnv, "utf8")).toBe(GO_ENV);
  });

  test("mends nothing where it cannot keep a backup", async () => {
    await writeFile(cli.path("$ROOT/fixes"), "in the way");
    const { stderr, status } = await doctor("--fix", "--yes");
    expect(status).toBe(5);
    expect(stderr).toContain("error: cannot keep a backup in");
    expect(stderr).not.toContain("bug in gvt");
    expect(await read()).toBe(RC);
  });

  test("--json says the same to programs, before and after", async () => {
    const planned = JSON.parse((await doctor("--fix", "--dry-run", "--json")).stdout) as unknown;
    const files = [{ path: rc, changes: [{ line: 3, before: "export GOROOT=/nowhere/go" }] }];
    expect(planned).toMatchObject({
      schema: 1,
      fix: { files, obstacles: [] },
      findings: [{ id: "rc-exports-go-vars" }],
    });
    const done = JSON.parse((await doctor("--fix", "--yes", "--json")).stdout) as unknown;
    expect(done).toMatchObject({
      schema: 1,
      fix: {
        number: 1,
        files,
        obstacles: [],
        mended: [{ id: "rc-exports-go-vars" }, { id: "goroot-env-missing-dir" }],
        shell: ["unset GOROOT"],
      },
      findings: [],
    });
    const undone = JSON.parse((await undo("--yes", "--json")).stdout) as unknown;
    expect(undone).toEqual({ schema: 1, fix: { number: 1, files, obstacles: [] } });
  });

  test("--json leaves secrets out, and mends with them", async () => {
    const secret = "GOPROXY=https://me:hunter2@proxy.example";
    await writeFile(rc, `# mine\nexport GOROOT=/nowhere/go # ${secret}\n`);
    const told = [
      await doctor("--fix", "--dry-run", "--json"),
      await doctor("--fix", "--yes", "--json"),
      await undo("--dry-run", "--json"),
      await undo("--yes", "--json"),
    ];
    for (const { stdout } of told) {
      expect(JSON.parse(stdout)).toMatchObject({ fix: { files: [{ path: rc }] } });
      expect(stdout).not.toContain("hunter2");
      expect(stdout).toContain("redacted1@proxy.example");
    }
    expect(await read()).toContain(secret);
  });
});

describe("gvt doctor undo", () => {
  test("shows what it would change back, and does so when told to", async () => {
    await doctor("--fix", "--yes");
    const shown = await undo();
    expect(shown).toMatchObject({ stdout: "", status: 2 });
    expect(shown.stderr).toContain("+export GOROOT=/nowhere/go\n");
    expect(shown.stderr).toContain("hint: `gvt doctor undo --yes` changes without asking\n");
    expect(await undo("--dry-run")).toMatchObject({
      stdout: expect.stringContaining("+export GOROOT=/nowhere/go\n"),
      stderr: "",
      status: 0,
    });
    expect(await read()).toBe(MENDED);
    expect(await undo("--yes")).toMatchObject({
      stdout: "",
      stderr: expect.stringContaining(`changed back ${rc}\n`),
      status: 0,
    });
    expect(await read()).toBe(RC);
    expect((await lstat(rc)).mode & 0o777).toBe(0o640);
  });

  test("says when there is nothing to change back", async () => {
    const nothing = { stdout: "", stderr: "there is no fix to change back\n", status: 1 };
    expect(await undo("--yes")).toMatchObject(nothing);
    await doctor("--fix", "--yes");
    expect((await undo("--yes")).status).toBe(0);
    expect(await undo("--yes")).toMatchObject(nothing);
  });

  test("leaves a file that was changed since, and says where it is as it was", async () => {
    await doctor("--fix", "--yes");
    await writeFile(rc, "# mine\n");
    const { stderr, status } = await undo("--yes");
    expect(status).toBe(1);
    expect(stderr).toContain(`error: \`${rc}\` stays as it is: it was changed since it was mended`);
    const [backup = ""] = /\S+\/fixes\/1\/0/.exec(stderr) ?? [];
    expect(await readFile(backup, "latin1")).toBe(RC);
    expect(await read()).toBe("# mine\n");
  });
});

test("a start-up file that is a FIFO holds nothing up", async () => {
  execFileSync("mkfifo", [cli.path("~/.bash_profile")]);
  expect((await doctor("--fix", "--yes")).stdout).toContain("mended: ");
});

test.each([
  [["--dry-run"], "`--dry-run` goes with `--fix` or `undo`", "`gvt doctor --fix --dry-run`"],
  [["--yes"], "`--yes` goes with `--fix` or `undo`", "`gvt doctor --fix --yes`"],
  [["explain", "--fix"], "unexpected argument `explain`", "`gvt help doctor`"],
  [["undo", "3"], "unexpected argument `3`", "`gvt help doctor`"],
  [["--fix", "--from", "x"], "`--from` does not go with `--fix`", "`gvt help doctor`"],
  [["undo", "--format", "html"], "`--format` does not go with `undo`", "`gvt help doctor`"],
])("gvt doctor %j is a mistake: %s", async (words, message, hint) => {
  const { stdout, stderr, status } = await cli.gvt("doctor", ...words);
  expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
  expect(stderr).toContain(`error: ${message}`);
  expect(stderr).toContain(hint);
});
