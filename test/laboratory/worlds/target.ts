import type { LabWorld } from "../world.js";

const PINNED = "echo 1.22.6 >.go-version";
const MAIN = "printf 'package main\\n\\nfunc main() {}\\n' >main.go";
const MODULE = `${PINNED}; printf 'module m\\n\\ngo 1.20\\n' >go.mod; ${MAIN}`;
/** What `go env -w` would have written. */
const goEnv = (line: string) => `mkdir -p $HOME/.config/go; printf '${line}\\n' >$HOME/.config/go/env`;
/** The machine's programs without a C compiler. */
const NO_COMPILER = "cp -a $TOOLS tools; rm -f tools/cc tools/*gcc* tools/*clang*";
const WITHOUT = { PATH: "$ROOT/shims:$WORK/tools" };
const CGO = { run: "go build runtime/cgo", says: /C compiler "[\w-]+" not found/ };

/** GOOS, GOARCH and the C compiler. */
export const TARGET_WORLDS: readonly LabWorld[] = [
  {
    name: "GOOS is a word that Go does not know",
    fires: "goos-goarch-invalid",
    made: `${MODULE}; printf 'export GOOS=macos\\n' >$HOME/.bashrc`,
    env: { GOOS: "macos" },
    outline: ["error goos-goarch-invalid < stray-goos-goarch"],
    symptom: { run: "go build .", says: /unsupported GOOS\/GOARCH pair macos\// },
  },
  {
    name: "GOOS of the environment and GOARCH of the go-env file are no pair",
    fires: "goos-goarch-invalid",
    made: `${MODULE}; ${goEnv("GOARCH=mips")}`,
    env: { GOOS: "js" },
    outline: ["error goos-goarch-invalid < goenv-cross-target < stray-goos-goarch"],
    symptom: { run: "go build .", says: /unsupported GOOS\/GOARCH pair js\/mips/ },
  },
  {
    name: "GOOS is of a system that only a newer Go builds for, and GOBIN is set",
    fires: "goos-goarch-invalid",
    installed: ["1.20.14"],
    made: `${MODULE}; echo 1.20.14 >.go-version; mkdir $HOME/bin`,
    env: { GOOS: "wasip1", GOARCH: "wasm", GOBIN: "$HOME/bin", PATH: "$ROOT/shims:$TOOLS:$HOME/bin" },
    outline: [
      "error goos-goarch-invalid < stray-goos-goarch < stray-goos-goarch < gobin-blocks-cross-install",
    ],
    symptom: { run: "go build .", says: /unsupported GOOS\/GOARCH pair wasip1\/wasm/ },
  },
  {
    name: "GOOS is of a system that this Go builds for",
    silent: "goos-goarch-invalid",
    installed: ["1.21.13"],
    made: `${MODULE}; echo 1.21.13 >.go-version`,
    env: { GOOS: "wasip1", GOARCH: "wasm" },
    outline: ["warning stray-goos-goarch", "warning stray-goos-goarch"],
    symptom: { run: "go list", says: /^m$/m },
  },
  {
    name: "go env -w GOOS, for one build, last year",
    fires: "goenv-cross-target",
    made: `${MODULE}; ${goEnv("GOOS=darwin")}`,
    outline: ["warning goenv-cross-target"],
    symptom: { run: "go run .", says: /exec format error/ },
  },
  {
    name: "go env -w GOOS and GOARCH of this machine",
    silent: "goenv-cross-target",
    healthy: true,
    made: `${MODULE}; go=$GO/1.22.6/bin/go; $go env -w GOOS=linux "GOARCH=$($go env GOHOSTARCH)"`,
  },
  {
    name: "GOOS of another system is exported",
    fires: "stray-goos-goarch",
    made: `${MODULE}; printf 'export GOOS=darwin\\n' >$HOME/.bashrc`,
    env: { GOOS: "darwin" },
    outline: ["warning stray-goos-goarch"],
    symptom: { run: "go run .", says: /exec format error/ },
  },
  {
    name: "GOOS of another system, in a job that builds for it",
    silent: "goenv-cross-target",
    healthy: true,
    made: MODULE,
    env: { GOOS: "darwin", CI: "true" },
    outline: ["info stray-goos-goarch"],
  },
  {
    name: "GOOS of this system is exported, and GOARCH empty",
    silent: "stray-goos-goarch",
    healthy: true,
    made: MODULE,
    env: { GOOS: "linux", GOARCH: "" },
  },
  {
    name: "GOBIN is set, and GOOS of another system",
    fires: "gobin-blocks-cross-install",
    made: `${MODULE}; mkdir $HOME/bin`,
    env: { GOOS: "darwin", GOBIN: "$HOME/bin", PATH: "$ROOT/shims:$TOOLS:$HOME/bin" },
    outline: ["warning stray-goos-goarch < gobin-blocks-cross-install"],
    symptom: { run: "go install .", says: /cannot install cross-compiled binaries when GOBIN is set/ },
  },
  {
    name: "GOBIN is set, and GOOS of this system",
    silent: "gobin-blocks-cross-install",
    healthy: true,
    made: `${MODULE}; mkdir $HOME/bin`,
    env: { GOOS: "linux", GOBIN: "$HOME/bin", PATH: "$ROOT/shims:$TOOLS:$HOME/bin" },
  },
  {
    name: "CGO_ENABLED=1, and no C compiler",
    fires: "cgo-no-compiler",
    made: `${PINNED}; ${NO_COMPILER}`,
    env: { ...WITHOUT, CGO_ENABLED: "1" },
    outline: ["warning cgo-no-compiler"],
    symptom: CGO,
  },
  {
    name: "the go-env file asks for cgo, and there is no C compiler",
    fires: "cgo-no-compiler",
    made: `${PINNED}; ${NO_COMPILER}; ${goEnv("CGO_ENABLED=1")}`,
    env: WITHOUT,
    symptom: CGO,
  },
  {
    name: "CC names a compiler that is not there, and the usual one is",
    fires: "cgo-no-compiler",
    made: `${PINNED}; ${NO_COMPILER}; printf '#!/bin/sh\\nexit 1\\n' >tools/gcc; chmod +x tools/gcc`,
    env: { ...WITHOUT, CC: "zig-cc" },
    symptom: CGO,
  },
  {
    name: "CC names a compiler that is not there, and there is no other",
    fires: "cgo-no-compiler",
    made: `${PINNED}; ${NO_COMPILER}; printf 'export CC="zig-cc -target native"\\n' >$HOME/.profile`,
    env: { ...WITHOUT, CC: "zig-cc -target native" },
    symptom: CGO,
  },
  {
    name: "a module, no C compiler, and nobody who has asked for cgo",
    fires: "cgo-no-compiler",
    made: `${MODULE}; ${NO_COMPILER}`,
    env: WITHOUT,
    outline: ["info cgo-no-compiler"],
    symptom: { run: "go env CGO_ENABLED", says: /^0$/m },
    byHand: "printf '#!/bin/sh\\n' >tools/gcc; chmod +x tools/gcc",
  },
  {
    name: "no C compiler, and cgo is off",
    silent: "cgo-no-compiler",
    healthy: true,
    made: `${MODULE}; ${NO_COMPILER}`,
    env: { ...WITHOUT, CGO_ENABLED: "0" },
  },
];
