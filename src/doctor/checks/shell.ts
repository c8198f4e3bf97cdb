/** Checks of what only a running shell knows: where it remembers `go`, and whether `go` is a program to it at all. */
import { about, type Check } from "../check.js";
import type { ShellFacts } from "../snapshot.js";

export const SHELL_CHECKS: readonly Check[] = [
  {
    id: "shell-hash-stale",
    priority: 2,
    severity: "info",
    title: "the shell remembers another place of `go`",
    run: (facts) => {
      const starts = facts.snapshot.shell?.starts;
      const found = facts.findProgram("go")?.program.path;
      if (starts === undefined || found === undefined || plain(starts) === plain(found)) return [];
      return [
        {
          summary: `this shell still starts ${starts} for \`go\`, and PATH now leads to ${found}`,
          about: [about.program("go")],
          evidence: [{ seen: `this shell remembers ${starts}`, at: { kind: "variable", name: "PATH" } }],
          remedy: { summary: "let it forget", steps: [{ kind: "run", command: "hash -r" }] },
        },
      ];
    },
  },
  {
    id: "go-alias-or-function",
    priority: 2,
    severity: "warning",
    title: "`go` is an alias or a function",
    run: ({ snapshot: { shell } }) => {
      if (!shell?.instead) return [];
      const { kind, says } = shell.instead;
      return [
        {
          summary: `in this shell \`go\` is ${kind === "alias" ? "an alias" : "a function"}, and no program`,
          about: [about.program("go")],
          evidence: [{ seen: says, at: { kind: "variable", name: "SHELL" } }],
          remedy: {
            summary: "let `go` be the program",
            steps: [
              { kind: "run", command: forget(shell.syntax, kind) },
              { kind: "advise", text: "delete it where your start-up files define it" },
            ],
          },
        },
      ];
    },
  },
];

/** PATH may name a directory with a slash at its end. */
function plain(path: string): string {
  return path.replace(/\/+/g, "/");
}

/** fish has no aliases but functions. */
function forget(syntax: ShellFacts["syntax"], kind: "alias" | "function"): string {
  if (syntax === "fish") return "functions -e go";
  return kind === "alias" ? "unalias go" : "unset -f go";
}
