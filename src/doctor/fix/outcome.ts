/** What a fix has come to: which findings are gone, and what the shell that is open still needs. Pure. */
import type { Finding } from "../check.js";
import { isForOpenShell, type Step } from "../remedy.js";

export interface Outcome {
  /** Findings, consequences too, that are no more. */
  readonly mended: readonly Finding[];
  /** What the shell that is open must be told, and what only a person can do. */
  readonly followUps: readonly Step[];
  /** What this shell still suffers from until then, and no new one does. */
  readonly lingering: readonly Finding[];
}

/** `carriedOut` are the findings whose edits were made; `after` is what was found once the shell knew of them. */
export function judgeFix(
  before: readonly Finding[],
  after: readonly Finding[],
  { carriedOut, followUps }: { readonly carriedOut: readonly Finding[]; readonly followUps: readonly Step[] },
): Outcome {
  const left = new Set(flatten(after).map(keyOf));
  const isGone = (finding: Finding): boolean => !left.has(keyOf(finding));
  const needsShell = ({ remedy }: Finding): boolean => remedy.steps.some(isForOpenShell);
  return {
    mended: flatten(before).filter(isGone),
    followUps,
    lingering: carriedOut.filter(needsShell).filter(isGone),
  };
}

function flatten(findings: readonly Finding[]): Finding[] {
  return findings.flatMap((finding) => [finding, ...flatten(finding.consequences)]);
}

function keyOf({ id, summary }: Finding): string {
  return `${id} ${summary}`;
}
