import { describe, expect, it } from "vitest";
import { CHECKS, findManual, MANUALS } from "../../src/doctor/catalogue.js";
import { diagnose } from "../../src/doctor/diagnose.js";
import { renderText } from "../../src/doctor/report/text.js";
import { listComplaints } from "./support/judge.js";
import { machine, useSystemGo } from "./support/machine.js";
import { VECTORS } from "./vectors/all.js";

describe.each(CHECKS)("$id", ({ id }) => {
  const own = VECTORS.filter((vector) => vector.check === id);

  it("has a manual page, a world where it fires, and a near miss", () => {
    expect(findManual(id)).toBeDefined();
    expect(own.some((vector) => vector.expect.length > 0)).toBe(true);
    expect(own.some((vector) => vector.expect.length === 0)).toBe(true);
  });

  it("finds the same in snapshots that have been through JSON", () => {
    for (const { snapshot } of own) {
      expect(diagnose(JSON.parse(JSON.stringify(snapshot)))).toEqual(diagnose(snapshot));
    }
  });

  it.each(own)("$name", (vector) => {
    expect(listComplaints(vector)).toEqual([]);
  });
});

describe("the catalogue", () => {
  it("names every check once", () => {
    const ids = CHECKS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("has no manual page and no vector of a check that is not there", () => {
    const ids = CHECKS.map(({ id }) => id);
    expect(Object.keys(MANUALS).filter((id) => !ids.includes(id))).toEqual([]);
    expect(VECTORS.map(({ check }) => check).filter((id) => !ids.includes(id))).toEqual([]);
  });

  it("explains findings by checks that are there, without circles", () => {
    const causes = new Map(CHECKS.map(({ id, yieldsTo }) => [id, yieldsTo ?? []]));
    const visit = (id: string, trail: readonly string[]): void => {
      expect(trail).not.toContain(id);
      expect(causes.has(id)).toBe(true);
      for (const cause of causes.get(id) ?? []) visit(cause, [...trail, id]);
    };
    for (const id of causes.keys()) visit(id, []);
  });
});

describe("a healthy machine", () => {
  const worlds = {
    "with gvt": machine(),
    "with an official Go in the usual place": machine((draft) => useSystemGo(draft, "go1.24.4")),
    "with a Go before 1.21": machine((draft) => useSystemGo(draft, "go1.19.8")),
  };

  it.each(Object.entries(worlds))("%s has no finding, and one line says so", (_, snapshot) => {
    const findings = diagnose(snapshot);
    expect(findings).toEqual([]);
    expect(renderText(snapshot, findings)).toHaveLength(1);
  });
});
