import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { decodeBase64, openNote, parseVerifierKey } from "../../src/trust/note.js";
import { openTreeHead } from "../../src/trust/tree-head.js";
import { generateKeys, signatureLine, signNote } from "../support/log.js";

const real = JSON.parse(readFileSync(new URL("../vectors/sumdb.json", import.meta.url), "utf8")) as {
  key: string;
  heads: { size: number; hash: string; signature: string }[];
};

const keys = generateKeys();
const key = parseVerifierKey(keys.verifier);
const text = "a text\nof two lines\n";
const unverified = (message: RegExp) =>
  expect.objectContaining({ code: "UNVERIFIED", message: expect.stringMatching(message) });

describe("the key of a log", () => {
  test("sum.golang.org's is read", () => {
    expect(parseVerifierKey(real.key)).toMatchObject({ name: "sum.golang.org", id: "033de0ae" });
  });

  test.each([
    ["an id that belongs to another key", real.key.replace("033de0ae", "033de0af"), /id/],
    ["another name under the same id", real.key.replace("sum.golang.org", "sum.golang.com"), /id/],
    ["an id in capitals", real.key.replace("033de0ae", "033DE0AE"), /malformed/],
    ["no name", real.key.replace("sum.golang.org", ""), /malformed/],
    ["a space in the name", real.key.replace("sum.golang.org", "sum golang.org"), /malformed/],
    ["another algorithm", "x+00000000+Ag==", /Ed25519/],
    ["a short key", "x+00000000+AQID", /Ed25519/],
    ["lax base64", `${real.key}=`, /malformed/],
    ["nothing", "", /malformed/],
  ])("%s is refused", (_, vkey, reason) => {
    expect(() => parseVerifierKey(vkey)).toThrow(unverified(reason));
  });
});

describe("a signed note", () => {
  test.each(real.heads)("of sum.golang.org at $size records is believed", ({ size, hash, signature }) => {
    const note = Buffer.from(`go.sum database tree\n${size}\n${hash}\n\n— sum.golang.org ${signature}\n`);
    const head = openTreeHead(note, parseVerifierKey(real.key));
    expect(head).toMatchObject({ size, note });
    expect(head.hash.toString("base64")).toBe(hash);
  });

  test("gives the text that was signed, and nothing after it", () => {
    expect(openNote(signNote(text, keys), key).toString()).toBe(text);
  });

  test("may carry signatures of others", () => {
    expect(
      openNote(signNote(text, generateKeys("other.example"), keys, generateKeys()), key).toString(),
    ).toBe(text);
  });

  test("may carry a blank line in its text", () => {
    expect(openNote(signNote("one\n\ntwo\n", keys), key).toString()).toBe("one\n\ntwo\n");
  });

  test("with 100 signatures is read, with 101 it is not", () => {
    const more = signatureLine(text, generateKeys("other.example")).repeat(99);
    const own = signatureLine(text, keys);
    expect(openNote(Buffer.from(`${text}\n${more}${own}`), key).toString()).toBe(text);
    expect(() => openNote(Buffer.from(`${text}\n${more}${own}${own}`), key)).toThrow(
      unverified(/more than 100/),
    );
  });

  const good = signNote(text, keys).toString();
  const line = signatureLine(text, keys);
  const encoded = line.trimEnd().split(" ").at(-1) ?? "";
  const lax = {
    "without its padding": encoded.replace(/=+$/, ""),
    "in the URL alphabet": withUrlAlphabet(),
    "with a space": ` ${encoded}`,
  };
  test.each<[string, string, RegExp]>([
    ["another text", good.replace("two", "2"), /signature of log.example is wrong/],
    ["no signature of this key", signNote(text, generateKeys("other.example")).toString(), /not signed by/],
    [
      "a signature of another key by the same name",
      signNote(text, generateKeys()).toString(),
      /not signed by/,
    ],
    ["its own signature under another name", good.replace("log.example", "other.example"), /not signed by/],
    ["no signatures at all", text, /no signatures/],
    ["an empty block of signatures", `${text}\n`, /no signatures|no end/],
    ["no line break at its end", good.trimEnd(), /no end/],
    ["a hyphen for the dash", good.replace("—", "-"), /malformed signature/],
    ["a name with a plus sign", good.replace("log.example", "log+example"), /malformed signature/],
    ["a signature of four bytes", `${text}\n— log.example AAAAAA==\n`, /malformed signature/],
    ["an empty line after the signature", `${good}\n`, /no signatures|malformed|no end/],
    ["a tab", good.replace("of two", "of\ttwo"), /plain/],
    ["an escape sequence", good.replace("of two", "of\x1b[2Jtwo"), /plain/],
    ["a carriage return", good.replaceAll("\n", "\r\n"), /plain/],
    ...Object.entries(lax).map(([how, b64]): [string, string, RegExp] => [
      `base64 ${how}`,
      good.replace(encoded, b64),
      /malformed signature/,
    ]),
  ])("with %s is refused", (_, note, reason) => {
    expect(() => openNote(Buffer.from(note), key)).toThrow(unverified(reason));
  });

  test("that is not UTF-8 is refused", () => {
    const note = signNote(text, keys);
    note[3] = 0xff;
    expect(() => openNote(note, key)).toThrow(unverified(/plain/));
  });

  test("larger than a million bytes is refused before it is looked at", () => {
    expect(() => openNote(Buffer.alloc(1_000_001, "x"), key)).toThrow(unverified(/larger/));
  });

  /** A signature in the other alphabet; one that has a character in which the two differ. */
  function withUrlAlphabet(): string {
    return `-_${encoded.slice(2)}`;
  }
});

describe("a tree head", () => {
  const hash = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  const openSigned = (body: string) => openTreeHead(signNote(body, keys), key);

  test("may have further lines, which say nothing", () => {
    expect(openSigned(`go.sum database tree\n7\n${hash}\nsomething new\n`).size).toBe(7);
  });

  test("of 2^53 - 1 records can be counted to", () => {
    expect(openSigned(`go.sum database tree\n9007199254740991\n${hash}\n`).size).toBe(2 ** 53 - 1);
  });

  test.each([
    "9007199254740992",
    "9223372036854775808",
    "+1",
    "01",
    "1e3",
    "0x10",
    "-1",
    " 1",
    "1 ",
    "",
    "١",
  ])("of `%s` records is refused", (size) => {
    expect(() => openSigned(`go.sum database tree\n${size}\n${hash}\n`)).toThrow(unverified(/size/));
  });

  test.each([
    ["of another kind", `go.sum database tree v2\n7\n${hash}\n`, /no tree head/],
    ["without a hash", "go.sum database tree\n7\n", /hash|no tree head/],
    ["with a short hash", "go.sum database tree\n7\nAAAA\n", /hash/],
    ["with a hash in lax base64", `go.sum database tree\n7\n${hash.replace("=", "")}\n`, /hash/],
  ])("%s is refused", (_, body, reason) => {
    expect(() => openSigned(body)).toThrow(unverified(reason));
  });
});

test.each(["AA", "AA=", "AB==", "A A=", "AA==\n", "_-==", "=", "AA==AA==", "é"])(
  "`%s` is not base64",
  (lax) => {
    expect(decodeBase64(lax)).toBeUndefined();
  },
);
