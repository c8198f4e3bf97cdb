/** What differs between here and a process, as a table of three columns: what, whose, and the value. Pure. */
import { escapePath } from "../../go/escape.js";
import type { Difference } from "../process-differences.js";

export function renderDifferences(differences: readonly Difference[]): string[] {
  const width = Math.max(0, ...differences.map(({ name }) => name.length));
  return differences.flatMap(({ name, here, there }) => [
    `  ${name.padEnd(width)}  here   ${show(here)}`,
    `  ${" ".repeat(width)}  there  ${show(there)}`,
  ]);
}

function show(value: string | undefined): string {
  return value === undefined ? "-" : escapePath(value);
}
