/** Fixes in processes of their own, to be killed, run side by side, or run as somebody else. */

import { type ChildProcess, spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { FixedFile } from "../../../src/doctor/fix/journal.js";
import type { Obstacle } from "../../../src/doctor/fix/plan.js";
import { buildDriver } from "../../support/driver.js";

export interface Fixer {
  /** `fix PATH:LINE:BEFORE…` or `undo`; the environment is exactly this. */
  start(env: Readonly<Record<string, string>>, words: readonly string[], uid?: number): Run;
  remove(): Promise<void>;
}

export interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

export interface Ended {
  readonly signal: string | null;
  readonly stderr: string;
  /** What came of it; nothing where it was killed. */
  readonly result: Result | undefined;
}

interface Result {
  readonly number?: number;
  readonly changed?: readonly FixedFile[];
  readonly obstacles?: readonly Obstacle[];
  readonly code?: string;
  readonly message?: string;
}

export async function buildFixer(): Promise<Fixer> {
  const directory = await buildDriver(new URL("fix-driver.ts", import.meta.url));
  return {
    start: (env, words, uid) => {
      const child = spawn(process.execPath, [join(directory, "fix-driver.js"), ...words], {
        env: { ...env },
        ...(uid !== undefined && { uid, gid: uid }),
      });
      return { child, ended: follow(child) };
    },
    remove: () => rm(directory, { recursive: true }),
  };
}

function follow(child: ReturnType<typeof spawn>): Promise<Ended> {
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.on("data", (text: Buffer) => {
      texts[name] += text.toString();
    });
  }
  return new Promise((resolve) => {
    child.once("close", (_status, signal) => {
      const result = texts.stdout === "" ? undefined : (JSON.parse(texts.stdout) as Result);
      resolve({ signal, stderr: texts.stderr, result });
    });
  });
}
