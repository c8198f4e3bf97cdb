/** From a snapshot to findings: runs the checks, and makes of what has one cause one finding. Pure. */
import { CHECKS, findManual } from "./catalogue.js";
import { mergeCauses } from "./causes.js";
import type { Check, Evidence, Finding } from "./check.js";
import { deriveFacts } from "./facts.js";
import type { Snapshot } from "./snapshot.js";

/** What to do first comes first. */
export function diagnose(snapshot: Snapshot, checks: readonly Check[] = CHECKS): readonly Finding[] {
  const facts = deriveFacts(snapshot);
  const findings = checks.flatMap((check) =>
    check.run(facts).map(
      (observation): Finding => ({
        ...observation,
        evidence: withoutRepeats(observation.evidence),
        id: check.id,
        severity: observation.severity ?? check.severity,
        why: observation.why ?? findManual(check.id)?.why ?? check.title,
        consequences: [],
      }),
    ),
  );
  return mergeCauses(findings, new Map(checks.map((check) => [check.id, check.yieldsTo ?? []])));
}

/** What decided and what is wrong may be one line. */
function withoutRepeats(evidence: readonly Evidence[]): readonly Evidence[] {
  const keys = evidence.map((each) => JSON.stringify(each));
  return evidence.filter((_, index) => keys.indexOf(keys[index] ?? "") === index);
}
