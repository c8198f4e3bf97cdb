import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Cli, createCli } from "../support/cli.js";
import { findStart } from "../support/fake-toolchain.js";

let cli: Cli;
/** Ways to `gvt exec`: by the launcher, which execs, and by the CLI alone, which waits for a child. */
let ways: readonly (readonly [string, readonly string[]])[];

beforeAll(async () => {
  cli = await createCli({
    installed: ["1.21.3", "1.22.6"],
    system: true,
    files: { ".go-version": "1.22.6\n", "$ROOT/config.toml": '[alias]\nwork = "1.21"\n' },
  });
  ways = [
    ["launcher", [cli.launcher]],
    ["CLI", [process.execPath, cli.path("$ROOT/lib/main.js")]],
  ];
  await mkdir(cli.path("bin"));
});

afterAll(() => cli.remove());

const PATH = "/usr/bin:/bin";
const each = async (check: (way: readonly string[]) => Promise<void>) => {
  for (const [, way] of ways) await check(way);
};
const exec = (way: readonly string[], ...args: readonly string[]) =>
  cli.run([...way, "exec", ...args], { env: { PATH } });

test("the program starts with the toolchain's environment and its arguments as they are", async () => {
  const args = ["a b", "", "*", "'\"\\", "$HOME", "`x`", "-h", "--help", "--", "+1.21.3", "new\nline", "é"];
  await each(async (way) => {
    const start = findStart((await exec(way, "go", ...args)).stdout);
    expect(start).toMatchObject({
      program: "go 1.22.6",
      args,
      env: {
        GOROOT: cli.path("$ROOT/versions/1.22.6"),
        PATH: `${cli.path("$ROOT/versions/1.22.6/bin")}:${PATH}`,
        GOTOOLCHAIN: "local",
      },
    });
  });
});

test.each([
  ["+1.21.3", "go 1.21.3"],
  ["+1.21", "go 1.21.3"],
  ["+go1.21.3", "go 1.21.3"],
  ["+work", "go 1.21.3"],
  ["+latest", "go 1.22.6"],
])("%s overrides the directory for one command", async (override, program) => {
  await each(async (way) => {
    expect(findStart((await exec(way, override, "go", "x")).stdout)).toMatchObject({ program, args: ["x"] });
  });
});

test("+system runs what PATH has, with the environment as it is", async () => {
  await each(async (way) => {
    const path = `${cli.root}/shims:${cli.path("$SYSTEM/bin")}:${PATH}`;
    const { stdout } = await cli.run([...way, "exec", "+system", "go"], { env: { PATH: path } });
    expect(findStart(stdout)).toMatchObject({ program: "go system", env: { PATH: path } });
  });
});

test("-- ends gvt's own words", async () => {
  await each(async (way) => {
    expect(findStart((await exec(way, "--", "go", "--", "-x")).stdout)).toMatchObject({
      program: "go 1.22.6",
      args: ["--", "-x"],
    });
  });
});

describe("`--`, by the launcher and by the CLI alone", () => {
  test.each([
    [["--", "go", "x"], "go 1.22.6", ["x"]],
    [["+1.21.3", "--", "go", "x"], "go 1.21.3", ["x"]],
    [["+1.21.3", "--", "go", "--", "+1.22.6"], "go 1.21.3", ["--", "+1.22.6"]],
    [["+1.21.3", "go", "--", "x"], "go 1.21.3", ["--", "x"]],
    [["go", "--", "+1.21.3"], "go 1.22.6", ["--", "+1.21.3"]],
  ])("gvt exec %j starts %s with %j", async (words, program, args) => {
    await each(async (way) => {
      expect(findStart((await exec(way, ...words)).stdout)).toMatchObject({ program, args });
    });
  });

  test.each([
    [["--", "+1.21.3", "go"], 127, "+1.21.3"],
    [["--", "--", "go"], 127, "`--`"],
    [["--"], 2, "needs a command to run"],
    [["+1.21.3", "--"], 2, "needs a command to run"],
  ])("gvt exec %j starts nothing, and ends with %i", async (words, wanted, message) => {
    await each(async (way) => {
      const { stdout, stderr, status } = await exec(way, ...words);
      expect({ stdout, status }).toEqual({ stdout: "", status: wanted });
      expect(stderr).toContain(message);
    });
  });
});

test("every exit status comes back as it is", async () => {
  for (const status of [0, 1, 2, 7, 126, 127, 128, 130, 255])
    await each(async (way) =>
      expect(await exec(way, "sh", "-c", `exit ${status}`)).toMatchObject({ status }),
    );
  const loop = 'for n in 0 1 2 3 64 127 128 200 254 255; do "$0" exec sh -c "exit $n"; echo "$n $?"; done';
  const { stdout } = await cli.run(["sh", "-c", loop, cli.launcher], { env: { PATH } });
  for (const line of stdout.trim().split("\n")) expect(line).toMatch(/^(\d+) \1$/);
});

test("stdin, stdout and stderr are the program's own", async () => {
  await each(async (way) => {
    const outcome = await cli.run([...way, "exec", "sh", "-c", "cat; echo err >&2"], {
      env: { PATH },
      input: "in\0put",
    });
    expect(outcome).toMatchObject({ stdout: "in\0put", stderr: "err\n", status: 0 });
  });
});

describe("a signal", () => {
  const started = async (child: ChildProcess) =>
    new Promise<void>((resolve) => child.stdout?.once("data", () => resolve()));
  const ended = (child: ChildProcess) =>
    new Promise((resolve) => child.once("close", (status, signal) => resolve(status ?? signal)));

  test.each([
    ["SIGTERM", "exit 3", 3],
    ["SIGHUP", "exit 4", 4],
    ["SIGINT", "exit 5", 5],
  ] as const)("%s to the launcher is the program's to answer", async (signal, answer, status) => {
    const script = `trap '${answer}' TERM HUP INT; echo ready; while :; do sleep 0.05; done`;
    const child = spawn(cli.launcher, ["exec", "sh", "-c", script], {
      cwd: cli.work,
      env: { ...cli.env, PATH },
    });
    const end = ended(child);
    await started(child);
    child.kill(signal);
    expect(await end).toBe(status);
  });

  test("that ends the program ends what stood in its place", async () => {
    await each(async (way) => {
      const { status, signal } = await exec(way, "sh", "-c", "kill -TERM $$");
      expect(signal ?? status).toBe(way.length === 1 ? "SIGTERM" : 143);
    });
  });

  test("SIGTERM to the CLI reaches the program it waits for, whose answer is the status", async () => {
    const [program, ...args] = [process.execPath, cli.path("$ROOT/lib/main.js")];
    const script = "trap 'exit 3' TERM; echo ready; while :; do sleep 0.05; done";
    const child = spawn(program, [...args, "exec", "sh", "-c", script], {
      cwd: cli.work,
      env: { ...cli.env, PATH },
    });
    const end = ended(child);
    await started(child);
    child.kill("SIGTERM");
    expect(await end).toBe(3);
  });
});

test("auto_install brings what is missing, however gvt was started", async () => {
  const own = await createCli({ env: { GVT_AUTO_INSTALL: "1" } });
  try {
    await own.offer("1.23.91");
    for (const way of [[own.launcher], [process.execPath, own.path("$ROOT/lib/main.js")]]) {
      const command = [...way, "exec", "+1.23", "sh", "-c", 'echo "$GOROOT"'];
      const { stdout, stderr, status } = await own.run(command, { env: { PATH } });
      expect({ stdout, status }).toEqual({ stdout: `${own.root}/versions/1.23.91\n`, status: 0 });
      expect(stderr).toContain("go1.23.91 is installed; ");
      await rm(own.path("$ROOT/versions/1.23.91"), { recursive: true });
    }
  } finally {
    await own.remove();
  }
});

describe("what cannot be started", () => {
  test.each([
    [["nosuch"], 127, "nosuch"],
    [["+1.23", "go"], 7, "no Go that meets `1.23` is installed"],
    [["+1.2", "go"], 2, "did you mean 1.20?"],
    [["+../../x", "go"], 2, "../../x"],
    [["+", "go"], 2, "error: "],
    [["+1.22.6"], 2, "needs a command to run"],
    [[], 2, "`gvt exec` needs"],
  ])("gvt exec %j ends with %i", async (words, wanted, message) => {
    await each(async (way) => {
      const { stdout, stderr, status } = await exec(way, ...words);
      expect({ stdout, status }).toEqual({ stdout: "", status: wanted });
      expect(stderr).toContain(message);
    });
  });

  test("a program in the current directory is not found because PATH is careless", async () => {
    await writeFile(cli.path("evil"), "#!/bin/sh\necho evil\n");
    await chmod(cli.path("evil"), 0o755);
    await each(async (way) => {
      for (const path of [".", "", ":/bin", "relative"]) {
        const { stdout, status } = await cli.run([...way, "exec", "evil"], { env: { PATH: path } });
        expect({ path, stdout, status }).toEqual({ path, stdout: "", status: 127 });
      }
      expect(await exec(way, "./evil")).toMatchObject({ stdout: "evil\n", status: 0 });
    });
  });

  test("a file that is no program is the system's own error, not a bug of gvt's", async () => {
    await writeFile(join(cli.work, "bin/broken"), "#!/nonexistent/interpreter\n");
    await chmod(join(cli.work, "bin/broken"), 0o755);
    await each(async (way) => {
      const { stderr, status } = await exec(way, "bin/broken");
      expect(status).toBeGreaterThanOrEqual(126);
      expect(stderr).not.toContain("bug in gvt");
    });
  });
});

test("gvt exec --help is gvt's own page, behind a program it is that program's", async () => {
  await each(async (way) => {
    expect((await exec(way, "--help")).stdout).toMatch(/^usage: gvt exec /);
    expect(findStart((await exec(way, "go", "--help")).stdout)).toMatchObject({ args: ["--help"] });
  });
});
