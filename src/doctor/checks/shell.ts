/** Checks of what only a running shell knows: where it remembers `go`, and whether `go` is a program to it at all. */
import { about, type Check } from "../check.js";
import type { Step } from "../remedy.js";

export const SHELL_CHECKS: readonly Check[] = [
  {
    id: "shell-hash-stale",
    priority: 2,
    severity: "info",
    title: "the shell remembers another place of `go`",
    yieldsTo: ["go-alias-or-function"],
    run: (facts) => {
      const { shell } = facts.snapshot;
      const found = facts.findProgram("go")?.program.path;
      if (!shell?.hashed || found === undefined || shell.hashed === found) return [];
      const command = shell.name === "zsh" ? "rehash" : "hash -r";
      return [
        {
          summary: `this shell still starts ${shell.hashed} for \`go\`, and PATH now leads to ${found}`,
          about: [about.program("go")],
          evidence: [
            { seen: `${shell.name} remembers ${shell.hashed}`, at: { kind: "variable", name: "PATH" } },
          ],
          remedy: { summary: "let it forget", steps: [{ kind: "run", command }] },
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
      if (!shell?.definition) return [];
      const isAlias = /^\s*(?:alias\b|go is (?:an alias|aliased))/.test(shell.definition);
      const steps: Step[] = [
        { kind: "run", command: forget(shell.name, isAlias) },
        { kind: "advise", text: "delete it where your start-up files define it" },
      ];
      return [
        {
          summary: `in this shell \`go\` is ${isAlias ? "an alias" : "a function"}, and no program`,
          about: [about.program("go")],
          evidence: [
            { seen: shell.definition.split("\n", 1)[0] ?? "", at: { kind: "variable", name: shell.name } },
          ],
          remedy: { summary: "let `go` be the program", steps },
        },
      ];
    },
  },
];

function forget(shell: string, isAlias: boolean): string {
  if (shell === "fish") return "functions -e go"; // fish's aliases are functions
  return isAlias ? "unalias go" : "unset -f go";
}
