import { open } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { readHead } from "../../src/doctor/collect/executable.js";
import { elf } from "./support/elf.js";

function head(bytes: Buffer) {
  return readHead(async (offset, length) => bytes.subarray(offset, offset + length));
}

describe("the head of a program", () => {
  it.each(["section", "segment"] as const)("tells what the Go linker wrote, found by %s", async (by) => {
    const bytes = elf({
      go: "go1.22.6",
      path: "golang.org/x/tools/gopls",
      version: "v0.16.1",
      trimmed: true,
      by,
    });
    expect(await head(bytes)).toEqual({
      format: "elf",
      archs: ["amd64"],
      interpreter: undefined,
      build: { go: "go1.22.6", path: "golang.org/x/tools/gopls", version: "v0.16.1", trimmed: true },
    });
  });

  it("tells the machine and the loader", async () => {
    const bytes = elf({ machine: 183, interpreter: "/lib/ld-linux-aarch64.so.1" });
    expect(await head(bytes)).toMatchObject({
      archs: ["arm64"],
      interpreter: "/lib/ld-linux-aarch64.so.1",
      build: undefined,
    });
  });

  it("tells a script by its first line", async () => {
    expect(await head(Buffer.from("#! /bin/sh -e\necho\n"))).toMatchObject({
      format: "script",
      interpreter: "/bin/sh",
    });
  });

  it("tells a Mach-O program for arm64", async () => {
    const bytes = Buffer.alloc(64);
    bytes.writeUInt32LE(0xfeedfacf, 0);
    bytes.writeUInt32LE(0x0100000c, 4);
    expect(await head(bytes)).toMatchObject({ format: "mach-o", os: "darwin", archs: ["arm64"] });
  });

  it("tells a Windows program", async () => {
    const bytes = Buffer.alloc(256);
    bytes.write("MZ");
    bytes.writeUInt32LE(128, 0x3c);
    bytes.writeUInt16LE(0x8664, 132);
    expect(await head(bytes)).toMatchObject({ format: "pe", os: "windows", archs: ["amd64"] });
  });

  it("is not led astray by a file that is cut short, or whose numbers lie", async () => {
    const whole = elf({ go: "go1.22.6", path: "m" });
    for (const length of [0, 3, 64, 100, 0x410, 0x420, whole.length - 70]) {
      expect((await head(whole.subarray(0, length))).build?.go ?? "").toMatch(/^(?:go1\.22\.6)?$/);
    }
    const lying = Buffer.from(whole);
    lying.writeBigUInt64LE(0xffff_ffff_ffffn, 40);
    lying.writeUInt16LE(0xffff, 60);
    expect(await head(lying)).toMatchObject({ format: "elf" });
  });

  it("tells the machine of the program that runs this test", async () => {
    const file = await open(process.execPath);
    try {
      const found = await readHead(async (offset, length) => {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
        return buffer.subarray(0, bytesRead);
      });
      expect(found.archs).toContain({ x64: "amd64", arm64: "arm64" }[process.arch as "x64" | "arm64"]);
      expect(found.build).toBeUndefined();
    } finally {
      await file.close();
    }
  });
});
