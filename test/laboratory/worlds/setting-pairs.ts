import type { LabWorld } from "../world.js";

const PINNED = "echo 1.22.6 >.go-version";
const MODULE = `${PINNED}; printf 'module m\\n\\ngo 1.20\\n' >go.mod; printf 'package main\\n\\nfunc main() {}\\n' >main.go`;
const goEnv = (text: string) => `mkdir -p $HOME/.config/go; printf '${text}\\n' >$HOME/.config/go/env`;
const SDK = "foreign 1.21.13 $HOME/sdk/go";
const SDK_FIRST = "$HOME/sdk/go/bin:$ROOT/shims:$TOOLS";

/** Two faults at once, one of them in what Go reads from the environment and the go-env file. */
export const SETTING_PAIR_WORLDS: readonly LabWorld[] = [
  {
    name: "HOME is not set, and GOROOT is gone",
    inTurn: true,
    made: MODULE,
    env: { HOME: null, GOCACHE: "", GOROOT: "/gone" },
    outline: ["error goroot-env-missing-dir", "error home-unset"],
    symptom: { run: "go build internal/goos", says: /GOCACHE is not defined/ },
    byHand: "export HOME=$HOME",
  },
  {
    name: "GOPATH is relative, and another Go comes before the shims",
    inTurn: true,
    made: `${MODULE}; ${SDK}`,
    env: { GOPATH: "go", PATH: SDK_FIRST },
    outline: ["error shims-shadowed", "error gopath-invalid < modcache-invalid"],
    symptom: { run: "go list", says: /GOPATH entry is relative/ },
  },
  {
    name: "the go-env file has a tilde in GOPATH, and the GOROOT of another version",
    inTurn: true,
    installed: [],
    made: `
      foreign 1.22.6 $HOME/go1.22; ${SDK}; ${MODULE}; ${goEnv("GOPATH=~/go")}; echo "GOROOT=$HOME/sdk/go" >>$HOME/.config/go/env; rm .go-version`,
    env: { PATH: "$HOME/go1.22/bin:$TOOLS" },
    outline: ["error goroot-in-goenv-file", "error goenv-file-malformed < gopath-invalid < modcache-invalid"],
    symptom: {
      run: "go build .",
      says: /cannot start with shell metacharacter|does not match go tool version/,
    },
  },
  {
    name: "GOOS of one system in the environment, and of another in the go-env file",
    inTurn: true,
    made: `${MODULE}; ${goEnv("GOOS=darwin")}`,
    env: { GOOS: "windows" },
    outline: ["warning goenv-cross-target < goenv-file-overridden", "warning stray-goos-goarch"],
    symptom: { run: "go env GOOS", says: /windows|darwin/ },
  },
  {
    name: "GOTOOLCHAIN in the environment hides another in the go-env file",
    inTurn: true,
    installed: ["1.21.13", "1.22.6"],
    made: `${PINNED}; ${goEnv("GOTOOLCHAIN=go1.20.14")}`,
    env: { GOTOOLCHAIN: "go1.21.13" },
    outline: ["warning gotoolchain-forces-version < goenv-file-overridden"],
  },
  {
    name: "a GOROOT that .profile exports hides another in the go-env file",
    inTurn: true,
    made: `${PINNED}; ${SDK}; printf 'export GOROOT=$HOME/sdk/go\\n' >$HOME/.profile; ${goEnv("GOROOT=/gone")}`,
    env: { GOROOT: "$HOME/sdk/go" },
  },
  {
    name: "GOBIN is relative, and the go-env file says it right",
    fires: "gobin-relative",
    made: `${MODULE}; mkdir $HOME/tools; echo "GOBIN=$HOME/tools" >env; mkdir -p $HOME/.config/go; mv env $HOME/.config/go/`,
    env: { GOBIN: "tools", PATH: "$ROOT/shims:$TOOLS:$HOME/tools" },
    outline: ["error gobin-relative < goenv-file-overridden"],
    symptom: { run: "go install .", says: /GOBIN must be an absolute path/ },
  },
  {
    name: "a shell that a shim of another directory has started",
    fires: "shims-shadowed",
    installed: ["1.21.13", "1.22.6"],
    made: PINNED,
    env: { PATH: "$ROOT/versions/1.21.13/bin:$ROOT/shims:$TOOLS" },
    outline: ["error shims-shadowed"],
    symptom: { run: "go version", says: /go1\.21\.13/ },
  },
  {
    name: "GOBIN leads into the shims, and the shims are not on PATH",
    inTurn: true,
    made: PINNED,
    env: { GOBIN: "$ROOT/shims", PATH: "$ROOT/bin:$TOOLS" },
    outline: ["error shims-not-on-path < go-not-found", "error gobin-is-shims-or-goroot < gobin-not-on-path"],
    symptom: { run: "go version", says: /go: command not found/ },
  },
  {
    name: "GOFLAGS and GOEXPERIMENT are both wrong in the go-env file",
    inTurn: true,
    made: `${PINNED}; ${goEnv("GOFLAGS=-nosuch\\nGOEXPERIMENT=nosuch")}`,
    outline: ["error goflags-invalid", "error goexperiment-invalid"],
    symptom: { run: "go version; GOFLAGS=-v go version", says: /parsing \$GOFLAGS|unknown GOEXPERIMENT/ },
  },
  {
    name: "the go-env file comes from Windows, and another Go comes before the shims",
    inTurn: true,
    made: `${MODULE}; ${SDK}; ${goEnv("GOFLAGS=-trimpath\\r\\nGO111MODULE=on\\r")}`,
    env: { PATH: SDK_FIRST },
    outline: ["error shims-shadowed", "error goenv-file-malformed < go111module-off"],
    symptom: { run: "go list", says: /unknown environment setting GO111MODULE/ },
  },
  {
    name: "GO111MODULE is off, and behind it the pin is below what the module needs",
    inTurn: true,
    installed: ["1.21.13", "1.22.6"],
    made: `printf 'module m\\n\\ngo 1.22.6\\n' >go.mod; echo 1.21.13 >.go-version`,
    env: { GO111MODULE: "off" },
    outline: ["warning go111module-off"],
    symptom: { run: "go list -m", says: /GO111MODULE=off|requires go >= 1\.22\.6/ },
  },
  {
    name: "a tool off PATH that an older one replaces, and GOBIN that is write-protected by its mount",
    inTurn: true,
    needs: "mount",
    made: `
      ${PINNED}; mkdir -p $HOME/tools $HOME/old $SYSTEM/proc/self; mount -t tmpfs tmpfs $HOME/tools
      for directory in tools old; do printf '#!/bin/sh\\n' >$HOME/$directory/hello; chmod +x $HOME/$directory/hello; done
      mount -o remount,ro $HOME/tools; cp /proc/self/mountinfo $SYSTEM/proc/self/`,
    env: { GOBIN: "$HOME/tools", PATH: "$ROOT/shims:$TOOLS:$HOME/old" },
    outline: ["error gobin-unwritable", "warning gobin-not-on-path", "warning gobin-shadowed"],
    byHand: "unset GOBIN",
  },
  {
    name: "no C compiler, and GOOS of another system: nothing here needs one",
    silent: "cgo-no-compiler",
    made: `${MODULE}; cp -a $TOOLS tools; rm -f tools/cc tools/*gcc* tools/*clang*`,
    env: { PATH: "$ROOT/shims:$WORK/tools", CGO_ENABLED: "1", GOOS: "darwin" },
    outline: ["warning stray-goos-goarch"],
  },
  {
    name: "no Go on PATH at all, and GOFLAGS that no Go takes",
    fires: "goflags-invalid",
    installed: [],
    env: { PATH: "$TOOLS", GOFLAGS: "mod=mod" },
    outline: ["error go-not-found", "error goflags-invalid"],
  },
];
