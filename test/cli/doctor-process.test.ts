import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { afterAll, describe, expect, test } from "vitest";
import { writeTree } from "../doctor/support/disk.js";
import { type Cli, createCli } from "../support/cli.js";

const cli: Cli = await createCli({ installed: ["1.22.96"] });
await writeTree(cli.path("$ROOT/versions/1.22.96"), "1.22.96");
await writeFile(cli.path(".go-version"), "1.22.96\n");

afterAll(() => cli.remove());

/** Runs `use` while a process with this environment lives. */
async function withProcess(
  env: Readonly<Record<string, string>>,
  use: (pid: string) => Promise<void>,
): Promise<void> {
  const child = spawn("/bin/cat", {
    cwd: cli.work,
    env: { ...cli.env, ...env },
    stdio: ["pipe", "pipe", "ignore"],
  });
  // What it answers, it answers after exec, and then /proc tells of it.
  child.stdin.write("ready\n");
  await once(child.stdout, "data");
  try {
    await use(String(child.pid));
  } finally {
    child.stdin.end();
    await once(child, "close");
  }
}

const look = (...args: readonly string[]) => cli.gvt("doctor", "--pid", ...args);

describe("gvt doctor --pid", () => {
  test("of a process that sees the same says so", async () => {
    await withProcess({}, async (pid) => {
      const { stdout, stderr, status } = await look(pid);
      expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
      expect(stdout).toMatch(new RegExp(`^process ${pid} is /\\S+, in ${cli.work}\nit sees the same Go`));
      expect(stdout).toContain("healthy: ");
    });
  });

  test("tells what differs, and what is wrong there", async () => {
    await withProcess({ GOROOT: "/nowhere", PATH: `${cli.root}/shims:/opt/x` }, async (pid) => {
      const { stdout, status } = await look(pid);
      expect(status).toBe(1);
      expect(stdout).toContain("  PATH, only  here   -\n              there  /opt/x\n");
      expect(stdout).toContain("  GOROOT      here   -\n              there  /nowhere\n");
      expect(stdout).toContain("[goroot-env-missing-dir]");
      expect(stdout).toContain("start it anew");
    });
  });

  test("tells scripts the same", async () => {
    await withProcess({ GOFLAGS: "mod=mod" }, async (pid) => {
      const { stdout, status } = await look(pid, "--json");
      expect(status).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({
        schema: 1,
        process: { pid: Number(pid), directory: cli.work, elsewhere: false },
        differences: [{ name: "GOFLAGS", here: null, there: "mod=mod" }],
        report: { findings: [{ id: "goflags-invalid" }] },
      });
    });
  });

  test("prints no secret", async () => {
    const secrets = {
      GOPROXY: "https://me:hunter2@proxy.example",
      MY_TOKEN: "ghp_0123456789abcdef0123",
      GOFLAGS: "x",
    };
    await withProcess(secrets, async (pid) => {
      for (const args of [[pid], [pid, "--json"]]) {
        const { stdout, stderr } = await look(...args);
        expect(stdout + stderr).not.toMatch(/hunter2|ghp_0123|MY_TOKEN/);
        expect(stdout).toContain("GOPROXY");
      }
    });
  });

  test.each([
    ["none", "is no number of a process"],
    ["4194999", "there is no process 4194999"],
  ])("of %s is an error", async (pid, message) => {
    expect(await look(pid)).toMatchObject({
      stdout: "",
      stderr: expect.stringContaining(message),
      status: 2,
    });
  });

  test.each([["--fix"], ["--baseline", "x"], ["--repo"], ["--format", "html"], ["a message"]])(
    "does not go with %s",
    async (...args) => {
      expect(await look("1", ...args)).toMatchObject({ stdout: "", status: 2 });
    },
  );
});
