import { describe, expect, test } from "vitest";
import type { VerifyPolicy } from "../../src/store/config.js";
import type { LogRecord } from "../../src/trust/checksum-database.js";
import type { Evidence, Witness } from "../../src/trust/evidence.js";
import { verifyEvidence } from "../../src/trust/policy.js";
import { askLog, askOrganisation, askSite, askTable, unmatchedLog } from "../../src/trust/witnesses.js";

const FILE = "go1.22.6.linux-amd64.tar.gz";
const KNOWN = "999805bed7d9039ec3da1a53bfbcafc13e367da52aa823cb60b68ba22d44c616";
const archive = { filename: FILE, sha256: KNOWN, source: "https://mirror.example/go" };
const wrong = { ...archive, sha256: "1".repeat(64) };

describe("the policy", () => {
  const evidence = (...witnesses: Witness[]): Evidence[] =>
    witnesses.map((witness) => ({ witness, detail: `${witness} agrees` }));
  const judge = (witnesses: Witness[], policy: VerifyPolicy, official = false) =>
    verifyEvidence(FILE, evidence(...witnesses), policy, { official, tried: [] });

  test.each<[Witness, boolean, boolean, boolean, boolean]>([
    // witness, standard elsewhere, standard at the official site, strict elsewhere, strict there
    ["checksum-table", true, true, false, false],
    ["organisation", true, true, false, false],
    ["signature", true, true, true, true],
    ["transparency-log", true, true, true, true],
    ["site-checksum", false, true, false, false],
  ])("weighs %s alone", (witness, standard, standardOfficial, strict, strictOfficial) => {
    const accepts = (policy: VerifyPolicy, official: boolean) => {
      try {
        judge([witness], policy, official);
        return true;
      } catch {
        return false; // what it says is the next test's matter
      }
    };
    expect([
      accepts("standard", false),
      accepts("standard", true),
      accepts("strict", false),
      accepts("strict", true),
    ]).toEqual([standard, standardOfficial, strict, strictOfficial]);
  });

  test("is content with one good witness among weak ones", () => {
    judge(["site-checksum", "checksum-table", "transparency-log"], "strict");
    judge(["site-checksum", "checksum-table"], "standard");
  });

  test("accepts nothing on no evidence at all", () => {
    for (const official of [true, false]) {
      expect(() => judge([], "standard", official)).toThrow(expect.objectContaining({ code: "UNVERIFIED" }));
    }
  });

  test("names what each witness said, or why it could not be asked", () => {
    const tried = [{ witness: "transparency-log" as const, reason: "log.example cannot be reached" }];
    const judged = () =>
      verifyEvidence(FILE, evidence("site-checksum"), "standard", { official: false, tried });
    expect(judged).toThrow(
      expect.objectContaining({
        code: "UNVERIFIED",
        message: `nothing vouches for \`${FILE}\``,
        facts: {
          "gvt's own table": "does not list this archive",
          signature: "this gvt does not look for it",
          "transparency log": "log.example cannot be reached",
          "trust.checksums": "names no list that has this archive",
          "site's index": "site-checksum agrees",
        },
        hint: expect.stringContaining("GVT_TRUST_CHECKSUMS"),
      }),
    );
  });

  test("says where only strictness stands in the way", () => {
    expect(() => judge(["checksum-table"], "strict")).toThrow(
      expect.objectContaining({
        message: `nothing that strict verification accepts vouches for \`${FILE}\``,
        hint: expect.stringContaining("GVT_VERIFY=standard"),
      }),
    );
  });
});

describe("a witness of the whole archive", () => {
  const list = { path: "/etc/SHA256SUMS", checksums: new Map([[FILE, KNOWN]]) };

  test("vouches where it agrees", () => {
    expect(askTable(archive)).toEqual({
      witness: "checksum-table",
      detail: expect.stringMatching(/table of 20\d\d-/),
    });
    expect(askOrganisation(archive, list)).toEqual({
      witness: "organisation",
      detail: "SHA-256 in /etc/SHA256SUMS",
    });
    expect(askSite(archive, KNOWN.toUpperCase())).toMatchObject({ witness: "site-checksum" });
  });

  test("says nothing of an archive that it does not know", () => {
    const unknown = { ...archive, filename: "go1.99.0.linux-amd64.tar.gz" };
    expect(askTable(unknown)).toBeUndefined();
    expect(askOrganisation(unknown, list)).toBeUndefined();
    expect(askSite(unknown, undefined)).toBeUndefined();
    expect(askSite(unknown, "")).toBeUndefined();
  });

  test("says nothing of a release that the table has without a checksum", () => {
    expect(askTable({ ...archive, filename: "go1.5.2.linux-amd64.tar.gz" })).toBeUndefined();
  });

  test.each([
    ["the table", () => askTable(wrong), /gvt's table/],
    ["a list", () => askOrganisation(wrong, list), /SHA256SUMS/],
    ["the site", () => askSite(wrong, KNOWN), /index of/],
  ])("that contradicts is an error: %s", (_, ask, witness) => {
    expect(ask).toThrow(
      expect.objectContaining({
        code: "CHECKSUM_MISMATCH",
        message: `checksum of \`${FILE}\` does not match`,
        facts: {
          source: "https://mirror.example/go",
          witness: expect.stringMatching(witness),
          expected: KNOWN,
          actual: wrong.sha256,
        },
      }),
    );
  });
});

describe("the log as a witness", () => {
  const record: LogRecord = { id: 7, module: "m", version: "v", h1: "h1:same", treeSize: 9 };

  test("vouches where the contents hash to its record", () => {
    expect(askLog(archive, "h1:same", record, "expected")).toEqual({
      witness: "transparency-log",
      detail: "record 7 in a tree of 9",
    });
  });

  test("contradicts where archive and module are known to hash alike", () => {
    expect(() => askLog(archive, "h1:other", record, "equal")).toThrow(
      expect.objectContaining({
        code: "CHECKSUM_MISMATCH",
        facts: expect.objectContaining({ expected: "h1:same", actual: "h1:other" }),
      }),
    );
  });

  test("could not be matched where they are not", () => {
    expect(askLog(archive, "h1:other", record, "expected")).toBeUndefined();
    expect(unmatchedLog(record)).toEqual({
      witness: "transparency-log",
      reason: "its record 7 could not be matched with this archive",
    });
  });
});
