import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSandbox, type Sandbox } from "../support/sandbox.js";

const SCRIPT = join(import.meta.dirname, "../../scripts/install.sh");

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await createSandbox();
});

afterAll(() => sandbox.remove());

const run = (...args: string[]) =>
  sandbox.run(["/bin/sh", SCRIPT, ...args], { env: { PATH: "/usr/bin:/bin" } });

test.each(["--help", "-h"])("install.sh %s prints its help, and installs nothing", async (option) => {
  const { stdout, stderr, status } = await run(option);
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  expect(stdout).toMatch(/^usage: sh scripts\/install\.sh \[SPEC\]\n/);
  expect(stdout).toContain("npm");
});

test.each([
  [["--yes"], "scripts/install.sh has no option --yes"],
  [["1.22", "1.23"], "scripts/install.sh takes one SPEC and no more"],
])("install.sh %j is refused", async (words, message) => {
  const { stdout, stderr, status } = await run(...words);
  expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
  expect(stderr).toMatch(new RegExp(`^error: ${message}\n\nusage: `));
});
