/** Findings that ask for edits and nothing else, for tests of what carries them out. */
import type { Finding } from "../../../src/doctor/check.js";
import type { Step } from "../../../src/doctor/remedy.js";

export function findingWith(...steps: readonly Step[]): Finding {
  return {
    id: "rc-exports-go-vars",
    severity: "error",
    summary: "a line that pins one Go",
    about: [],
    evidence: [],
    why: "",
    remedy: { summary: "delete that line", steps },
    consequences: [],
  };
}

export function deletion(path: string, line: number, before: string): Step {
  return { kind: "edit", path, line, before };
}
