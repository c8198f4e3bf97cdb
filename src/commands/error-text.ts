/** A GvtError as people read it: what failed, the facts, and what to do. */
import type { GvtError } from "../errors.js";
import type { Output } from "../io/terminal.js";

export function showError(error: GvtError, output: Output): void {
  output.note(`${output.style("red", "error:")} ${error.message}`);
  const facts = Object.entries(error.facts);
  const width = Math.max(0, ...facts.map(([name]) => name.length));
  for (const [name, value] of facts) output.note(`  ${name.padEnd(width)}  ${value}`);
  if (error.hint !== undefined) {
    output.note("");
    output.note(`${output.style("cyan", "hint:")} ${error.hint}`);
  }
  for (let { cause } = error; cause instanceof Error; cause = cause.cause)
    output.trace(`caused by ${cause.stack}`);
}
