/** Tools that others hide, as a table of text: tool, what runs, what was meant. Pure. */
import { escapePath } from "../../go/escape.js";
import { WIDTH } from "../../io/lines.js";
import type { Facts } from "../facts.js";
import type { Program } from "../program-facts.js";
import { listShadowing } from "../shadowing.js";

const HEADINGS = ["tool", "what runs", "what was meant"] as const;

/** No lines where nothing is hidden. Where the terminal is too narrow for columns, the cells stand below each other. */
export function renderShadowTable(facts: Facts, width = WIDTH): string[] {
  const rows = listShadowing(facts).map(({ tool, runs, meant }) =>
    [tool, describeCell(runs.program), describeCell(meant)].map(escapePath),
  );
  if (rows.length === 0) return [];
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  if (widths.reduce((sum, each) => sum + each + 2, 0) > width) {
    return rows.flatMap(([tool = "", runs = "", meant = ""]) => [
      tool,
      `  what runs       ${runs}`,
      `  what was meant  ${meant}`,
    ]);
  }
  return [HEADINGS, ...rows].map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd(),
  );
}

/** `/usr/bin/gopls (v0.16.2)`. */
function describeCell({ path, build }: Program): string {
  return build?.version === undefined ? path : `${path} (${build.version})`;
}
