import type { LabWorld } from "../world.js";

const PINNED = "echo 1.22.6 >.go-version";
const SDK = "foreign 1.21.13 $HOME/sdk/go";
const SDK_FIRST = { PATH: "$HOME/sdk/go/bin:$ROOT/shims:$ROOT/bin:$TOOLS" };
const mod = (text: string) => `printf 'module m\\n\\n${text}\\n' >go.mod`;
const MAIN = "printf 'package main\\n\\nfunc main() {}\\n' >main.go";
const goEnv = (text: string) => `mkdir -p $HOME/.config/go; printf '${text}\\n' >$HOME/.config/go/env`;

/** Two faults at once: what explains what, what comes first, and that the remedies together leave nothing. */
export const PAIR_WORLDS: readonly LabWorld[] = [
  {
    name: ".bashrc puts another Go before the shims, and exports its GOROOT",
    made: `${PINNED}; ${SDK}; printf 'export GOROOT=$HOME/sdk/go\\nexport PATH=$GOROOT/bin:$PATH\\n' >$HOME/.bashrc`,
    env: { ...SDK_FIRST, GOROOT: "$HOME/sdk/go" },
    outline: ["error rc-exports-go-vars < goroot-env-mismatch", "error rc-exports-go-vars < shims-shadowed"],
    inTurn: true,
    symptom: { run: "go version", says: /go1\.21\.13/ },
  },
  {
    name: "GOROOT of another version, and GOTOOLCHAIN of a third in the go-env file",
    installed: ["1.21.13", "1.22.6"],
    made: `${PINNED}; ${SDK}; ${goEnv("GOTOOLCHAIN=go1.21.13")}`,
    env: { GOROOT: "$HOME/sdk/go" },
    outline: ["error goroot-env-mismatch", "warning gotoolchain-forces-version"],
    inTurn: true,
    symptom: { run: "go version", says: /go1\.21\.13|download go1\.21\.13|toolchain not available/ },
  },
  {
    name: "another Go before the shims, and the pinned version not installed",
    made: `echo 1.24.4 >.go-version; ${SDK}`,
    env: SDK_FIRST,
    outline: ["error shims-shadowed", "error version-not-installed"],
    inTurn: true,
    symptom: { run: "go version", says: /go1\.21\.13/ },
  },
  {
    name: "goenv before gvt, with the GOROOT and the GOPATH that it has exported",
    made: `${PINNED}; mkdir -p $HOME/.goenv/shims $HOME/go/1.21.13; foreign 1.21.13 $HOME/.goenv/versions/1.21.13
      for name in go gofmt; do
        printf '#!/usr/bin/env bash\\nexec "$HOME/.goenv/libexec/goenv" exec %s "$@"\\n' $name >$HOME/.goenv/shims/$name
        chmod +x $HOME/.goenv/shims/$name
      done`,
    env: {
      PATH: "$HOME/.goenv/shims:$ROOT/shims:$ROOT/bin:$TOOLS",
      GOENV_ROOT: "$HOME/.goenv",
      GOROOT: "$HOME/.goenv/versions/1.21.13",
      GOPATH: "$HOME/go/1.21.13",
    },
    outline: ["error other-version-manager < shims-shadowed", "error goroot-env-mismatch"],
    inTurn: true,
  },
  {
    name: "GOROOT of a Go that is gone, and its bin still on PATH",
    made: `${PINNED}; printf 'export GOROOT=$HOME/go1.17\\nexport PATH=$PATH:$GOROOT/bin\\n' >$HOME/.profile`,
    env: { GOROOT: "$HOME/go1.17", PATH: "$ROOT/shims:$ROOT/bin:$TOOLS:$HOME/go1.17/bin" },
    outline: ["error rc-exports-go-vars < goroot-env-missing-dir", "info path-dead-go-entry"],
    inTurn: true,
  },
  {
    name: "GOROOT gone in the environment and another one gone in the go-env file",
    installed: [],
    made: `foreign 1.22.6 $HOME/go1.22; ${goEnv("GOROOT=/gone/too")}`,
    env: { PATH: "$HOME/go1.22/bin:$TOOLS", GOROOT: "/gone" },
    outline: ["error goroot-env-missing-dir", "error goroot-in-goenv-file < goenv-file-overridden"],
    inTurn: true,
    symptom: { run: "go version; go list fmt", says: /cannot find GOROOT directory/ },
  },
  {
    name: "a tree of gvt's without its compiler, and a GOROOT that names it",
    made: `${PINNED}; ${mod("go 1.22")}; ${MAIN}; rm $ROOT/versions/1.22.6/pkg/tool/*/compile`,
    env: { GOROOT: "$ROOT/versions/1.22.6" },
    outline: ["error goroot-incomplete"],
    inTurn: true,
    symptom: { run: "go build -o /dev/null .", says: /no such tool|fork\/exec/ },
  },
  {
    name: "a version file that says nothing, and a GOROOT that is gone",
    made: ": >.go-version",
    env: { GOROOT: "/gone" },
    outline: ["error goroot-env-missing-dir", "error version-file-invalid"],
    inTurn: true,
    symptom: { run: "go version", says: /names no version/ },
  },
  {
    name: "Go in ~/go, where `go install` has put tools beside it",
    installed: [],
    made: "foreign 1.22.6 $HOME/go; cp $TOOLS/true $HOME/go/bin/tool",
    env: { PATH: "$HOME/go/bin:$TOOLS" },
    fires: "goroot-equals-gopath",
    outline: ["warning goroot-equals-gopath < goroot-polluted"],
    symptom: { run: "go env GOVERSION", says: /warning: GOPATH set to GOROOT|both GOPATH and GOROOT/ },
  },
  {
    name: "Go below GOPATH, and the GOROOT exported that is another",
    installed: [],
    made: `foreign 1.22.6 $HOME/go/go1.22; ${SDK}; ${mod("go 1.20")}; ${MAIN}`,
    env: { PATH: "$HOME/go/go1.22/bin:$TOOLS", GOROOT: "$HOME/sdk/go" },
    outline: ["error goroot-env-mismatch", "warning goroot-gopath-nested"],
    fires: "goroot-env-mismatch",
    symptom: { run: "go build -o /dev/null .", says: /does not match go tool version/ },
  },
  {
    name: "1.20 is pinned, and go.mod has a patch, a toolchain and a tool",
    installed: ["1.20.14"],
    made: `${mod("go 1.24.1\\n\\ntoolchain go1.24.4\\n\\ntool m")}; ${MAIN}; echo 1.20.14 >.go-version`,
    outline: ["error version-below-go-directive < go-line-too-new-for-parser < versions-file-conflict"],
    inTurn: true,
    symptom: { run: "go list", says: /invalid go version|unknown directive|must match format/ },
  },
  {
    name: "the pin is below go.mod, and the go-env file keeps Go from switching",
    installed: ["1.21.13"],
    made: `${mod("go 1.22.0")}; ${MAIN}; echo 1.21.13 >.go-version; ${goEnv("GOTOOLCHAIN=local")}`,
    outline: ["error version-below-go-directive < versions-file-conflict"],
    inTurn: true,
    symptom: { run: "go list", says: /go\.mod requires go >= 1\.22\.0/ },
  },
  {
    name: "go.work asks for too little, and the pin for less still",
    installed: ["1.21.13"],
    made: `printf 'go 1.21\\n\\nuse .\\n' >go.work; ${mod("go 1.22.1")}; ${MAIN}; echo 1.21.13 >.go-version`,
    outline: ["error gowork-go-too-low"],
    inTurn: true,
    symptom: { run: "go list .", says: /go work use|requires go >= 1\.22\.1|go\.work lists go 1\.21/ },
  },
  {
    name: "GOWORK is gone, and GOTOOLCHAIN is no toolchain",
    made: `${PINNED}; ${mod("go 1.21")}; ${MAIN}`,
    env: { GOWORK: "$HOME/gone/go.work", GOTOOLCHAIN: "latest" },
    outline: ["error gowork-missing", "error gotoolchain-invalid"],
    inTurn: true,
    symptom: { run: "go list", says: /invalid GOTOOLCHAIN/ },
  },
  {
    name: "GVT_VERSION is not installed, and GOTOOLCHAIN names it too",
    made: PINNED,
    env: { GVT_VERSION: "1.21.13", GOTOOLCHAIN: "go1.21.13" },
    outline: ["error version-not-installed"],
    inTurn: true,
    symptom: { run: "go version", says: /not installed/ },
  },
  {
    name: "a copy of go first on PATH, and an empty entry before it",
    made: `${PINNED}; mkdir $HOME/bin; cp $GO/1.22.6/bin/go $HOME/bin/go`,
    env: { PATH: ":$HOME/bin:$ROOT/shims:$ROOT/bin:$TOOLS" },
    outline: [
      "error go-binary-detached < shims-shadowed < gofmt-go-mismatch",
      "warning path-relative-or-empty",
    ],
    inTurn: true,
    symptom: { run: "go list fmt", says: /GOROOT is not set/ },
  },
  {
    name: "the shims twice on PATH, and another Go between",
    made: `${PINNED}; ${SDK}`,
    env: { PATH: "$ROOT/shims:$ROOT/bin:$HOME/sdk/go/bin:$TOOLS:$ROOT/shims:$HOME/sdk/go/bin" },
    outline: ["info path-duplicate-entries", "info path-duplicate-entries"],
    inTurn: true,
  },
  {
    name: "no shims on PATH, and nothing decided once they are",
    env: { PATH: "$ROOT/bin:$TOOLS" },
    outline: ["error shims-not-on-path < go-not-found"],
    inTurn: true,
    symptom: { run: "go version", says: /command not found/ },
  },
];
