/** Writes tar archives byte by byte, the wrong ones above all: every field of every header can be what it should not. */
import { gzipSync } from "node:zlib";

export interface TarEntry {
  readonly name: string;
  /** The type flag: `0` file, `5` directory, `2` symbolic link, `x` pax header … Default `0`. */
  readonly type?: string;
  readonly content?: string | Uint8Array;
  readonly mode?: number;
  /** The size field as it stands, where it is not the content's: `00000000012\0`. */
  readonly sizeField?: string | Uint8Array;
  readonly linkname?: string;
  readonly uid?: number;
  readonly mtime?: number;
  /** Makes the header's checksum wrong. */
  readonly badChecksum?: boolean;
}

const BLOCK = 512;

export function tarBytes(entries: readonly TarEntry[], end: Uint8Array = Buffer.alloc(2 * BLOCK)): Buffer {
  return Buffer.concat([...entries.map(entryBytes), end]);
}

export function tarGz(entries: readonly TarEntry[]): Buffer {
  return gzipSync(tarBytes(entries), { level: 1 });
}

/** A pax header for the entry that follows: `{path: "…"}`. */
export function paxHeader(records: Readonly<Record<string, string>>, type = "x"): TarEntry {
  const lines = Object.entries(records).map(([key, value]) => paxRecord(key, value));
  return { name: "PaxHeaders/0", type, content: lines.join("") };
}

function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(rest);
  while (Buffer.byteLength(`${length}${rest}`) !== length) length = Buffer.byteLength(`${length}${rest}`);
  return `${length}${rest}`;
}

function entryBytes({
  name,
  type = "0",
  content = "",
  mode = 0o644,
  sizeField,
  linkname = "",
  uid = 0,
  mtime = 0,
  badChecksum,
}: TarEntry): Buffer {
  const body = Buffer.from(content);
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, 100);
  header.write(octal(mode, 8), 100);
  header.write(octal(uid, 8), 108);
  header.write(octal(uid, 8), 116);
  header.set(Buffer.from(sizeField ?? octal(body.length, 12)).subarray(0, 12), 124);
  header.write(octal(mtime, 12), 136);
  header.fill(" ", 148, 156);
  header.write(type, 156, 1, "latin1");
  header.write(linkname, 157, 100);
  header.write("ustar\u000000", 257, "latin1");
  const sum = header.reduce((total, byte) => total + byte, 0) + (badChecksum ? 1 : 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return Buffer.concat([header, body, Buffer.alloc((BLOCK - (body.length % BLOCK)) % BLOCK)]);
}

function octal(value: number, width: number): string {
  return `${value.toString(8).padStart(width - 1, "0")}\0`;
}
