import { mkdtemp, open, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ArchivedFile } from "../../src/io/archive.js";
import { listZip } from "../../src/io/zip.js";
import { hashZip, unpackZip } from "../../src/io/zip-contents.js";
import { buildToy, sha256Of } from "../support/toy-archive.js";
import { type ZipEnd, type ZipFileSpec, zipBytes } from "../support/zip-bytes.js";

const PREFIX = "golang.org/toolchain@v0.0.1-go1.22.6.linux-amd64/";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "gvt-zip-"));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

/** Both passes, as an installation makes them. */
async function read(bytes: Uint8Array): Promise<ArchivedFile[]> {
  const path = join(directory, "archive");
  await writeFile(path, bytes);
  const file = await open(path);
  try {
    const archive = { name: "v0.0.1-go1.22.6.linux-amd64.zip", file, signal: new AbortController().signal };
    const entries = await listZip(archive, PREFIX);
    const files = await hashZip(archive, entries);
    expect(await readdir(directory)).toEqual(["archive"]);
    await unpackZip(archive, entries, join(directory, "go"), (path) => ({ path, mode: 0o755 }));
    return files;
  } finally {
    await file.close();
  }
}

const named = (name: string, rest: Partial<ZipFileSpec> = {}): ZipFileSpec => ({
  name: `${PREFIX}${name}`,
  content: "some content, some content, some content",
  ...rest,
});

describe("a module zip", () => {
  test("is hashed before it is unpacked, and unpacked as it was hashed", async () => {
    const files = await read(buildToy({ version: "1.22.6", platform: { os: "linux", arch: "amd64" } }).zip);
    expect(files.map(({ path }) => path)).toContain("src/_go.mod");
    for (const { path, sha256, size } of files) {
      const content = await readFile(join(directory, "go", path));
      expect([path, content.length, sha256Of(content)]).toEqual([path, size, sha256]);
    }
  });

  test("may hold stored, empty and large files", async () => {
    const content = Buffer.alloc(3_000_000, "large file ");
    await read(
      zipBytes([
        named("a", { stored: true }),
        named("b", { content: "" }),
        named("c", { content }),
        named("d", { content: "", stored: true }),
      ]),
    );
    expect((await readFile(join(directory, "go/c"))).equals(content)).toBe(true);
    expect((await stat(join(directory, "go/d"))).size).toBe(0);
  });
});

test("a dozen large files leave no listener behind", async () => {
  const warnings: string[] = [];
  const listen = ({ name }: Error) => void warnings.push(name);
  process.on("warning", listen);
  const content = Buffer.alloc(300_000, "large file ");
  await read(zipBytes(Array.from({ length: 12 }, (_, place) => named(`${place}`, { content }))));
  process.off("warning", listen);
  expect(warnings).toEqual([]);
});

const zip64Locator = Buffer.alloc(20);
zip64Locator.writeUInt32LE(0x07064b50);

/** `0x7075`: another name for the entry, in UTF-8. */
const unicodePath = Buffer.concat([Buffer.from([0x75, 0x70, 9, 0, 1, 0, 0, 0, 0]), Buffer.from("evil")]);

/** What is wrong → the files, after a good one, and the end. */
const UNSAFE: Readonly<Record<string, readonly [files: readonly ZipFileSpec[], end?: ZipEnd]>> = {
  "an entry outside the module": [[{ name: "golang.org/toolchain@v0.0.1-go1.22.7.linux-amd64/x" }]],
  "an entry of another module": [[{ name: "example.com/x@v1.0.0/x" }]],
  "a parent directory": [[named("../x")]],
  "an absolute name": [[{ name: "/etc/passwd" }]],
  "a drive": [[{ name: "C:/x" }]],
  "a backslash": [[named("a\\b")]],
  "a NUL": [[named("a\0b")]],
  "an escape sequence": [[named("\u001b[2J")]],
  "a directory": [[named("d/", { content: "" })]],
  "one name twice": [[named("x"), named("x")]],
  "names that differ in case": [[named("README"), named("readme")]],
  "a file with the name of a directory": [[named("a"), named("a/b")]],
  "a size that is too small": [[named("x", { size: 3 })]],
  "a size that is too large": [[named("x", { size: 300 })]],
  "a wrong checksum": [[named("x", { crc: 1 })]],
  "a wrong checksum of a stored file": [[named("x", { crc: 1, stored: true })]],
  encryption: [[named("x", { flags: 0x801 })]],
  "strong encryption": [[named("x", { flags: 0x841 })]],
  "another compression": [[named("x", { method: 12 })]],
  "a symbolic link": [[named("x", { mode: 0o120777 })]],
  "a device": [[named("x", { mode: 0o020666 })]],
  "two names in two headers": [[named("x", { localName: `${PREFIX}y` })]],
  "a second name in an extra field": [[named("x", { extra: unicodePath })]],
  "a name in another code page": [[named("\u00e9", { flags: 0 })]],
  "entries that overlap": [[named("x"), named("y", { sameAs: 1 })]],
  "a 64-bit directory beside the other": [[named("x")], { locator: zip64Locator }],
  "a comment": [[named("x")], { comment: "hello" }],
  "bytes after the end": [[named("x")], { trailing: Buffer.from("more") }],
  "fewer entries than the directory has": [[named("x")], { count: 1 }],
  "more entries than the directory has": [[named("x")], { count: 3 }],
  "a bomb": [[named("x", { content: Buffer.alloc(129 << 20) })]],
};

describe("an unsafe module zip is refused and nothing of it written:", () => {
  test.each(Object.entries(UNSAFE))("%s", async (_, [files, end]) => {
    await expect(read(zipBytes([named("VERSION"), ...files], end))).rejects.toMatchObject({
      code: "ARCHIVE_UNSAFE",
    });
    expect(await readdir(directory)).toEqual(["archive"]);
  });

  test.each([0, 10, 30, 21, 100])("cut to all but %i bytes", async (missing) => {
    const whole = zipBytes([named("VERSION"), named("x")]);
    await expect(read(missing === 0 ? Buffer.alloc(0) : whole.subarray(0, -missing))).rejects.toMatchObject({
      code: "ARCHIVE_UNSAFE",
    });
  });

  test("a page", async () => {
    await expect(read(Buffer.alloc(500, "<html>please log in</html>"))).rejects.toMatchObject({
      code: "ARCHIVE_UNSAFE",
    });
  });

  test("one byte of a file's data", async () => {
    const whole = zipBytes([named("VERSION", { stored: true })]);
    const changed = Buffer.from(whole);
    const place = whole.indexOf("some content");
    changed.write("S", place);
    await expect(read(changed)).rejects.toMatchObject({ code: "ARCHIVE_UNSAFE" });
  });
});
