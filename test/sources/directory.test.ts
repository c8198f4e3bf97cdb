import { execFileSync } from "node:child_process";
import { mkdir, rm, symlink, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findGoVersion, formatGoVersion, type GoVersion } from "../../src/go/version.js";
import { createDirectorySource } from "../../src/sources/directory.js";
import type { Archive, ArchiveStream, ResumePoint } from "../../src/sources/source.js";
import { createWorld, type World } from "../support/world.js";

const LINUX = { os: "linux", arch: "amd64" };
const ARCHIVE = "go1.22.6.linux-amd64.tar.gz";
const MODULE = "v0.0.1-go1.22.6.linux-amd64";

let world: World;
let at: (name: string) => string;

beforeEach(async () => {
  world = await createWorld();
  at = (name) => join(world.directory, "mirror", name);
  await mkdir(at("golang.org/toolchain/@v"), { recursive: true });
});
afterEach(() => world.remove());

const v = (text: string): GoVersion => findGoVersion(text) ?? { minor: 0, patch: 0 };
const source = () => createDirectorySource(at(""));
const find = (version: string) => source().findArchive(v(version), LINUX);

function makeFifo(path: string): void {
  execFileSync("sh", ["-c", 'mkfifo "$1"', "sh", path]);
}

async function open(archive: Archive | undefined, resume?: ResumePoint): Promise<ArchiveStream> {
  if (!archive) throw new Error("no archive");
  return source().openArchive(archive, resume);
}

async function drain({ bytes }: ArchiveStream): Promise<string> {
  let text = "";
  for await (const chunk of bytes) text += Buffer.from(chunk).toString();
  return text;
}

test("a folder of downloaded archives is enough", async () => {
  for (const name of [
    ARCHIVE,
    "go1.20.linux-amd64.tar.gz",
    "go1.23rc1.linux-amd64.tar.gz",
    "go1.21.0.linux-armv6l.tar.gz",
  ]) {
    await writeFile(at(name), name);
  }
  expect((await source().listVersions(LINUX))?.map(formatGoVersion).sort()).toEqual([
    "1.20.0",
    "1.22.6",
    "1.23rc1",
  ]);
  expect(await source().listVersions({ os: "linux", arch: "arm" })).toEqual([v("1.21.0")]);
  const archive = await find("1.22.6");
  expect(archive).toMatchObject({
    filename: ARCHIVE,
    format: "tar.gz",
    size: ARCHIVE.length,
    location: at(ARCHIVE),
  });
  expect(archive).not.toHaveProperty("sha256");
  expect(await drain(await open(archive))).toBe(ARCHIVE);
  expect(await find("1.22.7")).toBeUndefined();
});

test.each(["", "golang.org/toolchain/@v/"])("a toolchain module is found at %j", async (folder) => {
  await writeFile(at(`${folder}${MODULE}.zip`), "zip");
  await writeFile(
    at(`${folder}${MODULE}.info`),
    JSON.stringify({ Version: MODULE, Time: "2024-08-06T00:00:00Z" }),
  );
  expect(await source().listVersions(LINUX)).toEqual([v("1.22.6")]);
  expect(await find("1.22.6")).toMatchObject({ filename: `${MODULE}.zip`, format: "module-zip", size: 3 });
  expect(await source().findReleaseTime(v("1.22.6"), LINUX)).toEqual(new Date("2024-08-06T00:00:00Z"));
});

test("what is no archive by its name is passed over", async () => {
  const names = [
    "go1.22.linux-amd64.tar.gz",
    "go1.22.6-custom.linux-amd64.tar.gz",
    "go1.21.linux-amd64.tar.gz.part",
  ];
  for (const name of [...names, "go1.22.6.src.tar.gz", "notes.txt", "go1.20.0.linux-amd64.tar.gz"])
    await writeFile(at(name), "");
  expect(await source().listVersions(LINUX)).toEqual([]);
});

test("what has an archive's name and is no file is no archive, and does not hang", async () => {
  await mkdir(at(ARCHIVE));
  expect(await find("1.22.6")).toBeUndefined();
  makeFifo(at("go1.22.7.linux-amd64.tar.gz"));
  expect(await find("1.22.7")).toBeUndefined();
  await symlink("nowhere", at("go1.22.8.linux-amd64.tar.gz"));
  expect(await find("1.22.8")).toBeUndefined();
});

test("a link to an archive is that archive", async () => {
  await writeFile(at("shared"), "x");
  await symlink("shared", at(ARCHIVE));
  expect(await drain(await open(await find("1.22.6")))).toBe("x");
});

test("a file that became a FIFO after it was found is an error, not a hang", async () => {
  await writeFile(at("go1.22.5.linux-amd64.tar.gz"), "x");
  const archive = await find("1.22.5");
  await rm(at("go1.22.5.linux-amd64.tar.gz"));
  makeFifo(at("go1.22.5.linux-amd64.tar.gz"));
  await expect(open(archive)).rejects.toMatchObject({
    code: "SOURCE_BAD_ANSWER",
    message: expect.stringContaining("it is no regular file"),
  });
});

test("an archive larger than any is refused before it is read", async () => {
  await writeFile(at(ARCHIVE), "");
  await truncate(at(ARCHIVE), 500 << 20);
  await expect(open(await find("1.22.6"))).rejects.toThrow("no archive of Go is that large");
});

test("reading goes on where it stopped, while the file is the same", async () => {
  await writeFile(at(ARCHIVE), "0123456789");
  const archive = await find("1.22.6");
  const { validator = "" } = await open(archive).then(async (stream) => {
    await drain(stream);
    return stream;
  });
  const rest = await open(archive, { offset: 4, validator });
  expect(rest).toMatchObject({ offset: 4, size: 10 });
  expect(await drain(rest)).toBe("456789");
  await utimes(at(ARCHIVE), 1, 1);
  const anew = await open(archive, { offset: 4, validator });
  expect(anew.offset).toBe(0);
  expect(await drain(anew)).toBe("0123456789");
});

test("an index in the directory tells checksums; one that is something else tells nothing", async () => {
  await writeFile(at(ARCHIVE), "x");
  const file = {
    filename: ARCHIVE,
    os: "linux",
    arch: "amd64",
    sha256: "a".repeat(64),
    size: 1,
    kind: "archive",
  };
  await writeFile(at("index.json"), JSON.stringify([{ version: "go1.22.6", files: [file] }]));
  expect(await find("1.22.6")).toMatchObject({ sha256: "a".repeat(64) });
  await writeFile(at("index.json"), '{"name":"a web site"}');
  expect(await find("1.22.6")).not.toHaveProperty("sha256");
});

test.each([
  ["missing", "nowhere", "ENOENT"],
  ["a file", "mirror/file", "ENOTDIR"],
])("a directory that is %s is an error that names it", async (_, name, reason) => {
  await writeFile(at("file"), "");
  const missing = createDirectorySource(join(world.directory, name));
  const expected = {
    code: "SOURCE_UNREACHABLE",
    message: expect.stringContaining(join(world.directory, name)),
  };
  await expect(missing.listVersions(LINUX)).rejects.toMatchObject(expected);
  await expect(missing.listVersions(LINUX)).rejects.toThrow(reason);
  await expect(missing.findArchive(v("1.22.6"), LINUX)).rejects.toMatchObject(expected);
});
