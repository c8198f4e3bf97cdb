import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { parseChecksumList, readChecksumList } from "../../src/trust/checksum-list.js";

const HASH = "8920ea521bad8f6b7bc377b4824982e011c19af27df88a815e3586ea895f1b36";
const FILE = "go1.22.3.linux-amd64.tar.gz";
const parse = (text: string) => Object.fromEntries(parseChecksumList(text, "SHA256SUMS"));

describe("a list of checksums", () => {
  test.each([
    ["sha256sum's form", `${HASH}  ${FILE}\n`],
    ["its form for binary files", `${HASH} *${FILE}\n`],
    ["the tagged form", `SHA256 (${FILE}) = ${HASH}\n`],
    ["the tagged form of OpenSSL", `SHA256(${FILE}) = ${HASH}\n`],
    ["capitals", `${HASH.toUpperCase()}  ${FILE}\n`],
    ["CRLF", `${HASH}  ${FILE}\r\n`],
    ["no last line break", `${HASH}  ${FILE}`],
    ["a byte order mark", `\ufeff${HASH}  ${FILE}\n`],
    ["a path before the name", `${HASH}  ./downloads/${FILE}\n`],
    ["comments and blank lines", `# ours\n\n${HASH}  ${FILE}\n\n`],
    ["the same line twice", `${HASH}  ${FILE}\n${HASH}  ${FILE}\n`],
  ])("in %s is read", (_, text) => {
    expect(parse(text)).toEqual({ [FILE]: HASH });
  });

  test("may be empty", () => {
    expect(parse("")).toEqual({});
  });

  test("knows nothing but its own lines", () => {
    expect(parseChecksumList(`${HASH}  __proto__\n`, "x").get("constructor")).toBeUndefined();
  });

  test.each([
    ["63 digits", `${HASH.slice(1)}  ${FILE}`],
    ["65 digits", `${HASH}0  ${FILE}`],
    ["no checksum", `  ${FILE}`],
    ["no file", HASH],
    ["no file after the blanks", `${HASH}  `],
    ["something that is no hexadecimal", `${HASH.slice(1)}g  ${FILE}`],
    ["another algorithm", `SHA512 (${FILE}) = ${HASH}`],
    ["another checksum of a file above", `${HASH.replace("8", "9")}  go1.22.4.linux-amd64.tar.gz`],
    ["a web page", "<!doctype html>"],
  ])("with %s is an error that names the line", (_, line) => {
    const text = `${HASH}  go1.22.4.linux-amd64.tar.gz\n# comment\n${line}\n`;
    expect(() => parse(text)).toThrow(
      expect.objectContaining({
        code: "BAD_CONFIG",
        message: expect.stringMatching(/line 3 of .*`SHA256SUMS`/),
      }),
    );
  });

  test("is read from its file", async () => {
    const directory = await mkdtemp(join(tmpdir(), "gvt-list-"));
    onTestFinished(() => rm(directory, { recursive: true }));
    const path = join(directory, "SHA256SUMS");
    await writeFile(path, `${HASH}  ${FILE}\n`);
    expect(await readChecksumList(path)).toEqual({ path, checksums: new Map([[FILE, HASH]]) });
  });

  test.each([
    ["is not there", "missing", /no such file/],
    ["is a directory", ".", /directory/],
  ])("that %s is an error that names it", async (_, name, reason) => {
    const path = join(tmpdir(), name);
    await expect(readChecksumList(path)).rejects.toMatchObject({
      code: "BAD_CONFIG",
      message: expect.stringMatching(reason),
      hint: expect.stringContaining("GVT_TRUST_CHECKSUMS"),
    });
  });
});
