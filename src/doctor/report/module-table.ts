/** The map of a repository as a table: one row for each module, aligned, paths uncut. Pure. */
import { relative } from "node:path";
import { escapePath, escapeText } from "../../go/escape.js";
import type { Origin } from "../../select/selection.js";
import type { ModuleRow, RepositoryMap } from "../repository-map.js";
import type { Need } from "../verdict.js";

const HEADINGS = ["module", "needs", "go", "state", "decided by"] as const;

export function renderModuleTable({ top, modules, complete }: RepositoryMap): string[] {
  if (modules.length === 0) return [`no go.mod below ${escapePath(top)}`];
  const rows = [HEADINGS, ...modules.map((row) => cellsOf(row, top))];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const lines = rows.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const problems = modules.flatMap(({ directory, problem }) =>
    problem === undefined ? [] : [`${escapePath(directory)}: ${escapePath(problem)}`],
  );
  return [
    `modules below ${escapePath(top)}:`,
    ...lines.map((line) => `  ${line}`),
    ...problems,
    ...(complete ? [] : ["there is more below than was walked"]),
  ];
}

function cellsOf({ directory, need, version, state, origin }: ModuleRow, top: string): string[] {
  return [
    escapePath(directory),
    need ? describeNeed(need, top) : "-",
    version ?? "-",
    state,
    origin ? describePlace(origin, top) : "-",
  ];
}

function describeNeed({ path, line, text }: Need, top: string): string {
  return `${escapeText(text)} (${placeFrom(top, path)}:${line})`;
}

function describePlace(origin: Origin, top: string): string {
  switch (origin.kind) {
    case "file":
      return `${placeFrom(top, origin.path)}:${origin.line}`;
    case "environment":
      return origin.variable;
    case "argument":
      return `+${escapeText(origin.text)}`;
    case "nothing":
      return "PATH";
  }
}

/** Below the top, from there; elsewhere, in full. */
function placeFrom(top: string, path: string): string {
  const place = relative(top, path);
  return escapePath(place.startsWith("..") ? path : place);
}
