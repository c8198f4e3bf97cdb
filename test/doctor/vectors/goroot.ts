/** Worlds for the checks of GOROOT and its trees. */

import type { Tree } from "../../../src/doctor/program-facts.js";
import {
  addTree,
  type Draft,
  GO_ENV_FILE,
  goProgram,
  HOME,
  machine,
  ROOT,
  setVariable,
  takeOffPath,
  tree,
  useMissing,
  useSystemGo,
  useVersion,
  writeGoEnv,
  writeStartupFile,
} from "../support/machine.js";
import type { Vector } from "./vector.js";

const SOME = { count: 2, first: ["src/fmt/old.go", "src/os/old.go"] };

function decided(draft: Draft): Draft["trees"][number] {
  const [first] = draft.trees;
  if (!first) throw new Error("the machine has a tree");
  return first;
}

/** GOROOT in the environment, and the tree that it names. */
function exportGoroot(draft: Draft, goroot: string, facts: Partial<Tree> = {}): void {
  setVariable(draft, "GOROOT", goroot);
  draft.trees.push(
    tree(goroot, facts.version ?? "go1.21.0", { places: ["GOROOT"], ...facts }) as Draft["trees"][number],
  );
}

export const GOROOT_VECTORS: readonly Vector[] = [
  {
    check: "goroot-env-missing-dir",
    name: "fires where the directory is gone",
    expect: ["error"],
    snapshot: machine((draft) => exportGoroot(draft, "/opt/go", { state: "missing" })),
    mentions: ["/opt/go", "unset GOROOT"],
  },
  {
    check: "goroot-env-missing-dir",
    name: "fires for a relative path",
    expect: ["error"],
    snapshot: machine((draft) => setVariable(draft, "GOROOT", "go")),
  },
  {
    check: "goroot-env-missing-dir",
    name: "is silent for an empty variable and for a directory that is there",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, "GOROOT", "")),
  },
  {
    check: "goroot-env-missing-dir",
    name: "is silent where the directory did not answer",
    expect: [],
    snapshot: machine((draft) => exportGoroot(draft, "/net/go", { state: "unanswered" })),
  },
  {
    check: "goroot-env-mismatch",
    name: "fires where the tree is of another version",
    expect: ["error"],
    snapshot: machine((draft) => exportGoroot(draft, "/usr/local/go")),
    mentions: ["go1.21.0", "go1.22.6", "/usr/local/go/VERSION:1"],
  },
  {
    check: "goroot-env-mismatch",
    name: "is silent for a directory that says no version",
    expect: [],
    snapshot: machine((draft) => exportGoroot(draft, "/opt/go", { version: undefined })),
  },
  {
    check: "goroot-env-mismatch",
    name: "fires where another Go before the shims is what GOROOT names, and not the one that is chosen",
    expect: ["error"],
    snapshot: machine((draft) => {
      addTree(draft, tree("/usr/local/go", "go1.21.13"));
      setVariable(draft, "GOROOT", "/usr/local/go");
    }),
    mentions: ["the `go` that is chosen is go1.22.6", `${ROOT}/versions/1.22.6`],
  },
  {
    check: "goroot-env-redundant",
    name: "is silent where the line names what runs, and another version is chosen",
    expect: [],
    snapshot: machine((draft) => {
      addTree(draft, tree("/usr/local/go", "go1.21.13"));
      setVariable(draft, "GOROOT", "/usr/local/go");
      writeStartupFile(draft, `${HOME}/.profile`, "export GOROOT=/usr/local/go\n");
    }),
  },
  {
    check: "goroot-env-mismatch",
    name: "is silent for another tree of the same version",
    expect: [],
    snapshot: machine((draft) => exportGoroot(draft, "/usr/local/go", { version: "go1.22.6" })),
  },
  {
    check: "goroot-env-mismatch",
    name: "is silent for a program built with an experiment",
    expect: [],
    snapshot: machine((draft) => {
      const own = decided(draft).program;
      if (own?.build) own.build.go = "go1.22.6 X:rangefunc";
      exportGoroot(draft, "/usr/local/go", { version: "go1.22.6" });
    }),
  },
  {
    check: "goroot-env-missing-dir",
    name: "says that the shim covers for it",
    expect: ["error"],
    snapshot: machine((draft) => exportGoroot(draft, "/opt/go", { state: "missing" })),
    mentions: ["gvt's shim sets GOROOT itself, so `go` works in this shell"],
  },
  {
    check: "goroot-env-missing-dir",
    name: "says that every command stops where nothing covers for it",
    expect: ["error"],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      exportGoroot(draft, "/opt/go", { state: "missing" });
    }),
    mentions: ["every go command stops"],
  },
  {
    check: "goroot-env-missing-dir",
    name: "says so too where the shim passes on to the system's Go, and covers for nothing",
    expect: ["error"],
    snapshot: machine((draft) => {
      const { path } = draft;
      useSystemGo(draft, "go1.22.6");
      draft.path = [...path, ...draft.path.slice(0, 1)];
      exportGoroot(draft, "/opt/go", { state: "missing" });
    }),
    mentions: ["every go command stops"],
  },
  {
    check: "goroot-env-redundant",
    name: "fires where a start-up file sets what Go finds anyway",
    expect: ["warning"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOROOT", `${ROOT}/versions/1.22.6`);
      writeStartupFile(draft, `${HOME}/.bashrc`, `export GOROOT=${ROOT}/versions/1.22.6\n`);
    }),
    mentions: [`${HOME}/.bashrc`, "unset GOROOT"],
  },
  {
    check: "goroot-env-redundant",
    name: "is silent where another Go runs, which is worse",
    expect: [],
    snapshot: machine((draft) => {
      addTree(draft, tree("/usr/local/go", "go1.21.0"));
      setVariable(draft, "GOROOT", `${ROOT}/versions/1.22.6`);
      writeStartupFile(draft, `${HOME}/.bashrc`, `export GOROOT=${ROOT}/versions/1.22.6\n`);
    }),
  },
  {
    check: "goroot-env-redundant",
    name: "is silent where gvt has set it for the program that looks",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, "GOROOT", `${ROOT}/versions/1.22.6`)),
  },
  {
    check: "goroot-env-redundant",
    name: "is silent where the line names another version, which is worse",
    expect: [],
    snapshot: machine((draft) => {
      exportGoroot(draft, "/usr/local/go");
      writeStartupFile(draft, `${HOME}/.bashrc`, "export GOROOT=/usr/local/go\n");
    }),
  },
  {
    check: "goroot-in-goenv-file",
    name: "fires for any value",
    expect: ["error"],
    snapshot: machine((draft) => writeGoEnv(draft, `GOPROXY=direct\nGOROOT=${ROOT}/versions/1.22.6\n`)),
    mentions: [`${GO_ENV_FILE}:2`],
  },
  {
    check: "goroot-in-goenv-file",
    name: "is silent for a line that Go passes over",
    expect: [],
    snapshot: machine((draft) => writeGoEnv(draft, "export GOROOT=/usr/local/go\nGOROOT=\n")),
  },
  {
    check: "goroot-incomplete",
    name: "fires where files of the published tree are missing",
    expect: ["error"],
    snapshot: machine((draft) => {
      const { comparison } = decided(draft);
      if (comparison) comparison.missing = { count: 1, first: ["pkg/tool/linux_amd64/asm"] };
    }),
    mentions: ['missing: 1 file: pkg/tool/linux_amd64/asm"', "gvt repair 1.22.6"],
  },
  {
    check: "goroot-incomplete",
    name: "fires for a foreign tree on PATH that lacks its compiler",
    expect: ["error"],
    snapshot: machine((draft) =>
      addTree(
        draft,
        tree("/usr/local/go", "go1.21.0", {
          places: ["usual place", "path"],
          missing: ["pkg/tool/linux_amd64/compile"],
        }),
        "back",
      ),
    ),
    mentions: ["/usr/local/go"],
  },
  {
    check: "goroot-incomplete",
    name: "fires for an empty directory that GOROOT names, and has it unset",
    expect: ["error"],
    snapshot: machine((draft) =>
      exportGoroot(draft, "/opt/go", {
        version: undefined,
        program: undefined,
        missing: ["VERSION", "bin/go"],
      }),
    ),
    mentions: ["unset GOROOT"],
  },
  {
    check: "goroot-incomplete",
    name: "passes over a broken tree that nothing leads to",
    expect: [],
    snapshot: machine((draft) => {
      const broken = tree(`${HOME}/sdk/go1.18`, "go1.18", { places: ["usual place"], missing: ["src/fmt"] });
      draft.trees.push(broken as Draft["trees"][number]);
    }),
  },
  {
    check: "goroot-overlaid",
    name: "fires where source files were added to an installed tree",
    expect: ["error"],
    snapshot: machine((draft) => {
      const { comparison } = decided(draft);
      if (comparison) comparison.added = SOME;
    }),
    mentions: ["src/fmt/old.go", "gvt repair 1.22.6"],
  },
  {
    check: "goroot-overlaid",
    name: "fires for a foreign tree whose VERSION is not its program's",
    expect: ["error"],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      decided(draft).version = "go1.21.0";
    }),
  },
  {
    check: "goroot-overlaid",
    name: "is silent for a distribution's Go that was built with an experiment",
    expect: [],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      const { program } = decided(draft);
      if (program?.build) program.build.go = "go1.22.6 X:nocoverageredesign";
    }),
  },
  {
    check: "goroot-overlaid",
    name: "is silent where VERSION is gone, which is another finding",
    expect: [],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      delete decided(draft).version;
    }),
  },
  {
    check: "goroot-overlaid",
    name: "is silent where an installed program is another's, which is another finding",
    expect: [],
    snapshot: machine((draft) => {
      const { program } = decided(draft);
      if (program?.build) program.build.go = "go1.21.0";
    }),
  },
  {
    check: "goroot-overlaid",
    name: "is silent where nothing that is there is decided",
    expect: [],
    snapshot: machine((draft) => useMissing(draft, "1.23.4")),
  },
  {
    check: "goroot-overlaid",
    name: "is silent where the programs in bin are the only additions",
    expect: [],
    snapshot: machine((draft) => {
      const { comparison } = decided(draft);
      if (comparison) comparison.addedPrograms = { count: 1, first: ["bin/gopls"] };
    }),
  },
  {
    check: "goroot-equals-gopath",
    name: "fires where Go lies in the default GOPATH",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      draft.trees = [];
      draft.path = draft.path.slice(1);
      addTree(draft, tree(`${HOME}/go`, "go1.22.6"));
    }),
    mentions: ["its default", `go env -w GOPATH=${HOME}/gopath`],
    omits: ["mkdir"],
  },
  {
    check: "goroot-equals-gopath",
    name: "leads the line of the go-env file elsewhere that names the default",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      draft.trees = [];
      draft.path = draft.path.slice(1);
      addTree(draft, tree(`${HOME}/go`, "go1.22.6"));
      writeGoEnv(draft, `GOPATH=${HOME}/go\n`);
    }),
    mentions: [`"after":"GOPATH=${HOME}/gopath"`],
    omits: ["go env -w"],
  },
  {
    check: "goroot-equals-gopath",
    name: "has the tools moved that lie among Go's programs",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      takeOffPath(draft, "/usr/local/go/bin");
      addTree(draft, tree(`${HOME}/go`, "go1.22.6", { bin: ["go", "gofmt", "gopls"] }));
    }),
    mentions: [`mv -n ${HOME}/go/bin/gopls ${HOME}/gopath/bin`],
  },
  {
    check: "goroot-equals-gopath",
    name: "fires for one entry of GOPATH, with a slash at its end",
    expect: ["warning"],
    snapshot: machine((draft) => setVariable(draft, "GOPATH", `${HOME}/go:${ROOT}/versions/1.22.6/`)),
    mentions: ["unset GOPATH"],
  },
  {
    check: "goroot-equals-gopath",
    name: "fires for the tree that GOROOT names, where it is of the version that runs",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      exportGoroot(draft, "/opt/go", { version: "go1.22.6" });
      setVariable(draft, "GOPATH", "/opt/go");
    }),
  },
  {
    check: "goroot-equals-gopath",
    name: "fires for the only entry of GOPATH, and takes its line out",
    expect: ["warning"],
    snapshot: machine((draft) => writeGoEnv(draft, `GOPATH=${ROOT}/versions/1.22.6\n`)),
    mentions: [`delete ${GO_ENV_FILE}:1`],
  },
  {
    check: "goroot-equals-gopath",
    name: "is silent where one lies in the other",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, "GOPATH", `${ROOT}/versions`)),
  },
  {
    check: "goroot-gopath-nested",
    name: "fires where Go lies below GOPATH",
    expect: ["warning"],
    snapshot: machine((draft) => setVariable(draft, "GOPATH", `${HOME}/go:${HOME}`)),
    mentions: [`lies in GOPATH ${HOME}`, "unset GOPATH"],
  },
  {
    check: "goroot-gopath-nested",
    name: "fires where Go was unpacked into the default GOPATH",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      draft.trees = [];
      draft.path = draft.path.slice(1);
      addTree(draft, tree(`${HOME}/go/go1.22.6`, "go1.22.6"));
    }),
    mentions: [`move ${HOME}/go/go1.22.6`],
  },
  {
    check: "goroot-gopath-nested",
    name: "fires where the home directory itself is the tree, and has it moved",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      draft.trees = [];
      draft.path = draft.path.slice(1);
      addTree(draft, tree(HOME, "go1.22.6"));
    }),
    mentions: [`move ${HOME} to a directory of its own`],
  },
  {
    check: "goroot-gopath-nested",
    name: "fires where everything lies below GOPATH",
    expect: ["warning"],
    snapshot: machine((draft) => setVariable(draft, "GOPATH", "/")),
    mentions: ['lies in GOPATH /"', "unset GOPATH"],
  },
  {
    check: "goroot-gopath-nested",
    name: "fires where GOPATH lies in the tree",
    expect: ["warning"],
    snapshot: machine((draft) => writeGoEnv(draft, `GOPATH=${ROOT}/versions/1.22.6/gopath\n`)),
    mentions: ["lies in the Go tree", `${GO_ENV_FILE}:1`],
  },
  {
    check: "goroot-gopath-nested",
    name: "sees the tree that runs behind a GOROOT of another release",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.21.13");
      takeOffPath(draft, "/usr/local/go/bin");
      addTree(draft, tree(`${HOME}/go/go1.22`, "go1.22.6"));
      setVariable(draft, "GOROOT", "/usr/local/go");
    }),
    mentions: [`${HOME}/go/go1.22`],
  },
  {
    check: "goroot-gopath-nested",
    name: "is silent for a toolchain in the module cache, where Go puts it",
    expect: [],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      draft.trees = [];
      draft.path = draft.path.slice(1);
      const name = "toolchain@v0.0.1-go1.22.6.linux-amd64";
      addTree(draft, tree(`${HOME}/go/pkg/mod/golang.org/${name}`, "go1.22.6"));
    }),
  },
  {
    check: "goroot-gopath-nested",
    name: "is silent where names only begin alike, and where both are one",
    expect: [],
    snapshot: machine((draft) =>
      setVariable(draft, "GOPATH", `${ROOT}/versions/1.22:${ROOT}/versions/1.22.6`),
    ),
  },
  {
    check: "install-corrupt",
    name: "fires where a program's checksum differs",
    expect: ["error"],
    snapshot: machine((draft) => {
      const { comparison } = decided(draft);
      if (comparison) comparison.altered = { count: 1, first: ["bin/go"] };
    }),
    mentions: ["bin/go", "gvt repair 1.22.6"],
  },
  {
    check: "install-corrupt",
    name: "is silent where files are missing, which is another finding",
    expect: [],
    snapshot: machine((draft) => {
      const { comparison } = decided(draft);
      if (comparison) comparison.missing = SOME;
    }),
  },
  {
    check: "install-corrupt",
    name: "is silent where nothing has been compared",
    expect: [],
    snapshot: machine((draft) => useSystemGo(draft, "go1.22.6")),
  },
  {
    check: "go-loader-missing",
    name: "fires where the loader is not there",
    expect: ["error"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.20.14");
      const program = goProgram(`${ROOT}/versions/1.20.14`, "go1.20.14", "go", {
        interpreter: { path: "/lib64/ld-linux-x86-64.so.2", there: false },
      });
      draft.trees[1] = {
        ...(draft.trees[1] ?? decided(draft)),
        program: program as Draft["trees"][number]["program"],
      };
    }),
    mentions: ["/lib64/ld-linux-x86-64.so.2"],
    omits: ["gvt init"],
  },
  {
    check: "go-loader-missing",
    name: "has gvt's shims put first where they do not lead to it",
    expect: ["error"],
    snapshot: machine((draft) => {
      const other = tree("/usr/local/go", "go1.20.14");
      const program = goProgram("/usr/local/go", "go1.20.14", "go", {
        interpreter: { path: "/lib64/ld-linux-x86-64.so.2", there: false },
      });
      addTree(draft, { ...other, program });
      takeOffPath(draft, `${ROOT}/shims`);
    }),
    mentions: ["gvt local 1.22.6", ". /home/me/.gvt/shell/env.sh"],
  },
  {
    check: "go-loader-missing",
    name: "is silent where the loader is there",
    expect: [],
    snapshot: machine((draft) => {
      const own = decided(draft).program;
      if (own) own.interpreter = { path: "/lib64/ld-linux-x86-64.so.2", there: true };
    }),
  },
];
