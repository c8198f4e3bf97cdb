import { describe, expect, it } from "vitest";
import { CHECKS } from "../../../src/doctor/catalogue.js";
import { makeReport } from "../../../src/doctor/report/report.js";
import { renderSarif } from "../../../src/doctor/report/sarif.js";
import type { Snapshot } from "../../../src/doctor/snapshot.js";
import {
  type Draft,
  HOME,
  machine,
  setVariable,
  WORK,
  writeGoEnv,
  writeModuleFile,
  writeStartupFile,
} from "../support/machine.js";
import { readValidator } from "../support/validator.js";
import { VECTORS } from "../vectors/all.js";

const validate = readValidator("test/vectors/sarif-schema-2.1.0.json");

function sarifOf(snapshot: Snapshot, ignore: Readonly<Record<string, string>> = {}) {
  return JSON.parse(renderSarif(makeReport(snapshot, CHECKS, ignore)));
}

function resultsOf(snapshot: Snapshot, ignore?: Readonly<Record<string, string>>) {
  return sarifOf(snapshot, ignore).runs[0].results;
}

function withBadFlags(change: (draft: Draft) => void = () => undefined): Snapshot {
  return machine((draft) => {
    setVariable(draft, "GOFLAGS", "mod=mod");
    writeStartupFile(draft, `${HOME}/.bashrc`, "export GOFLAGS=mod=mod\n");
    change(draft);
  });
}

describe("the report as SARIF", () => {
  it("is valid by the official schema in every world", { timeout: 60_000 }, () => {
    expect(validate(sarifOf(machine()))).toEqual([]);
    for (const { name, check, snapshot } of VECTORS) {
      for (const document of [sarifOf(snapshot), sarifOf(snapshot, { [check]: "a reason" })]) {
        document.runs[0].tool.driver.rules = []; // the same everywhere, and most of the work
        expect(validate(document), name).toEqual([]);
      }
    }
  });

  it("is refused by the schema where it says what SARIF does not know", () => {
    const document = sarifOf(withBadFlags());
    document.runs[0].results[0].level = "fatal";
    document.runs[0].results[0].locations = [{ physicalLocation: { region: { startLine: 0 } } }];
    expect(validate(document).length).toBeGreaterThan(1);
  });

  it("has a rule for every check, and every result names its own", () => {
    const [{ tool, results }] = sarifOf(withBadFlags()).runs;
    const rules = tool.driver.rules;
    expect(rules.map(({ id }: { id: string }) => id)).toEqual(CHECKS.map(({ id }) => id));
    for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex].id).toBe(ruleId);
    for (const { help, fullDescription } of rules) {
      expect(help.text).toContain("remedy: ");
      expect(fullDescription.text).not.toBe("");
    }
  });

  it("points at the line, and offers the edit that a remedy asks for", () => {
    const [result] = resultsOf(withBadFlags());
    const artifactLocation = { uri: `file://${HOME}/.bashrc` };
    expect(result.locations).toEqual([{ physicalLocation: { artifactLocation, region: { startLine: 1 } } }]);
    expect(result.fixes[0].artifactChanges).toEqual([
      {
        artifactLocation,
        replacements: [{ deletedRegion: { startLine: 1, startColumn: 1, endLine: 2, endColumn: 1 } }],
      },
    ]);
  });

  it("names files of the repository relative to it", () => {
    const snapshot = machine((draft) => {
      draft.repository.git = { directory: WORK, uid: 1000, trusted: true };
      writeModuleFile(draft, `${WORK}/a b/go.mod`, "module example.com/m\n\ngo 1.99\n");
    });
    const { locations } = resultsOf(snapshot).find(
      ({ ruleId }: { ruleId: string }) => ruleId === "version-below-go-directive",
    );
    expect(locations[0].physicalLocation.artifactLocation).toEqual({
      uri: "a%20b/go.mod",
      uriBaseId: "%SRCROOT%",
    });
    expect(sarifOf(snapshot).runs[0].originalUriBaseIds).toEqual({ "%SRCROOT%": { uri: `file://${WORK}/` } });
  });

  it("gives a finding the same fingerprint when its line has moved", () => {
    const moved = withBadFlags((draft) => {
      draft.startupFiles = [];
      writeStartupFile(draft, `${HOME}/.bashrc`, "# a comment\n\nexport GOFLAGS=mod=mod\n");
    });
    const [before] = resultsOf(withBadFlags());
    const [after] = resultsOf(moved);
    expect(after.locations).not.toEqual(before.locations);
    expect(after.partialFingerprints).toEqual(before.partialFingerprints);
  });

  it("gives two findings that are about the same thing two fingerprints", { timeout: 60_000 }, () => {
    for (const { name, snapshot } of VECTORS) {
      const prints = resultsOf(snapshot).map(
        ({ partialFingerprints }: { partialFingerprints: object }) => Object.values(partialFingerprints)[0],
      );
      expect(new Set(prints).size, name).toBe(prints.length);
    }
  });

  it("reports what is ignored as suppressed, with the reason", () => {
    const [result] = resultsOf(withBadFlags(), { "goflags-invalid": "our build sets it" });
    expect(result).toMatchObject({
      ruleId: "goflags-invalid",
      suppressions: [{ kind: "external", status: "accepted", justification: "our build sets it" }],
    });
  });

  it("offers no edit that would write a hidden secret", () => {
    const snapshot = machine((draft) => writeGoEnv(draft, "GOBIN=~/redacted1/bin\n"));
    const [result] = resultsOf(snapshot);
    expect(result.message.text).toContain("GOBIN");
    expect(result.fixes).toBeUndefined();
  });

  it("offers no part of a remedy whose rest is hidden or a command", () => {
    const value = "https://me:redacted1@mirror.example,https://me:redacted2@other.example,direct";
    const rewritten = (goEnv: string) =>
      resultsOf(
        machine((draft) => {
          setVariable(draft, "GOPROXY", value);
          writeStartupFile(draft, `${HOME}/.bashrc`, `export GOPROXY=${value}\n`);
          writeGoEnv(draft, goEnv);
        }),
      ).find(({ ruleId }: { ruleId: string }) => ruleId === "goproxy-comma-fallback");
    for (const goEnv of ["GOPROXY=off\n", ""]) {
      expect(rewritten(goEnv).message.text).toContain("do: separate them by `|`");
      expect(rewritten(goEnv).fixes).toBeUndefined();
    }
  });

  it("writes a path that is no text as an URI all the same", () => {
    const snapshot = withBadFlags((draft) => {
      for (const file of draft.startupFiles) file.path = "/home/\ud800/%/.bashrc";
    });
    expect(validate(sarifOf(snapshot))).toEqual([]);
  });
});
