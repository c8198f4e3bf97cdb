/** One world as a snapshot, and whether one check must fire in it. */
import type { Severity } from "../../../src/doctor/check.js";
import type { Snapshot } from "../../../src/doctor/snapshot.js";

export interface Vector {
  /** The id of the check. */
  readonly check: string;
  /** The world in a few words, as a sentence that goes on from the check's name. */
  readonly name: string;
  /** The severities of the check's findings; an empty list for a world in which it must not fire. */
  readonly expect: readonly Severity[];
  readonly snapshot: Snapshot;
  /** What its summary, evidence and remedy must name. */
  readonly mentions?: readonly string[];
  /** What they must not name. */
  readonly omits?: readonly string[];
}
