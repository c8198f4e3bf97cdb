import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findGoVersion, formatGoVersion, type GoVersion } from "../../src/go/version.js";
import type { ArchiveStream, Source } from "../../src/sources/source.js";
import { openSources } from "../../src/sources/sources.js";
import { type Site, startSite } from "../support/site.js";
import { createWorld, type World } from "../support/world.js";

const LINUX = { os: "linux", arch: "amd64" };
const MODULE = "v0.0.1-go1.22.6.linux-amd64";
const INFO = `/golang.org/toolchain/@v/${MODULE}.info`;
const ZIP = Buffer.from("a zip");

let world: World;
let first: Site;
let second: Site;

beforeEach(async () => {
  world = await createWorld();
  [first, second] = await Promise.all([startSite(), startSite()]);
});
afterEach(() => Promise.all([world.remove(), first.close(), second.close()]));

const v = (text: string): GoVersion => findGoVersion(text) ?? { minor: 0, patch: 0 };

async function proxySource(GOPROXY: string, offline = false): Promise<Source> {
  const { list } = await openSources(await world.context({ env: { GOPROXY } }), {
    source: "goproxy",
    offline,
  });
  const [source] = list;
  if (!source) throw new Error("no source");
  return source;
}

async function drain(stream: ArchiveStream): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream.bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe("one proxy", () => {
  test("a version is asked for by name, described, dated and streamed", async () => {
    first.addModule(MODULE, ZIP, "2024-08-06T16:00:00Z");
    const source = await proxySource(`${first.url}/`);
    const archive = await source.findArchive(v("1.22.6"), LINUX);
    expect(archive).toEqual({
      filename: `${MODULE}.zip`,
      format: "module-zip",
      version: v("1.22.6"),
      platform: LINUX,
      location: `${first.url}/golang.org/toolchain/@v/${MODULE}.zip`,
      server: `module proxy ${first.url}`,
    });
    expect(await source.findReleaseTime(v("1.22.6"), LINUX)).toEqual(new Date("2024-08-06T16:00:00Z"));
    expect(first.count(INFO)).toBe(1);
    if (archive) expect(await drain(await source.openArchive(archive))).toEqual(ZIP);
    expect(source).toMatchObject({ kind: "goproxy", name: `module proxy ${first.url}`, official: false });
  });

  test("Go's own spellings are used: go1.20 for 1.20.0, arm for armv6l", async () => {
    first.addModule("v0.0.1-go1.20.linux-arm", ZIP);
    const source = await proxySource(first.url);
    expect(await source.findArchive(v("1.20.0"), { os: "linux", arch: "arm" })).toMatchObject({
      filename: "v0.0.1-go1.20.linux-arm.zip",
    });
  });

  test.each([404, 410])("%i means that there is no such version", async (status) => {
    first.fault(INFO, { kind: "status", status });
    expect(await (await proxySource(first.url)).findArchive(v("1.22.6"), LINUX)).toBeUndefined();
  });

  test("403 means no such version from a proxy that has others, and a refusal from one that has none", async () => {
    first.addModule("v0.0.1-go1.21.0.linux-amd64", ZIP);
    first.fault(INFO, { kind: "status", status: 403 });
    expect(await (await proxySource(first.url)).findArchive(v("1.22.6"), LINUX)).toBeUndefined();
    first.fault("/golang.org/toolchain/@v/list", { kind: "status", status: 403 });
    await expect((await proxySource(first.url)).findArchive(v("1.22.6"), LINUX)).rejects.toMatchObject({
      code: "SOURCE_BAD_ANSWER",
      message: "the module proxy answers 403 to every question",
    });
  });

  test.each([
    ["another version's description", JSON.stringify({ Version: "v0.0.1-go1.22.5.linux-amd64" })],
    ["no JSON", "nonsense"],
    ["null", "null"],
  ])("%s is an answer that cannot be used", async (_, text) => {
    first.addFile(INFO, text);
    await expect((await proxySource(first.url)).findArchive(v("1.22.6"), LINUX)).rejects.toMatchObject({
      code: "SOURCE_BAD_ANSWER",
    });
  });

  test("a login portal in its place is an answer that cannot be used", async () => {
    first.fault(INFO, { kind: "html" });
    await expect((await proxySource(first.url)).findArchive(v("1.22.6"), LINUX)).rejects.toThrow("web page");
  });

  test("a time that is none is no time", async () => {
    first.addFile(INFO, JSON.stringify({ Version: MODULE, Time: "yesterday" }));
    expect(await (await proxySource(first.url)).findReleaseTime(v("1.22.6"), LINUX)).toBeUndefined();
  });

  test("the list is read for the platform; other modules, oddities and times in it do no harm", async () => {
    const lines = [
      MODULE,
      "v0.0.1-go1.20.linux-amd64 2023-02-01T00:00:00Z",
      "v0.0.1-go1.21rc2.linux-amd64",
      "v0.0.1-go1.22.5.darwin-arm64",
      "v0.0.1-go1.22.6-custom.linux-amd64",
      "v0.0.1-go../../x.linux-amd64",
      "v1.0.0",
      "",
    ];
    first.addFile("/golang.org/toolchain/@v/list", lines.join("\n"));
    const versions = await (await proxySource(first.url)).listVersions(LINUX);
    expect(versions?.map(formatGoVersion)).toEqual(["1.22.6", "1.20.0", "1.21rc2"]);
  });

  test("what is listed for another platform alone is asked for, and counts where it is there", async () => {
    for (const version of ["go1.22.6.linux-amd64", "go1.22.7.darwin-arm64", "go1.23.1.linux-arm64"]) {
      first.addModule(`v0.0.1-${version}`, ZIP);
    }
    const hidden = JSON.stringify({ Version: "v0.0.1-go1.22.7.linux-amd64", Time: "2024-09-05T00:00:00Z" });
    first.addFile("/golang.org/toolchain/@v/v0.0.1-go1.22.7.linux-amd64.info", hidden);
    const versions = await (await proxySource(first.url)).listVersions(LINUX);
    expect(versions?.map(formatGoVersion)).toEqual(["1.22.6", "1.22.7"]);
  });
});

describe("several proxies", () => {
  test.each([",", "|"])("after %s the next is asked where the first does not have it", async (separator) => {
    second.addModule(MODULE, ZIP);
    const source = await proxySource(`${first.url}${separator}${second.url}`);
    const archive = await source.findArchive(v("1.22.6"), LINUX);
    expect(archive?.location).toContain(second.url);
    if (archive) expect(await drain(await source.openArchive(archive))).toEqual(ZIP);
  });

  test("after | the next is asked on any error, after , it is not", async () => {
    first.fault(INFO, { kind: "status", status: 400 });
    second.addModule(MODULE, ZIP);
    const falling = await proxySource(`${first.url}|${second.url}`);
    expect((await falling.findArchive(v("1.22.6"), LINUX))?.location).toContain(second.url);
    const stopping = await proxySource(`${first.url},${second.url}`);
    await expect(stopping.findArchive(v("1.22.6"), LINUX)).rejects.toThrow("answers 400");
  });

  test("a proxy that forbids a version is not gone round", async () => {
    first.addModule("v0.0.1-go1.21.0.linux-amd64", ZIP);
    first.fault(INFO, { kind: "status", status: 403 });
    second.addModule(MODULE, ZIP);
    const source = await proxySource(`${first.url},${second.url}`);
    expect(await source.findArchive(v("1.22.6"), LINUX)).toBeUndefined();
    expect(second.requests).toEqual([]);
  });

  test("off ends the list, and alone forbids every question", async () => {
    second.addModule(MODULE, ZIP);
    const source = await proxySource(`${first.url},off,${second.url}`);
    expect(await source.findArchive(v("1.22.6"), LINUX)).toBeUndefined();
    await expect((await proxySource("off")).findArchive(v("1.22.6"), LINUX)).rejects.toMatchObject({
      code: "SOURCE_UNREACHABLE",
      message: "GOPROXY=off forbids asking a module proxy",
    });
  });
});

describe("a directory as a proxy", () => {
  test("is read without any socket", async () => {
    const folder = join(world.directory, "mod/golang.org/toolchain/@v");
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "list"), `${MODULE}\n`);
    await writeFile(join(folder, `${MODULE}.info`), JSON.stringify({ Version: MODULE }));
    await writeFile(join(folder, `${MODULE}.zip`), ZIP);
    const source = await proxySource(`${first.url},file://${world.directory}/mod`, true);
    const archive = await source.findArchive(v("1.22.6"), LINUX);
    expect(archive?.location).toBe(join(folder, `${MODULE}.zip`));
    if (archive) expect(await drain(await source.openArchive(archive))).toEqual(ZIP);
    expect((await source.listVersions(LINUX))?.map(formatGoVersion)).toEqual(["1.22.6"]);
    expect(first.requests).toEqual([]);
  });
});
