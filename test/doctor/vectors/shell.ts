/** Worlds for the checks of what only a running shell knows. */
import { machine, SHIMS } from "../support/machine.js";
import type { Vector } from "./vector.js";

export const SHELL_VECTORS: readonly Vector[] = [
  {
    check: "shell-hash-stale",
    name: "informs where bash remembers another place",
    expect: ["info"],
    snapshot: machine((draft) => {
      draft.shell = { name: "bash", hashed: "/usr/local/go/bin/go" };
    }),
    mentions: ["/usr/local/go/bin/go", "hash -r"],
  },
  {
    check: "shell-hash-stale",
    name: "says it in zsh's own words",
    expect: ["info"],
    snapshot: machine((draft) => {
      draft.shell = { name: "zsh", hashed: "/usr/local/go/bin/go" };
    }),
    mentions: ["rehash"],
  },
  {
    check: "shell-hash-stale",
    name: "is silent where it remembers what PATH leads to, or nothing",
    expect: [],
    snapshot: machine((draft) => {
      draft.shell = { name: "bash", hashed: `${SHIMS}/go` };
    }),
  },
  {
    check: "go-alias-or-function",
    name: "fires for an alias",
    expect: ["warning"],
    snapshot: machine((draft) => {
      draft.shell = { name: "bash", definition: "alias go='/usr/local/go/bin/go'" };
    }),
    mentions: ["an alias", "unalias go"],
  },
  {
    check: "go-alias-or-function",
    name: "fires for a function",
    expect: ["warning"],
    snapshot: machine((draft) => {
      draft.shell = { name: "bash", definition: "go () \n{ \n  command go1.20 \n}" };
    }),
    mentions: ["a function", "unset -f go"],
  },
  {
    check: "go-alias-or-function",
    name: "is silent where nothing is said",
    expect: [],
    snapshot: machine((draft) => {
      draft.shell = { name: "bash" };
    }),
  },
];
