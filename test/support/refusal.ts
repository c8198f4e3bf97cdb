/** What has to be true after an installation that was refused. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import type { Cli } from "./cli.js";
import type { RunResult } from "./sandbox.js";

/** By the command line: with this status, for this reason, and with nothing of it left behind. */
export async function expectRefused(
  cli: Cli,
  { stdout, stderr, status }: RunResult,
  wanted: number,
  reason: RegExp,
): Promise<void> {
  expect({ stdout, status, stderr }).toEqual({
    stdout: "",
    status: wanted,
    stderr: expect.stringMatching(reason),
  });
  expect(stderr).toMatch(/^error: /m);
  expect(stderr).not.toContain("bug in gvt");
  await expectNothingInstalled(cli.root);
}

export async function expectNothingInstalled(root: string): Promise<void> {
  for (const directory of ["versions", "tmp", "locks"])
    expect(await readdir(join(root, directory)).catch(() => [])).toEqual([]);
}
