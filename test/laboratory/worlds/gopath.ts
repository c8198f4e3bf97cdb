import type { LabWorld } from "../world.js";

const PINNED = "echo 1.22.6 >.go-version";
const MODULE = `${PINNED}; printf 'module example.com/tool\\n\\ngo 1.20\\n' >go.mod; printf 'package main\\n\\nfunc main() {}\\n' >main.go`;
/** What `go env -w` would have written. */
const goEnv = (line: string) => `mkdir -p $HOME/.config/go; echo ${line} >$HOME/.config/go/env`;

/** GOPATH, and the home directory that it defaults to. */
export const GOPATH_WORLDS: readonly LabWorld[] = [
  {
    name: "GOPATH is relative",
    fires: "gopath-invalid",
    made: `${MODULE}; printf 'export GOPATH=go\\n' >$HOME/.bashrc`,
    env: { GOPATH: "go" },
    symptom: { run: "go list", says: /GOPATH entry is relative; must be absolute path: "go"/ },
  },
  {
    name: "a tilde in GOPATH that no shell has expanded",
    fires: "gopath-invalid",
    made: MODULE,
    env: { GOPATH: "$HOME/go:~/work" },
    symptom: { run: "go list", says: /cannot start with shell metacharacter '~'/ },
  },
  {
    name: "a tilde in the GOPATH of the go-env file",
    fires: "gopath-invalid",
    made: `${MODULE}; ${goEnv("'GOPATH=~/go'")}`,
    outline: ["error goenv-file-malformed < gopath-invalid < modcache-invalid"],
    symptom: { run: "go list; go env -u GOPATH", says: /cannot start with shell metacharacter '~'/ },
  },
  {
    name: "empty entries in GOPATH",
    silent: "gopath-invalid",
    healthy: true,
    made: MODULE,
    env: { GOPATH: ":$HOME/go:" },
    symptom: { run: "go list", says: /^example\.com\/tool$/m },
  },
  {
    name: "GOPATH has two entries",
    fires: "gopath-multi",
    made: `${PINNED}; mkdir -p $HOME/go $HOME/work`,
    env: { GOPATH: "$HOME/go:$HOME/work" },
    outline: ["info gopath-multi"],
    symptom: { run: "go env GOPATH GOMODCACHE", says: /go:.*work\n.*home\/go\/pkg\/mod/ },
    byHand: "export GOPATH=$HOME/go",
  },
  {
    name: "GOPATH has one entry that ends in a colon",
    silent: "gopath-multi",
    healthy: true,
    made: PINNED,
    env: { GOPATH: "$HOME/go:" },
  },
  {
    name: "a go.mod in GOPATH, and a Go that stops there",
    fires: "gopath-has-go-mod",
    installed: ["1.21.13"],
    made: `${MODULE}; echo 1.21.13 >.go-version; mkdir -p $HOME/go; cp go.mod $HOME/go/`,
    outline: ["error gopath-has-go-mod"],
    symptom: { run: "go list", says: /\$GOPATH\/go\.mod exists but should not/ },
  },
  {
    name: "a go.mod in GOPATH, and a Go that passes over it",
    fires: "gopath-has-go-mod",
    made: `${MODULE}; mkdir -p $HOME/go; cp go.mod $HOME/go/`,
    outline: ["warning gopath-has-go-mod"],
    symptom: { run: "go list", says: /warning: ignoring go\.mod in \$GOPATH/ },
  },
  {
    name: "GOPATH is the module that somebody works in",
    fires: "gopath-has-go-mod",
    installed: ["1.21.13"],
    made: `${MODULE}; echo 1.21.13 >.go-version; printf 'export GOPATH=%s\\n' "$WORK" >$HOME/.bashrc`,
    env: { GOPATH: "$WORK" },
    outline: ["error gopath-has-go-mod"],
    symptom: { run: "go list -m || go list", says: /\$GOPATH\/go\.mod exists but should not|not found/ },
  },
  {
    name: "a module was cloned where GOPATH is when nobody sets it",
    fires: "gopath-has-go-mod",
    made: "ln -s $WORK $HOME/go; echo 1.22.6 >.go-version; printf 'module m\\n\\ngo 1.20\\n' >go.mod",
  },
  {
    name: "a go.mod below GOPATH, and one in its second entry",
    silent: "gopath-has-go-mod",
    healthy: true,
    installed: ["1.21.13"],
    made: `${MODULE}; echo 1.21.13 >.go-version; mkdir -p $HOME/go/src/x $HOME/work; cp go.mod $HOME/go/src/x/; cp go.mod $HOME/work/`,
    env: { GOPATH: "$HOME/go:$HOME/work" },
    symptom: { run: "go list", says: /^example\.com\/tool$/m },
  },
  {
    name: "a go.mod in GOPATH where modules are off",
    silent: "gopath-has-go-mod",
    healthy: true,
    installed: ["1.21.13"],
    made: `echo 1.21.13 >.go-version; mkdir -p $HOME/go; printf 'module m\\n' >$HOME/go/go.mod`,
    env: { GO111MODULE: "off" },
  },
  {
    name: "HOME is not set, as in a job of cron's",
    fires: "home-unset",
    made: MODULE,
    env: { HOME: null, GOCACHE: "" },
    symptom: {
      run: "go build internal/goos",
      says: /GOCACHE is not defined and neither \$XDG_CACHE_HOME nor \$HOME/,
    },
    byHand: "export HOME=$HOME",
  },
  {
    name: "HOME is not set, and only GOPATH lacks a place",
    fires: "home-unset",
    made: MODULE,
    env: { HOME: null, GOCACHE: "$WORK/cache" },
    symptom: { run: "go install .", says: /no install location for directory/ },
    byHand: "export HOME=$HOME",
  },
  {
    name: "HOME is not set, and both caches have a place",
    silent: "home-unset",
    made: MODULE,
    env: { HOME: null, GOCACHE: "$HOME/cache", GOMODCACHE: "$HOME/mod", GVT_ROOT: "$ROOT" },
    symptom: { run: "go list", says: /^example\.com\/tool$/m },
  },
];
