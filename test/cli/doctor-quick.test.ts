import { writeFile } from "node:fs/promises";
import { afterAll, describe, expect, test } from "vitest";
import { writeTree } from "../doctor/support/disk.js";
import { type Cli, createCli } from "../support/cli.js";

const cli: Cli = await createCli({ installed: ["1.22.96"] });
await writeTree(cli.path("$ROOT/versions/1.22.96"), "1.22.96");
await writeFile(cli.path(".go-version"), "1.22.96\n");

afterAll(() => cli.remove());

const run = (env: Readonly<Record<string, string>>, ...args: string[]) =>
  cli.run([cli.launcher, "doctor", "--quick", ...args], { env });

describe("gvt doctor --quick", () => {
  test("is silent where all is well", async () => {
    expect(await run({})).toMatchObject({ stdout: "", stderr: "", status: 0 });
  });

  test("says each finding in one line", async () => {
    const { stdout, stderr, status } = await run({ GOROOT: "/nowhere", GOBIN: "bin" });
    expect({ stderr, status }).toEqual({ stderr: "", status: 1 });
    expect(stdout.split("\n")).toEqual([
      expect.stringMatching(/^gvt doctor: error: .*\/nowhere.* \[goroot-env-missing-dir\]$/),
      expect.stringMatching(/^gvt doctor: error: .*\bbin\b.* \[gobin-relative\]$/),
      "",
    ]);
  });

  test("fails for warnings only where that is asked for", async () => {
    expect(await run({ GOOS: "plan9" })).toMatchObject({
      stdout: expect.stringMatching(/^gvt doctor: warning: .*\[stray-goos-goarch\]\n$/),
      status: 0,
    });
    expect(await run({ GOOS: "plan9" }, "--strict")).toMatchObject({ status: 1 });
  });

  test("tells scripts the same", async () => {
    const { stdout, status } = await run({ GOBIN: "bin" }, "--json");
    expect(JSON.parse(stdout)).toMatchObject({ schema: 1, findings: [{ id: "gobin-relative" }] });
    expect(status).toBe(1);
  });

  test("lets no variable drive the terminal", async () => {
    const { stdout } = await run({ GOBIN: "b\u001b[2J\nx" });
    expect(stdout).not.toContain("\u001b");
    expect(stdout.trimEnd()).not.toContain("\n");
  });

  test.each([["--baseline", "x"], ["--fix"], ["--only", "gobin-relative"], ["--repo"], ["a message"]])(
    "does not go with %s",
    async (...args) => {
      expect(await run({}, ...args)).toMatchObject({ stdout: "", status: 2 });
    },
  );
});
