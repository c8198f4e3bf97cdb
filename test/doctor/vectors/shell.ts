/** Worlds for the checks of what only a running shell knows. */
import { machine, SHIMS } from "../support/machine.js";
import type { Vector } from "./vector.js";

export const SHELL_VECTORS: readonly Vector[] = [
  {
    check: "shell-hash-stale",
    name: "informs where the shell remembers another place",
    expect: ["info"],
    snapshot: machine((draft) => {
      draft.shell = { syntax: "sh", starts: "/usr/local/go/bin/go" };
    }),
    mentions: ["/usr/local/go/bin/go", "hash -r"],
  },
  {
    check: "shell-hash-stale",
    name: "is silent where the shell has not said",
    expect: [],
    snapshot: machine((draft) => {
      draft.shell = { syntax: "sh" };
    }),
  },
  {
    check: "shell-hash-stale",
    name: "is silent where it remembers what PATH leads to",
    expect: [],
    snapshot: machine((draft) => {
      draft.shell = { syntax: "sh", starts: `${SHIMS}/go` };
    }),
  },
  {
    check: "shell-hash-stale",
    name: "is silent where PATH names the directory with a slash",
    expect: [],
    snapshot: machine((draft) => {
      draft.shell = { syntax: "sh", starts: `${SHIMS}//go` };
    }),
  },
  {
    check: "go-alias-or-function",
    name: "fires for an alias",
    expect: ["warning"],
    snapshot: machine((draft) => {
      draft.shell = { syntax: "sh", instead: { kind: "alias", says: "go is aliased to `go1.20'" } };
    }),
    mentions: ["an alias", "unalias go"],
  },
  {
    check: "go-alias-or-function",
    name: "fires for a function",
    expect: ["warning"],
    snapshot: machine((draft) => {
      draft.shell = { syntax: "sh", instead: { kind: "function", says: "go is a function" } };
    }),
    mentions: ["a function", "unset -f go"],
  },
  {
    check: "go-alias-or-function",
    name: "says it in fish's own words, whose aliases are functions",
    expect: ["warning"],
    snapshot: machine((draft) => {
      draft.shell = {
        syntax: "fish",
        instead: { kind: "function", says: "go is a function with definition" },
      };
    }),
    mentions: ["functions -e go"],
  },
  {
    check: "go-alias-or-function",
    name: "is silent where nothing is said",
    expect: [],
    snapshot: machine((draft) => {
      draft.shell = { syntax: "sh" };
    }),
  },
];
