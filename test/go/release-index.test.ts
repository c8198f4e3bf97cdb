import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findIndexedArchive, parseReleaseIndex } from "../../src/go/release-index.js";
import { formatGoVersion } from "../../src/go/version.js";

const SHA = "a".repeat(64);
const LINUX = { os: "linux", arch: "amd64" };

function file(version: string, fields: Record<string, unknown> = {}) {
  const { os = "linux", arch = "amd64" } = fields;
  const filename = `${version}.${os}-${arch}.tar.gz`;
  return { filename, os, arch, version, sha256: SHA, size: 100, kind: "archive", ...fields };
}

const release = (version: string, ...files: unknown[]) => ({ version, stable: true, files });

/** `version filename` of each archive that is read. */
function listArchives(entries: unknown): string[] {
  return parseReleaseIndex(JSON.stringify(entries)).flatMap(({ version, archives }) =>
    archives.map(({ filename }) => `${formatGoVersion(version)} ${filename}`),
  );
}

describe("a proper index", () => {
  test("has its releases newest first, with platform, size and checksum", () => {
    const index = parseReleaseIndex(
      JSON.stringify([
        release("go1.21rc1", file("go1.21rc1")),
        release(
          "go1.22.6",
          file("go1.22.6", { arch: "armv6l" }),
          file("go1.22.6", { sha256: SHA.toUpperCase() }),
        ),
        release("go1.20", file("go1.20")),
      ]),
    );
    expect(index.map(({ version }) => formatGoVersion(version))).toEqual(["1.22.6", "1.21rc1", "1.20.0"]);
    const [newest] = index;
    expect(newest && findIndexedArchive(newest, LINUX)).toMatchObject({ size: 100, sha256: SHA });
    expect(newest && findIndexedArchive(newest, { os: "linux", arch: "arm" })?.filename).toBe(
      "go1.22.6.linux-armv6l.tar.gz",
    );
    expect(newest && findIndexedArchive(newest, { os: "plan9", arch: "386" })).toBeUndefined();
  });

  test("keeps the Windows archives", () => {
    const zip = file("go1.22.6", { os: "windows", filename: "go1.22.6.windows-amd64.zip" });
    expect(listArchives([release("go1.22.6", zip)])).toEqual(["1.22.6 go1.22.6.windows-amd64.zip"]);
  });

  test("may be empty", () => {
    expect(parseReleaseIndex("[]")).toEqual([]);
  });
});

describe("historic oddities", () => {
  test("1.9.2rc2 is a release", () => {
    expect(listArchives([release("go1.9.2rc2", file("go1.9.2rc2"))])).toEqual([
      "1.9.2rc2 go1.9.2rc2.linux-amd64.tar.gz",
    ]);
  });

  test("an empty checksum and no size stay unknown", () => {
    const [first] = parseReleaseIndex(
      JSON.stringify([release("go1.4.1", file("go1.4.1", { sha256: "", size: 0 }))]),
    );
    expect(first?.archives[0]).not.toHaveProperty("sha256");
    expect(first?.archives[0]).not.toHaveProperty("size");
  });

  test.each([
    ["source", { kind: "source", os: "", arch: "", filename: "go1.22.6.src.tar.gz" }],
    ["an installer", { kind: "installer", filename: "go1.22.6.linux-amd64.msi" }],
    ["one of two archives for OS X", { os: "darwin", filename: "go1.22.6.darwin-amd64-osx10.8.tar.gz" }],
    ["the architecture called bootstrap", { arch: "bootstrap", filename: "go1.22.6-bootstrap.tar.gz" }],
  ])("%s is no archive of a platform", (_, fields) => {
    expect(listArchives([release("go1.22.6", file("go1.22.6", fields))])).toEqual([]);
  });

  test("what is no release of Go is left out", () => {
    const names = [
      "go1.4-bootstrap-20171003",
      "go1.99999",
      "1.22.6",
      "go2",
      "gotip",
      "go1.22.6 ",
      "go01.22.6",
    ];
    expect(
      listArchives([...names.map((name) => release(name, file(name))), release("go1.1", file("go1.1"))]),
    ).toEqual(["1.1.0 go1.1.linux-amd64.tar.gz"]);
  });
});

describe("hostile input", () => {
  test.each([
    ["a path in the name", { filename: "../../x/go1.22.6.linux-amd64.tar.gz" }],
    ["another version's name", { filename: "go1.22.7.linux-amd64.tar.gz" }],
    ["another platform's name", { filename: "go1.22.6.linux-arm64.tar.gz" }],
    ["a name that is none", { filename: 7 }],
    ["a checksum too short", { sha256: "a".repeat(63) }],
    ["a checksum that is no hex", { sha256: "g".repeat(64) }],
    ["a checksum that is no text", { sha256: ["a"] }],
    ["a negative size", { size: -1 }],
    ["an absurd size", { size: 1e18 }],
    ["a size in text", { size: "100" }],
    ["a platform with a slash", { os: "../linux" }],
    ["no kind", { kind: undefined }],
  ])("%s drops the file and nothing else", (_, fields) => {
    const good = file("go1.22.6", { arch: "arm64" });
    expect(listArchives([release("go1.22.6", file("go1.22.6", fields), null, good)])).toEqual([
      "1.22.6 go1.22.6.linux-arm64.tar.gz",
    ]);
  });

  test("of two entries for a version the first counts", () => {
    expect(listArchives([release("go1.22.6", file("go1.22.6")), release("go1.22.6")])).toHaveLength(1);
  });

  test("`__proto__` is no property of anything", () => {
    const text = `[{"__proto__":{"version":"go1.22.6","files":[]}},{"version":"go1.22.5","files":[],"__proto__":1}]`;
    expect(parseReleaseIndex(text).map(({ version }) => formatGoVersion(version))).toEqual(["1.22.5"]);
  });

  test.each([
    ["<html>", "it is not JSON"],
    ['[{"version":"go1.22.6"', "it is not JSON"],
    ["", "it is not JSON"],
    ["{}", "it is no list of releases"],
    ["null", "it is no list of releases"],
    ["[1,null,[],{}]", "none of its entries is a release of Go"],
    [`[${"1,".repeat(10_000)}1]`, "it lists more than 10000 releases"],
  ])("%.20s is an error", (text, reason) => {
    expect(() => parseReleaseIndex(text)).toThrow(reason);
  });

  test("any JSON is read or refused, and what is read is sound", () => {
    const name = fc.constantFrom("go1.22.6", "go1.9.2rc2", "x", "__proto__");
    const entry = fc.record({
      version: fc.oneof(name, fc.jsonValue()),
      files: fc.oneof(fc.array(fc.jsonValue()), fc.jsonValue()),
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(entry, fc.jsonValue())), (entries) => {
        let index: ReturnType<typeof parseReleaseIndex>;
        try {
          index = parseReleaseIndex(JSON.stringify(entries));
        } catch (error) {
          return error instanceof Error && error.constructor === Error;
        }
        return index.every(({ archives }) => archives.every(({ filename }) => !filename.includes("/")));
      }),
    );
  });
});
