/** The Context of another directory, for commands that take one. */
import { resolve } from "node:path";
import type { Context } from "../context.js";
import { GvtError } from "../errors.js";
import { escapePath } from "../go/escape.js";
import { isDirectory } from "../io/files.js";

/** The same world seen from `directory`; as it is where none is named. Throws `USAGE`. */
export function seenFrom(context: Context, directory: string | undefined): Context {
  if (directory === undefined) return context;
  const cwd = resolve(context.cwd, directory);
  if (!isDirectory(cwd)) throw noDirectory(directory);
  return { ...context, cwd };
}

function noDirectory(directory: string): GvtError {
  return new GvtError("USAGE", `\`${escapePath(directory)}\` is no directory`);
}
