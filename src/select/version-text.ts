/**
 * Reads the files that may state a version, whoever put them there: bounded, without hanging, and with every fault
 * named together with its file.
 */
import { lstat } from "node:fs/promises";
import { GvtError, isGvtError } from "../errors.js";
import { escapePath } from "../go/escape.js";
import { type FileRead, readBounded } from "../io/files.js";

/** Whether a directory entry of that name can be seen, a dangling link included: what `[ -e ] || [ -h ]` asks. */
export async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false, // a directory that may not be searched hides its files from everyone
  );
}

/** Parses a version file. Throws `BAD_VERSION_FILE`, whatever is wrong with the file or with what it says. */
export async function readVersionText<T>(
  path: string,
  limit: number,
  parse: (text: string) => T,
): Promise<T> {
  const file = await readBounded(path, limit);
  if (file.kind !== "text") throw badVersionFile(path, describeFault(file));
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

function describeFault(file: Exclude<FileRead, { kind: "text" }>): string {
  switch (file.kind) {
    case "absent":
      return "it is a link to a file that is not there";
    case "not-a-file":
      return `it is ${file.found}`;
    case "too-large":
      return `it is longer than ${file.limit < 1 << 20 ? `${file.limit >> 10} KiB` : `${file.limit >> 20} MiB`}`;
    case "unreadable":
      return file.reason;
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
