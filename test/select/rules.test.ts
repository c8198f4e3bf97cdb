import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { VECTORS } from "../support/vectors.js";

const page = readFileSync(join(import.meta.dirname, "../../docs/reference/version-selection.md"), "utf8");
const rules = [...page.matchAll(/^### (R\d+) · /gm)].map(([, rule]) => rule);

describe("the rules of selection", () => {
  it("are numbered without a gap", () => {
    expect(rules).toEqual(rules.map((_, index) => `R${index + 1}`));
  });

  it("are each shown by a row", () => {
    const cited = new Set(VECTORS.map(({ rule }) => rule));
    expect(rules.filter((rule) => rule !== undefined && !cited.has(rule))).toEqual([]);
  });

  it("are what each row cites", () => {
    expect(VECTORS.filter(({ rule }) => !rules.includes(rule)).map(({ name }) => name)).toEqual([]);
  });

  it("have rows of different names", () => {
    const names = VECTORS.map(({ rule, name }) => `${rule} ${name}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
