import type { LabWorld } from "../world.js";

export const PATH_ENTRY_WORLDS: readonly LabWorld[] = [
  {
    name: "PATH has the tree and not its bin",
    fires: "path-goroot-without-bin",
    installed: [],
    made: "foreign 1.22.6 $HOME/go1.22",
    env: { PATH: "$HOME/go1.22:$TOOLS" },
    symptom: { run: "go version", says: /go: command not found/ },
  },
  {
    name: "PATH has the tree and its bin",
    silent: "path-dead-go-entry",
    installed: [],
    made: "foreign 1.22.6 $HOME/go1.22",
    env: { PATH: "$HOME/go1.22/bin:$TOOLS:$HOME/no-such-directory" },
  },
  {
    name: "PATH has a directory with a bin of other things",
    silent: "path-goroot-without-bin",
    healthy: true,
    made: "echo 1.22.6 >.go-version; mkdir -p $HOME/app/bin; touch $HOME/app/bin/tool",
    env: { PATH: "$ROOT/shims:$TOOLS:$HOME/app" },
  },
  {
    name: "PATH keeps the bin of a Go that is gone",
    fires: "path-dead-go-entry",
    made: "echo 1.22.6 >.go-version",
    env: { PATH: "$ROOT/shims:$HOME/go1.17/bin:$TOOLS" },
  },
  {
    name: "an empty entry in PATH",
    fires: "path-relative-or-empty",
    made: "echo 1.22.6 >.go-version",
    env: { PATH: "$ROOT/shims::$TOOLS" },
  },
  {
    name: "a tilde in PATH that no shell has put in",
    fires: "path-relative-or-empty",
    made: "echo 1.22.6 >.go-version",
    env: { PATH: "$ROOT/shims:~/go/bin:$TOOLS" },
  },
  {
    name: "a directory whose name holds a dot and a tilde",
    silent: "path-relative-or-empty",
    healthy: true,
    made: "echo 1.22.6 >.go-version; mkdir -p $HOME/.x/~y",
    env: { PATH: "$ROOT/shims:$TOOLS:$HOME/.x/~y" },
  },
  {
    name: "the same tree twice on PATH, once through a link",
    fires: "path-duplicate-entries",
    made: "echo 1.22.6 >.go-version; foreign 1.21.13 $HOME/sdk/go; ln -s $HOME/sdk/go $HOME/go-link",
    env: { PATH: "$ROOT/shims:$TOOLS:$HOME/sdk/go/bin:$HOME/go-link/bin" },
  },
  {
    name: "a directory twice on PATH that has nothing to do with Go",
    silent: "path-duplicate-entries",
    made: "echo 1.22.6 >.go-version; mkdir $HOME/bin",
    env: { PATH: "$ROOT/shims:$HOME/bin:$TOOLS:$HOME/bin" },
  },
];
