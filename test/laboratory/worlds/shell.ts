import type { LabWorld } from "../world.js";

const OLD = "echo 1.22.6 >.go-version; foreign 1.21.13 $HOME/sdk/go";

export const SHELL_WORLDS: readonly LabWorld[] = [
  {
    name: "the shell remembers the go that was first on PATH before",
    fires: "shell-hash-stale",
    made: OLD,
    typed: "hash -p $HOME/sdk/go/bin/go go",
    outline: ["info shell-hash-stale"],
    symptom: { run: "go version", says: /go1\.21\.13/ },
  },
  {
    name: "the shell remembers the shim",
    silent: "shell-hash-stale",
    healthy: true,
    made: OLD,
    typed: "go version >/dev/null",
    outline: [],
  },
  {
    name: "an alias stands before the shim",
    fires: "go-alias-or-function",
    made: OLD,
    typed: "alias go=$HOME/sdk/go/bin/go",
    outline: ["warning go-alias-or-function"],
    symptom: { run: "go version", says: /go1\.21\.13/ },
  },
  {
    name: "a function stands before the shim",
    fires: "go-alias-or-function",
    made: OLD,
    typed: 'go() { $HOME/sdk/go/bin/go "$@"; }',
    outline: ["warning go-alias-or-function"],
    symptom: { run: "go version", says: /go1\.21\.13/ },
  },
  {
    name: "an alias and a function of other names",
    silent: "go-alias-or-function",
    healthy: true,
    made: OLD,
    typed: 'alias gob="go build"; gov() { go version; }',
    outline: [],
  },
];
