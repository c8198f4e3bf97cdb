/** Writing a version file: the deciding word changes, comments and whatever else people keep in it stay. */
import { realpath, rm, stat } from "node:fs/promises";
import { GvtError } from "../errors.js";
import { escapePath } from "../go/escape.js";
import { findVersionLine } from "../go/version-file.js";
import {
  describeFailedRead,
  describeSystemError,
  readBounded,
  systemCode,
  writeAtomically,
} from "../io/files.js";
import { MAX_PIN_BYTES } from "../select/pins.js";

/** Writes through a link, and takes the place of one that leads nowhere. Throws `DISK` where there is something that is no version file. */
export async function writeVersionFile(path: string, text: string): Promise<void> {
  const before = (await readPresent(path)) ?? Buffer.alloc(0);
  try {
    const target = await realpath(path).catch(() => path);
    await writeAtomically(target, replaceWord(before, text), await modeOf(target));
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

async function readPresent(path: string): Promise<Buffer | undefined> {
  const file = await readBounded(path, MAX_PIN_BYTES);
  if (file.kind === "absent") return undefined;
  if (file.kind !== "text") throw cannotWrite(path, describeFailedRead(file));
  return file.bytes;
}

async function modeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined); // a new file
  return found ? found.mode & 0o777 : 0o644;
}

/** A byte order mark, blanks, and the word behind them. */
const FIRST_WORD = /^((?:\xef\xbb\xbf)?[ \t\v\f\r]*)[^ \t\v\f\r]+/;

/** On bytes as Latin-1, so that comments in whatever encoding survive. */
function replaceWord(file: Buffer, word: string): Buffer {
  const line = findVersionLine(file.toString("utf8"));
  const before = file.toString("latin1");
  const gap = before === "" || before.endsWith("\n") ? "" : "\n";
  const after =
    line === undefined
      ? `${before}${gap}${word}\n`
      : before
          .split("\n")
          .map((text, index) =>
            index + 1 === line ? text.replace(FIRST_WORD, (_, lead: string) => lead + word) : text,
          )
          .join("\n");
  return Buffer.from(after, "latin1");
}

function cannotWrite(path: string, reason: string, cause?: unknown): GvtError {
  return new GvtError("DISK", `cannot write \`${escapePath(path)}\`: ${reason}`, { cause });
}
