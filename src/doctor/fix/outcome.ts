/** What a fix has come to: which findings are gone, and what the shell that is open still needs. Pure. */
import type { Finding } from "../check.js";
import { fingerprintOf, type Places } from "../fingerprint.js";
import { isForOpenShell, type Step } from "../remedy.js";

export interface Outcome {
  /** Findings, consequences too, that are no more. */
  readonly mended: readonly Finding[];
  /** What the shell that is open must be told, and what only a person can do. */
  readonly followUps: readonly Step[];
  /** What this shell still suffers from until then, and no new one does. */
  readonly lingering: readonly Finding[];
}

/** What a report says. */
interface Found {
  readonly snapshot: Places;
  readonly findings: readonly Finding[];
}

/** `carriedOut` are the findings whose edits were made; `after` is what was found once the shell knew of them. */
export function judgeFix(
  before: Found,
  after: Found,
  { carriedOut, followUps }: { readonly carriedOut: readonly Finding[]; readonly followUps: readonly Step[] },
): Outcome {
  const left = listLeft(before, after, new Set(flatten(carriedOut)));
  const isGone = (finding: Finding): boolean => !left.has(finding);
  const needsShell = ({ remedy }: Finding): boolean => remedy.steps.some(isForOpenShell);
  return {
    mended: flatten(before.findings).filter(isGone),
    followUps,
    lingering: carriedOut.filter(needsShell).filter(isGone),
  };
}

/**
 * Of the findings from before, those that are found again. Their lines may have moved, so they are counted by what they
 * are about; where fewer are left than there were, those are gone first whose edits were made.
 */
function listLeft(before: Found, after: Found, carriedOut: ReadonlySet<Finding>): ReadonlySet<Finding> {
  const counts = new Map<string, number>();
  for (const finding of flatten(after.findings)) {
    const fingerprint = fingerprintOf(finding, after.snapshot);
    counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
  }
  const all = flatten(before.findings);
  const lastToGo = [
    ...all.filter((each) => !carriedOut.has(each)),
    ...all.filter((each) => carriedOut.has(each)),
  ];
  return new Set(
    lastToGo.filter((finding) => {
      const fingerprint = fingerprintOf(finding, before.snapshot);
      const count = counts.get(fingerprint) ?? 0;
      counts.set(fingerprint, count - 1);
      return count > 0;
    }),
  );
}

function flatten(findings: readonly Finding[]): Finding[] {
  return findings.flatMap((finding) => [finding, ...flatten(finding.consequences)]);
}
