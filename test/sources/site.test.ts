import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findGoVersion, formatGoVersion, type GoVersion } from "../../src/go/version.js";
import type { Source } from "../../src/sources/source.js";
import { openSources } from "../../src/sources/sources.js";
import { type IndexEntry, type Site, startSite } from "../support/site.js";
import { createWorld, type World, type WorldOptions } from "../support/world.js";

const LINUX = { os: "linux", arch: "amd64" };
const ARCHIVE = "go1.22.6.linux-amd64.tar.gz";
const INDEX = "/dl/?mode=json&include=all";

let world: World;
let site: Site;

beforeEach(async () => {
  world = await createWorld();
  site = await startSite();
});
afterEach(() => Promise.all([world.remove(), site.close()]));

const v = (text: string): GoVersion => findGoVersion(text) ?? { minor: 0, patch: 0 };

async function openSite(options: WorldOptions = {}, url = `${site.url}/dl/`): Promise<Source> {
  const { list } = await openSources(await world.context(options), { source: url, offline: false });
  const [source] = list;
  if (!source) throw new Error("no source");
  return source;
}

/** An entry of the index for one archive on linux/amd64. */
function entry(version: string, sha256 = "0".repeat(64)): IndexEntry {
  const filename = `${version}.linux-amd64.tar.gz`;
  const file = { filename, os: "linux", arch: "amd64", version, sha256, size: 9, kind: "archive" };
  return { version, stable: true, files: [file] };
}

describe("a site with an index", () => {
  test("says which versions there are and what an archive must be", async () => {
    const sha256 = site.addArchive(ARCHIVE, Buffer.from("123456789"), "/dl");
    site.addIndex([entry("go1.22.6", sha256), entry("go1.21rc1")], "/dl");
    const source = await openSite();
    expect((await source.listVersions(LINUX))?.map(formatGoVersion)).toEqual(["1.22.6", "1.21rc1"]);
    expect(await source.listVersions({ os: "plan9", arch: "386" })).toEqual([]);
    expect(await source.findArchive(v("1.22.6"), LINUX)).toEqual({
      filename: ARCHIVE,
      format: "tar.gz",
      version: v("1.22.6"),
      platform: LINUX,
      size: 9,
      sha256,
      location: `${site.url}/dl/${ARCHIVE}`,
    });
    expect(source).toMatchObject({ kind: "site", name: `${site.url}/dl`, official: false });
  });

  test("is asked by name for what its index does not list", async () => {
    site.addIndex([entry("go1.21.0")], "/dl");
    const source = await openSite();
    expect(await source.findArchive(v("1.22.6"), LINUX)).toBeUndefined();
    site.addArchive(ARCHIVE, Buffer.from("x"), "/dl");
    const archive = await source.findArchive(v("1.22.6"), LINUX);
    expect(archive).not.toHaveProperty("sha256");
    // Storage services say so of what they do not have.
    site.fault("/dl/go1.22.7.linux-amd64.tar.gz", { kind: "status", status: 403 });
    expect(await source.findArchive(v("1.22.7"), LINUX)).toBeUndefined();
  });

  test("is asked for the index once an hour, and then only whether it changed", async () => {
    const text = JSON.stringify([entry("go1.22.6")]);
    site.addFile(INDEX, text, { etag: '"1"' });
    for (const minute of ["00", "59"]) {
      await (await openSite({ now: `2026-11-20T10:${minute}:00Z` })).listVersions(LINUX);
    }
    expect(site.count(INDEX)).toBe(1);
    const versions = await (await openSite({ now: "2026-11-20T11:00:00Z" })).listVersions(LINUX);
    expect(versions?.map(formatGoVersion)).toEqual(["1.22.6"]);
    expect(site.requests[1]?.headers).toMatchObject({ "if-none-match": '"1"' });
    await (await openSite({ now: "2026-11-20T11:30:00Z" })).listVersions(LINUX);
    expect(site.count(INDEX)).toBe(2);
  });

  test("a snapshot from the future, or a damaged one, is not used", async () => {
    site.addIndex([entry("go1.22.6")], "/dl");
    await (await openSite({ now: "2030-01-01T00:00:00Z" })).listVersions(LINUX);
    await (await openSite()).listVersions(LINUX);
    expect(site.count(INDEX)).toBe(2);
    const { layout } = await world.context();
    const [name = ""] = await readdir(layout.indexes);
    await writeFile(join(layout.indexes, name), '{"schema":1');
    expect(await (await openSite()).listVersions(LINUX)).toHaveLength(1);
    expect(site.count(INDEX)).toBe(3);
  });

  test("an index that goes backwards is told", async () => {
    site.addIndex([entry("go1.22.6"), entry("go1.22.5")], "/dl");
    await (await openSite({ now: "2026-11-20T10:00:00Z" })).listVersions(LINUX);
    site.addIndex([entry("go1.22.5")], "/dl");
    await (await openSite({ now: "2026-11-20T12:00:00Z" })).listVersions(LINUX);
    expect(world.printed.stderr).toBe(
      `warning: the index of ${site.url}/dl went backwards: it no longer lists go1.22.6, which it did before\n`,
    );
  });
});

describe("a site without an index", () => {
  test.each([
    ["nothing", undefined],
    ["a listing of the folder", { kind: "html" } as const],
    ["a refusal", { kind: "status", status: 400 } as const],
  ])("that has %s in its place serves archives by name", async (_, fault) => {
    if (fault) site.fault(INDEX, fault);
    site.addArchive(ARCHIVE, Buffer.from("x"), "/dl");
    const source = await openSite();
    expect(await source.listVersions(LINUX)).toBeUndefined();
    expect(await source.findArchive(v("1.22.6"), LINUX)).toMatchObject({ filename: ARCHIVE });
    expect(await source.findArchive(v("1.22.7"), LINUX)).toBeUndefined();
  });

  test("403 is no answer where nothing shows that the site answers any question", async () => {
    for (const path of [INDEX, "/dl/index.json", `/dl/${ARCHIVE}`])
      site.fault(path, { kind: "status", status: 403 });
    await expect((await openSite()).findArchive(v("1.22.6"), LINUX)).rejects.toMatchObject({
      code: "SOURCE_BAD_ANSWER",
      message: `${site.url}/dl/${ARCHIVE} answers 403: the site refuses, or does not have it`,
    });
  });

  test("that is static may have `index.json`", async () => {
    site.addFile("/dl/index.json", JSON.stringify([entry("go1.22.6")]));
    expect(await (await openSite()).listVersions(LINUX)).toEqual([v("1.22.6")]);
  });

  test("is asked whether its `index.json` changed, and not whether another index did", async () => {
    site.addFile("/dl/index.json", JSON.stringify([entry("go1.22.6")]), { etag: '"1"' });
    await (await openSite({ now: "2026-11-20T10:00:00Z" })).listVersions(LINUX);
    const later = await openSite({ now: "2026-11-20T12:00:00Z" });
    expect(await later.listVersions(LINUX)).toEqual([v("1.22.6")]);
    const validators = site.requests.map(({ url, headers }) => [url, headers["if-none-match"]]);
    expect(validators.slice(2)).toEqual([
      [INDEX, undefined],
      ["/dl/index.json", '"1"'],
    ]);
  });

  test("behind a login portal has no archive", async () => {
    site.fault(`/dl/${ARCHIVE}`, { kind: "html" });
    await expect((await openSite()).findArchive(v("1.22.6"), LINUX)).rejects.toThrow("web page");
  });
});

test("an archive that vanished between index and download is an answer that cannot be used", async () => {
  site.addIndex([entry("go1.22.6")], "/dl");
  const source = await openSite();
  const archive = await source.findArchive(v("1.22.6"), LINUX);
  if (!archive) throw new Error("no archive");
  await expect(source.openArchive(archive)).rejects.toMatchObject({ code: "SOURCE_BAD_ANSWER" });
});

test.each([
  ["https://go.dev/dl", true],
  ["https://go.dev/dl/", true],
  ["https://golang.google.cn/dl", true],
  ["https://dl.google.com/go", true],
  ["http://go.dev/dl", false],
  ["https://go.dev/dl/mod", false],
  ["https://go.dev.example/dl", false],
])("%s is official: %s", async (url, official) => {
  expect(await openSite({}, url)).toMatchObject({ official });
});
