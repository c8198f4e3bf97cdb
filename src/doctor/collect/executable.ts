/**
 * What the head of a program says without running it: format, machine, loader, and what the Go linker wrote into it
 * (https://go.dev/src/debug/buildinfo/buildinfo.go). Reads a few pieces, never the whole file.
 */
import type { BuildFacts, Program } from "../program-facts.js";
import type { ReadPiece } from "./look.js";

export interface Head {
  readonly format: Program["format"];
  readonly os?: string | undefined;
  readonly archs?: readonly string[] | undefined;
  /** What `#!` or PT_INTERP names. */
  readonly interpreter?: string | undefined;
  /** The first lines of a script. */
  readonly script?: string | undefined;
  readonly build?: Omit<BuildFacts, "goroot"> | undefined;
}

/** A file in pieces, with the byte order of its numbers, and where addresses lie in it. */
interface Image {
  readonly piece: ReadPiece;
  readonly big: boolean;
  readonly segments: readonly { readonly address: number; readonly offset: number; readonly size: number }[];
}

const HEAD_BYTES = 4096;
const MAX_HEADERS = 1 << 20;
const MAGIC = "\xff Go buildinf:";
/** What is looked for stands before the list of dependencies, or, in a go command, has none. */
const BUILD_BYTES = 4096;

export async function readHead(read: ReadPiece): Promise<Head> {
  const head = await read(0, HEAD_BYTES);
  const piece: ReadPiece = async (offset, length) =>
    offset + length <= head.length ? head.subarray(offset, offset + length) : read(offset, length);
  if (head.toString("latin1", 0, 2) === "#!") {
    const script = head.toString("latin1");
    return { format: "script", script, interpreter: /^#![ \t]*(\S+)/.exec(script)?.[1] };
  }
  if (head.length < 64) return { format: "other" };
  if (head.toString("latin1", 0, 4) === "\x7fELF") return readElf(piece, head);
  const magic = head.readUInt32BE(0);
  if (magic === 0xcffaedfe || magic === 0xcafebabe) return readMachO(piece, head);
  if (head.toString("latin1", 0, 2) === "MZ") return readPe(head);
  return { format: "other" };
}

const ELF_ARCHS: Readonly<Record<number, string | readonly [little: string, big: string]>> = {
  3: "386",
  8: ["mips64le", "mips64"],
  21: ["ppc64le", "ppc64"],
  22: "s390x",
  40: "arm",
  62: "amd64",
  183: "arm64",
  243: "riscv64",
  258: "loong64",
};

async function readElf(piece: ReadPiece, head: Buffer): Promise<Head> {
  const wide = head[4] === 2;
  const big = head[5] === 2;
  const number = reader(big, wide);
  const machine = number.short(head, 18);
  const known = ELF_ARCHS[machine];
  const arch = typeof known === "object" ? known[big ? 1 : 0] : known;
  const archs = arch === undefined ? undefined : [wide ? arch : arch.replace("64", "")];
  const phoff = number.word(head, wide ? 32 : 28);
  const [phsize, phcount] = [number.short(head, wide ? 54 : 42), number.short(head, wide ? 56 : 44)];
  const headers = await piece(phoff, Math.min(phsize * phcount, MAX_HEADERS));
  const programs = listRows(headers, phsize).map((row) => ({
    type: number.int(row, 0),
    flags: number.int(row, wide ? 4 : 24),
    offset: number.word(row, wide ? 8 : 4),
    address: number.word(row, wide ? 16 : 8),
    size: number.word(row, wide ? 32 : 16),
  }));
  const loader = programs.find(({ type }) => type === 3);
  const interpreter =
    loader &&
    (await piece(loader.offset, Math.min(loader.size, HEAD_BYTES))).toString("latin1").replace(/\0.*$/s, "");
  const segments = programs.filter(({ type }) => type === 1);
  const image = { piece, big, segments };
  // The linker puts it where the writable data begin; others' linkers only give it a section of its own.
  const data = segments.find(({ flags }) => (flags & 3) === 2);
  const build =
    (data && (await readBuild(image, data.offset))) ?? (await readBuildSection(image, head, wide));
  return { format: "elf", archs, interpreter, build };
}

async function readBuildSection(image: Image, head: Buffer, wide: boolean): ReturnType<typeof readBuild> {
  const { piece, big } = image;
  const number = reader(big, wide);
  const [size, count, names] = [0, 2, 4].map((at) => number.short(head, (wide ? 58 : 46) + at)) as [
    number,
    number,
    number,
  ];
  const rows = await piece(number.word(head, wide ? 40 : 32), Math.min(size * count, MAX_HEADERS));
  const sections = listRows(rows, size).map((row) => ({
    name: number.int(row, 0),
    offset: number.word(row, wide ? 24 : 16),
    size: number.word(row, wide ? 32 : 20),
  }));
  const table = sections[names];
  const text = table ? (await piece(table.offset, Math.min(table.size, MAX_HEADERS))).toString("latin1") : "";
  const own = sections.find(({ name }) => text.startsWith(".go.buildinfo\0", name));
  return own && readBuild(image, own.offset);
}

const MACH_O_ARCHS: Readonly<Record<number, string>> = {
  16777223: "amd64",
  16777228: "arm64",
  7: "386",
  12: "arm",
};

async function readMachO(piece: ReadPiece, head: Buffer): Promise<Head> {
  const base = { format: "mach-o", os: "darwin" } as const;
  if (head.readUInt32BE(0) === 0xcafebabe) {
    const rows = listRows(head.subarray(8, 8 + 20 * Math.min(head.readUInt32BE(4), 8)), 20);
    return { ...base, archs: rows.map((row) => MACH_O_ARCHS[row.readUInt32BE(0)] ?? "unknown") };
  }
  const archs = [MACH_O_ARCHS[head.readUInt32LE(4)] ?? "unknown"];
  const commands = await piece(32, Math.min(head.readUInt32LE(20), MAX_HEADERS));
  const segments: { address: number; offset: number; size: number }[] = [];
  let start: number | undefined;
  for (let at = 0; at + 72 <= commands.length; ) {
    const size = commands.readUInt32LE(at + 4);
    if (size < 8) break;
    if (commands.readUInt32LE(at) === 0x19) {
      const offset = Number(commands.readBigUInt64LE(at + 40));
      segments.push({
        address: Number(commands.readBigUInt64LE(at + 24)),
        offset,
        size: Number(commands.readBigUInt64LE(at + 48)),
      });
      if (nameAt(commands, at + 8) === "__DATA") start ??= offset;
      for (const row of listRows(commands.subarray(at + 72, at + size), 80)) {
        if (nameAt(row, 0) === "__go_buildinfo") start = row.readUInt32LE(48);
      }
    }
    at += size;
  }
  const build = start === undefined ? undefined : await readBuild({ piece, big: false, segments }, start);
  return { ...base, archs, build };
}

function readPe(head: Buffer): Head {
  const at = head.readUInt32LE(0x3c);
  const machine = at + 6 <= head.length ? head.readUInt16LE(at + 4) : 0;
  const arch = { 34404: "amd64", 332: "386", 43620: "arm64" }[machine];
  return { format: "pe", os: "windows", archs: arch === undefined ? undefined : [arch] };
}

async function readBuild(image: Image, offset: number): Promise<Omit<BuildFacts, "goroot"> | undefined> {
  const data = await image.piece(offset, BUILD_BYTES);
  if (data.length < 32 || data.toString("latin1", 0, MAGIC.length) !== MAGIC) return undefined;
  const inline = ((data[15] ?? 0) & 2) !== 0;
  const [go, module] = inline ? inlineStrings(data) : await pointedStrings(image, data);
  if (go === undefined || go === "") return undefined;
  const lines = (module ?? "")
    .slice(16, -16)
    .split("\n")
    .map((line) => line.split("\t"));
  const [, , version] = lines.find(([key]) => key === "mod") ?? [];
  return {
    go,
    path: lines.find(([key]) => key === "path")?.[1],
    version: version === "" ? undefined : version,
    trimmed: lines.some(([key, setting]) => key === "build" && setting === "-trimpath=true"),
  };
}

/** From 1.18 on: two strings, each behind its length. */
function inlineStrings(data: Buffer): [string | undefined, string | undefined] {
  const strings: string[] = [];
  let at = 32;
  for (let count = 0; count < 2; count += 1) {
    let [length, shift] = [0, 0];
    for (;;) {
      const byte = data[at] ?? 0;
      at += 1;
      length += (byte & 0x7f) * 2 ** shift;
      shift += 7;
      if (byte < 0x80 || shift > 28) break;
    }
    strings.push(data.toString("latin1", at, at + length));
    at += length;
  }
  return [strings[0], strings[1]];
}

/** Before 1.18: two addresses of strings, each an address and a length. */
async function pointedStrings(image: Image, data: Buffer): Promise<[string | undefined, string | undefined]> {
  const size = data[14] ?? 8;
  const number = reader(((data[15] ?? 0) & 1) !== 0, size === 8);
  const readAt = async (address: number, length: number): Promise<Buffer | undefined> => {
    const segment = image.segments.find(
      (each) => address >= each.address && address < each.address + each.size,
    );
    return segment && image.piece(segment.offset + address - segment.address, Math.min(length, BUILD_BYTES));
  };
  const readString = async (at: number): Promise<string | undefined> => {
    const header = await readAt(number.word(data, at), size * 2);
    if (!header || header.length < size * 2) return undefined;
    return (await readAt(number.word(header, 0), number.word(header, size)))?.toString("latin1");
  };
  return [await readString(16), await readString(16 + size)];
}

function reader(big: boolean, wide: boolean) {
  const int = (data: Buffer, at: number): number => {
    if (at + 4 > data.length) return 0;
    return big ? data.readUInt32BE(at) : data.readUInt32LE(at);
  };
  return {
    int,
    short: (data: Buffer, at: number): number => {
      if (at + 2 > data.length) return 0;
      return big ? data.readUInt16BE(at) : data.readUInt16LE(at);
    },
    /** An address or offset; no file is so large that it loses digits. */
    word: (data: Buffer, at: number): number => {
      if (!wide) return int(data, at);
      if (at + 8 > data.length) return 0;
      return Number(big ? data.readBigUInt64BE(at) : data.readBigUInt64LE(at));
    },
  };
}

function listRows(data: Buffer, size: number): Buffer[] {
  if (size === 0) return [];
  return Array.from({ length: Math.floor(data.length / size) }, (_, index) =>
    data.subarray(index * size, (index + 1) * size),
  );
}

function nameAt(data: Buffer, at: number): string {
  return data.toString("latin1", at, at + 16).replace(/\0.*$/s, "");
}
