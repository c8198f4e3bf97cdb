/** Programs that are small enough to make by hand: an ELF file with nothing but what its head says. */

export interface ElfSpec {
  /** e_machine: 62 is amd64, 183 arm64. */
  readonly machine?: number;
  readonly interpreter?: string;
  /** `go1.22.6`; without it the program is no Go program. */
  readonly go?: string;
  readonly path?: string;
  readonly version?: string;
  readonly trimmed?: boolean;
  /** Where the linker's data are found: by section, or where the writable segment begins. */
  readonly by?: "section" | "segment";
}

const EHDR = 64;
const PHDR = 56;
const SHDR = 64;
const DATA = 0x400;
const STRINGS = "\0.go.buildinfo\0.shstrtab\0";

/** A 64-bit little-endian ELF file with the program headers and sections that gvt reads. */
export function elf({ machine = 62, interpreter, go, by = "section", ...module }: ElfSpec = {}): Buffer {
  const loader = Buffer.from(interpreter === undefined ? "" : `${interpreter}\0`);
  const data = go === undefined ? Buffer.alloc(16) : buildInfo(go, module);
  const loaderAt = DATA + data.length;
  const stringsAt = loaderAt + loader.length;
  const sectionsAt = stringsAt + STRINGS.length;
  const programs = [
    programHeader(1, 6, DATA, data.length),
    ...(interpreter === undefined ? [] : [programHeader(3, 4, loaderAt, loader.length)]),
  ];
  const sections =
    by === "segment"
      ? []
      : [sectionHeader(1, DATA, data.length), sectionHeader(15, stringsAt, STRINGS.length)];
  const head = Buffer.alloc(EHDR);
  head.write("\x7fELF", "latin1");
  head.set([2, 1, 1], 4);
  head.writeUInt16LE(2, 16);
  head.writeUInt16LE(machine, 18);
  head.writeBigUInt64LE(BigInt(EHDR), 32);
  head.writeBigUInt64LE(BigInt(sectionsAt), 40);
  for (const [at, value] of [
    [54, PHDR],
    [56, programs.length],
    [58, SHDR],
    [60, sections.length],
    [62, 1],
  ] as const) {
    head.writeUInt16LE(value, at);
  }
  const start = Buffer.concat([head, ...programs]);
  return Buffer.concat([
    start,
    Buffer.alloc(DATA - start.length),
    data,
    loader,
    Buffer.from(STRINGS),
    ...sections,
  ]);
}

function programHeader(type: number, flags: number, offset: number, size: number): Buffer {
  const row = Buffer.alloc(PHDR);
  row.writeUInt32LE(type, 0);
  row.writeUInt32LE(flags, 4);
  row.writeBigUInt64LE(BigInt(offset), 8);
  row.writeBigUInt64LE(BigInt(offset), 16);
  row.writeBigUInt64LE(BigInt(size), 32);
  return row;
}

function sectionHeader(name: number, offset: number, size: number): Buffer {
  const row = Buffer.alloc(SHDR);
  row.writeUInt32LE(name, 0);
  row.writeBigUInt64LE(BigInt(offset), 24);
  row.writeBigUInt64LE(BigInt(size), 32);
  return row;
}

/** As the linker writes it since 1.18: two strings, each behind its length. */
function buildInfo(go: string, { path, version, trimmed }: Omit<ElfSpec, "go">): Buffer {
  const lines = [
    `path\t${path ?? "command-line-arguments"}`,
    ...(version === undefined ? [] : [`mod\t${path}\t${version}\th1:x=`]),
    `build\t-trimpath=${trimmed ?? false}`,
  ];
  const module = `${"0".repeat(16)}${lines.join("\n")}\n${"1".repeat(16)}`;
  const head = Buffer.alloc(32);
  head.write("\xff Go buildinf:", "latin1");
  head.set([8, 2], 14);
  return Buffer.concat([head, counted(go), counted(module)]);
}

function counted(text: string): Buffer {
  const bytes = Buffer.from(text);
  const low = bytes.length & 0x7f;
  const length = bytes.length < 0x80 ? [low] : [low | 0x80, bytes.length >> 7];
  return Buffer.concat([Buffer.from(length), bytes]);
}
