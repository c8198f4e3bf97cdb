import type { LabWorld } from "../world.js";

const PINNED = "echo 1.22.6 >.go-version";
const MAIN = "printf 'package main\\n\\nfunc main() {}\\n' >main.go";
const MODULE = `${PINNED}; printf 'module m\\n\\ngo 1.20\\n' >go.mod; ${MAIN}`;
/** What `go env -w` would have written. */
const goEnv = (line: string) => `mkdir -p $HOME/.config/go; printf '${line}\\n' >$HOME/.config/go/env`;

/** GOFLAGS, GO111MODULE and GOEXPERIMENT. */
export const BUILD_SETTING_WORLDS: readonly LabWorld[] = [
  {
    name: "GOFLAGS without its dash",
    fires: "goflags-invalid",
    made: `${PINNED}; printf 'export GOFLAGS=mod=mod\\n' >$HOME/.bashrc`,
    env: { GOFLAGS: "mod=mod" },
    outline: ["error goflags-invalid"],
    symptom: { run: "go version", says: /parsing \$GOFLAGS: non-flag "mod=mod"/ },
  },
  {
    name: "a flag in the go-env file that only a newer Go knows",
    fires: "goflags-invalid",
    installed: ["1.20.14"],
    made: `echo 1.20.14 >.go-version; ${goEnv("GOFLAGS=-fullpath")}`,
    symptom: { run: "go version", says: /parsing \$GOFLAGS: unknown flag -fullpath/ },
  },
  {
    name: "a quote in GOFLAGS that does not end",
    fires: "goflags-invalid",
    made: PINNED,
    env: { GOFLAGS: "'-ldflags=-s -w" },
    symptom: { run: "go version", says: /parsing \$GOFLAGS: unterminated ' string/ },
  },
  {
    name: "an invalid GOFLAGS in the environment over another in the go-env file",
    fires: "goflags-invalid",
    made: `${PINNED}; ${goEnv("GOFLAGS=-nosuch")}`,
    env: { GOFLAGS: "-mod mod" },
    outline: ["error goflags-invalid < goenv-file-overridden"],
    symptom: { run: "go version", says: /parsing \$GOFLAGS/ },
  },
  {
    name: "GOFLAGS without its dash, and the pinned version is not there",
    fires: "version-not-installed",
    made: `echo 1.21.13 >.go-version`,
    env: { GOFLAGS: "mod=mod" },
    outline: ["error version-not-installed", "error goflags-invalid"],
    byHand: "cp -al $GO/1.21.13 $ROOT/versions/",
  },
  {
    name: "GOFLAGS that the pinned version knows, and an older Go before it does not",
    fires: "shims-shadowed",
    made: `${PINNED}; foreign 1.20.14 $HOME/sdk/go`,
    env: { GOFLAGS: "-fullpath", PATH: "$HOME/sdk/go/bin:$ROOT/shims:$TOOLS" },
    outline: ["error shims-shadowed"],
    symptom: { run: "go version", says: /unknown flag -fullpath/ },
  },
  {
    name: "GOFLAGS with quotes, two dashes, and flags of other commands",
    silent: "goflags-invalid",
    healthy: true,
    made: MODULE,
    env: { GOFLAGS: "'-ldflags=-s -w' --trimpath -fullpath -skip=Slow" },
    symptom: { run: "go list", says: /^m$/m },
  },
  {
    name: "GOFLAGS holds -mod=vendor",
    fires: "goflags-risky",
    made: `${PINNED}; ${goEnv("GOFLAGS=-trimpath -mod=vendor")}`,
    outline: ["warning goflags-risky"],
    symptom: {
      run: "go env GOFLAGS; go install corp.example/x@latest",
      says: /cannot query module due to -mod=vendor/,
    },
  },
  {
    name: "GOFLAGS holds -mod=mod, and a workspace governs",
    fires: "goflags-risky",
    made: `${MODULE}; printf 'go 1.22\\n\\nuse .\\n' >go.work`,
    env: { GOFLAGS: "-mod=mod" },
    outline: ["warning goflags-risky"],
    symptom: { run: "go list .", says: /-mod may only be set to readonly/ },
  },
  {
    name: "GOFLAGS holds -insecure, which Go has given up",
    fires: "goflags-risky",
    made: MODULE,
    env: { GOFLAGS: "-insecure" },
    symptom: { run: "go get corp.example/x", says: /-insecure flag is no longer supported/ },
  },
  {
    name: "GOFLAGS holds the -modfile of another project, between other flags",
    fires: "goflags-risky",
    made: MODULE,
    env: { GOFLAGS: "'-ldflags=-s -w' -modfile=/gone/go.mod -trimpath" },
    symptom: { run: "go list", says: /\/gone\/go\.mod: no such file/ },
  },
  {
    name: "GOFLAGS holds -mod=mod in a module, and what people set for good",
    silent: "goflags-risky",
    healthy: true,
    made: MODULE,
    env: { GOFLAGS: "-mod=mod -trimpath -buildvcs=false -tags=vendor" },
    symptom: { run: "go list", says: /^m$/m },
  },
  {
    name: "GO111MODULE is off in a module",
    fires: "go111module-off",
    made: `${MODULE}; ${goEnv("GO111MODULE=off")}`,
    outline: ["warning go111module-off"],
    symptom: { run: "go list -m", says: /cannot be used with GO111MODULE=off/ },
  },
  {
    name: "GO111MODULE is a word that Go does not know",
    fires: "go111module-off",
    made: `${MODULE}; printf 'export GO111MODULE=true\\n' >$HOME/.profile`,
    env: { GO111MODULE: "true" },
    outline: ["error go111module-off"],
    symptom: { run: "go list", says: /unknown environment setting GO111MODULE=true/ },
  },
  {
    name: "GO111MODULE is off where no module governs",
    silent: "go111module-off",
    healthy: true,
    made: PINNED,
    env: { GO111MODULE: "off" },
  },
  {
    name: "GO111MODULE is off in the go-env file, and on in the environment",
    silent: "go111module-off",
    made: `${MODULE}; ${goEnv("GO111MODULE=off")}`,
    env: { GO111MODULE: "on" },
    outline: ["warning goenv-file-overridden"],
    symptom: { run: "go list -m", says: /^m$/m },
  },
  {
    name: "GO111MODULE is off in a module that asks for more than the pin",
    fires: "go111module-off",
    installed: ["1.21.13"],
    made: `${MODULE}; printf 'module m\\n\\ngo 1.21.13\\n' >go.mod; echo 1.21.13 >.go-version`,
    env: { GO111MODULE: "off" },
    symptom: { run: "go list -m", says: /cannot be used with GO111MODULE=off/ },
  },
  {
    name: "GOEXPERIMENT names what only a newer Go knows",
    fires: "goexperiment-invalid",
    made: `${PINNED}; ${goEnv("GOEXPERIMENT=rangefunc,synctest")}`,
    outline: ["error goexperiment-invalid"],
    symptom: { run: "go version", says: /unknown GOEXPERIMENT synctest/ },
  },
  {
    name: "GOEXPERIMENT names what this Go knows",
    silent: "goexperiment-invalid",
    healthy: true,
    made: PINNED,
    env: { GOEXPERIMENT: "rangefunc,noloopvar" },
    symptom: { run: "go env GOEXPERIMENT", says: /rangefunc/ },
  },
];
