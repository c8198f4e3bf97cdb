/** A GvtError as people read it: what failed, the facts, and what to do. */
import { exitStatusOf, type GvtError, isGvtError } from "../errors.js";
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

/** What became of one of several things that were tried; `error` where it is `failed`. */
interface Attempt {
  readonly kind: string;
  readonly error?: unknown;
}

/** Shows what failed. Gives the first failure's exit status, 0 where there is none; a bug among them is thrown. */
export function showFailures(attempts: readonly Attempt[], output: Output): number {
  const errors = attempts.flatMap(({ kind, error }) => (kind === "failed" ? [error] : []));
  const bug = errors.find((error) => !isGvtError(error));
  if (bug !== undefined) throw bug;
  for (const error of errors) if (isGvtError(error)) showError(error, output);
  return errors.length === 0 ? 0 : exitStatusOf(errors[0]);
}
