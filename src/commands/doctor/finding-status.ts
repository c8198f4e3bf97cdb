/** How `gvt doctor` ends. */
import type { Finding } from "../../doctor/check.js";
import { EXIT_STATUS } from "../../errors.js";
import { type Arguments, isSet } from "../command.js";

/** 1 for an error, and with `--strict` for a warning. */
export function findingStatus(findings: readonly Finding[], args: Arguments): number {
  const counts = isSet(args, "strict") ? ["error", "warning"] : ["error"];
  return findings.some(({ severity }) => counts.includes(severity)) ? EXIT_STATUS.NEGATIVE : 0;
}
