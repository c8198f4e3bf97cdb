/** Findings with one cause become one finding with consequences. Pure. */
import type { Finding, Severity } from "./check.js";

export const WEIGHT: Readonly<Record<Severity, number>> = { error: 2, warning: 1, info: 0 };

/**
 * `causes` says of each check whose findings explain its own, the most special first. Two findings belong together
 * where they are about the same thing. What has a consequence is as severe as that is. The order among findings of one
 * severity stays.
 */
export function mergeCauses(
  findings: readonly Finding[],
  causes: ReadonlyMap<string, readonly string[]>,
): readonly Finding[] {
  const causeOf = (finding: Finding): Finding | undefined => {
    for (const id of causes.get(finding.id) ?? []) {
      const cause = findings.find((other) => other.id === id && sharesSubject(other, finding));
      if (cause) return cause;
    }
    return undefined;
  };
  const parents = new Map(findings.map((finding) => [finding, causeOf(finding)]));
  const rootOf = (finding: Finding): Finding => {
    const cause = parents.get(finding);
    return cause ? rootOf(cause) : finding;
  };
  return findings
    .filter((finding) => !parents.get(finding))
    .map((root) => {
      const consequences = findings.filter((finding) => finding !== root && rootOf(finding) === root);
      return { ...root, severity: mostSevere([root, ...consequences]), consequences };
    })
    .sort((a, b) => WEIGHT[b.severity] - WEIGHT[a.severity]);
}

function sharesSubject(a: Finding, b: Finding): boolean {
  return a.about.some((subject) => b.about.includes(subject));
}

function mostSevere(findings: readonly Finding[]): Severity {
  return findings.reduce<Severity>(
    (worst, { severity }) => (WEIGHT[severity] > WEIGHT[worst] ? severity : worst),
    "info",
  );
}
