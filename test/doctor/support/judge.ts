/** Whether a check does what a vector says: for the tests, and for the mutants that must not pass them. */
import { CHECKS } from "../../../src/doctor/catalogue.js";
import type { Finding } from "../../../src/doctor/check.js";
import { diagnose } from "../../../src/doctor/diagnose.js";
import { renderText } from "../../../src/doctor/report/text.js";
import type { Vector } from "../vectors/vector.js";
import { withRemedy } from "./remedied.js";

/** Everything that is not as it should be, in words. */
export function listComplaints(vector: Vector): string[] {
  const findings = findingsOf(vector);
  const severities = findings.map(({ severity }) => severity);
  if (severities.join() !== vector.expect.join()) return [`finds ${severities.join(", ") || "nothing"}`];
  return [
    ...findings.flatMap(({ evidence }) => (evidence.length === 0 ? ["shows no evidence"] : [])),
    ...findings.flatMap(({ remedy }) => (remedy.steps.length === 0 ? ["has no remedy"] : [])),
    ...listMisspoken(vector, findings),
    ...listUnmended(vector, findings),
  ];
}

/** What the check says by itself. */
function findingsOf({ check: id, snapshot }: Vector): readonly Finding[] {
  return diagnose(
    snapshot,
    CHECKS.filter((check) => check.id === id),
  );
}

/** Of information, the report shows a line, and JSON the rest. */
function listMisspoken(
  { snapshot, mentions = [], omits = [] }: Vector,
  findings: readonly Finding[],
): string[] {
  const text = renderText(snapshot, findings).join("\n").replace(/\n\s+/g, " ");
  const report = text + JSON.stringify(findings);
  return [
    ...mentions.filter((word) => !report.includes(word)).map((word) => `does not say ${word}`),
    ...omits.filter((word) => report.includes(word)).map((word) => `says ${word}`),
  ];
}

/** A remedy that only changes settings ends the finding, and brings no other. */
function listUnmended(vector: Vector, findings: readonly Finding[]): string[] {
  const steps = findings.flatMap(({ remedy }) => remedy.steps);
  const remedied = withRemedy(vector.snapshot, steps);
  if (!remedied || findings.length === 0) return [];
  const before = new Set(diagnose(vector.snapshot).flatMap(listIds));
  return [
    ...findingsOf({ ...vector, snapshot: remedied }).map(({ id }) => `still finds ${id} when it is remedied`),
    ...diagnose(remedied)
      .flatMap(listIds)
      .filter((id) => !before.has(id))
      .map((id) => `finds ${id} when it is remedied`),
  ];
}

function listIds({ id, consequences }: Finding): string[] {
  return [id, ...consequences.flatMap(listIds)];
}
