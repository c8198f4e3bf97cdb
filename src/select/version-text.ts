/**
 * Reads the files that may state a version, whoever put them there: bounded, without hanging, and with every fault
 * named together with its file.
 */
import { lstatSync } from "node:fs";
import { GvtError, isGvtError } from "../errors.js";
import { escapePath } from "../go/escape.js";
import { describeFailedRead, readBoundedSync } from "../io/files.js";

/** Whether a directory entry of that name can be seen, a dangling link included: what `[ -e ] || [ -h ]` asks. */
export function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false; // a directory that may not be searched hides its files from everyone
  }
}

/** Parses a version file. Throws `BAD_VERSION_FILE`, whatever is wrong with the file or with what it says. */
export function readVersionText<T>(path: string, limit: number, parse: (text: string) => T): T {
  const file = readBoundedSync(path, limit);
  // The name is there, or nobody would read it.
  if (file.kind === "absent") throw badVersionFile(path, "it is a link to a file that is not there");
  if (file.kind !== "text") throw badVersionFile(path, describeFailedRead(file));
  return parseNaming(path, () => parse(file.bytes.toString("utf8")));
}

/** Adds to an error about some text the name of the file that holds it. */
export function parseNaming<T>(path: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!isGvtError(error, "BAD_SELECTOR")) throw error;
    throw badVersionFile(path, error.message, error.hint, error);
  }
}

function badVersionFile(path: string, reason: string, hint?: string, cause?: unknown): GvtError {
  return new GvtError(
    "BAD_VERSION_FILE",
    `cannot read a Go version from \`${escapePath(path)}\`: ${reason}`,
    {
      hint: hint ?? "`gvt local 1.22.6` writes a `.go-version`; remove or mend the file that is in the way",
      cause,
    },
  );
}
