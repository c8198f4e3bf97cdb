import { mkdir, rm, writeFile } from "node:fs/promises";
import { afterAll, describe, expect, test } from "vitest";
import { REPORT } from "../../src/doctor/report/report-shape.js";
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

  test("tells scripts in the form of the whole report, without secrets", async () => {
    await mkdir(cli.path("~/.config/go"), { recursive: true });
    await writeFile(cli.path("~/.config/go/env"), "GOPROXY=https://me:hunter2@proxy.example\n");
    const env = { GOPROXY: "https://me:hunter3@proxy.example" };
    const { stdout } = await run(env, "--json");
    const document: unknown = JSON.parse(stdout);
    expect(REPORT.read(document, "")).toEqual(document);
    expect(document).toMatchObject({ findings: [{ id: "goenv-file-overridden" }] });
    expect(stdout).not.toMatch(/hunter/);
    await rm(cli.path("~/.config/go/env"));
  });

  test("sets aside what config.toml says to ignore, and refuses a check that there is not", async () => {
    const config = cli.path("$ROOT/config.toml");
    await writeFile(config, '[doctor.ignore]\ngobin-relative = "our build sets it"\n');
    expect(await run({ GOBIN: "bin" })).toMatchObject({ stdout: "", stderr: "", status: 0 });
    expect(JSON.parse((await run({ GOBIN: "bin" }, "--json")).stdout)).toMatchObject({
      findings: [],
      ignored: [{ reason: "our build sets it", finding: { id: "gobin-relative" } }],
    });
    await writeFile(config, '[doctor.ignore]\nno-such-check = "why"\n');
    expect(await run({})).toMatchObject({
      stdout: "",
      stderr: expect.stringContaining("ignores `no-such-check`, and there is no such check"),
      status: 2,
    });
    await rm(config);
  });

  test("lets no variable drive the terminal", async () => {
    const { stdout } = await run({ GOBIN: "b\u001b[2J\nx" });
    expect(stdout).not.toContain("\u001b");
    expect(stdout.trimEnd()).not.toContain("\n");
    expect((await run({ GOBIN: "b\u202ex" }, "--json")).stdout).toContain("b\\u202ex");
  });

  test.each([["--baseline", "x"], ["--fix"], ["--only", "gobin-relative"], ["--repo"], ["a message"]])(
    "does not go with %s",
    async (...args) => {
      expect(await run({}, ...args)).toMatchObject({ stdout: "", status: 2 });
    },
  );
});
