/**
 * Whether an unpacked tree is the toolchain it should be: the right version, for this platform, with a program that
 * this machine can run. A signature or checksum is about bytes, not about names.
 */
import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import { GvtError } from "../errors.js";
import { formatPlatform, type Platform, toolDirectory } from "../go/platform.js";
import { type GoVersion, isSameVersion, toolchainName } from "../go/version.js";
import { isDirectory } from "../io/files.js";
import type { Archive } from "../sources/source.js";
import { findStatedVersion } from "../store/store.js";

const HEADER_BYTES = 64;

/** Throws `ARCHIVE_UNSAFE` naming what is wrong. */
export async function verifyTree(goroot: string, { version, platform, filename }: Archive): Promise<void> {
  const wrong = await findFault(goroot, version, platform);
  if (wrong !== undefined) throw wrongTree(filename, version, platform, wrong);
}

async function findFault(
  goroot: string,
  version: GoVersion,
  platform: Platform,
): Promise<string | undefined> {
  const stated = findStatedVersion(goroot);
  if (!stated) return "it has no file VERSION that names a version";
  if (!isSameVersion(stated, version)) return `its file VERSION says ${toolchainName(stated)}`;
  const tools = toolDirectory(platform);
  if (!isDirectory(join(goroot, tools))) return `it has no ${tools}`;
  const program = await readHeader(join(goroot, "bin", "go"));
  if (!program) return "it has no program bin/go";
  return isProgramFor(program, platform) ? undefined : "its bin/go is for another machine";
}

/** The beginning of an executable regular file. */
async function readHeader(path: string): Promise<Buffer | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile() || (found.mode & 0o100) === 0) return undefined;
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** ELF's e_machine, and whether its numbers are big-endian. */
const ELF_MACHINES: Readonly<Record<string, { readonly machine: number; readonly big?: true }>> = {
  "386": { machine: 3 },
  amd64: { machine: 62 },
  arm: { machine: 40 },
  arm64: { machine: 183 },
  loong64: { machine: 258 },
  mips: { machine: 8, big: true },
  mips64: { machine: 8, big: true },
  mips64le: { machine: 8 },
  mipsle: { machine: 8 },
  ppc64: { machine: 21, big: true },
  ppc64le: { machine: 21 },
  riscv64: { machine: 243 },
  s390x: { machine: 22, big: true },
};

/** The cputype of a 64-bit Mach-O file. */
const MACH_O_MACHINES: Readonly<Record<string, number>> = { amd64: 0x01000007, arm64: 0x0100000c };
const MACH_O_64 = 0xfeedfacf;

function isProgramFor(header: Buffer, { os, arch }: Platform): boolean {
  if (header.length < HEADER_BYTES) return false;
  if (os === "darwin")
    return header.readUInt32LE(0) === MACH_O_64 && header.readUInt32LE(4) === MACH_O_MACHINES[arch];
  if (header.toString("latin1", 0, 4) !== "\x7fELF") return false;
  const expected = ELF_MACHINES[arch];
  const big = header[5] === 2;
  const machine = big ? header.readUInt16BE(18) : header.readUInt16LE(18);
  return expected !== undefined && machine === expected.machine && big === (expected.big ?? false);
}

function wrongTree(filename: string, version: GoVersion, platform: Platform, reason: string): GvtError {
  const wanted = `${toolchainName(version)} for ${formatPlatform(platform)}`;
  return new GvtError("ARCHIVE_UNSAFE", `\`${filename}\` does not hold ${wanted}: ${reason}`, {
    hint: "nothing was installed; try another source with `--source`",
  });
}
