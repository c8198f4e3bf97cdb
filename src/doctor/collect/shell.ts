/** What the shell that somebody types in says of `go`: gvt's function for that shell passes it on. Pure. */
import type { ShellFacts } from "../snapshot.js";

/** As POSIX `command -V go` answers, or fish's `type go`. */
export const SHELL_ANSWER = "GVT_SHELL_GO";

/** bash, dash, ksh, mksh, busybox and zsh, then yash; a "tracked alias" is what a shell remembers. */
const PROGRAM = /^go(?: is|:) (?:hashed \(|a tracked alias for |an external command at )?(\/.*?)\)?$/;
const INSTEAD = /^go(?: is|:) (?:an? )?(?:shell )?(?:(alias)(?:ed)?|(function))\b/;

/** Undefined where the shell has not said, or knows no `go`. */
export function parseShellAnswer(answer: string): ShellFacts | undefined {
  const [says = ""] = answer.split("\n");
  const syntax = says.endsWith(" with definition") ? "fish" : "sh";
  const instead = INSTEAD.exec(says);
  if (instead) return { syntax, instead: { kind: instead[1] ? "alias" : "function", says } };
  const starts = PROGRAM.exec(says)?.[1];
  return starts === undefined ? undefined : { syntax, starts };
}
