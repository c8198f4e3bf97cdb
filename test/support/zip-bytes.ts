/** Writes zip archives byte by byte, the wrong ones above all: both headers of every entry can say what they should not. */
import { crc32, deflateRawSync } from "node:zlib";

export interface ZipFileSpec {
  readonly name: string;
  readonly content?: string | Uint8Array;
  readonly stored?: boolean;
  /** What the headers say, where it is not the truth. */
  readonly localName?: string;
  readonly size?: number;
  readonly crc?: number;
  readonly flags?: number;
  readonly method?: number;
  /** Upper half of the external attributes: a Unix mode. */
  readonly mode?: number;
  readonly extra?: Uint8Array;
  /** Points the directory at the data of another entry, by its place. */
  readonly sameAs?: number;
}

export interface ZipEnd {
  readonly comment?: string;
  readonly trailing?: Uint8Array;
  /** Put between directory and end record. */
  readonly locator?: Uint8Array;
  readonly count?: number;
}

const UTF8 = 0x800;

export function zipBytes(files: readonly ZipFileSpec[], end: ZipEnd = {}): Buffer {
  const parts: Buffer[] = [];
  const offsets: number[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const shared = file.sameAs === undefined ? undefined : offsets[file.sameAs];
    const { local, central } = headers(file, shared ?? offset);
    offsets.push(shared ?? offset);
    directory.push(central);
    if (shared !== undefined) continue;
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const comment = Buffer.from(end.comment ?? "");
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(end.count ?? files.length, 8);
  record.writeUInt16LE(end.count ?? files.length, 10);
  record.writeUInt32LE(central.length, 12);
  record.writeUInt32LE(offset, 16);
  record.writeUInt16LE(comment.length, 20);
  return Buffer.concat([
    ...parts,
    central,
    end.locator ?? Buffer.alloc(0),
    record,
    comment,
    end.trailing ?? Buffer.alloc(0),
  ]);
}

function headers(file: ZipFileSpec, offset: number): { local: Buffer; central: Buffer } {
  const content = Buffer.from(file.content ?? "");
  const data = file.stored ? content : deflateRawSync(content);
  const name = Buffer.from(file.name);
  const localName = Buffer.from(file.localName ?? file.name);
  const extra = Buffer.from(file.extra ?? []);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(file.flags ?? UTF8, 2);
  common.writeUInt16LE(file.method ?? (file.stored ? 0 : 8), 4);
  common.writeUInt32LE(file.crc ?? crc32(content), 10);
  common.writeUInt32LE(data.length, 14);
  common.writeUInt32LE(file.size ?? content.length, 18);
  common.writeUInt16LE(extra.length, 24);
  const localCommon = Buffer.from(common);
  localCommon.writeUInt16LE(localName.length, 22);
  common.writeUInt16LE(name.length, 22);
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(((file.mode ?? 0) << 16) >>> 0, 6);
  tail.writeUInt32LE(offset, 10);
  return {
    local: Buffer.concat([signature(0x04034b50), localCommon, localName, extra, data]),
    central: Buffer.concat([signature(0x02014b50), Buffer.from([20, 3]), common, tail, name, extra]),
  };
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
