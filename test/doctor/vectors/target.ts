/** Worlds for the checks of GOOS, GOARCH and the C compiler. */

import type { Draft } from "../support/machine.js";
import {
  GO_ENV_FILE,
  machine,
  program,
  putOnPath,
  setVariable,
  takeOffPath,
  useSystemGo,
  useVersion,
  WORK,
  writeGoEnv,
  writeModuleFile,
} from "../support/machine.js";
import type { Vector } from "./vector.js";

function takeCompilerAway(draft: Draft): void {
  takeOffPath(draft, "/usr/bin");
  putOnPath(draft, "/usr/bin", [program("/usr/bin/git")], "back");
}

export const TARGET_VECTORS: readonly Vector[] = [
  {
    check: "goenv-cross-target",
    name: "fires once for each of GOOS and GOARCH",
    expect: ["warning", "warning"],
    snapshot: machine((draft) => writeGoEnv(draft, "GOOS=js\nGOARCH=wasm\n")),
    mentions: [`${GO_ENV_FILE}:1`, `${GO_ENV_FILE}:2`],
  },
  {
    check: "goenv-cross-target",
    name: "is silent for this machine's own",
    expect: [],
    snapshot: machine((draft) => writeGoEnv(draft, "GOOS=linux\nGOARCH=amd64\n")),
  },
  {
    check: "stray-goos-goarch",
    name: "fires for a variable of this shell",
    expect: ["warning"],
    snapshot: machine((draft) => setVariable(draft, "GOOS", "windows")),
    mentions: ["unset GOOS"],
  },
  {
    check: "stray-goos-goarch",
    name: "only informs where CI is set",
    expect: ["info"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOARCH", "arm64");
      setVariable(draft, "CI", "true");
    }),
  },
  {
    check: "stray-goos-goarch",
    name: "is silent for this machine's own, and for an empty one",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GOOS", "linux");
      setVariable(draft, "GOARCH", "");
    }),
  },
  {
    check: "goos-goarch-invalid",
    name: "fires for a GOOS that is misspelt",
    expect: ["error"],
    snapshot: machine((draft) => setVariable(draft, "GOOS", "macos")),
    mentions: ["macos/amd64", "unset GOOS"],
  },
  {
    check: "goos-goarch-invalid",
    name: "fires for a pair of two sources that each are right",
    expect: ["error"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOOS", "js");
      writeGoEnv(draft, "GOARCH=arm64\n");
    }),
    mentions: ["js/arm64", "unset GOOS", `${GO_ENV_FILE}:1`],
  },
  {
    check: "goos-goarch-invalid",
    name: "fires for a pair that this line has given up",
    expect: ["error"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.26.8");
      writeGoEnv(draft, "GOOS=windows\nGOARCH=arm\n");
    }),
    mentions: ["windows/arm"],
  },
  {
    check: "goos-goarch-invalid",
    name: "fires for a pair that this line does not know yet",
    expect: ["error"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.20.14");
      setVariable(draft, "GOOS", "wasip1");
      setVariable(draft, "GOARCH", "wasm");
    }),
  },
  {
    check: "goos-goarch-invalid",
    name: "is silent for the same pairs in lines that build for them, and for one that the list leaves out",
    expect: [],
    snapshot: machine((draft) => {
      useVersion(draft, "1.25.3");
      setVariable(draft, "GOOS", "windows");
      setVariable(draft, "GOARCH", "arm");
    }),
  },
  {
    check: "goos-goarch-invalid",
    name: "is silent for a pair that works badly",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, "GOARCH", "sparc64")),
  },
  {
    check: "goos-goarch-invalid",
    name: "says nothing of lines that it does not know",
    expect: [],
    snapshot: machine((draft) => {
      useVersion(draft, "1.28.0");
      setVariable(draft, "GOOS", "hurd");
    }),
  },
  {
    check: "goos-goarch-invalid",
    name: "says nothing of lines that are too old for it",
    expect: [],
    snapshot: machine((draft) => {
      useVersion(draft, "1.13.15");
      setVariable(draft, "GOOS", "nacl");
    }),
  },
  {
    check: "gobin-blocks-cross-install",
    name: "fires where GOBIN meets another machine's GOOS",
    expect: ["warning"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOOS", "darwin");
      writeGoEnv(draft, "GOBIN=/home/me/go/bin\n");
    }),
    mentions: ["darwin/amd64", "unset GOOS", `${GO_ENV_FILE}:1`],
  },
  {
    check: "gobin-blocks-cross-install",
    name: "only informs where CI is set",
    expect: ["info"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOARCH", "arm64");
      setVariable(draft, "GOBIN", "/home/me/go/bin");
      setVariable(draft, "CI", "true");
    }),
  },
  {
    check: "gobin-blocks-cross-install",
    name: "is silent for either alone",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GOBIN", "/home/me/go/bin");
      setVariable(draft, "GOOS", "linux");
    }),
  },
  {
    check: "gobin-blocks-cross-install",
    name: "is silent where GOBIN is set to nothing",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GOBIN", "");
      setVariable(draft, "GOOS", "windows");
    }),
  },
  {
    check: "cgo-no-compiler",
    name: "fires where CGO_ENABLED asks for cgo",
    expect: ["warning"],
    snapshot: machine((draft) => {
      takeCompilerAway(draft);
      setVariable(draft, "CGO_ENABLED", "1");
    }),
    mentions: ["CGO_ENABLED asks for cgo", "no gcc", "export CGO_ENABLED='0'"],
  },
  {
    check: "cgo-no-compiler",
    name: "fires where CC names what is not there, which asks for cgo too",
    expect: ["warning"],
    snapshot: machine((draft) => writeGoEnv(draft, "CC='zig-cc' -target native\n")),
    mentions: ["zig-cc", `${GO_ENV_FILE}:1`],
  },
  {
    check: "cgo-no-compiler",
    name: "switches cgo off in the go-env file where that asks for it",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.19.13");
      takeCompilerAway(draft);
      writeGoEnv(draft, "CGO_ENABLED=1\n");
      writeModuleFile(draft, `${WORK}/go.mod`, "module example.com/m\n\ngo 1.19\n");
    }),
    mentions: [`${GO_ENV_FILE}:1`, '"after":"CGO_ENABLED=0"'],
  },
  {
    check: "cgo-no-compiler",
    name: "takes CC back where one of the compilers that may be the usual one is there",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.24.4");
      setVariable(draft, "CC", "zig-cc");
    }),
    mentions: ["unset CC"],
  },
  {
    check: "cgo-no-compiler",
    name: "switches cgo off where neither CC nor the usual compiler is there",
    expect: ["warning"],
    snapshot: machine((draft) => {
      takeCompilerAway(draft);
      setVariable(draft, "CC", "zig-cc");
    }),
    mentions: ["zig-cc", "go env -w CGO_ENABLED=0"],
  },
  {
    check: "cgo-no-compiler",
    name: "shows CC beside the CGO_ENABLED that asks for it",
    expect: ["warning"],
    snapshot: machine((draft) => {
      setVariable(draft, "CC", "zig-cc");
      setVariable(draft, "CGO_ENABLED", "1");
    }),
    mentions: ["CGO_ENABLED=1", "CC=zig-cc"],
  },
  {
    check: "cgo-no-compiler",
    name: "only informs where nobody has asked for cgo",
    expect: ["info"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.20.14");
      takeCompilerAway(draft);
      putOnPath(draft, "/opt/llvm/bin", [program("/opt/llvm/bin/clang")], "back");
      writeModuleFile(draft, `${WORK}/go.mod`, "module example.com/m\n\ngo 1.20\n");
    }),
    mentions: ["there is no gcc on PATH, so Go builds without cgo"],
  },
  {
    check: "cgo-no-compiler",
    name: "says more of a line that does not switch cgo off by itself",
    expect: ["info"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.19.13");
      takeCompilerAway(draft);
      writeModuleFile(draft, `${WORK}/go.mod`, "module example.com/m\n\ngo 1.19\n");
    }),
    mentions: ["packages with C code do not build"],
  },
  {
    check: "cgo-no-compiler",
    name: "is silent where nobody has asked for cgo and nothing is built",
    expect: [],
    snapshot: machine(takeCompilerAway),
  },
  {
    check: "cgo-no-compiler",
    name: "is silent where cgo is off",
    expect: [],
    snapshot: machine((draft) => {
      takeCompilerAway(draft);
      setVariable(draft, "CGO_ENABLED", "0");
    }),
  },
  {
    check: "cgo-no-compiler",
    name: "is silent for another machine's build",
    expect: [],
    snapshot: machine((draft) => {
      takeCompilerAway(draft);
      setVariable(draft, "CGO_ENABLED", "1");
      setVariable(draft, "GOARCH", "arm64");
    }),
  },
  {
    check: "cgo-no-compiler",
    name: "is silent for a compiler that is named by its path",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, "CC", "/opt/cross/bin/cc")),
  },
  {
    check: "cgo-no-compiler",
    name: "takes any compiler for the one of a Go that somebody else has built",
    expect: [],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.24.4");
      takeCompilerAway(draft);
      writeModuleFile(draft, `${WORK}/go.mod`, "module example.com/m\n\ngo 1.20\n");
      putOnPath(draft, "/opt/llvm/bin", [program("/opt/llvm/bin/clang")], "back");
    }),
  },
];
