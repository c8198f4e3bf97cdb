/** Installations in processes of their own, to be killed, run side by side, or run as somebody else. */

import { type ChildProcess, spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { buildDriver } from "./driver.js";

export interface Installer {
  /** Starts the installation of versions from a source; the environment is exactly this. */
  start(
    env: Readonly<Record<string, string>>,
    source: string,
    versions: readonly string[],
    uid?: number,
  ): Installation;
  remove(): Promise<void>;
}

export interface Installation {
  readonly child: ChildProcess;
  /** Resolves when the event of this step has been printed, or the process has ended without it. */
  reached(step: string): Promise<void>;
  readonly ended: Promise<Ended>;
}

export interface Ended {
  readonly status: number | null;
  /** Every event and result, in order. */
  readonly lines: readonly Line[];
  readonly stderr: string;
}

export interface Line {
  readonly step?: string;
  readonly result?: string;
  readonly code?: string;
  readonly message?: string;
}

export async function buildInstaller(): Promise<Installer> {
  const directory = await buildDriver(new URL("install-driver.ts", import.meta.url));
  return {
    start: (env, source, versions, uid) => {
      const args = [join(directory, "install-driver.js"), source, ...versions];
      return follow(
        spawn(process.execPath, args, { env: { ...env }, ...(uid !== undefined && { uid, gid: uid }) }),
      );
    },
    remove: () => rm(directory, { recursive: true }),
  };
}

function follow(child: ReturnType<typeof spawn>): Installation {
  const lines: Line[] = [];
  const waiting: { step: string; resolve: () => void }[] = [];
  let stderr = "";
  child.stderr?.on("data", (text: Buffer) => {
    stderr += text.toString();
  });
  if (child.stdout) {
    createInterface({ input: child.stdout }).on("line", (text) => {
      const line = JSON.parse(text) as Line;
      lines.push(line);
      for (const { step, resolve } of waiting) if (step === line.step) resolve();
    });
  }
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (status) => {
      for (const one of waiting) one.resolve();
      resolve({ status, lines, stderr });
    });
  });
  const reached = (step: string) =>
    new Promise<void>((resolve) => {
      if (lines.some((line) => line.step === step)) resolve();
      else waiting.push({ step, resolve });
    });
  return { child, reached, ended };
}
