import type { LabWorld } from "../world.js";

const PINNED = "echo 1.22.6 >.go-version";
/** `script FILE LINE…`: a program. */
const SCRIPT =
  'script() { mkdir -p "${1%/*}"; f=$1; shift; printf "%s\\n" "#!/usr/bin/env bash" "$@" >"$f"; chmod +x "$f"; }';
/** Managers whose `exec go` runs 1.21.13, each with the script that stands for `go` in its shims. */
const ASDF = `${SCRIPT}; script $HOME/.asdf/bin/asdf 'shift 2; exec '$GO'/1.21.13/bin/go "$@"'
  script $HOME/.asdf/shims/go '# asdf-plugin: golang 1.21.13' 'exec asdf exec "go" "$@"'
  script $HOME/.asdf/shims/gofmt '# asdf-plugin: golang 1.21.13' 'exec asdf exec "gofmt" "$@"'`;
const GOENV = `${SCRIPT}; script $HOME/.goenv/bin/goenv 'shift 2; exec '$GO'/1.21.13/bin/go "$@"'
  script $HOME/.goenv/shims/go 'export GOENV_ROOT="$HOME/.goenv"' 'exec "$HOME/.goenv/bin/goenv" exec go "$@"'
  script $HOME/.goenv/shims/gofmt 'export GOENV_ROOT="$HOME/.goenv"' 'exec "$HOME/.goenv/bin/goenv" exec gofmt "$@"'`;
/** What `go install golang.org/dl/go1.21.13@latest` builds, as far as its name and what it says. */
const WRAPPER = `mkdir -p dl/go1.21.13 $HOME/bin
  printf 'module golang.org/dl\\n\\ngo 1.20\\n' >dl/go.mod
  printf 'package main\\n\\nfunc main() { panic("go1.21.13: not downloaded") }\\n' >dl/go1.21.13/main.go
  (cd dl && $GO/1.22.6/bin/go build -o $HOME/bin/ ./go1.21.13); rm -r dl`;
const WITH_BIN = { PATH: "$ROOT/shims:$ROOT/bin:$HOME/bin:$TOOLS" };

export const OTHER_GO_WORLDS: readonly LabWorld[] = [
  {
    name: "asdf's shims stand before gvt's",
    fires: "other-version-manager",
    made: `${PINNED}; ${ASDF}`,
    env: { PATH: "$HOME/.asdf/shims:$HOME/.asdf/bin:$ROOT/shims:$TOOLS", ASDF_DATA_DIR: "$HOME/.asdf" },
    outline: ["error other-version-manager < shims-shadowed"],
    symptom: { run: "go version", says: /go1\.21\.13/ },
  },
  {
    name: "asdf's shims stand behind gvt's",
    silent: "other-version-manager",
    healthy: true,
    made: `${PINNED}; ${ASDF}`,
    env: { PATH: "$ROOT/shims:$HOME/.asdf/shims:$HOME/.asdf/bin:$TOOLS", ASDF_DATA_DIR: "$HOME/.asdf" },
  },
  {
    name: "goenv is let in by .bashrc after gvt",
    fires: "other-version-manager",
    made: `${PINNED}; ${GOENV}; gvt init bash --yes; echo 'eval "$(goenv init -)"' >>$HOME/.bashrc`,
    env: {
      PATH: "$HOME/.goenv/shims:$HOME/.goenv/bin:$ROOT/shims:$ROOT/bin:$TOOLS",
      GOENV_ROOT: "$HOME/.goenv",
    },
    outline: ["error other-version-manager < shims-shadowed"],
    symptom: { run: "go version", says: /go1\.21\.13/ },
  },
  {
    name: "mise's installed Go stands before gvt's shims, as at every prompt",
    fires: "other-version-manager",
    made: `${PINNED}; foreign 1.21.13 $HOME/.local/share/mise/installs/go/1.21.13; gvt init bash --yes
      echo 'eval "$(mise activate bash)"' >>$HOME/.bashrc`,
    env: { PATH: "$HOME/.local/share/mise/installs/go/1.21.13/bin:$ROOT/shims:$ROOT/bin:$TOOLS" },
    outline: ["error other-version-manager < shims-shadowed"],
    symptom: { run: "go version", says: /go1\.21\.13/ },
    byHand: "sed -i /mise/d $HOME/.bashrc",
  },
  {
    name: "gofmt comes from another Go than go",
    fires: "gofmt-go-mismatch",
    installed: [],
    made: "foreign 1.22.6 $HOME/go1.22; foreign 1.21.13 $HOME/sdk/go; rm $HOME/go1.22/bin/gofmt",
    env: { PATH: "$HOME/go1.22/bin:$HOME/sdk/go/bin:$TOOLS" },
    byHand: "cp $GO/1.22.6/bin/gofmt $HOME/go1.22/bin/",
  },
  {
    name: "gvt's shim of gofmt is gone, and another Go has one",
    fires: "gofmt-go-mismatch",
    made: `${PINNED}; rm $ROOT/shims/gofmt; foreign 1.21.13 $HOME/sdk/go`,
    env: { PATH: "$ROOT/shims:$ROOT/bin:$TOOLS:$HOME/sdk/go/bin" },
    symptom: { run: "command -v gofmt", says: /sdk\/go\/bin\/gofmt/ },
  },
  {
    name: "go and gofmt are links into one tree",
    silent: "gofmt-go-mismatch",
    healthy: true,
    installed: [],
    made: "foreign 1.22.6 $HOME/go1.22; mkdir a b; ln -s $HOME/go1.22/bin/go a/; ln -s $HOME/go1.22/bin/gofmt b/",
    env: { PATH: "$WORK/a:$WORK/b:$TOOLS" },
  },
  {
    name: "a wrapper of golang.org/dl whose Go was never downloaded",
    fires: "dl-wrapper-not-downloaded",
    made: `${PINNED}; ${WRAPPER}`,
    env: WITH_BIN,
    outline: ["error dl-wrapper-not-downloaded"],
    symptom: { run: "go1.21.13 version", says: /not downloaded/ },
  },
  {
    name: "a wrapper of golang.org/dl with its Go in ~/sdk",
    silent: "dl-wrapper-not-downloaded",
    fires: "golang-dl-wrappers",
    made: `${PINNED}; ${WRAPPER}; foreign 1.21.13 $HOME/sdk/go1.21.13; touch $HOME/sdk/go1.21.13/.unpacked-success`,
    env: WITH_BIN,
    outline: ["info golang-dl-wrappers"],
  },
  {
    name: "a program named as one release that is another",
    fires: "golang-dl-wrappers",
    made: `${PINNED}; foreign 1.24.4 $HOME/sdk/go; mkdir $HOME/bin; ln -s $HOME/sdk/go/bin/go $HOME/bin/go1.21.13`,
    env: WITH_BIN,
    outline: ["warning golang-dl-wrappers"],
    symptom: { run: "go1.21.13 version", says: /go1\.24\.4/ },
  },
  {
    name: "gvt's own shims named as releases, and a wrapper behind them",
    silent: "golang-dl-wrappers",
    healthy: true,
    installed: ["1.21.13", "1.22.6"],
    made: `${PINNED}; ${WRAPPER}`,
    env: WITH_BIN,
    symptom: { run: "go1.21.13 version", says: /go1\.21\.13/ },
  },
];
