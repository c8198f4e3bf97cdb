/** What a check, a finding and its evidence are: a check is one entry of a table, a pure function over facts. */
import type { Facts } from "./facts.js";
import type { Remedy } from "./remedy.js";

export type Severity = "error" | "warning" | "info";

export interface Check {
  /** Stable: scripts, `ignore` and saved baselines name it. */
  readonly id: string;
  readonly priority: 0 | 1 | 2;
  /** What it usually is; an observation may state another. */
  readonly severity: Severity;
  /** What is wrong, in a few words. */
  readonly title: string;
  /** Checks whose finding, about the same thing, is the cause of this one's. */
  readonly yieldsTo?: readonly string[];
  readonly run: (facts: Facts) => readonly Observation[];
}

/** What one run of a check has found, before it is named and merged. */
export interface Observation {
  readonly severity?: Severity;
  /** One line with the thing's name. */
  readonly summary: string;
  /** What it is about, as keys that findings with one cause share: `variable:GOROOT`, `directory:/opt/go`. */
  readonly about: readonly string[];
  readonly evidence: readonly Evidence[];
  /** Why it hurts here, where that is not what the manual page says. */
  readonly why?: string;
  readonly remedy: Remedy;
}

/** What was seen, and where. */
export interface Evidence {
  readonly seen: string;
  readonly at: Where;
}

export type Where =
  | { readonly kind: "file"; readonly path: string; readonly line?: number | undefined }
  /** The entry's place in PATH, from 1. */
  | { readonly kind: "path-entry"; readonly position: number; readonly directory: string }
  | { readonly kind: "variable"; readonly name: string };

export interface Finding extends Observation {
  readonly id: string;
  readonly severity: Severity;
  /** Why it hurts. */
  readonly why: string;
  /** What goes away with it. */
  readonly consequences: readonly Finding[];
}

/** Shell-safe names for what findings are about. */
export const about = {
  variable: (name: string): string => `variable:${name}`,
  directory: (path: string): string => `directory:${path}`,
  tree: (goroot: string): string => `tree:${goroot}`,
  file: (path: string): string => `file:${path}`,
  program: (name: string): string => `program:${name}`,
} as const;
