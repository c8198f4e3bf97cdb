import { spawn } from "node:child_process";
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { findStart } from "../support/fake-toolchain.js";
import { findProgram } from "../support/programs.js";
import { createSandbox, type Sandbox, type SandboxSpec, SHIM } from "../support/sandbox.js";
import { SHELLS } from "../support/shells.js";

const sandboxes: Sandbox[] = [];

async function sandbox(spec: SandboxSpec): Promise<Sandbox> {
  const made = await createSandbox(spec);
  sandboxes.push(made);
  return made;
}

afterEach(async () => {
  await Promise.all(sandboxes.splice(0).map((made) => made.remove()));
});

/** A Go that does what a test says. */
async function writeGo({ root }: Sandbox, version: string, script: string): Promise<void> {
  await writeFile(join(root, "versions", version, "bin", "go"), `#!/bin/sh\n${script}\n`);
}

const PINNED: SandboxSpec = { files: { ".go-version": "1.22.6\n" }, installed: ["1.22.6"] };

describe("shim.sh", () => {
  it("is ASCII: yash reads nothing else where the locale is C", async () => {
    expect(await readFile(SHIM, "latin1")).toMatch(/^[\t\n\x20-\x7e]*$/);
  });

  it("says in its second line what it is", async () => {
    expect((await readFile(SHIM, "utf8")).split("\n")[1]).toMatch(/^# gvt shim/);
  });

  it("has no variable whose name a user may have exported", async () => {
    const text = (await readFile(SHIM, "utf8")).replace(/^\s*#.*$/gm, "");
    const assigned = [...text.matchAll(/(?:^|[\s;({])([A-Za-z_]\w*)=/gm)].map(([, name]) => name);
    const own = new Set(["IFS", "PATH", "LC_ALL", "GOROOT", "GOTOOLCHAIN", "GVT_ROOT", "GVT_DEFERRED"]);
    const foreign = assigned.filter((name) => name && !name.startsWith("gvt_") && !own.has(name));
    // What the go-env file may say stands in patterns.
    expect(foreign.filter((name) => name !== "GOWORK")).toEqual([]);
  });

  it("gives shellcheck nothing to say", async () => {
    const shellcheck = findProgram("shellcheck", "the style of shim.sh");
    if (shellcheck === undefined) return;
    const result = await (await sandbox({})).run([shellcheck, "-s", "sh", "-o", "all", SHIM]);
    expect(result.stdout).toBe("");
  });

  it("starts no process where a .go-version decides", async () => {
    const strace = findProgram("strace", "that a shim does not fork");
    if (strace === undefined) return;
    const made = await sandbox(PINNED);
    await writeGo(made, "1.22.6", "exit 0");
    const trace = join(made.directory, "trace");
    await made.run([strace, "-f", "-qq", "-e", "trace=%process", "-o", trace, join(made.root, "shims/go")]);
    const calls = (await readFile(trace, "utf8")).split("\n");
    expect(calls.filter((call) => /\b(clone|clone3|fork|vfork)\(/.test(call))).toEqual([]);
    // The shim; bin/go, whose interpreter the kernel starts in the same call.
    expect(calls.filter((call) => /execve\(/.test(call))).toHaveLength(2);
  });

  it("starts one process where a long go.mod decides", async () => {
    const strace = findProgram("strace", "that a shim forks once");
    if (strace === undefined) return;
    const made = await sandbox({
      files: {
        "go.mod": { repeat: "// a module\n", times: 200 },
        "x/go.mod": `module x\n${"\n// more".repeat(200)}\ngo 1.22.6\n`,
      },
      cwd: "x/y",
      installed: ["1.22.6"],
    });
    await writeGo(made, "1.22.6", "exit 0");
    const trace = join(made.directory, "trace");
    await made.run([strace, "-f", "-qq", "-e", "trace=%process", "-o", trace, join(made.root, "shims/go")]);
    expect((await readFile(trace, "utf8")).match(/\b(clone|clone3|fork|vfork)\(.*= \d+$/gm)).toHaveLength(1);
  });
});

describe.each(SHELLS)("under $name", ({ command }) => {
  const shimOf = ({ root }: Sandbox, name = "go"): string[] => [...command, join(root, "shims", name)];

  it("arguments pass through as they are", async () => {
    const made = await sandbox(PINNED);
    const args = ["", " ", "a b", "*", "$HOME", "'", '"', "\\", "a\nb", "--", "-x", "é", "~", "!"];
    // In the C locale, yash has no letters but ASCII's.
    const { stdout } = await made.run([...shimOf(made), ...args], { env: { LC_ALL: "C.UTF-8" } });
    expect(findStart(stdout)?.args).toEqual(args);
  });

  it.each([0, 1, 2, 126, 127, 255])("exit status %i passes through", async (status) => {
    const made = await sandbox(PINNED);
    await writeGo(made, "1.22.6", `exit ${status}`);
    expect(await made.run(shimOf(made))).toMatchObject({ status, stdout: "", stderr: "" });
  });

  it("the shim becomes the program: a signal to it is one to the program", async () => {
    const made = await sandbox(PINNED);
    await writeGo(
      made,
      "1.22.6",
      `trap 'echo caught; exit 9' TERM; echo ready; while :; do read -r line || :; done`,
    );
    const [program = "", ...args] = shimOf(made);
    const child = spawn(program, args, { cwd: made.cwd, env: { ...made.env } });
    let output = "";
    const status = await new Promise((resolve) => {
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        if (output === "") child.kill("SIGTERM");
        output += text;
      });
      child.on("close", resolve);
    });
    expect(output).toBe("ready\ncaught\n");
    expect(status).toBe(9);
  });

  it("standard input, and files that a parent has opened, pass through", async () => {
    const made = await sandbox({ ...PINNED, files: { ...PINNED.files, jobs: "from three\n" } });
    await writeGo(made, "1.22.6", 'read -r in; read -r three <&3; echo "$in, $three"');
    const script = 'exec 3<jobs; exec "$@"';
    const { stdout } = await made.run(["/bin/sh", "-c", script, "sh", ...shimOf(made)], {
      input: "from in\n",
    });
    expect(stdout).toBe("from in, from three\n");
  });

  it("a deferred shim hands its arguments to the launcher", async () => {
    const made = await sandbox({ ...PINNED, files: { ".go-version": "latest\n" } });
    const { stdout } = await made.run([...shimOf(made), "+", "a b", ""]);
    expect(findStart(stdout)).toMatchObject({ program: "DEFER", args: ["exec", "+", "--", "go", "a b", ""] });
  });

  it("a root is found beside the shim, whatever its name", async () => {
    const made = await sandbox({
      files: { ".go-version": "1.22.6\n" },
      env: { HOME: "/nonexistent", GOENV: "off" },
    });
    const root = join(made.directory, 'it\'s a "root" [*] $HOME');
    await mkdir(join(root, "shims"), { recursive: true });
    await mkdir(join(root, "versions/1.22.6/bin"), { recursive: true });
    await copyFile(SHIM, join(root, "shims/go"));
    await writeFile(join(root, "versions/1.22.6/.gvt.json"), "{}");
    await writeFile(join(root, "versions/1.22.6/bin/go"), '#!/bin/sh\necho "$GOROOT"\n', { mode: 0o755 });
    const { stdout } = await made.run([...command, join(root, "shims/go")]);
    expect(stdout).toBe(`${root}/versions/1.22.6\n`);
  });

  it("a link to a shim elsewhere finds the root in the home", async () => {
    const made = await sandbox(PINNED);
    const link = join(made.directory, "go");
    await symlink(join(made.root, "shims/go"), link);
    expect(findStart((await made.run([...command, link])).stdout)?.program).toBe("go 1.22.6");
  });

  it("an installation without its program is the launcher's to explain", async () => {
    const made = await sandbox(PINNED);
    await rm(join(made.root, "versions/1.22.6/bin/go"));
    expect(findStart((await made.run(shimOf(made))).stdout)?.program).toBe("DEFER");
  });

  it("a missing launcher is a clear error", async () => {
    const made = await sandbox({ ...PINNED, files: { ".go-version": "latest\n" } });
    await rm(join(made.root, "bin/gvt"));
    const { stderr, status } = await made.run(shimOf(made));
    expect(stderr).toMatch(/^error: `.*\/bin\/gvt` is missing\n\nhint: /);
    expect(status).toBe(5);
  });
});

describe.each(SHELLS)("the launcher under $name", ({ command }) => {
  /** A launcher with a Node that reports what it is asked, and answers `exec-plan` with a plan. */
  async function launcherIn(
    spec: SandboxSpec,
    plan?: string,
  ): Promise<{ made: Sandbox; gvt: readonly string[] }> {
    const made = await sandbox(spec);
    const { root } = made;
    await mkdir(join(root, "lib"));
    await copyFile(SHIM, join(root, "bin/gvt"));
    await chmod(join(root, "bin/gvt"), 0o755);
    await writeFile(join(root, "lib/main.js"), "");
    await writeFile(
      join(root, "lib/node"),
      `#!/bin/sh\nshift\n${plan === undefined ? "" : `[ "$1" = exec-plan ] && { ${plan}; exit; }\n`}echo "CLI $* GVT_ROOT=$GVT_ROOT"\n`,
      { mode: 0o755 },
    );
    return { made, gvt: [...command, join(root, "bin/gvt")] };
  }

  it("answers current and which without Node", async () => {
    const { made, gvt } = await launcherIn(PINNED);
    await rm(join(made.root, "lib"), { recursive: true });
    expect(await made.run([...gvt, "current"])).toMatchObject({ stdout: "1.22.6\n", stderr: "", status: 0 });
    expect((await made.run([...gvt, "which"])).stdout).toBe(`${made.root}/versions/1.22.6/bin/go\n`);
    expect((await made.run([...gvt, "which", "gofmt"])).stdout).toBe(
      `${made.root}/versions/1.22.6/bin/gofmt\n`,
    );
  });

  it("answers for the system's Go", async () => {
    const { made, gvt } = await launcherIn({ system: true });
    expect((await made.run([...gvt, "current"])).stdout).toBe("system\n");
    expect((await made.run([...gvt, "which"])).stdout).toBe(`${made.directory}/system/bin/go\n`);
  });

  it.each([
    [["current", "--json"]],
    [["which", "-a"]],
    [["which", "dlv"]],
    [["install", "1.22.6"]],
    [["exec"]],
    [["exec", "--help"]],
    [["--version"]],
  ])("leaves %j to the CLI, with the root", async (args) => {
    const { made, gvt } = await launcherIn(PINNED);
    expect((await made.run([...gvt, ...args])).stdout).toBe(`CLI ${args.join(" ")} GVT_ROOT=${made.root}\n`);
  });

  it("leaves to the CLI what it cannot decide", async () => {
    const { made, gvt } = await launcherIn({ files: { ".go-version": "latest\n" } });
    expect((await made.run([...gvt, "current"])).stdout).toMatch(/^CLI current /);
  });

  it("runs a command with the decided Go first on PATH", async () => {
    const { made, gvt } = await launcherIn(PINNED);
    const { stdout } = await made.run([...gvt, "exec", "--", "go", "+1.21.0", "a b"]);
    expect(findStart(stdout)).toMatchObject({ program: "go 1.22.6", args: ["+1.21.0", "a b"] });
    const env = await made.run(
      [...gvt, "exec", "sh", "-c", 'echo "$GOROOT $GOTOOLCHAIN $GVT_ROOT" "$@"', "x", "a  b"],
      {
        env: { PATH: "/usr/bin:/bin" },
      },
    );
    expect(env.stdout).toBe(`${made.root}/versions/1.22.6 local  a  b\n`);
  });

  it("runs with an override", async () => {
    const { made, gvt } = await launcherIn({ ...PINNED, installed: ["1.22.6", "1.21.0"] });
    expect(findStart((await made.run([...gvt, "exec", "+1.21.0", "go"])).stdout)?.program).toBe("go 1.21.0");
  });

  it("becomes what the CLI has planned", async () => {
    const { made, gvt } = await launcherIn(
      { files: { ".go-version": "work\n" }, installed: ["1.22.6"] },
      "echo 1.22.6 auto",
    );
    const start = findStart((await made.run([...gvt, "exec", "go", "a b"])).stdout);
    expect(start).toMatchObject({
      program: "go 1.22.6",
      args: ["a b"],
      env: { GOTOOLCHAIN: "auto" },
    });
    expect(start?.env["GVT_ROOT"]).toBeUndefined();
  });

  it("does not try again what a shim could not decide", async () => {
    const { made, gvt } = await launcherIn({ ...PINNED, installed: ["1.22.6", "1.21.0"] }, "echo 1.21.0 -");
    const { stdout } = await made.run([...gvt, "exec", "--", "go"], { env: { GVT_DEFERRED: "1" } });
    const start = findStart(stdout);
    expect(start?.program).toBe("go 1.21.0");
    expect(start?.env["GVT_DEFERRED"]).toBeUndefined();
  });

  it("ends as the CLI ends that can plan nothing", async () => {
    const { made, gvt } = await launcherIn({ files: { ".go-version": "latest\n" } }, "echo why >&2; exit 2");
    expect(await made.run([...gvt, "exec", "go"])).toMatchObject({ stdout: "", stderr: "why\n", status: 2 });
  });

  it("says which command is not there", async () => {
    const { made, gvt } = await launcherIn({
      ...PINNED,
      files: { ...PINNED.files, tool: { program: "tool" } },
    });
    const result = await made.run([...gvt, "exec", "tool"], { env: { PATH: `.:${made.env["PATH"]}:` } });
    expect(result.stderr).toMatch(/^error: PATH has no program `tool`\n/);
    expect(result.status).toBe(127);
  });

  it("does not run a shim in place of a program that its installation lacks", async () => {
    const { made, gvt } = await launcherIn(PINNED);
    await rm(join(made.root, "versions/1.22.6/bin/go"));
    const result = await made.run([...gvt, "exec", "go"]);
    expect(result.stderr).toMatch(/installation is damaged/);
    expect(result.status).toBe(5);
  });

  it("names Node where there is none", async () => {
    const { made, gvt } = await launcherIn(PINNED);
    await rm(join(made.root, "lib/node"));
    const result = await made.run([...gvt, "list"], { env: { PATH: "/nonexistent" } });
    expect(result.stderr).toMatch(/^error: gvt needs Node 20\.19 or newer/);
    expect(result.status).toBe(127);
  });

  it("takes Node from PATH where its own link leads nowhere", async () => {
    const { made, gvt } = await launcherIn(PINNED);
    const tools = await mkdtemp(join(tmpdir(), "gvt-node-"));
    try {
      await copyFile(join(made.root, "lib/node"), join(tools, "node"));
      await rm(join(made.root, "lib/node"));
      await symlink("/nonexistent/node", join(made.root, "lib/node"));
      expect((await made.run([...gvt, "list"], { env: { PATH: tools } })).stdout).toMatch(/^CLI list /);
    } finally {
      await rm(tools, { recursive: true });
    }
  });
});
