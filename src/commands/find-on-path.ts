/** Programs along PATH, as a shell finds them, with gvt's caution about the current directory. */
import { isAbsolute, join, resolve } from "node:path";
import type { Context } from "../context.js";
import { isProgram } from "../io/files.js";

/** As a shell looks a command up, but never in the current directory because PATH has an empty or relative entry. */
export function findOnPath(program: string, { env, cwd }: Pick<Context, "env" | "cwd">): string | undefined {
  const candidates = program.includes("/")
    ? [resolve(cwd, program)]
    : (env["PATH"] ?? "")
        .split(":")
        .filter((directory) => isAbsolute(directory))
        .map((directory) => join(directory, program));
  return candidates.find(isProgram);
}
