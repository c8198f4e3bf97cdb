/** Worlds for the checks of version selection. */
import type { Selection } from "../../../src/select/selection.js";
import {
  type Draft,
  HOME,
  machine,
  program,
  putOnPath,
  setVariable,
  useMissing,
  useSystemGo,
  useVersion,
  WORK,
  writeGoEnv,
  writeModuleFile,
} from "../support/machine.js";
import type { Vector } from "./vector.js";

const GO_MOD = `${WORK}/go.mod`;

function failWith(draft: Draft, message: string): void {
  draft.selection = { kind: "failed", code: "BAD_VERSION_FILE", message };
}

/** As where a go.mod decides, and nothing that meets it is installed. */
function requireMissing(draft: Draft): void {
  useSystemGo(draft, "go1.22.6");
  const selection: Selection = {
    kind: "missing",
    wanted: { kind: "line", line: { minor: 22 } },
    origin: { kind: "file", path: GO_MOD, line: 3, text: "go 1.22" },
    basis: "requirement",
    rule: "R12",
    notes: [],
  };
  draft.selection = { kind: "selected", selection };
  writeModuleFile(draft, GO_MOD, "module m\n\ngo 1.22\n");
}

export const SELECTION_VECTORS: readonly Vector[] = [
  {
    check: "version-not-installed",
    name: "fires where the pinned version is not there",
    expect: ["error"],
    snapshot: machine((draft) => useMissing(draft, "1.23.4")),
    mentions: [`${WORK}/.go-version:1`, "gvt install 1.23.4", `"file:${WORK}/.go-version"`],
  },
  {
    check: "version-not-installed",
    name: "says so where nobody has heard of such a line",
    expect: ["error"],
    snapshot: machine((draft) => {
      useMissing(draft, "1.29.0");
      draft.releases = { newest: "1.24.1", date: "2025-03-04" };
    }),
    mentions: ["gvt install 1.29.0", "the newest Go that this gvt knows is 1.24.1, of 2025-03-04"],
  },
  {
    check: "version-not-installed",
    name: "says it of a line too",
    expect: ["error"],
    snapshot: machine((draft) => {
      useMissing(draft, "1.29.0");
      const { selection } = draft.selection as { selection: Selection };
      const wanted = { kind: "line", line: { minor: 29 } } as const;
      draft.selection = { kind: "selected", selection: { ...selection, kind: "missing", wanted } };
      draft.releases = { newest: "1.24.1", date: "2025-03-04" };
    }),
    mentions: ["gvt install 1.29", "where there is no 1.29 yet"],
  },
  {
    check: "version-not-installed",
    name: "quotes a range that a shell would take apart",
    expect: ["error"],
    snapshot: machine((draft) => {
      useMissing(draft, "1.29.0");
      const { selection } = draft.selection as { selection: Selection };
      const wanted = { kind: "range", range: ">=1.29 <1.30" } as const;
      draft.selection = { kind: "selected", selection: { ...selection, kind: "missing", wanted } };
    }),
    mentions: ['gvt install \\">=1.29 <1.30\\"'],
  },
  {
    check: "version-not-installed",
    name: "does not doubt a line that is known",
    expect: ["error"],
    snapshot: machine((draft) => {
      useMissing(draft, "1.24.9");
      draft.releases = { newest: "1.24.1", date: "2025-03-04" };
    }),
    omits: ["knows"],
  },
  {
    check: "version-not-installed",
    name: "shows the variable that asks for it",
    expect: ["error"],
    snapshot: machine((draft) => {
      useMissing(draft, "1.23.4");
      const { selection } = draft.selection as { selection: Selection };
      const origin = { kind: "environment", variable: "GVT_VERSION", text: "1.23.4" } as const;
      draft.selection = { kind: "selected", selection: { ...selection, origin } };
    }),
    mentions: ["- GVT_VERSION=1.23.4"],
  },
  {
    check: "version-not-installed",
    name: "fires where a go.mod asks for it and gvt manages, whatever go comes first",
    expect: ["error"],
    snapshot: machine((draft) => {
      requireMissing(draft);
      draft.root.installed = ["1.21.13"];
    }),
    mentions: ["gvt install 1.22"],
  },
  {
    check: "version-not-installed",
    name: "is silent where a go.mod asks the Go that is there, and gvt manages nothing yet",
    expect: [],
    snapshot: machine(requireMissing),
  },
  {
    check: "version-file-invalid",
    name: "fires where the version file says nothing",
    expect: ["error"],
    snapshot: machine((draft) => {
      failWith(draft, `cannot read a Go version from \`${WORK}/.go-version\`: it names no version`);
      draft.repository.versionFiles = [{ path: `${WORK}/.go-version`, problem: "it names no version" }];
      setVariable(draft, "GVT_VERSION", "");
      writeModuleFile(draft, GO_MOD, "module m\n");
    }),
    mentions: ["it names no version", "gvt local 1.22.6"],
    omits: [GO_MOD],
  },
  {
    check: "version-file-invalid",
    name: "has the variable unset that says nothing, and leaves the go.mod alone",
    expect: ["error"],
    snapshot: machine((draft) => {
      failWith(draft, "cannot read a Go version from GVT_VERSION");
      setVariable(draft, "GVT_VERSION", "tip");
      writeModuleFile(draft, GO_MOD, "module m\n");
    }),
    mentions: ["- GVT_VERSION=tip", "unset GVT_VERSION"],
    omits: [GO_MOD],
  },
  {
    check: "version-file-invalid",
    name: "names the go.mod where no version file is at fault",
    expect: ["error"],
    snapshot: machine((draft) => {
      failWith(draft, `cannot read ${GO_MOD}`);
      draft.root.defaultVersion = "1.22.6";
      writeModuleFile(draft, GO_MOD, "module m\n\ngo 1.x\n");
    }),
    mentions: [`- ${GO_MOD}: cannot read`, "mend or remove the file that is named", `"file:${GO_MOD}"`],
    omits: ["gvt global"],
  },
  {
    check: "version-file-invalid",
    name: "has a directory put away that bears the name of a version file",
    expect: ["error"],
    snapshot: machine((draft) => {
      failWith(draft, "it is a directory");
      const path = `${WORK}/.go-version`;
      draft.repository.versionFiles = [{ path, problem: "it is a directory", irregular: true }];
    }),
    mentions: [`mv ${WORK}/.go-version ${WORK}/.go-version.away`, "gvt local 1.22.6"],
  },
  {
    check: "version-file-invalid",
    name: "has the default written anew where nothing else is at fault",
    expect: ["error"],
    snapshot: machine((draft) => {
      failWith(draft, "`banana` is no version");
      draft.repository.versionFiles = [];
      draft.root.defaultVersion = "banana";
    }),
    mentions: ["/home/me/.gvt/version", "gvt global 1.22.6"],
  },
  {
    check: "version-file-invalid",
    name: "is silent about a file further up that does not decide",
    expect: [],
    snapshot: machine((draft) => {
      draft.repository.versionFiles.push({ path: `${HOME}/.go-version`, problem: "it names no version" });
    }),
  },
  {
    check: "version-below-go-directive",
    name: "fires where a pin is older than the go line and Go may not switch",
    expect: ["error"],
    snapshot: machine((draft) => writeModuleFile(draft, GO_MOD, "module m\n\ngo 1.24.4\n")),
    mentions: [`${GO_MOD}:3`, "gvt local 1.24.4"],
  },
  {
    check: "version-below-go-directive",
    name: "fires in path mode where PATH has no program of that name",
    expect: ["error"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOTOOLCHAIN", "path");
      writeModuleFile(draft, GO_MOD, "go 1.21\ntoolchain go1.24.0\n");
    }),
  },
  {
    check: "version-below-go-directive",
    name: "fires where `toolchain default` keeps Go from switching",
    expect: ["error"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOTOOLCHAIN", "auto");
      writeModuleFile(draft, GO_MOD, "go 1.24.0\ntoolchain default\n");
    }),
  },
  {
    check: "version-below-go-directive",
    name: "fires for 1.20.14, which refuses what is newer",
    expect: ["error"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.20.14");
      writeModuleFile(draft, GO_MOD, "go 1.22\n");
    }),
    mentions: ["gvt local 1.22.6"],
  },
  {
    check: "version-below-go-directive",
    name: "is silent for 1.20.7, which tries",
    expect: [],
    snapshot: machine((draft) => {
      useVersion(draft, "1.20.7");
      writeModuleFile(draft, GO_MOD, "go 1.22\n");
    }),
  },
  {
    check: "version-below-go-directive",
    name: "is silent in path mode where PATH has that program",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GOTOOLCHAIN", "path");
      putOnPath(draft, "/opt/bin", [program("/opt/bin/go1.24.0")]);
      writeModuleFile(draft, GO_MOD, "go 1.24\n");
    }),
  },
  {
    check: "version-below-go-directive",
    name: "ignores the toolchain line where Go may not switch",
    expect: [],
    snapshot: machine((draft) => writeModuleFile(draft, GO_MOD, "go 1.22\ntoolchain go1.24.0\n")),
  },
  {
    check: "version-below-go-directive",
    name: "ignores go.mod with modules switched off",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GO111MODULE", "off");
      writeModuleFile(draft, GO_MOD, "go 1.24.4\n");
    }),
  },
  {
    check: "toolchain-switches-away",
    name: "fires where GOTOOLCHAIN=auto and the module asks for more",
    expect: ["warning"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOTOOLCHAIN", "auto");
      writeModuleFile(draft, GO_MOD, "go 1.22\ntoolchain go1.24.4\n");
    }),
    mentions: [`${GO_MOD}:2`, "go1.24.4", "gvt local 1.24.4"],
  },
  {
    check: "version-below-go-directive",
    name: "fires where GOTOOLCHAIN names the chosen version, and no more",
    expect: ["error"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOTOOLCHAIN", "go1.22.6");
      writeModuleFile(draft, GO_MOD, "go 1.24.4\n");
    }),
  },
  {
    check: "toolchain-switches-away",
    name: "fires where GOTOOLCHAIN only says to start from the chosen version",
    expect: ["warning"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOTOOLCHAIN", "go1.22.6+auto");
      writeModuleFile(draft, GO_MOD, "go 1.24.4\n");
    }),
    mentions: ["Go runs go1.24.4"],
  },
  {
    check: "toolchain-switches-away",
    name: "is silent where GOTOOLCHAIN starts from a newer version than the module asks for",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GOTOOLCHAIN", "go1.25.3+auto");
      writeModuleFile(draft, GO_MOD, "go 1.24.4\n");
    }),
  },
  {
    check: "toolchain-switches-away",
    name: "is silent where Go is too old to switch",
    expect: [],
    snapshot: machine((draft) => {
      useVersion(draft, "1.20.14");
      setVariable(draft, "GOTOOLCHAIN", "auto");
      writeModuleFile(draft, GO_MOD, "go 1.24.4\n");
    }),
  },
  {
    check: "toolchain-switches-away",
    name: "is silent where the system's Go does what it is made to do",
    expect: [],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      writeModuleFile(draft, GO_MOD, "module m\ngo 1.24.4\n");
    }),
  },
  {
    check: "toolchain-switches-away",
    name: "is silent where the pin makes Go stay",
    expect: [],
    snapshot: machine((draft) => writeModuleFile(draft, GO_MOD, "go 1.24.4\n")),
  },
  {
    check: "toolchain-switches-away",
    name: "is silent where the proxy is off, for the switch cannot succeed",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GOTOOLCHAIN", "auto");
      setVariable(draft, "GOPROXY", "off");
      writeModuleFile(draft, GO_MOD, "go 1.24.4\n");
    }),
  },
  {
    check: "gotoolchain-forces-version",
    name: "fires for a name in the environment",
    expect: ["warning"],
    snapshot: machine((draft) => setVariable(draft, "GOTOOLCHAIN", "go1.21.13+auto")),
    mentions: ["unset GOTOOLCHAIN"],
  },
  {
    check: "gotoolchain-forces-version",
    name: "fires for a name in the go-env file",
    expect: ["warning"],
    snapshot: machine((draft) => writeGoEnv(draft, "GOTOOLCHAIN=go1.24.4\n")),
  },
  {
    check: "gotoolchain-forces-version",
    name: "fires for 1.21, the first that reads it",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.21.13");
      setVariable(draft, "GOTOOLCHAIN", "go1.24.4");
    }),
  },
  {
    check: "gotoolchain-forces-version",
    name: "is silent about a line of the go-env file that the environment hides",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GOTOOLCHAIN", "local");
      writeGoEnv(draft, "GOTOOLCHAIN=go1.24.4\n");
    }),
  },
  {
    check: "gotoolchain-forces-version",
    name: "is silent where it names the decided version",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, "GOTOOLCHAIN", "go1.22.6")),
  },
  {
    check: "gotoolchain-forces-version",
    name: "is silent where Go is too old to read it",
    expect: [],
    snapshot: machine((draft) => {
      useVersion(draft, "1.20.14");
      setVariable(draft, "GOTOOLCHAIN", "go1.24.4");
    }),
  },
  {
    check: "gotoolchain-invalid",
    name: "fires for a bare version",
    expect: ["error"],
    snapshot: machine((draft) => setVariable(draft, "GOTOOLCHAIN", "1.22.6")),
  },
  {
    check: "gotoolchain-invalid",
    name: "fires for 1.21, the first that reads it",
    expect: ["error"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.21.13");
      setVariable(draft, "GOTOOLCHAIN", "latest");
    }),
  },
  {
    check: "gotoolchain-invalid",
    name: "is silent for 1.20, which does not read it",
    expect: [],
    snapshot: machine((draft) => {
      useVersion(draft, "1.20.14");
      setVariable(draft, "GOTOOLCHAIN", "latest");
    }),
  },
  {
    check: "gotoolchain-invalid",
    name: "fires for a line of the go-env file that names a language version",
    expect: ["error"],
    snapshot: machine((draft) => writeGoEnv(draft, "GOTOOLCHAIN=go1.22\n")),
  },
  {
    check: "gotoolchain-invalid",
    name: "accepts every form that Go accepts",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, "GOTOOLCHAIN", "go1.22.6-custom+path")),
  },
  {
    check: "gotoolchain-invalid",
    name: "is silent about a bad line of the go-env file that the environment hides",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GOTOOLCHAIN", "local");
      writeGoEnv(draft, "GOTOOLCHAIN=latest\n");
    }),
  },
  {
    check: "go-line-too-new-for-parser",
    name: "fires for a patch number and Go 1.20",
    expect: ["error"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.20.7");
      writeModuleFile(draft, GO_MOD, "module m\ngo 1.21.0\n");
    }),
    mentions: [`${GO_MOD}:2`],
  },
  {
    check: "go-line-too-new-for-parser",
    name: "has 1.21 chosen where 1.20 cannot read a patch number of its own line",
    expect: ["error"],
    snapshot: machine((draft) => {
      draft.root.installed = [];
      useVersion(draft, "1.20.14");
      writeModuleFile(draft, GO_MOD, "module m\ngo 1.20.3\n");
    }),
    mentions: ["gvt local 1.21"],
  },
  {
    check: "go-line-too-new-for-parser",
    name: "names the version that knows every line, and not only the first of them",
    expect: ["error"],
    snapshot: machine((draft) => {
      draft.root.installed = [];
      useVersion(draft, "1.20.7");
      writeModuleFile(draft, GO_MOD, "module m\ngo 1.22\ntoolchain go1.24.4\ntool example.com/gen\n");
    }),
    mentions: ["toolchain go1.24.4", "gvt local 1.24"],
  },
  {
    check: "go-line-too-new-for-parser",
    name: "fires for a tool directive and Go 1.22",
    expect: ["error"],
    snapshot: machine((draft) => writeModuleFile(draft, GO_MOD, "go 1.22\ntool example.com/gen\n")),
    mentions: ["tool example.com/gen"],
  },
  {
    check: "go-line-too-new-for-parser",
    name: "is silent for a language version and Go 1.20",
    expect: [],
    snapshot: machine((draft) => {
      useVersion(draft, "1.20.7");
      writeModuleFile(draft, GO_MOD, "go 1.21\n");
    }),
  },
  {
    check: "go-line-too-new-for-parser",
    name: "is silent where Go switches to a version that knows the directive",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GOTOOLCHAIN", "auto");
      writeModuleFile(draft, GO_MOD, "go 1.24\ntool example.com/gen\n");
    }),
  },
];
