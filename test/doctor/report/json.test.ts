import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CHECKS } from "../../../src/doctor/catalogue.js";
import { renderJson } from "../../../src/doctor/report/json.js";
import { makeReport } from "../../../src/doctor/report/report.js";
import { describeReport, REPORT } from "../../../src/doctor/report/report-shape.js";
import { machine, setVariable } from "../support/machine.js";
import { readValidator } from "../support/validator.js";
import { VECTORS } from "../vectors/all.js";

const PUBLISHED = "docs/reference/doctor-report.schema.json";

describe("the report for programs", () => {
  const validate = readValidator(PUBLISHED);

  it("has the published schema, of which nothing is stale", () => {
    const path = new URL(`../../../${PUBLISHED}`, import.meta.url);
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(describeReport());
  });

  it("is valid in every world, and holds nothing that the schema does not describe", {
    timeout: 60_000,
  }, () => {
    for (const { name, check, snapshot } of VECTORS) {
      const document = JSON.parse(renderJson(makeReport(snapshot, CHECKS, { [check]: "a reason" })));
      expect(validate(document), name).toEqual([]);
      expect(REPORT.read(document, ""), name).toEqual(document);
    }
  });

  it("is refused by the schema where a member has another type", () => {
    const document = JSON.parse(renderJson(makeReport(machine(), CHECKS)));
    expect(validate({ ...document, findings: [{ id: 1 }] })).not.toEqual([]);
    expect(validate({ ...document, schema: 2 })).not.toEqual([]);
    expect(validate({ ...document, counts: { ...document.counts, error: -1 } })).not.toEqual([]);
  });

  it("counts what is ignored, and says why", () => {
    const snapshot = machine((draft) => setVariable(draft, "GOFLAGS", "mod=mod"));
    const { counts, findings, ignored } = JSON.parse(
      renderJson(makeReport(snapshot, CHECKS, { "goflags-invalid": "our build sets it" })),
    );
    expect(counts).toEqual({ error: 0, warning: 0, info: 0, ignored: 1 });
    expect(findings).toEqual([]);
    expect(ignored).toMatchObject([{ reason: "our build sets it", finding: { id: "goflags-invalid" } }]);
  });

  it("lets no variable drive the terminal", () => {
    const snapshot = machine((draft) => setVariable(draft, "GOFLAGS", "x\u009b31m\u001b[2J\u202e"));
    const text = renderJson(makeReport(snapshot, CHECKS));
    expect(text).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(JSON.parse(text).findings).not.toEqual([]);
  });
});
