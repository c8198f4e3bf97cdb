/** `gvt doctor explain ID`: the manual page of a check, or the list of all. */
import type { Context } from "../../context.js";
import { CHECKS, MANUALS } from "../../doctor/catalogue.js";
import { renderManual } from "../../doctor/report/manual-page.js";
import { requireCheck } from "./named-check.js";

export function explain({ output }: Context, id: string | undefined): number {
  if (id === undefined) {
    const width = Math.max(...CHECKS.map((check) => check.id.length));
    for (const check of CHECKS) output.print(`${check.id.padEnd(width)}  ${check.title}`);
    return 0;
  }
  const check = requireCheck(id);
  const manual = MANUALS[check.id];
  if (!manual) throw new Error(`${check.id} has no manual page`);
  for (const line of renderManual(check, manual)) output.print(line);
  return 0;
}
