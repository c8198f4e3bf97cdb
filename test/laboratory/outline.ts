/** Findings in short. */
import type { Finding } from "../../src/doctor/check.js";

/** `error rc-exports-go-vars < shims-shadowed` */
export function outlineOf(findings: readonly Finding[]): string[] {
  return findings.map(({ severity, id, consequences }) =>
    [`${severity} ${id}`, ...consequences.map((each) => each.id)].join(" < "),
  );
}

/** Every id, of consequences too. */
export function idsOf(findings: readonly Finding[]): string[] {
  return findings.flatMap(({ id, consequences }) => [id, ...consequences.map((each) => each.id)]);
}
