import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  mergeReleases,
  newestRelease,
  parseCompleteIndex,
  type Releases,
  renderReleaseTable,
} from "../../scripts/release-rows.js";
import {
  findTableChecksum,
  listTableFiles,
  listTableReleases,
  TABLE_DATE,
  tableVersions,
} from "../../src/go/release-table.js";
import { compareGoVersions, formatGoVersion } from "../../src/go/version.js";

const SUM = "a".repeat(64);

describe("the shipped table", () => {
  // Digests as https://go.dev/dl/ lists them.
  test.each([
    ["go1.27.0.linux-amd64.tar.gz", "675c26c449cbb18fc24b74650de1eabbae6e16f64326fd85a283fb3b58280685"],
    ["go1.24.4.linux-amd64.tar.gz", "77e5da33bb72aeaef1ba4418b6fe511bc4d041873cbf82e5aa6318740df98717"],
    ["go1.22.6.linux-amd64.tar.gz", "999805bed7d9039ec3da1a53bfbcafc13e367da52aa823cb60b68ba22d44c616"],
    ["go1.22.6.linux-armv6l.tar.gz", "b566484fe89a54c525dd1a4cbfec903c1f6e8f0b7b3dbaf94c79bc9145391083"],
    ["go1.20.linux-amd64.tar.gz", "5a9ebcc65c1cce56e0d2dc616aff4c4cedcfbda8cc6f0288cc08cda3b18dcbf1"],
  ])("knows %s", (filename, sha256) => {
    expect(findTableChecksum(filename)).toBe(sha256);
  });

  test.each([
    ["a release that came later", "go1.99.0.linux-amd64.tar.gz"],
    ["a platform that the release does not have", "go1.22.6.plan9-riscv64.tar.gz"],
    ["a release whose checksums were never published", "go1.5.2.linux-amd64.tar.gz"],
    ["a name that only begins alike", "go1.22.6.linux-amd64.tar.gz.asc"],
    ["gvt's own name of go1.20", "go1.20.0.linux-amd64.tar.gz"],
    ["the zip of a module", "v0.0.1-go1.22.6.linux-amd64.zip"],
    ["a path", "../go1.22.6.linux-amd64.tar.gz"],
    ["what every object has", "constructor"],
    ["nothing", ""],
  ])("has no checksum for %s", (_, filename) => {
    expect(findTableChecksum(filename)).toBeUndefined();
  });

  test("says how old it is", () => {
    expect(TABLE_DATE).toMatch(/^20\d\d-\d\d-\d\d$/);
  });

  test("lists versions newest first, each once", () => {
    const versions = tableVersions();
    expect(versions.length).toBe(listTableReleases().length);
    for (const [place, version] of versions.entries()) {
      const next = versions[place + 1];
      if (next) expect(compareGoVersions(version, next)).toBeGreaterThan(0);
    }
  });

  test.each([
    ["linux", "amd64", "1.2.2", true],
    ["linux", "amd64", "1.5.2", true],
    ["linux", "arm", "1.22.6", true],
    ["linux", "arm64", "1.4.3", false],
    ["freebsd", "arm", "1.22.6", true],
    ["darwin", "arm64", "1.15.15", false],
    ["darwin", "arm64", "1.16.0", true],
    ["windows", "amd64", "1.13.6", true],
    // Only in two forms, for OS X 10.6 and 10.8; which one is meant is not for gvt to guess.
    ["darwin", "amd64", "1.4.2", false],
    ["darwin", "amd64", "1.4.3", true],
    ["src", "tar", "1.22.6", false],
  ])("knows of %s/%s whether there is an archive of %s", (os, arch, version, there) => {
    expect(tableVersions({ os, arch }).map(formatGoVersion).includes(version)).toBe(there);
  });

  test("has the two archives of one platform under their own names", () => {
    expect(listTableFiles("1.4.2").map(({ filename }) => filename)).toEqual(
      expect.arrayContaining(["go1.4.2.darwin-amd64-osx10.6.tar.gz", "go1.4.2.darwin-amd64-osx10.8.tar.gz"]),
    );
  });

  test("is the text that its generator makes of it", () => {
    const releases: Releases = new Map(
      listTableReleases().map((release) => [
        release,
        new Map(listTableFiles(release).map(({ filename, sha256 }) => [filename, sha256])),
      ]),
    );
    const generated = readFileSync(
      new URL("../../src/go/release-table.generated.ts", import.meta.url),
      "utf8",
    );
    expect(renderReleaseTable(releases, TABLE_DATE)).toBe(generated);
  });
});

describe("a release index", () => {
  const index = (...releases: [string, Record<string, string>][]) =>
    JSON.stringify(
      releases.map(([version, files]) => ({
        version,
        stable: true,
        files: Object.entries(files).map(([filename, sha256]) => ({
          filename,
          sha256,
          os: "",
          arch: "bootstrap",
          kind: "source",
        })),
      })),
    );
  const known = parseCompleteIndex(
    index(["go1.22.6", { "go1.22.6.src.tar.gz": SUM, "go1.22.6.windows-arm.zip": "" }]),
  );

  test("is merged without losing what was known", () => {
    const merged = mergeReleases(
      known,
      parseCompleteIndex(index(["go1.23rc1", { "go1.23rc1.src.tar.gz": SUM }])),
    );
    expect([...merged.keys()]).toEqual(["1.22.6", "1.23rc1"]);
    expect(newestRelease(merged)).toBe("1.23rc1");
  });

  test("fills a hole and makes none", () => {
    const filled = mergeReleases(
      known,
      parseCompleteIndex(index(["go1.22.6", { "go1.22.6.windows-arm.zip": SUM, "go1.22.6.src.tar.gz": "" }])),
    );
    expect(Object.fromEntries(filled.get("1.22.6") ?? [])).toEqual({
      "go1.22.6.src.tar.gz": SUM,
      "go1.22.6.windows-arm.zip": SUM,
    });
  });

  test("that contradicts a known checksum is refused", () => {
    const other = parseCompleteIndex(index(["go1.22.6", { "go1.22.6.src.tar.gz": "b".repeat(64) }]));
    expect(() => mergeReleases(known, other)).toThrow(
      /go1\.22\.6\.src\.tar\.gz: the index says b+, the table a+/,
    );
  });

  test("keeps historic names as they are", () => {
    const odd = parseCompleteIndex(
      index(
        ["go1.9.2rc2", { "go1.9.2rc2.src.tar.gz": SUM }],
        ["go1.4", { "go1.4-bootstrap-20171003.tar.gz": SUM }],
        ["go1", { "go1.src.tar.gz": "" }],
      ),
    );
    expect([...odd.keys()]).toEqual(["1.9.2rc2", "1.4", "1"]);
    expect(renderReleaseTable(odd, "2020-01-01")).toContain('"-bootstrap-20171003.tar.gz"');
  });

  test.each([
    ["no list", "{}"],
    ["no JSON", "<html>"],
    ["no object in it", "[1]"],
    ["a version that is none", index(["1.22.6", {}])],
    ["a file of another release", index(["go1.22.6", { "go1.22.5.src.tar.gz": SUM }])],
    ["a file of a longer release", index(["go1.2", { "go1.22.src.tar.gz": SUM }])],
    ["a path for a name", index(["go1.22.6", { "go1.22.6./../x": SUM }])],
    ["a checksum of 63 digits", index(["go1.22.6", { "go1.22.6.src.tar.gz": SUM.slice(1) }])],
    ["a checksum in capitals", index(["go1.22.6", { "go1.22.6.src.tar.gz": SUM.toUpperCase() }])],
  ])("with %s is refused", (_, text) => {
    expect(() => parseCompleteIndex(text)).toThrow();
  });
});
