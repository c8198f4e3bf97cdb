/** The world that start-up is measured in: a root with 50 toolchains that do nothing, and directories that choose one. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A static ELF program that exits at once: the least that starting a program can cost. */
const MACHINE: Readonly<Record<string, { readonly id: number; readonly code: string }>> = {
  x64: { id: 0x3e, code: "31ffb83c0000000f05" },
  arm64: { id: 0xb7, code: "000080d2a80b80d2010000d4" },
};

export interface World {
  readonly home: string;
  readonly root: string;
  /** The program that does nothing. */
  readonly bare: string;
  /** A directory with `.go-version`. */
  readonly pinned: string;
  /** Nine directories below a go.mod of 120 lines whose `go` line stands last. */
  readonly nested: string;
  readonly env: Readonly<Record<string, string>>;
}

/** `cli` is installed there as `gvt rehash` does it. */
export function buildWorld(directory: string, cli: string): World {
  const home = join(directory, "home");
  const root = join(home, ".gvt");
  const bare = join(directory, "bare");
  writeFileSync(bare, doNothing(), { mode: 0o755 });
  for (let patch = 0; patch < 50; patch++)
    installToy(join(root, "versions", `1.${10 + (patch % 10)}.${patch}`), bare);
  installToy(join(root, "versions", "1.22.6"), bare);
  const installed = spawnSync(process.execPath, [cli, "rehash"], { env: { HOME: home } });
  if (installed.status !== 0) throw new Error(`gvt rehash failed: ${installed.stderr}`);
  const pinned = join(home, "pinned");
  mkdirSync(pinned, { recursive: true });
  writeFileSync(join(pinned, ".go-version"), "1.22.6\n");
  const nested = join(home, "module", ..."abcdefghi");
  mkdirSync(nested, { recursive: true });
  writeFileSync(join(home, "module", "go.mod"), longModuleFile());
  return {
    home,
    root,
    bare,
    pinned,
    nested,
    env: { HOME: home, PATH: `${root}/shims:${root}/bin:/usr/bin:/bin` },
  };
}

function installToy(goroot: string, bare: string): void {
  mkdirSync(join(goroot, "bin"), { recursive: true });
  copyFileSync(bare, join(goroot, "bin", "go"));
  writeReceipt(goroot);
}

/** What makes a directory a toolchain in gvt's eyes. */
export function writeReceipt(goroot: string): void {
  const version = goroot.slice(goroot.lastIndexOf("/") + 1);
  writeFileSync(join(goroot, ".gvt.json"), JSON.stringify({ schema: 1, version }));
}

function longModuleFile(): string {
  const requirements = Array.from(
    { length: 115 },
    (_, index) =>
      `\tmodule.example/team/library-${index} v1.${index}.0-20240102030405-abcdefabcdef // indirect`,
  );
  return ["module module.example/app", "", "require (", ...requirements, ")", "", "go 1.22.6", ""].join("\n");
}

/** One 64-bit header, one loadable segment, and two system-call arguments. */
function doNothing(): Buffer {
  const machine = MACHINE[process.arch];
  if (!machine) throw new Error(`no do-nothing program for ${process.arch}`);
  const code = Buffer.from(machine.code, "hex");
  const elf = Buffer.alloc(120 + code.length);
  elf.write("\x7fELF\x02\x01\x01", "latin1");
  elf.writeUInt16LE(2, 16);
  elf.writeUInt16LE(machine.id, 18);
  elf.writeUInt32LE(1, 20);
  elf.writeBigUInt64LE(0x400078n, 24);
  elf.writeBigUInt64LE(64n, 32);
  elf.writeUInt16LE(64, 52);
  elf.writeUInt16LE(56, 54);
  elf.writeUInt16LE(1, 56);
  elf.writeUInt32LE(1, 64);
  elf.writeUInt32LE(5, 68);
  elf.writeBigUInt64LE(0x400000n, 80);
  elf.writeBigUInt64LE(0x400000n, 88);
  elf.writeBigUInt64LE(BigInt(elf.length), 96);
  elf.writeBigUInt64LE(BigInt(elf.length), 104);
  elf.writeBigUInt64LE(0x1000n, 112);
  code.copy(elf, 120);
  return elf;
}
