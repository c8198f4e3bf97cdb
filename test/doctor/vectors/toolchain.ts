/** Worlds for the checks of `toolchain` lines, of downloaded toolchains, and of variables that only seem to choose. */
import { parseModuleFile } from "../../../src/doctor/collect/module-files.js";
import {
  type Draft,
  GO_ENV_FILE,
  HOME,
  machine,
  program,
  putOnPath,
  setDirectory,
  setVariable,
  useMissing,
  useSystemGo,
  useVersion,
  WORK,
  writeGoEnv,
  writeModuleFile,
  writeStartupFile,
} from "../support/machine.js";
import type { Vector } from "./vector.js";

const GO_MOD = `${WORK}/go.mod`;
const SWITCH = "GOTOOLCHAIN_INTERNAL_SWITCH_VERSION";
const MIRROR = "file:///srv/proxy";

function toolchainLine(text: string, change: (draft: Draft) => void = () => undefined) {
  return machine((draft) => {
    change(draft);
    writeModuleFile(draft, GO_MOD, `module m\n\ngo 1.21\ntoolchain ${text}\n`);
  });
}

export const TOOLCHAIN_VECTORS: readonly Vector[] = [
  ...["local", "1.22.1", "v1.22.1", "go2.1", "go1.x", "go1.22.x", "go1.22.6foo"].map(
    (text): Vector => ({
      check: "toolchain-line-invalid",
      name: `fires for \`${text}\``,
      expect: ["error"],
      snapshot: toolchainLine(text),
      mentions: [`delete line 4 of ${GO_MOD}`],
    }),
  ),
  {
    check: "toolchain-line-invalid",
    name: "says what the line should be",
    expect: ["error"],
    snapshot: toolchainLine("1.22.1"),
    mentions: ["write `toolchain go1.22.1`"],
  },
  {
    check: "toolchain-line-invalid",
    name: "fires for a language version that Go would switch to",
    expect: ["error"],
    snapshot: toolchainLine("go1.99", (draft) => setVariable(draft, "GOTOOLCHAIN", "auto")),
    mentions: ["language version", "write `toolchain go1.99.0`"],
  },
  {
    check: "toolchain-line-invalid",
    name: "fires for a language version that the go line names too",
    expect: ["error"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOTOOLCHAIN", "auto");
      writeModuleFile(draft, GO_MOD, "go 1.24\ntoolchain go1.24\n");
    }),
    mentions: ["write `toolchain go1.24.0`"],
  },
  {
    check: "toolchain-line-invalid",
    name: "fires for a language version where there is no go line",
    expect: ["error"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOTOOLCHAIN", "auto");
      writeModuleFile(draft, GO_MOD, "toolchain go1.24\n");
    }),
  },
  {
    check: "toolchain-line-invalid",
    name: "fires for 1.21, the first that reads the line",
    expect: ["error"],
    snapshot: toolchainLine("local", (draft) => useVersion(draft, "1.21.13")),
  },
  {
    check: "toolchain-line-invalid",
    name: "fires for a module of the workspace",
    expect: ["error"],
    snapshot: machine((draft) => {
      const file = parseModuleFile(GO_MOD, "go 1.21\ntoolchain 1.22.1\n");
      draft.repository.moduleFiles.push(file as Draft["repository"]["moduleFiles"][number]);
      writeModuleFile(draft, `${WORK}/go.work`, "go 1.21\nuse .\n");
    }),
    mentions: [`${GO_MOD}:2`],
  },
  {
    check: "toolchain-line-invalid",
    name: "is what keeps a version from being chosen",
    expect: ["error"],
    snapshot: toolchainLine("1.22.1", (draft) => {
      draft.selection = { kind: "failed", code: "BAD_VERSION_FILE", message: `cannot read ${GO_MOD}` };
    }),
  },
  ...["default", "go1.22.6", "go1.22.1-custom", "go1.20", "go1", "go1.23rc1"].map(
    (text): Vector => ({
      check: "toolchain-line-invalid",
      name: `accepts \`${text}\``,
      expect: [],
      snapshot: toolchainLine(text),
    }),
  ),
  {
    check: "toolchain-line-invalid",
    name: "lets a language version pass where Go stays",
    expect: [],
    snapshot: toolchainLine("go1.99"),
  },
  {
    check: "toolchain-line-invalid",
    name: "lets a language version pass that the chosen version is newer than",
    expect: [],
    snapshot: toolchainLine("go1.21", (draft) => setVariable(draft, "GOTOOLCHAIN", "auto")),
  },
  {
    check: "toolchain-line-invalid",
    name: "lets a language version pass that the go line is newer than",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GOTOOLCHAIN", "auto");
      writeModuleFile(draft, GO_MOD, "go 1.25\ntoolchain go1.24\n");
    }),
  },
  {
    check: "toolchain-line-invalid",
    name: "passes over a module that the workspace does not use",
    expect: [],
    snapshot: machine((draft) => {
      const file = parseModuleFile(GO_MOD, "go 1.21\ntoolchain 1.22.1\n");
      draft.repository.moduleFiles.push(file as Draft["repository"]["moduleFiles"][number]);
      writeModuleFile(draft, `${WORK}/go.work`, "go 1.21\nuse ./other\n");
    }),
  },
  {
    check: "toolchain-line-invalid",
    name: "is silent before 1.21, which knows no such line",
    expect: [],
    snapshot: toolchainLine("local", (draft) => useVersion(draft, "1.20.14")),
  },
  {
    check: "toolchain-needs-sumdb",
    name: "warns where Go may switch, and not verify",
    expect: ["warning"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOTOOLCHAIN", "auto");
      writeGoEnv(draft, "GOSUMDB=off\n");
    }),
    mentions: [`${GO_ENV_FILE}:1`, "unset GOTOOLCHAIN"],
    omits: ["gvt config", "go env -w"],
  },
  ...(["auto", "keep"] as const).map(
    (policy): Vector => ({
      check: "toolchain-needs-sumdb",
      name: `has gvt's own \`toolchain = "${policy}"\` taken back`,
      expect: ["warning"],
      snapshot: machine((draft) => {
        useVersion(draft, "1.21.13");
        draft.root.policy = policy;
        setVariable(draft, "GOSUMDB", "off");
      }),
      mentions: ["gvt config --unset toolchain"],
    }),
  ),
  {
    check: "toolchain-needs-sumdb",
    name: "is silent before 1.21, which downloads none",
    expect: [],
    snapshot: machine((draft) => {
      useVersion(draft, "1.20.14");
      setVariable(draft, "GOTOOLCHAIN", "auto");
      setVariable(draft, "GOSUMDB", "off");
    }),
  },
  {
    check: "toolchain-needs-sumdb",
    name: "is silent where nothing that is there is decided",
    expect: [],
    snapshot: machine((draft) => {
      useMissing(draft, "1.23.4");
      setVariable(draft, "GOTOOLCHAIN", "auto");
      setVariable(draft, "GOSUMDB", "off");
    }),
  },
  {
    check: "toolchain-needs-sumdb",
    name: "is an error where the module needs a switch",
    expect: ["error"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOTOOLCHAIN", "auto");
      setVariable(draft, "GOSUMDB", "off");
      writeModuleFile(draft, GO_MOD, "go 1.24.4\n");
    }),
    mentions: ["go1.24.4", "gvt local 1.24.4"],
  },
  {
    check: "toolchain-needs-sumdb",
    name: "has the go-env file say `local` where no shim does",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      setVariable(draft, "GOSUMDB", "off");
    }),
    mentions: ["GOTOOLCHAIN=local go env -w GOTOOLCHAIN=local"],
  },
  {
    check: "toolchain-needs-sumdb",
    name: "is silent behind the shim, where Go never downloads",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, "GOSUMDB", "off")),
  },
  {
    check: "toolchain-needs-sumdb",
    name: "is silent for one file URL, which needs no database",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GOTOOLCHAIN", "auto");
      setVariable(draft, "GOSUMDB", "off");
      setVariable(draft, "GOPROXY", MIRROR);
    }),
  },
  {
    check: "toolchain-needs-sumdb",
    name: "is silent where nothing is downloaded at all",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GOTOOLCHAIN", "auto");
      setVariable(draft, "GOSUMDB", "off");
      setVariable(draft, "GOPROXY", "off");
    }),
  },
  {
    check: "fake-toolchain-risk",
    name: "warns of one file URL without the database",
    expect: ["warning"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOTOOLCHAIN", "auto");
      setVariable(draft, "GOSUMDB", "off");
      setVariable(draft, "GOPROXY", MIRROR);
    }),
    mentions: [MIRROR, "GOSUMDB is off", "unset GOTOOLCHAIN"],
  },
  {
    check: "fake-toolchain-risk",
    name: "warns where a pattern exempts toolchains",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      setVariable(draft, "GOPRIVATE", "example.com/*,golang.org");
      setVariable(draft, "GOPROXY", MIRROR);
    }),
    mentions: ["GOPRIVATE is example.com/*,golang.org"],
  },
  {
    check: "fake-toolchain-risk",
    name: "is silent where GONOSUMDB takes GOPRIVATE's place, and names others",
    expect: [],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      setVariable(draft, "GOPRIVATE", "*");
      setVariable(draft, "GONOSUMDB", "example.com");
      setVariable(draft, "GOPROXY", MIRROR);
    }),
  },
  {
    check: "fake-toolchain-risk",
    name: "is silent where there is another proxy too, or Go does not switch",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GOTOOLCHAIN", "auto");
      setVariable(draft, "GOSUMDB", "off");
      setVariable(draft, "GOPROXY", `${MIRROR},https://proxy.example`);
    }),
  },
  {
    check: "toolchain-copies-in-modcache",
    name: "informs of what Go has downloaded",
    expect: ["info"],
    snapshot: machine((draft) =>
      setDirectory(draft, `${HOME}/go/pkg/mod`, ["GOMODCACHE"], {
        toolchains: ["toolchain@v0.0.1-go1.24.4.linux-amd64"],
      }),
    ),
    mentions: ["1 toolchain of its own", "chmod -R u+w", '"go1.24.4"'],
  },
  {
    check: "toolchain-copies-in-modcache",
    name: "is silent where there is none",
    expect: [],
    snapshot: machine((draft) =>
      setDirectory(draft, `${HOME}/go/pkg/mod`, ["GOMODCACHE"], { toolchains: [] }),
    ),
  },
  {
    check: "internal-switch-var-leaked",
    name: "is an error where it names another version",
    expect: ["error"],
    snapshot: machine((draft) => setVariable(draft, SWITCH, "go1.24.4")),
    mentions: ["go1.22.6 stops", `unset ${SWITCH}`],
  },
  {
    check: "internal-switch-var-leaked",
    name: "warns where it names the version that runs",
    expect: ["warning"],
    snapshot: machine((draft) => setVariable(draft, SWITCH, "go1.22.6")),
  },
  {
    check: "internal-switch-var-leaked",
    name: "is an error for 1.21, the first that reads it",
    expect: ["error"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.21.13");
      setVariable(draft, SWITCH, "go1.24.4");
    }),
  },
  {
    check: "internal-switch-var-leaked",
    name: "is silent where it is empty",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, SWITCH, "")),
  },
  {
    check: "internal-switch-var-leaked",
    name: "is silent before 1.21, which does not read it, and for its sister",
    expect: [],
    snapshot: machine((draft) => {
      useVersion(draft, "1.20.14");
      setVariable(draft, SWITCH, "go1.24.4");
      setVariable(draft, "GOTOOLCHAIN_INTERNAL_SWITCH_COUNT", "1");
    }),
  },
  {
    check: "noop-goversion-env",
    name: "warns of a version that does not run",
    expect: ["warning"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOVERSION", "1.21.5");
      writeStartupFile(draft, `${HOME}/.profile`, "export GOVERSION=1.21.5\n");
    }),
    mentions: [`${HOME}/.profile`, "gvt local 1.21.5"],
  },
  {
    check: "noop-goversion-env",
    name: "is silent where it names what runs",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, "GOVERSION", "go1.22.6")),
  },
  {
    check: "noop-goversion-env",
    name: "is silent where it is empty",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GOVERSION", "");
      putOnPath(draft, "/opt/bin", [program("/opt/bin/x")]);
    }),
  },
];
