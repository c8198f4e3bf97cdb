import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { TABLE_DATE, tableVersions } from "../../src/go/release-table.js";
import { parseSelector } from "../../src/go/selector.js";
import { findGoVersion, formatGoVersion, newest } from "../../src/go/version.js";
import { downloadArchive } from "../../src/install/download.js";
import {
  explainMissing,
  failureOf,
  listAvailable,
  resolveVersion,
  sourcesUnreachable,
  versionNotFound,
} from "../../src/sources/resolve.js";
import type { SourceFailure } from "../../src/sources/source.js";
import { openSources } from "../../src/sources/sources.js";
import { type Site, startSite } from "../support/site.js";
import { createWorld, type World, type WorldOptions } from "../support/world.js";

const LINUX = { os: "linux", arch: "amd64" };

let world: World;
let site: Site;
/** An address where nothing listens. */
let dead: string;

beforeEach(async () => {
  world = await createWorld();
  const [first, second] = await Promise.all([startSite(), startSite()]);
  site = first;
  dead = second.url;
  await second.close();
});
afterEach(() => Promise.all([world.remove(), site.close()]));

function addIndex(...versions: string[]): void {
  site.addIndex(
    versions.map((version) => {
      const filename = `${version}.linux-amd64.tar.gz`;
      return { version, files: [{ filename, os: "linux", arch: "amd64", sha256: "", kind: "archive" }] };
    }),
  );
}

/** `1.22.6`, or what went wrong. */
async function resolve(text: string, GVT_SOURCE: string, options: WorldOptions = {}) {
  const context = await world.context({ ...options, env: { GVT_SOURCE, ...options.env } });
  const { list } = await openSources(context, { offline: false });
  const { version, notes } = await resolveVersion(context, list, parseSelector(text));
  return { version: formatGoVersion(version), notes };
}

describe("with an index", () => {
  beforeEach(() => addIndex("go1.23rc1", "go1.22.6", "go1.22.5", "go1.21.13", "go1.20"));

  test.each([
    ["latest", "1.22.6"],
    ["stable", "1.22.6"],
    ["oldstable", "1.21.13"],
    ["1.22", "1.22.6"],
    ["1.22.x", "1.22.6"],
    ["1.20", "1.20.0"],
    ["<1.22.6", "1.22.5"],
    ["~1.22.3", "1.22.6"],
    ["1.23rc1", "1.23rc1"],
  ])("%s means %s, and nothing need be said of it", async (text, version) => {
    expect(await resolve(text, site.url)).toEqual({ version, notes: [] });
  });

  test("a line that has only a prerelease is not there, and the nearest are named", async () => {
    await expect(resolve("1.23", site.url)).rejects.toMatchObject({
      code: "VERSION_NOT_FOUND",
      message: "there is no Go 1.23 for linux/amd64",
      hint: "the nearest that are known: 1.22.6, 1.21.13, 1.20.0",
    });
  });

  test("one source out of reach does not matter", async () => {
    expect(await resolve("latest", `${dead} ${site.url}`)).toEqual({ version: "1.22.6", notes: [] });
  });
});

test("an exact version needs no index and no network", async () => {
  expect(await resolve("1.99.9", dead)).toEqual({ version: "1.99.9", notes: [] });
  expect(site.requests).toEqual([]);
});

test("the newest of all indexes is taken", async () => {
  addIndex("go1.22.6");
  await mkdir(join(world.directory, "mirror"));
  await writeFile(join(world.directory, "mirror/go1.22.7.linux-amd64.tar.gz"), "");
  expect(await resolve("1.22", `${site.url} ./mirror`)).toEqual({ version: "1.22.7", notes: [] });
});

describe("without an index", () => {
  const known = tableVersions(LINUX);

  test("the shipped table knows, and says how old it is", async () => {
    site.addArchive("go1.22.6.linux-amd64.tar.gz", Buffer.from("x"));
    const { version, notes } = await resolve("latest", `${dead} ${site.url}`);
    expect(version).toBe(
      formatGoVersion(newest(known.filter(({ prerelease }) => !prerelease)) ?? { minor: 0, patch: 0 }),
    );
    expect(notes).toEqual([
      `versions are those of gvt's table of ${TABLE_DATE}, and there may be newer ones`,
    ]);
  });

  test("a module proxy's list adds what is newer", async () => {
    site.addModule("v0.0.1-go1.999.1.linux-amd64", Buffer.from("zip"));
    const { version, notes } = await resolve("latest", "goproxy", { env: { GOPROXY: site.url } });
    expect(version).toBe("1.999.1");
    expect(notes).toEqual([
      `versions are those of the module proxy's list and gvt's table of ${TABLE_DATE}, and there may be newer ones`,
    ]);
    expect((await resolve("1.22", "goproxy", { env: { GOPROXY: site.url } })).version).toMatch(
      /^1\.22\.\d+$/,
    );
  });

  test("no source at all is an error that names each with its reason", async () => {
    await expect(
      resolve("latest", `${dead} goproxy ./nowhere`, { env: { GOPROXY: "off" } }),
    ).rejects.toMatchObject({
      code: "SOURCE_UNREACHABLE",
      facts: {
        [dead]: expect.stringMatching(/^127\.0\.0\.1:\d+ refuses the connection$/),
        "module proxy GOPROXY=off": "GOPROXY=off forbids asking a module proxy",
        [join(world.directory, "nowhere")]: expect.stringContaining("it is not there (ENOENT)"),
      },
    });
  });
});

describe("minimum_release_age", () => {
  const env = () => ({ GVT_MINIMUM_RELEASE_AGE: "3d", GOPROXY: site.url });
  const now = "2030-01-10T00:00:00Z";

  test("passes over what came out too lately, and says so", async () => {
    site.addModule("v0.0.1-go1.999.1.linux-amd64", Buffer.from("zip"), "2030-01-01T00:00:00Z");
    site.addModule("v0.0.1-go1.999.2.linux-amd64", Buffer.from("zip"), "2030-01-08T00:00:00Z");
    const { version, notes } = await resolve("latest", "goproxy", { env: env(), now });
    expect(version).toBe("1.999.1");
    expect(notes).toContain("1.999.2 came out on 2030-01-08: too new for minimum_release_age");
  });

  test("that every release of a line is too new for is told as that, with what takes one all the same", async () => {
    site.addModule("v0.0.1-go1.999.1.linux-amd64", Buffer.from("zip"), "2030-01-08T00:00:00Z");
    site.addModule("v0.0.1-go1.999.2.linux-amd64", Buffer.from("zip"), "2030-01-09T00:00:00Z");
    await expect(resolve("1.999", "goproxy", { env: env(), now })).rejects.toMatchObject({
      code: "VERSION_NOT_FOUND",
      message: "every release that meets `1.999` is too new for minimum_release_age",
      facts: { "1.999.2": "came out on 2030-01-09", "1.999.1": "came out on 2030-01-08" },
      hint: "`gvt install 1.999.2` takes it all the same",
    });
  });

  test("is not applied where no date is to be had, and says so", async () => {
    addIndex("go1.22.6");
    expect(await resolve("latest", site.url, { env: env(), now })).toEqual({
      version: "1.22.6",
      notes: ["no source tells when 1.22.6 came out: minimum_release_age is not applied"],
    });
  });

  test("does not concern an exact version", async () => {
    site.addModule("v0.0.1-go1.999.2.linux-amd64", Buffer.from("zip"), now);
    expect((await resolve("1.999.2", "goproxy", { env: env(), now })).version).toBe("1.999.2");
  });
});

describe("errors for whoever tries the sources", () => {
  test("a failure is told without the source's name once more, and what is no fault of a source is not swallowed", async () => {
    const { list } = await openSources(await world.context({ env: { GVT_SOURCE: dead } }), {
      offline: false,
    });
    const [source] = list;
    if (!source) throw new Error("no source");
    const version = findGoVersion("1.22.6") ?? { minor: 0, patch: 0 };
    const error: unknown = await source.findArchive(version, LINUX).catch((caught: unknown) => caught);
    expect(failureOf(source, error)).toMatchObject({
      source: dead,
      reason: expect.stringMatching(/^127.*refuses/),
    });
    expect(() => failureOf(source, new TypeError("a bug"))).toThrow("a bug");
  });

  test("advice that comes with a failure is passed on, and GOPROXY is named where it is not set", () => {
    const failure = { source: "x", reason: "y" };
    expect(sourcesUnreachable("z", [failure, { ...failure, hint: "do this" }]).hint).toBe("do this");
    expect(
      sourcesUnreachable("z", [{ ...failure, source: "module proxy x (GOPROXY is not set)" }]).hint,
    ).toContain("export GOPROXY");
  });

  test.each([
    ["a proxy that answers, though the site is out of reach", () => `${dead} goproxy`, "VERSION_NOT_FOUND"],
    ["a directory alone", () => "./mirror", "VERSION_NOT_FOUND"],
    ["a directory, while the site is out of reach", () => `./mirror ${dead}`, "SOURCE_UNREACHABLE"],
    ["nothing that answers", () => dead, "SOURCE_UNREACHABLE"],
  ])("whether a version exists is known from %s", async (_, words, code) => {
    await mkdir(join(world.directory, "mirror"));
    site.addModule("v0.0.1-go1.22.6.linux-amd64", Buffer.from("zip"));
    const env = { GVT_SOURCE: words(), GOPROXY: site.url };
    const { list } = await openSources(await world.context({ env }), { offline: false });
    const version = findGoVersion("1.22.66") ?? { minor: 0, patch: 0 };
    const failures: SourceFailure[] = [];
    for (const source of list) {
      await source
        .findArchive(version, LINUX)
        .catch((error: unknown) => failures.push(failureOf(source, error)));
    }
    expect(await explainMissing(list, version, LINUX, failures)).toMatchObject({ code });
  });

  test("a refusal of what the proxy lists is no answer: the error names what each source said", async () => {
    const name = "v0.0.1-go1.22.6.linux-amd64";
    site.addModule(name, Buffer.from("zip"));
    site.fault(`/golang.org/toolchain/@v/${name}.info`, { kind: "status", status: 403 });
    const env = { GVT_SOURCE: `${dead} goproxy`, GOPROXY: site.url };
    const context = await world.context({ env });
    const { list } = await openSources(context, { offline: false });
    const request = { version: { minor: 22, patch: 6 }, sources: list, directory: world.directory };
    const callbacks = { tell: () => undefined, onArchive: () => undefined };
    await expect(downloadArchive(context, { ...request, ...callbacks })).rejects.toMatchObject({
      code: "SOURCE_UNREACHABLE",
      facts: {
        [dead]: expect.stringContaining("refuses the connection"),
        [`module proxy ${site.url}`]: `the module proxy answers 403 to ${name}, which it lists`,
      },
    });
  });

  test.each([
    [() => `${dead} goproxy`, "SOURCE_UNREACHABLE"],
    [() => "goproxy", "VERSION_NOT_FOUND"],
  ])("a version that the shipped table knows is not said to be none: %#", async (words, code) => {
    const env = { GVT_SOURCE: words(), GOPROXY: site.url };
    const { list } = await openSources(await world.context({ env }), { offline: false });
    const failures = list.length > 1 ? [{ source: dead, reason: "it is dead" }] : [];
    const error = await explainMissing(list, { minor: 22, patch: 6 }, LINUX, failures);
    expect(error).toMatchObject({
      code,
      message: "no source serves Go 1.22.6",
      facts: { [`module proxy ${site.url}`]: "it does not have that version" },
    });
  });

  test.each([
    ["1.22.4", "1.22.7, 1.22.6, 1.22.5, 1.22.3, 1.22.2"],
    ["1.22.99", "1.22.10, 1.22.9, 1.22.8, 1.22.7, 1.22.6"],
    ["1.21.1", "1.23.1, 1.22.10, 1.20.3"],
    ["1.99", "1.23.1, 1.22.10, 1.20.3"],
  ])("the nearest to %s are %s", async (wanted, nearest) => {
    const line = [1, 2, 3, 5, 6, 7, 8, 9, 10].map((patch) => `go1.22.${patch}`);
    addIndex("go1.23.1", ...line.toReversed(), "go1.20.3", "go1.20.2");
    const { list } = await openSources(await world.context({ env: { GVT_SOURCE: site.url } }), {
      offline: false,
    });
    const { hint } = versionNotFound(wanted, LINUX, await listAvailable(list, LINUX));
    expect(hint).toBe(`the nearest that are known: ${nearest}`);
  });

  test("an HTTP proxy is advised where no way to a host was found, and none was tried", () => {
    const failure = { source: "x", reason: "y" };
    expect(sourcesUnreachable("z", [{ ...failure, unproxied: true }]).hint).toContain("export HTTPS_PROXY");
    expect(sourcesUnreachable("z", [failure]).hint).not.toContain("HTTPS_PROXY");
  });

  test("a version that nobody has names those of its line", async () => {
    addIndex("go1.22.6", "go1.21.13");
    const { list } = await openSources(await world.context({ env: { GVT_SOURCE: site.url } }), {
      offline: false,
    });
    const error = versionNotFound("1.21.99", LINUX, await listAvailable(list, LINUX));
    expect(error).toMatchObject({ code: "VERSION_NOT_FOUND", hint: "the nearest that are known: 1.21.13" });
  });
});
