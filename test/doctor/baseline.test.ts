import { spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  baselineOf,
  compareWithBaseline,
  formatBaseline,
  keepUnasked,
  parseBaseline,
} from "../../src/doctor/baseline.js";
import { readBaseline, writeBaseline } from "../../src/doctor/baseline-file.js";
import type { Finding, Severity } from "../../src/doctor/check.js";
import { diagnose } from "../../src/doctor/diagnose.js";
import { fingerprintOf } from "../../src/doctor/fingerprint.js";
import { createDisk, type Disk } from "./support/disk.js";
import { machine, ROOT } from "./support/machine.js";
import { VECTORS } from "./vectors/all.js";

const places = machine();
const checks = new Set(["a-check", "b-check"]);

function finding(id: string, about: readonly string[], severity: Severity = "error"): Finding {
  const remedy = { summary: "mend it", steps: [] };
  return { id, severity, summary: id, about, evidence: [], remedy, why: "", consequences: [] };
}

const outline = (found: ReturnType<typeof compareWithBaseline>) => ({
  fresh: found.fresh.map(({ id }) => id),
  known: found.known.map(({ id }) => id),
  stale: found.stale,
});

describe("a fingerprint", () => {
  it.each([
    [["variable:GOROOT", "directory:/home/me/old"], "a-check directory:~/old variable:GOROOT"],
    [["directory:/opt/go", "directory:/opt/go"], "a-check directory:/opt/go"],
    [[`tree:${ROOT}/versions/1.22.6`], "a-check tree:$GVT_ROOT/versions/1.22.6"],
    [["file:/home/me/work/a/go.mod"], "a-check file:./a/go.mod"],
    [["file:/home/meow/x"], "a-check file:/home/meow/x"],
    [[], "a-check"],
  ])("of %j is %j on any machine", (about, fingerprint) => {
    const inRepository = machine((draft) => {
      draft.repository.git = { directory: "/home/me/work", trusted: true };
    });
    expect(fingerprintOf(finding("a-check", about), inRepository)).toBe(fingerprint);
  });
});

describe("a baseline", () => {
  it("knows every finding that it was made of, and nothing in it is stale", () => {
    for (const { snapshot, check } of VECTORS) {
      const findings = diagnose(snapshot);
      const baseline = parseBaseline(formatBaseline(baselineOf(findings, snapshot)), "x");
      const compared = compareWithBaseline(findings, baseline, {
        places: snapshot,
        checks: new Set([check]),
      });
      expect(compared.fresh.filter(({ severity }) => severity !== "info")).toEqual([]);
      expect(compared.stale).toEqual([]);
    }
  });

  it("tells what is new from what is known and what is gone", () => {
    const known = finding("a-check", ["variable:A"]);
    const baseline = baselineOf([known, finding("b-check", [])], places);
    const found = [known, finding("a-check", ["variable:B"])];
    expect(outline(compareWithBaseline(found, baseline, { places, checks }))).toEqual({
      fresh: ["a-check"],
      known: ["a-check"],
      stale: ["b-check"],
    });
  });

  it("says nothing of checks that did not run", () => {
    const baseline = baselineOf([finding("c-check", [])], places);
    expect(compareWithBaseline([], baseline, { places, checks }).stale).toEqual([]);
  });

  it("that is made anew keeps what it knew of checks that did not run", () => {
    const before = baselineOf([finding("a-check", []), finding("c-check", ["variable:A"])], places);
    const anew = baselineOf([finding("b-check", [])], places);
    expect(keepUnasked(before, anew, checks).findings.map(({ fingerprint }) => fingerprint)).toEqual([
      "b-check",
      "c-check variable:A",
    ]);
  });

  it("takes what has become worse for new, and what has become milder for known", () => {
    const warning = finding("a-check", [], "warning");
    const error = finding("a-check", [], "error");
    const compare = (before: Finding, now: Finding) =>
      compareWithBaseline([now], baselineOf([before], places), { places, checks }).fresh.length;
    expect(compare(warning, error)).toBe(1);
    expect(compare(error, warning)).toBe(0);
  });

  it("counts findings that share a fingerprint", () => {
    const one = finding("a-check", []);
    const baseline = baselineOf([one, one], places);
    const compare = (times: number) =>
      outline(compareWithBaseline(Array(times).fill(one), baseline, { places, checks }));
    expect(compare(3)).toEqual({ fresh: ["a-check"], known: ["a-check", "a-check"], stale: [] });
    expect(compare(1)).toEqual({ fresh: [], known: ["a-check"], stale: ["a-check"] });
  });

  it("takes a known cause with a new consequence for new, and knows a consequence that stands alone", () => {
    const consequence = finding("b-check", ["variable:A"]);
    const cause = finding("a-check", ["variable:A"]);
    const both = { ...cause, consequences: [consequence] };
    const compare = (before: Finding, now: Finding) =>
      outline(compareWithBaseline([now], baselineOf([before], places), { places, checks }));
    expect(compare(cause, both)).toMatchObject({ fresh: ["a-check"] });
    expect(compare(both, both)).toMatchObject({ known: ["a-check"], stale: [] });
    expect(compare(both, consequence)).toMatchObject({ known: ["b-check"], stale: ["a-check variable:A"] });
  });

  it("leaves information alone", () => {
    const info = finding("a-check", [], "info");
    expect(baselineOf([info], places).findings).toEqual([]);
    const compared = compareWithBaseline([info], baselineOf([], places), { places, checks });
    expect(outline(compared)).toEqual({ fresh: ["a-check"], known: [], stale: [] });
  });

  it("is text that is sorted, with a line for each entry", () => {
    const found = [finding("b-check", []), finding("a-check", ["variable:GOBIN"], "warning")];
    expect(formatBaseline(baselineOf(found, places))).toBe(
      '{\n  "kind": "gvt doctor baseline",\n  "schema": 1,\n  "findings": [\n' +
        '    {"fingerprint":"a-check variable:GOBIN","severity":"warning","count":1},\n' +
        '    {"fingerprint":"b-check","severity":"error","count":1}\n  ]\n}\n',
    );
    expect(formatBaseline({ findings: [] })).toContain('"findings": []\n');
  });

  it.each([
    ["", "it is no JSON"],
    ["[]", "it is no object"],
    ['{"kind":"gvt doctor baseline","schema":2,"findings":[]}', "schema is no 1"],
    ['{"kind":"other","schema":1,"findings":[]}', "kind is no"],
    [
      '{"kind":"gvt doctor baseline","schema":1,"findings":[{"fingerprint":"\\u001b[2J","severity":"error","count":1}]}',
      "findings[0].fingerprint is no fingerprint",
    ],
    [
      '{"kind":"gvt doctor baseline","schema":1,"findings":[{"fingerprint":"a","severity":"fatal","count":1}]}',
      "findings[0].severity is no",
    ],
    [
      '{"kind":"gvt doctor baseline","schema":1,"findings":[{"fingerprint":"a","severity":"error","count":-1}]}',
      "findings[0].count is no count",
    ],
  ])("is not %j", (text, reason) => {
    expect(() => parseBaseline(text, "x")).toThrow(reason);
  });
});

describe("a baseline's file", () => {
  let disk: Disk;
  beforeEach(async () => {
    disk = await createDisk();
  });
  afterEach(() => disk.remove());

  it("is written whole, and over an older one", async () => {
    const path = join(disk.directory, "known.json");
    const baseline = baselineOf([finding("a-check", [])], places);
    await writeBaseline(path, { findings: [] });
    await writeBaseline(path, baseline);
    expect(await readBaseline(path)).toEqual(baseline);
    expect(await readdir(disk.directory)).toEqual(
      expect.not.arrayContaining([expect.stringMatching(/^\.k/)]),
    );
  });

  it("is never written over anything else", async () => {
    const path = join(disk.directory, "package.json");
    await writeFile(path, "{}");
    await expect(writeBaseline(path, { findings: [] })).rejects.toMatchObject({ code: "BAD_CONFIG" });
    expect(await readFile(path, "utf8")).toBe("{}");
  });

  it("is refused where it is none, without waiting", async () => {
    const at = (name: string) => join(disk.directory, name);
    spawnSync("mkfifo", [at("fifo")]);
    await mkdir(at("directory"));
    await writeFile(at("huge"), "");
    await truncate(at("huge"), 2 ** 30);
    await symlink("circle", at("circle"));
    for (const name of ["absent", "fifo", "directory", "huge", "circle"])
      await expect(readBaseline(at(name))).rejects.toMatchObject({ code: "BAD_CONFIG" });
  });
});
