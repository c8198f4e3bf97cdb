import type { Requirement } from "../support/requirements.js";

/**
 * A world of the laboratory, as data: what somebody has done to a machine, in the shell's own words, and what the doctor
 * must say of it. The variables `$HOME`, `$ROOT` (gvt's), `$WORK` (the current directory), `$SYSTEM` (in place of `/`),
 * `$GO` (the store of real toolchains, `$GO/1.21.13`), `$TOOLS` (the machine's programs) and `$CACHE` (a build cache for
 * all worlds) stand in scripts and in values of `env`.
 */
export interface LabWorld {
  /** One sentence that only this world has. */
  readonly name: string;
  /** The check that must fire, as a finding or as a consequence of one. Its remedy is then carried out to the letter. */
  readonly fires?: string;
  /** A near miss: the check that must stay silent. */
  readonly silent?: string;
  /** No finding above information. */
  readonly healthy?: true;
  /** Everything that is found, in order: `error rc-exports-go-vars < shims-shadowed`. */
  readonly outline?: readonly string[];
  /** Looked at as `gvt doctor --repo` looks, from the top in `$WORK`. */
  readonly repository?: true;
  /** What a machine has to let tests do before this can be built on it. */
  readonly needs?: Requirement;
  /** Remedies carried out in turn, the first finding's first, leave nothing above information. */
  readonly inTurn?: true;
  /** Who looks and starts Go, where that is not whoever runs the tests: `made` and remedies stay root's, who needs be. */
  readonly as?: "nobody";
  /** Versions in gvt's root; `["1.22.6"]` unless said. The files are links to the store: replace them, never write into them. */
  readonly installed?: readonly RealVersion[];
  /** sh, run in `$WORK` with `set -eu`: how it came to this. `foreign 1.21.13 DIR` is a tree that gvt has not installed. */
  readonly made?: string;
  /** Over the environment of a plain machine with gvt on PATH. Null unsets. */
  readonly env?: Readonly<Record<string, string | null>>;
  /** What `uname -r` is to say, where the machine's own age is the point. */
  readonly kernel?: string;
  /** bash, in the shell that is open, and that the doctor is called from: what it alone knows. */
  readonly typed?: string;
  /** What Go itself says while it is broken, and no more once it is mended. */
  readonly symptom?: {
    readonly run: string;
    readonly says: RegExp;
  };
  /** bash, in the shell that is open: what the person does where the remedy advises and is no command. */
  readonly byHand?: string;
}

/** 1.20 is the last line that switches no toolchains; 1.21 the first that does. */
export const REAL_VERSIONS = ["1.20.14", "1.21.13", "1.22.6", "1.24.4"] as const;
export type RealVersion = (typeof REAL_VERSIONS)[number];
