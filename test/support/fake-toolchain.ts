/** Programs that stand in for Go and for the launcher: each reports how it was started instead of doing anything. */
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** How a program was started, as it saw it. */
export interface Start {
  /** `go 1.22.6`, `gofmt system`, `DEFER`. */
  readonly program: string;
  readonly args: readonly string[];
  /** Unset where undefined. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

const REPORTED = ["GOROOT", "PATH", "GOTOOLCHAIN", "GVT_ROOT", "GVT_DEFERRED"];

/** A GOROOT whose programs report; installed where it has a receipt. */
export async function writeFakeToolchain(goroot: string, version: string, receipt = true): Promise<void> {
  await writeReporter(join(goroot, "bin", "go"), `go ${version}`);
  await writeReporter(join(goroot, "bin", "gofmt"), `gofmt ${version}`);
  await writeFile(join(goroot, "VERSION"), `go${version}\n`);
  if (receipt) await writeFile(join(goroot, ".gvt.json"), JSON.stringify({ schema: 1, version }));
}

/** A program that reports its start, each part ended by NUL. */
export async function writeReporter(path: string, name: string): Promise<void> {
  const variables = REPORTED.map((variable) => `"\${${variable}+${variable}=$${variable}}"`).join(" ");
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\nprintf '%s\\0' '${name}' ${variables} "$@"\n`);
  await chmod(path, 0o755);
}

/** Undefined where the output is no report. */
export function findStart(output: string): Start | undefined {
  const parts = output.split("\0");
  if (parts.length < REPORTED.length + 2) return undefined;
  const [program = "", ...rest] = parts.slice(0, -1);
  const env: Record<string, string | undefined> = {};
  for (const [index, variable] of REPORTED.entries()) {
    const stated = rest[index];
    if (stated) env[variable] = stated.slice(variable.length + 1);
  }
  return { program, args: rest.slice(REPORTED.length), env };
}
