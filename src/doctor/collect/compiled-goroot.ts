/**
 * The GOROOT that an untrimmed go command falls back to where it lies in no tree: the linker has written it into the
 * variable `runtime.defaultGOROOT`. Read from 64-bit little-endian ELF files that still have their symbols.
 */
import type { ReadPiece } from "./look.js";

const SYMBOL = "\0runtime.defaultGOROOT\0";
const SYMBOL_BYTES = 24;
/** The tables of a go command take 4 MB. */
const MAX_TABLE = 32 << 20;
const MAX_PATH = 4096;

interface Section {
  readonly type: number;
  readonly address: number;
  readonly offset: number;
  readonly size: number;
  /** For symbols: the index of the section with their names. */
  readonly link: number;
}

export async function findCompiledGoroot(piece: ReadPiece): Promise<string | undefined> {
  const head = await piece(0, 64);
  if (head.length < 64 || head.toString("latin1", 0, 6) !== "\x7fELF\x02\x01") return undefined;
  const sections = await readSections(piece, head);
  const symbols = sections.find(({ type }) => type === 2);
  const names = symbols && sections[symbols.link];
  if (!symbols || !names || symbols.size > MAX_TABLE || names.size > MAX_TABLE) return undefined;
  const at = (await piece(names.offset, names.size)).indexOf(SYMBOL, 0, "latin1");
  if (at < 0) return undefined;
  const address = findAddress(await piece(symbols.offset, symbols.size), at + 1);
  const header = address === undefined ? undefined : await readAt(piece, sections, address, 16);
  if (header?.length !== 16) return undefined;
  const length = Number(header.readBigUInt64LE(8));
  if (length === 0 || length > MAX_PATH) return undefined;
  return (await readAt(piece, sections, Number(header.readBigUInt64LE(0)), length))?.toString("utf8");
}

async function readSections(piece: ReadPiece, head: Buffer): Promise<readonly Section[]> {
  const [offset, size, count] = [
    Number(head.readBigUInt64LE(40)),
    head.readUInt16LE(58),
    head.readUInt16LE(60),
  ];
  if (size < 64) return [];
  const rows = await piece(offset, size * count);
  return Array.from({ length: Math.floor(rows.length / size) }, (_, index) => {
    const row = rows.subarray(index * size);
    return {
      type: row.readUInt32LE(4),
      address: Number(row.readBigUInt64LE(16)),
      offset: Number(row.readBigUInt64LE(24)),
      size: Number(row.readBigUInt64LE(32)),
      link: row.readUInt32LE(40),
    };
  });
}

function findAddress(symbols: Buffer, name: number): number | undefined {
  for (let at = 0; at + SYMBOL_BYTES <= symbols.length; at += SYMBOL_BYTES) {
    if (symbols.readUInt32LE(at) === name) return Number(symbols.readBigUInt64LE(at + 8));
  }
  return undefined;
}

/** What stands at an address once the program is loaded; type 8 takes no room in the file. */
async function readAt(
  piece: ReadPiece,
  sections: readonly Section[],
  address: number,
  length: number,
): Promise<Buffer | undefined> {
  const section = sections.find(
    ({ type, address: start, size }) => type !== 8 && start > 0 && address >= start && address < start + size,
  );
  return section && piece(section.offset + address - section.address, length);
}
