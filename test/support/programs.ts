/**
 * Programs that a test needs and a machine may lack. What cannot be checked without them is listed, as in
 * requirements.ts; under CI=true it is a failure.
 */
import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/** The path of a program on PATH; undefined where there is none, which is said. */
export function findProgram(program: string, subject: string): string | undefined {
  const path = (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((directory) => isAbsolute(directory))
    .map((directory) => join(directory, program))
    .find(isExecutable);
  if (path !== undefined) return path;
  const message = `not checked: ${subject} (PATH has no ${program})`;
  if (process.env["CI"] === "true") throw new Error(message);
  process.stderr.write(`${message}\n`);
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // not in this directory
  }
}
