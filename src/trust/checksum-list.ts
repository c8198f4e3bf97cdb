/** A list of archives and checksums that the user vouches for (`trust.checksums`), in the forms that tools write. */
import { GvtError } from "../errors.js";
import { escapeText } from "../go/escape.js";
import { describeFailedRead, readBounded } from "../io/files.js";

export interface ChecksumList {
  /** Where the list was read. */
  readonly path: string;
  /** File name → SHA-256 as 64 lower-case hex digits. */
  readonly checksums: ReadonlyMap<string, string>;
}

const MAX_LIST_BYTES = 16 << 20;

/** `hash  file` and `hash *file` as sha256sum writes them, `SHA256 (file) = hash` as shasum --tag and the BSDs do. */
const FORMS = [
  /^(?<hash>[0-9a-f]{64}) [ *](?<file>.+)$/i,
  /^SHA256 ?\((?<file>.+)\) = (?<hash>[0-9a-f]{64})$/i,
];

/** Throws `BAD_CONFIG` where the list cannot be read as one: it is a setting, and half of it would be no list. */
export async function readChecksumList(path: string): Promise<ChecksumList> {
  const file = await readBounded(path, MAX_LIST_BYTES);
  if (file.kind !== "text") throw unreadable(path, describeFailedRead(file));
  return { path, checksums: parseChecksumList(file.bytes.toString("utf8"), path) };
}

/** `path` only names the list in errors. */
export function parseChecksumList(text: string, path: string): ReadonlyMap<string, string> {
  const checksums = new Map<string, string>();
  for (const [index, raw] of text
    .replace(/^\ufeff/, "")
    .split("\n")
    .entries()) {
    const line = raw.replace(/\r$/, "");
    if (line.trim() === "" || line.startsWith("#")) continue;
    const { file, hash } = FORMS.map((form) => form.exec(line)).find((match) => match)?.groups ?? {};
    if (file === undefined || hash === undefined)
      throw badLine(path, index, line, "this is not `hash  file`");
    const name = file.replace(/^.*\//, "");
    const known = checksums.get(name);
    if (known !== undefined && known !== hash.toLowerCase()) {
      throw badLine(path, index, line, "another line states another checksum of this file");
    }
    checksums.set(name, hash.toLowerCase());
  }
  return checksums;
}

function badLine(path: string, index: number, line: string, reason: string): GvtError {
  return new GvtError(
    "BAD_CONFIG",
    `cannot read line ${index + 1} of the checksum list \`${path}\`: ${reason}`,
    {
      facts: { line: escapeText(line) },
      hint: "each line reads `<64 hex digits>  <file name>`, as `sha256sum` writes it",
    },
  );
}

function unreadable(path: string, reason: string): GvtError {
  return new GvtError("BAD_CONFIG", `cannot read the checksum list \`${path}\`: ${reason}`, {
    hint: "`trust.checksums` (GVT_TRUST_CHECKSUMS) names it",
  });
}
