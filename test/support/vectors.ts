/** The rows of test/vectors/selection.json: worlds, each with the rule it shows and what must come of it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { SandboxSpec } from "./sandbox.js";
import type { Call } from "./selection-world.js";

export interface Vector extends SandboxSpec {
  /** `R7`, as in docs/reference/version-selection.md. */
  readonly rule: string;
  readonly name: string;
  /** The shim must answer by itself, in every shell. */
  readonly fast?: boolean;
  readonly as?: string;
  readonly args?: readonly string[];
  readonly expect: {
    /** `1.22.3`, `system`, `no system`, `missing`, `error CODE`. */
    readonly outcome: string;
    readonly origin?: string;
    /** GOTOOLCHAIN of the started program; null where it is unset. */
    readonly toolchain?: string | null;
    /** What is asked for and not installed. */
    readonly wanted?: string;
    /** The exit status, where the shim itself has to fail: not even the launcher can be found. */
    readonly status?: number;
  };
}

export const VECTORS = JSON.parse(
  readFileSync(join(import.meta.dirname, "../vectors/selection.json"), "utf8"),
) as readonly Vector[];

export function callOf({ as = "go", args = ["version"] }: Vector): Call {
  return { as, args };
}
