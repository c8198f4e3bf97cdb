/** Worlds for the checks of the go-env file and Go's variables. */
import { GO_ENV_FILE, machine, setVariable, useVersion, writeGoEnv } from "../support/machine.js";
import type { Vector } from "./vector.js";

export const GO_ENV_VECTORS: readonly Vector[] = [
  {
    check: "goenv-file-overridden",
    name: "fires where the environment says something else",
    expect: ["warning"],
    snapshot: machine((draft) => {
      writeGoEnv(draft, "GOPROXY=https://proxy.example\n");
      setVariable(draft, "GOPROXY", "direct");
    }),
    mentions: [`${GO_ENV_FILE}:1`, "GOPROXY=direct"],
  },
  {
    check: "goenv-file-overridden",
    name: "is silent where both agree, or the variable is empty",
    expect: [],
    snapshot: machine((draft) => {
      writeGoEnv(draft, "GOPROXY=direct\nGOSUMDB=off\n");
      setVariable(draft, "GOPROXY", "direct");
      setVariable(draft, "GOSUMDB", "");
    }),
  },
  {
    check: "goenv-file-overridden",
    name: "is silent for a key that Go does not know",
    expect: [],
    snapshot: machine((draft) => {
      writeGoEnv(draft, "PATH=/x\nGOVERSION=go1.20\n");
      setVariable(draft, "GOVERSION", "go1.21");
    }),
  },
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
    check: "goflags-invalid",
    name: "fires for a word that is no flag",
    expect: ["error"],
    snapshot: machine((draft) => setVariable(draft, "GOFLAGS", "mod=mod")),
    mentions: ["non-flag", "unset GOFLAGS"],
  },
  {
    check: "goflags-invalid",
    name: "fires for a flag that this Go does not know yet",
    expect: ["error"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.19.13");
      writeGoEnv(draft, "GOFLAGS=-skip=Slow\n");
    }),
    mentions: ["unknown flag -skip", `${GO_ENV_FILE}:1`],
  },
  {
    check: "goflags-invalid",
    name: "accepts what Go accepts: quotes, two dashes, flags of other commands",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, "GOFLAGS", "'-ldflags=-s -w' --mod=mod -skip=Slow -v")),
  },
];
