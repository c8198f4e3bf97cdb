import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseGoVersion } from "../../src/go/version.js";
import {
  archiveModuleHash,
  type FileDigest,
  hashesToModule,
  moduleFileName,
  moduleHash,
  toolchainModule,
} from "../../src/trust/module-hash.js";

const linux = { os: "linux", arch: "amd64" };
const sha256 = (content: string) => createHash("sha256").update(content).digest("hex");
const file = (name: string, content = name): FileDigest => ({ name, sha256: sha256(content) });

describe("the toolchain module", () => {
  test.each([
    ["1.22.6", linux, "v0.0.1-go1.22.6.linux-amd64"],
    ["1.20.0", linux, "v0.0.1-go1.20.linux-amd64"],
    ["1.23rc1", { os: "darwin", arch: "arm64" }, "v0.0.1-go1.23rc1.darwin-arm64"],
    ["1.22.6", { os: "linux", arch: "arm" }, "v0.0.1-go1.22.6.linux-arm"],
  ])("of %s for %j is %s", (version, platform, expected) => {
    expect(toolchainModule(parseGoVersion(version), platform)).toEqual({
      path: "golang.org/toolchain",
      version: expected,
    });
  });

  test.each([
    ["bin/go", "bin/go"],
    ["VERSION", "VERSION"],
    ["src/go.mod", "src/_go.mod"],
    ["go.mod", "_go.mod"],
    ["src/go.mod/x", "src/go.mod/x"],
    ["src/cargo.mod", "src/cargo.mod"],
    ["src/test/a.go", "src/test/a.go"],
    ["testing", "testing"],
    ["api/go1.22.txt", undefined],
    ["doc/go_spec.html", undefined],
    ["misc/go.mod", undefined],
    ["test/fixedbugs/Þfoo.go", undefined],
  ])("has the archive's %s as %s", (name, inModule) => {
    const module = { path: "m.example/t", version: "v1" };
    expect(moduleFileName(module, name)).toBe(
      inModule === undefined ? undefined : `m.example/t@v1/${inModule}`,
    );
  });

  test.each([
    ["1.22.6", "linux", "equal"],
    ["1.21.0", "linux", "equal"],
    ["1.20.14", "linux", "unknown"],
    ["1.13.15", "darwin", "unknown"],
    ["1.22.6", "darwin", "expected"],
    ["1.22.6", "windows", "expected"],
  ])("of %s for %s: its hash and the archive's are %s", (version, os, relation) => {
    expect(hashesToModule(parseGoVersion(version), { os, arch: "amd64" })).toBe(relation);
  });
});

describe("a module's hash", () => {
  const { goMod } = JSON.parse(readFileSync(new URL("../vectors/sumdb.json", import.meta.url), "utf8")) as {
    goMod: { content: string; h1: string };
  };

  test("of a go.mod alone is the one in the log", () => {
    expect(moduleHash([file("go.mod", goMod.content)])).toBe(goMod.h1);
  });

  test("does not depend on the order of the files", () => {
    const files = ["a", "a/b", "a.b", "a-b", "B", "Þ", "Ａ", "😀", "\ue000", "z"].map((name) => file(name));
    expect(moduleHash([...files].reverse())).toBe(moduleHash(files));
  });

  test("takes names in the order of their UTF-8 bytes", () => {
    // In UTF-16 the surrogates of the emoji come before U+FF21, in UTF-8 its bytes come after.
    const lines = ["z", "Þ", "\ue000", "Ａ", "😀"].map((name) => `${sha256(name)}  ${name}\n`);
    const expected = `h1:${createHash("sha256").update(lines.join("")).digest("base64")}`;
    expect(moduleHash(["😀", "Ａ", "z", "\ue000", "Þ"].map((name) => file(name)))).toBe(expected);
  });

  test("is that of the byte order for any names", () => {
    const name = fc.string({
      unit: fc.constantFrom("a", "b", "/", ".", "Þ", "ß", "\ue000", "\uffee", "😀", "𐀀"),
      minLength: 1,
    });
    fc.assert(
      fc.property(fc.uniqueArray(name), (names) => {
        const sorted = names.map((one) => Buffer.from(one)).sort(Buffer.compare);
        const lines = sorted.map((bytes) => `${sha256(bytes.toString())}  ${bytes}\n`);
        const expected = `h1:${createHash("sha256").update(lines.join("")).digest("base64")}`;
        expect(moduleHash(names.map((one) => file(one)))).toBe(expected);
      }),
    );
  });

  test.each([
    ["the same name twice", ["a", "b", "a"], /twice/],
    ["a line break in a name", ["a\nb"], /line break/],
  ])("is refused for %s", (_, names, reason) => {
    expect(() => moduleHash(names.map((name) => file(name)))).toThrow(
      expect.objectContaining({ code: "ARCHIVE_UNSAFE", message: expect.stringMatching(reason) }),
    );
  });

  test("of a release archive is that of the files that its module has", () => {
    const module = toolchainModule(parseGoVersion("1.22.6"), linux);
    const prefix = "golang.org/toolchain@v0.0.1-go1.22.6.linux-amd64";
    const archive = [file("bin/go"), file("doc/x"), file("src/go.mod", "m"), file("test/y")];
    expect(archiveModuleHash(module, archive)).toBe(
      moduleHash([file(`${prefix}/bin/go`, "bin/go"), file(`${prefix}/src/_go.mod`, "m")]),
    );
  });
});
