/** Writing a version file: the deciding word changes, comments and whatever else people keep in it stay. */
import { realpath, rm } from "node:fs/promises";
import { GvtError } from "../errors.js";
import { escapePath } from "../go/escape.js";
import { findVersionLine } from "../go/version-file.js";
import { describeSystemError, readBounded, systemCode, writeAtomically } from "../io/files.js";

const MAX_BYTES = 4 << 10;

/** Writes through a link, and takes the place of one that leads nowhere. Throws `DISK` where there is something that is no version file. */
export async function writeVersionFile(path: string, text: string): Promise<void> {
  const before = (await readPresent(path)) ?? "";
  try {
    await writeAtomically(await realpath(path).catch(() => path), replaceWord(before, text));
  } catch (cause) {
    throw cannotWrite(path, describeSystemError(cause), cause);
  }
}

/** False where there was none. */
export async function removeVersionFile(path: string): Promise<boolean> {
  await readPresent(path);
  try {
    await rm(path);
  } catch (cause) {
    if (systemCode(cause) === "ENOENT") return false;
    throw cannotWrite(path, describeSystemError(cause), cause);
  }
  return true;
}

async function readPresent(path: string): Promise<string | undefined> {
  const file = await readBounded(path, MAX_BYTES);
  switch (file.kind) {
    case "absent":
      return undefined;
    case "text":
      return file.bytes.toString("utf8");
    case "not-a-file":
      throw cannotWrite(path, `it is ${file.found}`);
    case "too-large":
      throw cannotWrite(path, `it has more than ${file.limit} bytes, so it is no version file`);
    case "unreadable":
      throw cannotWrite(path, file.reason);
  }
}

function replaceWord(before: string, word: string): string {
  const line = findVersionLine(before);
  if (line === undefined)
    return before === "" || before.endsWith("\n") ? `${before}${word}\n` : `${before}\n${word}\n`;
  return before
    .split("\n")
    .map((text, index) => (index + 1 === line ? text.replace(/[^\s\ufeff]+/, word) : text))
    .join("\n");
}

function cannotWrite(path: string, reason: string, cause?: unknown): GvtError {
  return new GvtError("DISK", `cannot write \`${escapePath(path)}\`: ${reason}`, { cause });
}
