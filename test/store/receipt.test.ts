import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseGoVersion } from "../../src/go/version.js";
import { formatReceipt, parseReceipt, type Receipt, readReceiptVersion } from "../../src/store/receipt.js";

const RECEIPT: Receipt = {
  version: parseGoVersion("1.22.6"),
  platform: { os: "linux", arch: "amd64" },
  archive: {
    filename: "go1.22.6.linux-amd64.tar.gz",
    location: "https://go.dev/dl/",
    size: 123,
    sha256: "0".repeat(64),
  },
  evidence: [{ witness: "checksum-table", detail: "SHA-256 in the table" }],
  installed: new Date("2026-11-20T00:00:00Z"),
  gvt: "1.2.3",
  manifest: [
    { path: "bin/go", size: 20_000_000, mode: 0o755, sha256: "a".repeat(64) },
    { path: "test/a name with spaces Þ", size: 0, mode: 0o644, sha256: "b".repeat(64) },
  ],
};

describe("a receipt", () => {
  test("comes back as it was written", () => {
    expect(parseReceipt(formatReceipt(RECEIPT), "r")).toEqual(RECEIPT);
  });

  test("begins with what selection and other tools need", () => {
    expect(formatReceipt(RECEIPT)).toMatch(/^\{"schema":1,"version":"1.22.6",/);
  });

  test("may have members of a newer gvt", () => {
    const text = formatReceipt(RECEIPT).replace("{", '{"colour":"red",');
    expect(parseReceipt(text, "r")).toEqual(RECEIPT);
  });

  test("of a newer schema is refused with that reason", () => {
    const text = formatReceipt(RECEIPT).replace('"schema":1', '"schema":2');
    expect(() => parseReceipt(text, "r")).toThrow(/newer gvt \(schema 2\)/);
  });

  const members = Object.keys(JSON.parse(formatReceipt(RECEIPT)) as object);
  test.each(members)("without `%s` is refused", (member) => {
    const fields = JSON.parse(formatReceipt(RECEIPT)) as Record<string, unknown>;
    const text = JSON.stringify({ ...fields, [member]: undefined });
    expect(() => parseReceipt(text, "r")).toThrow(/cannot read the receipt `r`/);
  });

  test.each(["", "{", "[]", "null", '"x"', "{}", formatReceipt(RECEIPT).slice(0, -20)])(
    "that reads %j is refused",
    (text) => {
      expect(() => parseReceipt(text, "r")).toThrow(/cannot read the receipt/);
    },
  );
});

describe("the version in a receipt file", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "gvt-receipt-"));
  });
  afterAll(() => rm(directory, { recursive: true }));

  const manifest = Array.from({ length: 50 }, (_, index) => ({
    path: `src/file${index}.go`,
    size: index,
    mode: 0o644,
    sha256: "c".repeat(64),
  }));
  const long = formatReceipt({ ...RECEIPT, manifest });

  test.each([
    ["of a few files", formatReceipt(RECEIPT)],
    ["of many files", long],
    ["that somebody has formatted", JSON.stringify(JSON.parse(long), undefined, 2)],
    ["of a newer gvt", long.replace("]}\n", '],"colour":"red"}\n')],
  ])("is read from one %s", async (_, text) => {
    const path = join(directory, "whole.json");
    await writeFile(path, text);
    expect(readReceiptVersion(path)).toEqual(RECEIPT.version);
  });

  test.each([
    ["cut off", long.slice(0, -200)],
    ["cut off by a byte", long.slice(0, -2)],
    ["of NULs", "\0".repeat(long.length)],
    ["of a newer schema", long.replace('"schema":1', '"schema":2')],
    ["of no version", long.replace('"version":"1.22.6"', '"version":"../../x"')],
    ["that begins with something else", `x${long}`],
  ])("is not read from one %s", async (_, text) => {
    const path = join(directory, "damaged.json");
    await writeFile(path, text);
    expect(() => readReceiptVersion(path)).toThrow(/the receipt/);
  });
});
