import { execFileSync } from "node:child_process";
import { chmod, mkdir, readdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Cli, createCli } from "../support/cli.js";
import { findStart } from "../support/fake-toolchain.js";
import { requires } from "../support/requirements.js";

let cli: Cli;

beforeEach(async () => {
  cli = await createCli({ installed: ["1.22.6"], files: { ".go-version": "1.22.6\n" } });
});

afterEach(() => cli.remove());

describe("GVT_ROOT", () => {
  const STRANGE = [
    "with spaces",
    "it's",
    'a "quoted" one',
    "$HOME `x`",
    "back\\slash",
    "star*[a]",
    "línea",
    "-n",
    "new\nline",
  ];

  test.each(STRANGE)("may be at %j: shims and every command work there", async (name) => {
    const root = cli.path(`../${name}`);
    await rename(cli.root, root);
    await cli.offer("1.22.96");
    const env = { GVT_ROOT: root };
    const gvt = (...args: string[]) => cli.run([join(root, "bin/gvt"), ...args], { env });
    for (const GVT_ROOT of [root, undefined]) {
      const start = findStart((await cli.run([join(root, "shims/go"), "x"], { env: { GVT_ROOT } })).stdout);
      expect(start).toMatchObject({ program: "go 1.22.6", env: { GOROOT: `${root}/versions/1.22.6` } });
    }
    expect(await gvt("root")).toMatchObject({ stdout: `${root}\n`, stderr: "", status: 0 });
    expect(await gvt("which")).toMatchObject({ stdout: `${root}/versions/1.22.6/bin/go\n`, status: 0 });
    expect(await gvt("install", "1.22.96")).toMatchObject({ stdout: "", status: 0 });
    expect(await gvt("list")).toMatchObject({ stdout: "* 1.22.6\n  1.22.96\n", stderr: "", status: 0 });
    expect(await gvt("uninstall", "1.22.96")).toMatchObject({ status: 0 });
    expect(await readdir(join(root, "tmp"))).toEqual([]);
  });

  test.each(["relative", "./x", "~/.gvt"])("%j is refused by shim and CLI alike", async (GVT_ROOT) => {
    const commands = [
      [cli.path("$ROOT/shims/go")],
      [cli.launcher, "list"],
      [process.execPath, cli.path("$ROOT/lib/main.js"), "list"],
    ];
    for (const command of commands) {
      const { stdout, stderr, status } = await cli.run(command, { env: { GVT_ROOT } });
      expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
      expect(stderr).toMatch(/^error: GVT_ROOT is .*not an absolute path\n\nhint: .+\n$/);
    }
  });

  test("that is empty counts as unset", async () => {
    expect(await cli.run([cli.launcher, "root"], { env: { GVT_ROOT: "" } })).toMatchObject({
      stdout: `${cli.root}\n`,
      status: 0,
    });
    const main = [process.execPath, cli.path("$ROOT/lib/main.js"), "root"];
    expect(await cli.run(main, { env: { GVT_ROOT: "" } })).toMatchObject({ stdout: `${cli.root}\n` });
  });

  test("may be a link, or lie behind one", async () => {
    await symlink(cli.root, cli.path("link"));
    await cli.offer("1.22.96");
    const env = { GVT_ROOT: cli.path("link") };
    const gvt = (...args: string[]) => cli.run([cli.path("link/bin/gvt"), ...args], { env });
    expect(await gvt("install", "1.22.96")).toMatchObject({ status: 0 });
    expect(await gvt("list")).toMatchObject({ stdout: "* 1.22.6\n  1.22.96\n", stderr: "" });
    expect(await gvt("prefix")).toMatchObject({ stdout: `${cli.path("link")}/versions/1.22.6\n` });
    expect(findStart((await cli.run([cli.path("link/shims/go")])).stdout)).toMatchObject({
      env: { GOROOT: `${cli.path("link")}/versions/1.22.6` },
    });
  });

  test("that is not there yet is made by the first install", async () => {
    await cli.offer("1.22.96");
    const root = cli.path("deep/er/root");
    const main = [process.execPath, cli.path("$ROOT/lib/main.js")];
    const gvt = (...args: string[]) => cli.run([...main, ...args], { env: { GVT_ROOT: root } });
    expect(await gvt("list")).toMatchObject({ stdout: "", status: 0 });
    expect(await readdir(cli.work)).toEqual([".go-version"]);
    expect(await gvt("install", "1.22.96")).toMatchObject({ status: 0 });
    expect(await cli.run([join(root, "bin/gvt"), "list"], { env: { GVT_ROOT: root } })).toMatchObject({
      stdout: "  1.22.96\n",
      status: 0,
    });
  });

  test("that is read-only serves, and says clearly that it cannot be written", async () => {
    if (!requires("mount", "a read-only root")) return;
    await cli.offer("1.22.96");
    await cli.gvt("rehash");
    execFileSync("mount", ["--bind", cli.root, cli.root]);
    try {
      execFileSync("mount", ["-o", "remount,bind,ro", cli.root]);
      expect(await cli.gvt("current")).toMatchObject({ stdout: "1.22.6\n", stderr: "", status: 0 });
      expect(await cli.gvt("list")).toMatchObject({ stdout: "* 1.22.6\n", stderr: "", status: 0 });
      expect(await cli.gvt("list", "--remote")).toMatchObject({ stdout: "  1.22.96\n", status: 0 });
      expect(findStart((await cli.run([cli.path("$ROOT/shims/go")])).stdout)?.program).toBe("go 1.22.6");
      for (const words of [
        ["install", "1.22.96"],
        ["uninstall", "1.22.6"],
        ["global", "1.22.6"],
        ["config", "verify", "strict"],
      ]) {
        const { stdout, stderr, status } = await cli.gvt(...words);
        expect({ words, stdout, status }).toEqual({ words, stdout: "", status: 5 });
        expect(stderr).toMatch(/error: .*the file system is read-only \(EROFS\)\n/);
        expect(stderr).not.toContain("bug in gvt");
      }
      await writeFile(cli.path(".go-version"), "");
      expect(await cli.gvt("local", "1.22.6")).toMatchObject({ stderr: "", status: 0 });
      expect(await cli.gvt("rehash")).toMatchObject({ stderr: "", status: 0 });
    } finally {
      execFileSync("umount", [cli.root]);
    }
  });

  test("that anyone may write to is refused for installing", async () => {
    await cli.offer("1.22.96");
    await chmod(cli.root, 0o777);
    const { stderr, status } = await cli.gvt("install", "1.22.96");
    expect(status).toBe(5);
    expect(stderr).toContain(`error: anyone on this machine can change \`${cli.root}\`\n`);
  });
});

describe("HOME", () => {
  const main = () => [process.execPath, cli.path("$ROOT/lib/main.js")];

  test("that is unset is not missed where the root is known", async () => {
    for (const env of [{ HOME: undefined }, { HOME: "" }, { HOME: "relative" }]) {
      expect(await cli.run([cli.launcher, "list"], { env })).toMatchObject({
        stdout: "* 1.22.6\n",
        stderr: "",
        status: 0,
      });
      expect(findStart((await cli.run([cli.path("$ROOT/shims/go")], { env })).stdout)?.program).toBe(
        "go 1.22.6",
      );
    }
  });

  test("that is relative names no root", async () => {
    const { stderr, status } = await cli.run([...main(), "root"], { env: { HOME: "relative" } });
    expect(status).toBe(2);
    expect(stderr).toBe(
      "error: neither GVT_ROOT nor HOME names a directory\n\n" +
        "hint: set GVT_ROOT to the directory that gvt may use: `export GVT_ROOT=/opt/gvt`\n",
    );
  });

  test("that is unset leaves no start-up file to edit", async () => {
    const { stderr, status } = await cli.run([cli.launcher, "init", "bash", "--yes"], {
      env: { HOME: "relative" },
    });
    expect({ stderr, status }).toEqual({
      stderr: expect.stringContaining("error: HOME names no directory"),
      status: 2,
    });
  });
});

describe("the current directory", () => {
  test("that was deleted is an error that says so; what needs none works", async () => {
    await mkdir(cli.path("gone"));
    const run = (command: string) =>
      cli.run([
        "/bin/sh",
        "-c",
        `cd gone && /bin/rmdir ../gone && ${command}; status=$?; mkdir -p ../gone; exit $status`,
      ]);
    for (const command of [`${cli.launcher} current`, `${cli.launcher} list`, cli.path("$ROOT/shims/go")]) {
      await mkdir(cli.path("gone"), { recursive: true });
      const { stdout, stderr, status } = await run(command);
      expect({ stdout, status }).toEqual({ stdout: "", status: 5 });
      // dash and the launcher's own shell may complain besides.
      expect(stderr.replace(/^(\S*sh|shell-init):.*\n/gm, "")).toBe(
        "error: the current directory no longer exists\n\nhint: run `cd` to a directory that does\n",
      );
    }
    await mkdir(cli.path("gone"), { recursive: true });
    expect(await run(`${cli.launcher} help`)).toMatchObject({ status: 0 });
  });

  test("is the shell's: a link is followed up by the way it was reached", async () => {
    await mkdir(cli.path("real/inner"), { recursive: true });
    await mkdir(cli.path("other"));
    await writeFile(cli.path("other/.go-version"), "system\n");
    await symlink(cli.path("real/inner"), cli.path("other/link"));
    const inLink = { cwd: cli.path("other/link") };
    const why = await cli.run([cli.launcher, "why"], { ...inLink, env: { PWD: cli.path("other/link") } });
    expect(why.stdout).toContain(`because ${cli.path("other/.go-version")} line 1`);
    const physical = await cli.run([cli.launcher, "why"], { ...inLink, env: { PWD: "/nonexistent" } });
    expect(physical.stdout).toContain(`because ${cli.path(".go-version")} line 1`);
  });

  test("may have any name", async () => {
    for (const name of ["a b", "-n", "new\nline", "*", "$(x)", "é"]) {
      const cwd = cli.path(name);
      await mkdir(cwd);
      const run = (...args: string[]) => cli.run([cli.launcher, ...args], { cwd, env: { PWD: cwd } });
      expect(await run("local", "1.22.6")).toMatchObject({ stderr: "", status: 0 });
      expect((await run("why")).stdout).toMatch(
        /^1\.22\.6 because [^\n]+\/\.go-version line 1 says `1\.22\.6`\n/,
      );
    }
  });
});

describe("the launcher", () => {
  test("finds its CLI and Node without PATH", async () => {
    expect(await cli.run([cli.launcher, "list"], { env: { PATH: "" } })).toMatchObject({
      status: 0,
      stderr: "",
    });
  });

  test("that lost its Node uses that of PATH, and says so where there is none", async () => {
    await rm(cli.path("$ROOT/lib/node"));
    const PATH = join(process.execPath, "..");
    expect(await cli.run([cli.launcher, "list"], { env: { PATH } })).toMatchObject({ status: 0, stderr: "" });
    const { stderr, status } = await cli.run([cli.launcher, "list"], { env: { PATH: "/nonexistent" } });
    expect(status).toBe(127);
    expect(stderr).toMatch(/^error: gvt needs Node .+\n\nhint: .+\n$/);
  });

  test("that lost its CLI says how to mend it", async () => {
    await rm(cli.path("$ROOT/lib"), { recursive: true });
    const { stderr, status } = await cli.gvt("list");
    expect(status).toBe(5);
    expect(stderr).toMatch(/^error: .*lib\/main\.js` is missing\n\nhint: .+\n$/);
    expect(await cli.gvt("current")).toMatchObject({ stdout: "1.22.6\n", status: 0 });
  });
});
