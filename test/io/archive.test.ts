import { mkdtemp, open, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ArchivedFile, hashTarGz, unpackTarGz } from "../../src/io/archive.js";
import { paxHeader, type TarEntry, tarBytes, tarGz } from "../support/tar-bytes.js";
import { buildToy, sha256Of } from "../support/toy-archive.js";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "gvt-archive-"));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

const GOOD: TarEntry = { name: "go/VERSION", content: "go1.22.6\n" };

async function read(
  bytes: Uint8Array,
  unpack: boolean,
  signal = new AbortController().signal,
): Promise<ArchivedFile[]> {
  const path = join(directory, "archive");
  await writeFile(path, bytes);
  const file = await open(path);
  try {
    const archive = { name: "go1.22.6.linux-amd64.tar.gz", file, signal };
    return await (unpack ? unpackTarGz(archive, join(directory, "go")) : hashTarGz(archive));
  } finally {
    await file.close();
  }
}

const unpack = (bytes: Uint8Array) => read(bytes, true);

/** Everything outside the directory that was to be written, so that an escape is seen. */
async function outside(): Promise<string[]> {
  return (await readdir(directory)).filter((name) => name !== "go" && name !== "archive");
}

describe("a release archive", () => {
  test("is unpacked with its contents, in fixed modes, and told file by file", async () => {
    const files = await unpack(buildToy({ version: "1.22.6" }).tarGz);
    const program = files.find(({ path }) => path === "bin/go");
    expect(program).toMatchObject({ mode: 0o755, sha256: sha256Of(await readFile("/bin/true")) });
    expect((await stat(join(directory, "go/bin/go"))).mode & 0o7777).toBe(0o755);
    expect((await stat(join(directory, "go/VERSION"))).mode & 0o7777).toBe(0o644);
    expect(await readFile(join(directory, "go/test/Þfoo.go"), "utf8")).toBe("package foo\n");
    expect((await stat(join(directory, "go/src/fmt/empty.go"))).size).toBe(0);
  });

  test("is hashed without a byte written", async () => {
    const toy = buildToy({ version: "1.22.6" }).tarGz;
    const hashed = await read(toy, false);
    expect(await readdir(directory)).toEqual(["archive"]);
    expect(await unpack(toy)).toEqual(hashed);
  });

  test("with files of several megabytes comes out byte for byte", async () => {
    const content = Buffer.alloc(5_000_001, "0123456789abcdef");
    const files = await unpack(
      tarGz([GOOD, { name: "go/large", content, mode: 0o755 }, { name: "go/last", content: "x" }]),
    );
    expect(files.map(({ path, size }) => [path, size])).toEqual([
      ["VERSION", 9],
      ["large", 5_000_001],
      ["last", 1],
    ]);
    expect((await readFile(join(directory, "go/large"))).equals(content)).toBe(true);
    expect(files[1]?.sha256).toBe(sha256Of(content));
  });

  test("needs no entries for its directories", async () => {
    await unpack(tarGz([{ name: "go/a/b/c", content: "x" }, { name: "go/a/", type: "5" }, GOOD]));
    expect(await readFile(join(directory, "go/a/b/c"), "utf8")).toBe("x");
  });

  test("may name a file in a pax header", async () => {
    const path = `go/${"d".repeat(90)}/${"f".repeat(90)}`;
    await unpack(tarGz([paxHeader({ path }), { name: "go/short", content: "x" }]));
    expect(await readFile(join(directory, path), "utf8")).toBe("x");
  });

  test("gives modes that no umask takes away", async () => {
    const before = process.umask(0o077);
    try {
      await unpack(buildToy({ version: "1.22.6" }).tarGz);
    } finally {
      process.umask(before);
    }
    for (const [path, mode] of [
      ["go", 0o755],
      ["go/src", 0o755],
      ["go/bin/go", 0o755],
      ["go/VERSION", 0o644],
    ] as const) {
      expect((await stat(join(directory, path))).mode & 0o777).toBe(mode);
    }
  });

  test("of setuid, world-writable files of another user becomes plain files of this one", async () => {
    await unpack(
      tarGz([
        { ...GOOD, mode: 0o6777, uid: 12345 },
        { name: "go/none", mode: 0, content: "x" },
      ]),
    );
    const found = await stat(join(directory, "go/VERSION"));
    expect(found.mode & 0o7777).toBe(0o755);
    expect(found.uid).toBe(process.getuid?.());
    expect((await stat(join(directory, "go/none"))).mode & 0o7777).toBe(0o644);
  });

  test("stops where the user interrupts", async () => {
    const interruption = new AbortController();
    interruption.abort();
    await expect(read(buildToy({ version: "1.22.6" }).tarGz, true, interruption.signal)).rejects.toThrow();
  });
});

const file = (name: string): TarEntry => ({ name, content: "x" });

/** What is wrong → the entries that are, after a good one. */
const UNSAFE_ENTRIES: Readonly<Record<string, readonly TarEntry[]>> = {
  "a parent directory at the start": [file("../x")],
  "a parent directory on the way": [file("go/../../x")],
  "a parent directory at the end": [{ name: "go/..", type: "5" }],
  "an absolute name": [file("/etc/gvt-was-here")],
  "a dot": [file("go/./x")],
  "two slashes": [file("go//x")],
  "a drive": [file("C:x")],
  "a UNC name": [file("\\\\server\\x")],
  "a backslash": [file("go/a\\b")],
  "a line break": [file("go/a\nb")],
  "an escape sequence": [file("go/\u001b[31mx")],
  "bytes that are no UTF-8": [paxHeader({ path: "go/\ufffd" }), file("go/x")],
  "another top directory": [file("python/x")],
  "the top directory as a file": [file("go")],
  "a component of 300 bytes": [paxHeader({ path: `go/${"c".repeat(300)}` }), file("go/x")],
  "a name of 8 KiB": [paxHeader({ path: `go/${"ab/".repeat(2800)}x` }), file("go/x")],
  "5000 directories": [paxHeader({ path: `go/${"d/".repeat(450)}x` }), file("go/x")],
  "a symbolic link": [{ name: "go/link", type: "2", linkname: ".." }],
  "a symbolic link and a file through it": [
    { name: "go/link", type: "2", linkname: "/tmp" },
    file("go/link/x"),
  ],
  "a hard link": [{ name: "go/link", type: "1", linkname: "go/VERSION" }],
  "a hard link to elsewhere": [{ name: "go/link", type: "1", linkname: "/etc/passwd" }],
  "a link named go": [{ name: "go", type: "2", linkname: "/tmp" }],
  "a character device": [{ name: "go/device", type: "3" }],
  "a block device": [{ name: "go/device", type: "4" }],
  "a FIFO": [{ name: "go/fifo", type: "6" }],
  "a contiguous file": [{ name: "go/x", type: "7", content: "x" }],
  "an old GNU sparse file": [{ name: "go/x", type: "S", content: "x" }],
  "a pax sparse file": [
    paxHeader({ "GNU.sparse.major": "1", "GNU.sparse.name": "go/x" }),
    file("go/GNUSparseFile.0/x"),
  ],
  "an unknown type": [{ name: "go/x", type: "Z", content: "x" }],
  "a file with the name of a file": [file("go/a"), file("go/a")],
  "a file with the name of a directory": [file("go/a/b"), file("go/a")],
  "a directory with the name of a file": [file("go/a"), { name: "go/a/", type: "5" }],
  "names that differ in case": [file("go/README"), file("go/readme")],
  "directories that differ in case": [file("go/A/x"), file("go/a/y")],
  "names that differ in composition": [file("go/\u00e9"), file("go/e\u0301")],
  "a sharp s and its capital": [file("go/stra\u00dfe"), file("go/STRASSE")],
  "a global header": [paxHeader({ path: "go/x" }, "g"), file("go/y")],
  "a pax size for a header of its own": [paxHeader({ size: "4" }), paxHeader({ path: "go/x" }), file("go/y")],
  "a pax header of 2 MiB": [paxHeader({ comment: "c".repeat(2 << 20) }), file("go/x")],
  "a GNU long name of 2 MiB": [
    { name: "././@LongLink", type: "L", content: `go/${"n".repeat(2 << 20)}` },
    file("go/x"),
  ],
  "a pax link path": [paxHeader({ linkpath: "/etc/passwd" }), { name: "go/x", type: "2" }],
  "a negative size": [{ ...file("go/x"), sizeField: Buffer.from("ffffffffffffffffffffffff", "hex") }],
  "a size that is no number": [{ ...file("go/x"), sizeField: "zzzzzzzzzzz\0" }],
  "a size of 8 GiB": [{ ...file("go/x"), sizeField: "77777777777\0" }],
  "a header with a wrong checksum": [{ ...file("go/x"), badChecksum: true }],
  "a directory with a body": [{ name: "go/d/", type: "5", content: "body" }],
};

describe("an unsafe archive is refused before anything of it is outside:", () => {
  test.each(Object.entries(UNSAFE_ENTRIES))("%s", async (_, entries) => {
    const bytes = tarGz([GOOD, ...entries]);
    await expect(unpack(bytes)).rejects.toMatchObject({ code: "ARCHIVE_UNSAFE" });
    expect(await outside()).toEqual([]);
    await expect(read(bytes, false)).rejects.toMatchObject({ code: "ARCHIVE_UNSAFE" });
  });

  test("the error names archive and entry, escaped", async () => {
    await expect(unpack(tarGz([file("go/\u001b[2Jx")]))).rejects.toMatchObject({
      message: expect.stringContaining("go1.22.6.linux-amd64.tar.gz"),
      facts: { entry: '"go/\\u001b[2Jx"' },
    });
  });
});

const WHOLE = tarBytes([GOOD, file("go/x")]);

/** What is wrong → the bytes of the archive. */
const DAMAGED: Readonly<Record<string, Uint8Array>> = {
  "nothing at all": Buffer.alloc(0),
  "an empty gzip member": gzipSync(""),
  "no entries": tarGz([]),
  "only directories": tarGz([{ name: "go/", type: "5" }]),
  "no gzip": WHOLE,
  "a page": Buffer.from("<html>please log in</html>"),
  xz: Buffer.from("fd377a585a000004e6d6b446", "hex"),
  "gzip within gzip": gzipSync(gzipSync(WHOLE)),
  "zstd within gzip": gzipSync(Buffer.concat([Buffer.from("28b52ffd", "hex"), WHOLE])),
  "text within gzip": gzipSync(Buffer.alloc(4096, "text ")),
  "cut in the gzip data": gzipSync(WHOLE).subarray(0, -20),
  "cut in the gzip trailer": gzipSync(WHOLE).subarray(0, -3),
  "a wrong gzip checksum": flip(gzipSync(WHOLE), -6),
  "bytes after the gzip data": Buffer.concat([gzipSync(WHOLE), Buffer.from("more")]),
  "a second gzip member": Buffer.concat([gzipSync(WHOLE), gzipSync(Buffer.alloc(1024))]),
  "a tar split over two members": Buffer.concat([
    gzipSync(WHOLE.subarray(0, 512)),
    gzipSync(WHOLE.subarray(512)),
  ]),
  "cut in a header": gzipSync(WHOLE.subarray(0, 1300)),
  "cut in a file": gzipSync(tarBytes([{ ...GOOD, content: Buffer.alloc(5000) }]).subarray(0, 2000)),
  "no end": gzipSync(tarBytes([GOOD], Buffer.alloc(0))),
  "half an end": gzipSync(tarBytes([GOOD], Buffer.alloc(512))),
  "bytes after the end": gzipSync(Buffer.concat([WHOLE, Buffer.from("more")])),
  "a second archive after the end": gzipSync(Buffer.concat([WHOLE, WHOLE])),
  "megabytes of nothing after the end": gzipSync(Buffer.concat([WHOLE, Buffer.alloc(1 << 20)])),
  "a block of zeros between entries": gzipSync(
    Buffer.concat([tarBytes([GOOD], Buffer.alloc(512)), tarBytes([file("go/x")])]),
  ),
  "a bomb": gzipSync(tarBytes([GOOD, { name: "go/zeros", content: Buffer.alloc(64 << 20) }])),
};

describe("a damaged archive is refused:", () => {
  test.each(Object.entries(DAMAGED))("%s", async (_, bytes) => {
    await expect(unpack(bytes)).rejects.toMatchObject({ code: "ARCHIVE_UNSAFE" });
  });

  test("a bomb of a hundred thousand and one empty files", async () => {
    const blocks: TarEntry[] = Array.from({ length: 100_001 }, (_, place) => ({ name: `go/${place}` }));
    await expect(read(tarGz(blocks), false)).rejects.toMatchObject({ code: "ARCHIVE_UNSAFE" });
  });
});

test("a file that is in the way is neither followed nor replaced", async () => {
  await writeFile(join(directory, "go"), "mine");
  await expect(unpack(tarGz([GOOD]))).rejects.toMatchObject({ code: "DISK" });
  expect(await readFile(join(directory, "go"), "utf8")).toBe("mine");
});

function flip(bytes: Buffer, place: number): Buffer {
  const changed = Buffer.from(bytes);
  const index = (place + bytes.length) % bytes.length;
  changed[index] = (changed[index] ?? 0) ^ 0xff;
  return changed;
}
