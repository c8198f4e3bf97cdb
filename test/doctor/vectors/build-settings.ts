/** Worlds for the checks of GOFLAGS, GO111MODULE and GOEXPERIMENT. */
import {
  GO_ENV_FILE,
  machine,
  setVariable,
  useMissing,
  useVersion,
  WORK,
  writeGoEnv,
  writeModuleFile,
} from "../support/machine.js";
import type { Vector } from "./vector.js";

export const BUILD_SETTING_VECTORS: readonly Vector[] = [
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
    name: "fires for a -mod that is none",
    expect: ["error"],
    snapshot: machine((draft) => setVariable(draft, "GOFLAGS", "-v -mod=update")),
    mentions: ["-mod=update is not supported"],
  },
  {
    check: "goflags-invalid",
    name: "accepts an empty -mod",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, "GOFLAGS", "-mod=")),
  },
  {
    check: "goflags-invalid",
    name: "accepts what Go accepts: quotes, two dashes, flags of other commands",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, "GOFLAGS", "'-ldflags=-s -w' --mod=mod -skip=Slow -v")),
  },
  {
    check: "goflags-invalid",
    name: "fires for what no line takes where none is chosen",
    expect: ["error"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOFLAGS", "mod=mod");
      useMissing(draft, "1.21.13");
    }),
  },
  {
    check: "goflags-risky",
    name: "fires for -mod=vendor in the go-env file",
    expect: ["warning"],
    snapshot: machine((draft) => writeGoEnv(draft, "GOFLAGS=-v -mod=vendor\n")),
    mentions: ["-mod=vendor", `${GO_ENV_FILE}:1`, "go install pkg@version", '"after":"GOFLAGS=-v"'],
  },
  {
    check: "goflags-risky",
    name: "takes the line out where it holds nothing else",
    expect: ["warning"],
    snapshot: machine((draft) => writeGoEnv(draft, "GOFLAGS=-mod=vendor -insecure\n")),
    mentions: [`${GO_ENV_FILE}:1`, '"before":"GOFLAGS=-mod=vendor -insecure"}'],
  },
  {
    check: "goflags-risky",
    name: "leaves the other flags of the environment, with their quotes",
    expect: ["warning"],
    snapshot: machine((draft) => setVariable(draft, "GOFLAGS", "'-ldflags=-s -w' -modfile=x.mod -v")),
    mentions: ['"value":"\'-ldflags=-s -w\' -v"'],
  },
  {
    check: "goflags-risky",
    name: "fires for -mod=mod where a workspace governs",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.18.10");
      setVariable(draft, "GOFLAGS", "-mod=mod");
      writeModuleFile(draft, `${WORK}/go.work`, "go 1.18\n\nuse .\n");
    }),
    mentions: ["a workspace allows only", "unset GOFLAGS"],
  },
  {
    check: "goflags-risky",
    name: "fires for the others, with two dashes and in quotes too",
    expect: ["warning"],
    snapshot: machine((draft) => setVariable(draft, "GOFLAGS", "-trimpath '--modfile=/srv/other.mod'")),
    mentions: ["--modfile=/srv/other.mod"],
  },
  {
    check: "goflags-risky",
    name: "fires for -insecure",
    expect: ["warning"],
    snapshot: machine((draft) => setVariable(draft, "GOFLAGS", "-insecure")),
  },
  {
    check: "goflags-risky",
    name: "only informs where CI is set and nothing stops",
    expect: ["info"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOFLAGS", "-toolexec=/usr/bin/time");
      setVariable(draft, "CI", "true");
    }),
  },
  {
    check: "goflags-risky",
    name: "is silent for -mod=mod and -mod=readonly in a module, and for flags that people do set for good",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GOFLAGS", "-mod=mod -trimpath -buildvcs=false -modcacherw -tags=vendor");
      writeModuleFile(draft, `${WORK}/go.mod`, "module example.com/m\n\ngo 1.22.0\n");
    }),
  },
  {
    check: "goflags-risky",
    name: "is silent for -mod=mod beside a go.work that this line does not know",
    expect: [],
    snapshot: machine((draft) => {
      useVersion(draft, "1.17.13");
      setVariable(draft, "GOFLAGS", "-mod=mod");
      writeModuleFile(draft, `${WORK}/go.work`, "go 1.17\n\nuse .\n");
    }),
  },
  {
    check: "go111module-off",
    name: "warns where a go.mod governs",
    expect: ["warning"],
    snapshot: machine((draft) => {
      setVariable(draft, "GO111MODULE", "off");
      writeModuleFile(draft, `${WORK}/go.mod`, "module example.com/m\n\ngo 1.22.0\n");
    }),
    mentions: [`${WORK}/go.mod: not read`, "unset GO111MODULE"],
  },
  {
    check: "go111module-off",
    name: "fires as an error for a word that Go does not know",
    expect: ["error"],
    snapshot: machine((draft) => {
      writeGoEnv(draft, "GO111MODULE=true\n");
      writeModuleFile(draft, `${WORK}/go.mod`, "module example.com/m\n\ngo 1.22.0\n");
    }),
    mentions: ["none of on, off and auto", `"path":"${GO_ENV_FILE}","line":1}}]`],
  },
  {
    check: "go111module-off",
    name: "is silent where no module governs",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, "GO111MODULE", "off")),
  },
  {
    check: "go111module-off",
    name: "is silent for on and auto",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GO111MODULE", "auto");
      writeGoEnv(draft, "GO111MODULE=off\n");
      writeModuleFile(draft, `${WORK}/go.mod`, "module example.com/m\n\ngo 1.22.0\n");
    }),
  },
  {
    check: "goexperiment-invalid",
    name: "fires for a name that this line has given up",
    expect: ["error"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.26.8");
      writeGoEnv(draft, "GOEXPERIMENT=jsonv2,synctest\n");
    }),
    mentions: ["synctest", "Go 1.26", `${GO_ENV_FILE}:1`],
  },
  {
    check: "goexperiment-invalid",
    name: "fires for a name that it does not know yet, switched off",
    expect: ["error"],
    snapshot: machine((draft) => setVariable(draft, "GOEXPERIMENT", "nojsonv2")),
    mentions: ["named jsonv2", "unset GOEXPERIMENT"],
  },
  {
    check: "goexperiment-invalid",
    name: "is silent for what it knows, none and empty words",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, "GOEXPERIMENT", "none,,rangefunc,noloopvar,regabi")),
  },
  {
    check: "goexperiment-invalid",
    name: "says nothing where no version is chosen",
    expect: [],
    snapshot: machine((draft) => {
      useMissing(draft, "1.21.13");
      setVariable(draft, "GOEXPERIMENT", "nosuch");
    }),
  },
  {
    check: "goexperiment-invalid",
    name: "says nothing of lines that it does not know",
    expect: [],
    snapshot: machine((draft) => {
      useVersion(draft, "1.28.0");
      setVariable(draft, "GOEXPERIMENT", "synctest");
    }),
  },
];
