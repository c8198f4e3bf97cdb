/** Worlds for the checks of PATH. */
import type { Origin } from "../../../src/select/selection.js";
import {
  addTree,
  type Draft,
  goProgram,
  HOME,
  machine,
  program,
  putOnPath,
  ROOT,
  SHIMS,
  setVariable,
  takeOffPath,
  tree,
  useMissing,
  useSystemGo,
  useVersion,
  WORK,
  writeGoEnv,
  writeStartupFile,
} from "../support/machine.js";
import type { Vector } from "./vector.js";

const BASHRC = `${HOME}/.bashrc`;

/** The system's Go is to run, and PATH has none. */
function decideForSystem(draft: Draft, origin: Origin): void {
  const basis = origin.kind === "nothing" ? "nothing" : "pin";
  const decision = { origin, basis, rule: basis === "pin" ? "R10" : "R14", notes: [] } as const;
  draft.selection = { kind: "selected", selection: { ...decision, kind: "system", program: undefined } };
}

/** As `go install` leaves it where GOBIN names the shims. */
function replaceShim(draft: Draft, replaced = program(`${SHIMS}/go`)): void {
  const [{ programs = [] } = {}] = draft.path;
  const others = programs.filter(({ name }) => name !== "go");
  draft.path = draft.path.slice(1);
  putOnPath(draft, SHIMS, [replaced, ...others]);
}

/** Without Rosetta. */
function useAppleSilicon(draft: Draft): void {
  draft.platform = { os: "darwin", arch: "arm64" };
  draft.host.foreignArchs = [];
}

export const PATH_VECTORS: readonly Vector[] = [
  {
    check: "go-not-found",
    name: "fires where nothing is installed and PATH has no go",
    expect: ["error"],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      takeOffPath(draft, "/usr/local/go/bin");
      decideForSystem(draft, { kind: "nothing" });
    }),
    mentions: ["gvt global latest", "gvt init bash"],
  },
  {
    check: "go-not-found",
    name: "fires where go lies only in a relative entry",
    expect: ["error"],
    snapshot: machine((draft) => {
      draft.path = [];
      putOnPath(draft, "bin", [], "front", { state: "relative", realpath: undefined });
    }),
  },
  {
    check: "go-not-found",
    name: "fires where gvt's shim has nothing to run: nothing is decided, and there is no other go",
    expect: ["error"],
    snapshot: machine((draft) => decideForSystem(draft, { kind: "nothing" })),
    mentions: ["no version is decided here", "gvt global 1.22.6"],
  },
  {
    check: "go-not-found",
    name: "fires where a file says `system`, and there is no other go",
    expect: ["error"],
    snapshot: machine((draft) =>
      decideForSystem(draft, { kind: "file", path: `${WORK}/.go-version`, line: 1, text: "system" }),
    ),
    mentions: [`${WORK}/.go-version:1`, "gvt local 1.22.6"],
  },
  {
    check: "go-not-found",
    name: "does not have a prerelease decided where a release is installed",
    expect: ["error"],
    snapshot: machine((draft) => {
      draft.root.installed.push("1.23rc1");
      decideForSystem(draft, { kind: "nothing" });
    }),
    mentions: ["gvt global 1.22.6"],
  },
  {
    check: "go-not-found",
    name: "is silent where the system's go is there",
    expect: [],
    snapshot: machine((draft) => useSystemGo(draft, "go1.22.6")),
  },
  {
    check: "go-not-found",
    name: "is silent where gvt's shim has a version to run",
    expect: [],
    snapshot: machine(),
  },
  {
    check: "shims-not-on-path",
    name: "fires where a version is installed and this shell has no shims",
    expect: ["error"],
    snapshot: machine((draft) => {
      takeOffPath(draft, SHIMS);
      writeStartupFile(draft, BASHRC, "# >>> gvt >>>\n. ~/.gvt/shell/env.sh\n");
    }),
    mentions: [`${BASHRC}:1`, ". /home/me/.gvt/shell/env.sh", "start a new shell"],
    omits: ["gvt init", "gvt local"],
  },
  {
    check: "shims-not-on-path",
    name: "has the shell start with gvt where no start-up file does that yet",
    expect: ["error"],
    snapshot: machine((draft) => takeOffPath(draft, SHIMS)),
    mentions: ["let your shell start with gvt", "gvt init bash --yes"],
  },
  {
    check: "shims-not-on-path",
    name: "is silent where nothing is installed",
    expect: [],
    snapshot: machine((draft) => useSystemGo(draft, "go1.22.6")),
  },
  {
    check: "shims-not-on-path",
    name: "is silent where the decided version's own bin is on PATH",
    expect: [],
    snapshot: machine((draft) => {
      takeOffPath(draft, SHIMS);
      putOnPath(draft, `${HOME}/.gvt/versions/1.22.6/bin`, [
        goProgram(`${HOME}/.gvt/versions/1.22.6`, "go1.22.6"),
      ]);
    }),
  },
  {
    check: "shims-not-on-path",
    name: "is silent where PATH spells the shims through a link",
    expect: [],
    snapshot: machine((draft) => {
      const entry = draft.path[0];
      if (entry) entry.text = "/gvt/shims";
    }),
  },
  {
    check: "shims-shadowed",
    name: "fires where another Go's bin comes first",
    expect: ["error"],
    snapshot: machine((draft) => addTree(draft, tree("/usr/local/go", "go1.21.0"))),
    mentions: ["/usr/local/go/bin", "PATH entry 1", "go1.21.0 at /usr/local/go/bin/go"],
    omits: ["a link to", '"drop-path"'],
  },
  {
    check: "shims-shadowed",
    name: "has taken off PATH what a shim has put first for a program that runs this shell",
    expect: ["error"],
    snapshot: machine((draft) => addTree(draft, tree(`${ROOT}/versions/1.21.13`, "go1.21.13"))),
    mentions: [`{"kind":"drop-path","entry":"${ROOT}/versions/1.21.13/bin"},{"kind":"source"`],
  },
  {
    check: "shims-shadowed",
    name: "says of a copy what it was built as, and of a link where it leads",
    expect: ["error"],
    snapshot: machine((draft) => {
      const copy = { path: "/opt/bin/go", realpath: "/opt/bin/go", goroot: undefined };
      putOnPath(draft, "/opt/bin", [
        goProgram("/opt", "go1.21.0", "go", copy),
        goProgram("/usr/lib/go", "go1.19.8", "gofmt", { path: "/opt/bin/gofmt" }),
      ]);
    }),
    mentions: ["go1.21.0 at /opt/bin/go", "go1.19.8 at /opt/bin/gofmt (a link to /usr/lib/go/bin/gofmt)"],
  },
  {
    check: "shims-shadowed",
    name: "fires where what is decided is not installed",
    expect: ["error"],
    snapshot: machine((draft) => {
      useMissing(draft, "1.23.4");
      putOnPath(draft, "/opt/bin", [program("/opt/bin/go")]);
    }),
  },
  {
    check: "shims-shadowed",
    name: "is silent where the shims are not on PATH, which is another finding",
    expect: [],
    snapshot: machine((draft) => {
      takeOffPath(draft, SHIMS);
      addTree(draft, tree("/usr/local/go", "go1.21.0"));
    }),
  },
  {
    check: "shims-shadowed",
    name: "is silent for a gofmt that no shim stands behind",
    expect: [],
    snapshot: machine((draft) => {
      const [shims] = draft.path;
      if (shims) shims.programs = shims.programs.filter(({ name }) => name !== "gofmt");
      putOnPath(draft, "/opt/tools", [program("/opt/tools/gofmt")]);
    }),
  },
  {
    check: "shims-shadowed",
    name: "is silent where `system` is decided, and is somebody's wrapper without a tree",
    expect: [],
    snapshot: machine((draft) => {
      putOnPath(draft, "/opt/bin", [program("/opt/bin/go", { format: "script" })]);
      const decision = { origin: { kind: "nothing" }, basis: "nothing", rule: "R14", notes: [] } as const;
      draft.selection = {
        kind: "selected",
        selection: { ...decision, kind: "system", program: "/opt/bin/go" },
      };
    }),
  },
  {
    check: "shims-shadowed",
    name: "fires for gofmt alone",
    expect: ["error"],
    snapshot: machine((draft) => putOnPath(draft, "/opt/tools", [program("/opt/tools/gofmt")])),
    mentions: ["gofmt"],
  },
  {
    check: "shims-shadowed",
    name: "is silent where the other Go comes later",
    expect: [],
    snapshot: machine((draft) => addTree(draft, tree("/usr/local/go", "go1.21.0"), "back")),
  },
  {
    check: "shims-shadowed",
    name: "is silent where the first go is the decided version's own",
    expect: [],
    snapshot: machine((draft) => {
      const goroot = `${HOME}/.gvt/versions/1.22.6`;
      putOnPath(draft, `${goroot}/bin`, [
        goProgram(goroot, "go1.22.6"),
        goProgram(goroot, "go1.22.6", "gofmt"),
      ]);
    }),
  },
  {
    check: "shims-shadowed",
    name: "is silent where `system` is decided and that go comes first",
    expect: [],
    snapshot: machine((draft) => {
      const { path } = draft;
      useSystemGo(draft, "go1.21.0");
      draft.path = [...draft.path.slice(0, 1), ...path];
      draft.root.installed = ["1.22.6"];
    }),
  },
  {
    check: "multiple-go-on-path",
    name: "informs of two Gos behind the shims",
    expect: ["info"],
    snapshot: machine((draft) => {
      addTree(draft, tree("/usr/local/go", "go1.21.0"), "back");
      addTree(draft, tree("/usr/lib/go", "go1.19.8"), "back");
    }),
    mentions: ["go1.21.0", "go1.19.8"],
  },
  {
    check: "multiple-go-on-path",
    name: "warns where one of two comes before the shims",
    expect: ["warning"],
    snapshot: machine((draft) => {
      addTree(draft, tree("/usr/local/go", "go1.21.0"));
      addTree(draft, tree("/usr/lib/go", "go1.19.8"), "back");
    }),
    mentions: ['"directory:/usr/local/go/bin"'],
  },
  {
    check: "multiple-go-on-path",
    name: "has more than one cause where two remain without the first",
    expect: ["warning"],
    snapshot: machine((draft) => {
      addTree(draft, tree("/usr/local/go", "go1.21.0"));
      addTree(draft, tree("/usr/lib/go", "go1.19.8"), "back");
      addTree(draft, tree("/opt/go", "go1.20.14"), "back");
    }),
    mentions: ['"about":["program:go"]'],
  },
  {
    check: "multiple-go-on-path",
    name: "warns where something has replaced gvt's shim",
    expect: ["warning"],
    snapshot: machine((draft) => {
      replaceShim(draft);
      addTree(draft, tree("/usr/lib/go", "go1.19.8"), "back");
    }),
  },
  {
    check: "multiple-go-on-path",
    name: "does not count the decided version's own",
    expect: [],
    snapshot: machine((draft) => {
      const goroot = `${HOME}/.gvt/versions/1.22.6`;
      putOnPath(draft, `${goroot}/bin`, [goProgram(goroot, "go1.22.6")]);
      addTree(draft, tree("/usr/lib/go", "go1.19.8"), "back");
    }),
  },
  {
    check: "multiple-go-on-path",
    name: "counts links to one program once",
    expect: [],
    snapshot: machine((draft) => {
      addTree(draft, tree("/usr/lib/go", "go1.21.0"), "back");
      putOnPath(
        draft,
        "/usr/local/bin",
        [goProgram("/usr/lib/go", "go1.21.0", "go", { path: "/usr/local/bin/go" })],
        "back",
      );
    }),
  },
  {
    check: "go-not-executable",
    name: "fires where the only go has no x bit",
    expect: ["error"],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      draft.path = draft.path.slice(1);
      putOnPath(draft, "/opt/go/bin", [program("/opt/go/bin/go", { executable: false })]);
    }),
    mentions: ["/opt/go/bin/go"],
  },
  {
    check: "go-not-executable",
    name: "fires where go is for another machine",
    expect: ["error"],
    snapshot: machine((draft) => {
      const goroot = "/usr/local/go";
      addTree(
        draft,
        tree(goroot, "go1.22.6", { program: goProgram(goroot, "go1.22.6", "go", { archs: ["arm64"] }) }),
      );
    }),
    mentions: ["arm64"],
  },
  {
    check: "go-not-executable",
    name: "fires where the installed version's program has lost its x bit",
    expect: ["error"],
    snapshot: machine((draft) => {
      const installed = draft.trees[0]?.program;
      if (installed) installed.executable = false;
    }),
    mentions: ["gvt repair 1.22.6"],
  },
  {
    check: "go-not-executable",
    name: "fires for a Mach-O program on Linux",
    expect: ["error"],
    snapshot: machine((draft) => {
      const goroot = "/usr/local/go";
      const built = goProgram(goroot, "go1.22.6", "go", { format: "mach-o", os: "darwin" });
      addTree(draft, tree(goroot, "go1.22.6", { program: built }));
    }),
  },
  {
    check: "go-not-executable",
    name: "fires for a program of Windows outside WSL",
    expect: ["error"],
    snapshot: machine((draft) =>
      putOnPath(draft, "/opt/bin", [program("/opt/bin/go", { format: "pe", os: "windows" })]),
    ),
    mentions: ["windows/amd64"],
  },
  {
    check: "go-not-executable",
    name: "is silent on macOS for a universal program",
    expect: [],
    snapshot: machine((draft) => {
      useAppleSilicon(draft);
      const archs = ["amd64", "arm64"];
      putOnPath(draft, "/opt/bin", [program("/opt/bin/go", { format: "mach-o", archs })]);
    }),
  },
  {
    check: "go-not-executable",
    name: "is silent on macOS for a script",
    expect: [],
    snapshot: machine((draft) => {
      useAppleSilicon(draft);
      putOnPath(draft, "/opt/bin", [program("/opt/bin/go", { format: "script", archs: undefined })]);
    }),
  },
  {
    check: "go-not-executable",
    name: "passes over one without x bit where another runs",
    expect: [],
    snapshot: machine((draft) =>
      putOnPath(draft, "/opt/go/bin", [program("/opt/go/bin/go", { executable: false })]),
    ),
  },
  {
    check: "go-not-executable",
    name: "knows that amd64 runs 386",
    expect: [],
    snapshot: machine((draft) => {
      const goroot = "/usr/local/go";
      addTree(
        draft,
        tree(goroot, "go1.22.6", { program: goProgram(goroot, "go1.22.6", "go", { archs: ["386"] }) }),
      );
    }),
  },
  {
    check: "go-binary-detached",
    name: "fires for a copied go",
    expect: ["error"],
    snapshot: machine((draft) =>
      putOnPath(draft, "/usr/local/bin", [
        goProgram("", "go1.22.6", "go", { path: "/usr/local/bin/go", goroot: undefined }),
      ]),
    ),
    mentions: ["rm /usr/local/bin/go"],
  },
  {
    check: "go-binary-detached",
    name: "has the gofmt deleted too that was copied with it, where both hide gvt's",
    expect: ["error"],
    snapshot: machine((draft) => {
      const build = { go: "go1.22.6", path: "cmd/go", trimmed: true };
      putOnPath(draft, "/opt/bin", [program("/opt/bin/go", { build }), program("/opt/bin/gofmt")]);
    }),
    mentions: ["rm /opt/bin/go /opt/bin/gofmt"],
  },
  {
    check: "go-binary-detached",
    name: "is silent where GOROOT names a tree for it",
    expect: [],
    snapshot: machine((draft) => {
      putOnPath(draft, "/usr/local/bin", [
        goProgram("", "go1.22.6", "go", { path: "/usr/local/bin/go", goroot: undefined }),
      ]);
      writeGoEnv(draft, "GOROOT=/usr/local/go\n");
    }),
  },
  {
    check: "go-binary-detached",
    name: "is silent for a distribution's go that knows its tree",
    expect: [],
    snapshot: machine((draft) => {
      const build = {
        go: "go1.19.8",
        path: "cmd/go",
        trimmed: false,
        goroot: { path: "/usr/lib/go", there: true },
      };
      putOnPath(draft, "/usr/bin", [program("/usr/bin/go", { build })]);
    }),
  },
  {
    check: "go-binary-detached",
    name: "leaves gvt's gofmt where a copy of go has replaced gvt's shim",
    expect: ["error"],
    snapshot: machine((draft) => {
      const build = { go: "go1.22.6", path: "cmd/go", trimmed: true };
      replaceShim(draft, program(`${SHIMS}/go`, { build }));
    }),
    mentions: [`rm ${SHIMS}/go"`],
  },
  {
    check: "go-binary-detached",
    name: "leaves the gofmt that hides none of gvt's",
    expect: ["error"],
    snapshot: machine((draft) => {
      takeOffPath(draft, SHIMS);
      const build = { go: "go1.22.6", path: "cmd/go", trimmed: true };
      putOnPath(draft, "/opt/bin", [program("/opt/bin/go", { build }), program("/opt/bin/gofmt")]);
    }),
    mentions: ['rm /opt/bin/go"'],
  },
  {
    check: "go-binary-detached",
    name: "is silent where there is no go",
    expect: [],
    snapshot: machine((draft) => takeOffPath(draft, SHIMS)),
  },
  {
    check: "go-binary-detached",
    name: "is silent where the tree that was compiled in could not be read",
    expect: [],
    snapshot: machine((draft) => {
      const build = { go: "go1.19.8", path: "cmd/go", trimmed: false };
      putOnPath(draft, "/usr/bin", [program("/usr/bin/go", { build })]);
    }),
  },
  {
    check: "go-binary-detached",
    name: "fires where the tree that was compiled in is of another version",
    expect: ["error"],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.26.8");
      const build = {
        go: "go1.19.13",
        path: "cmd/go",
        trimmed: false,
        goroot: { path: "/usr/local/go", there: true },
      };
      putOnPath(draft, "/opt/bin", [program("/opt/bin/go", { build })]);
    }),
    mentions: ["/usr/local/go, is go1.26.8"],
  },
  {
    check: "go-binary-detached",
    name: "is silent for a program that only bears the name",
    expect: [],
    snapshot: machine((draft) => putOnPath(draft, "/opt/bin", [program("/opt/bin/go")])),
  },
  {
    check: "rc-exports-go-vars",
    name: "is an error where the line names another tree",
    expect: ["error"],
    snapshot: machine((draft) => {
      writeStartupFile(draft, BASHRC, "alias ll='ls -l'\nexport GOROOT=/usr/local/go\n");
      setVariable(draft, "GOROOT", "/usr/local/go");
    }),
    mentions: [`${BASHRC}:2`, "unset GOROOT"],
  },
  {
    check: "rc-exports-go-vars",
    name: "puts the value into the lines that use the variable",
    expect: ["error"],
    snapshot: machine((draft) => {
      const lines = ["export GOROOT=/usr/local/go", "export PATH=$GOROOT/bin:${GOROOT}/misc:$PATH:$GOROOTS"];
      writeStartupFile(draft, BASHRC, `${lines.join("\n")}\n`);
    }),
    mentions: [`delete ${BASHRC}:1`, "export PATH=/usr/local/go/bin:/usr/local/go/misc:$PATH:$GOROOTS"],
  },
  {
    check: "rc-exports-go-vars",
    name: "puts the value in that stands above, and for another file the first one",
    expect: ["error"],
    snapshot: machine((draft) => {
      writeStartupFile(draft, `${HOME}/.profile`, "export GOROOT=/opt/go\n");
      writeStartupFile(draft, `${HOME}/.zshrc`, "export GOTOOLDIR=$GOROOT/pkg/tool\n");
      writeStartupFile(draft, BASHRC, "export GOROOT=/usr/local/go\nexport PATH=$GOROOT/bin:$PATH\n");
    }),
    mentions: ["PATH=/usr/local/go/bin:$PATH", "GOTOOLDIR=/opt/go/pkg/tool"],
  },
  {
    check: "rc-exports-go-vars",
    name: "leaves lines to people where the value cannot be put in",
    expect: ["error"],
    snapshot: machine((draft) =>
      writeStartupFile(draft, BASHRC, "export GOROOT='/opt/my go'\nexport PATH=$GOROOT/bin:$PATH\n"),
    ),
    mentions: [`out of line 1 of ${BASHRC}, and its use out of line 2 of ${BASHRC}`],
    omits: [`delete ${BASHRC}`],
  },
  {
    check: "rc-exports-go-vars",
    name: "warns where the line names the decided tree",
    expect: ["warning"],
    snapshot: machine((draft) =>
      writeStartupFile(draft, BASHRC, "export GOROOT=$HOME/.gvt/versions/1.22.6\n"),
    ),
  },
  {
    check: "rc-exports-go-vars",
    name: "is an error where one line of two names another tree",
    expect: ["error"],
    snapshot: machine((draft) => {
      writeStartupFile(draft, `${HOME}/.profile`, "export GOROOT=$HOME/.gvt/versions/1.22.6\n");
      writeStartupFile(draft, BASHRC, "export GOROOT=/usr/local/go\n");
    }),
  },
  {
    check: "rc-exports-go-vars",
    name: "fires for fish too",
    expect: ["error"],
    snapshot: machine((draft) =>
      writeStartupFile(draft, `${HOME}/.config/fish/config.fish`, "set -gx GOROOT /usr/local/go\n", "fish"),
    ),
  },
  {
    check: "rc-exports-go-vars",
    name: "fires for a line that puts another Go before the shims",
    expect: ["warning"],
    snapshot: machine((draft) => {
      addTree(draft, tree("/usr/local/go", "go1.21.0"));
      writeStartupFile(draft, BASHRC, "export PATH=/usr/local/go/bin:$PATH\n");
    }),
    mentions: [`delete ${BASHRC}:1`],
  },
  {
    check: "rc-exports-go-vars",
    name: "has a line moved that puts more than a Go's bin before the shims",
    expect: ["warning"],
    snapshot: machine((draft) => {
      putOnPath(draft, "/opt/bin", [
        goProgram("/usr/lib/go", "go1.21.0", "go", { path: "/opt/bin/go" }),
        program("/opt/bin/git"),
      ]);
      writeStartupFile(draft, BASHRC, "export PATH=/opt/bin:$PATH\n");
    }),
    mentions: [`move line 1 of ${BASHRC} above gvt's`],
  },
  {
    check: "rc-exports-go-vars",
    name: "has a line that puts two directories there moved, and not deleted",
    expect: ["warning"],
    snapshot: machine((draft) => {
      addTree(draft, tree("/usr/local/go", "go1.21.0"));
      writeStartupFile(draft, BASHRC, "export PATH=/usr/local/go/bin:$TOOLS/bin:$PATH\n");
    }),
    mentions: [`move line 1 of ${BASHRC} above gvt's`],
  },
  {
    check: "rc-exports-go-vars",
    name: "is silent for gvt's own line where something has replaced the shim",
    expect: [],
    snapshot: machine((draft) => {
      replaceShim(draft);
      writeStartupFile(draft, BASHRC, `export PATH=${SHIMS}:$PATH\n`);
    }),
  },
  {
    check: "rc-exports-go-vars",
    name: "is silent for a line that puts another Go behind them",
    expect: [],
    snapshot: machine((draft) => {
      addTree(draft, tree("/usr/local/go", "go1.21.0"), "back");
      writeStartupFile(draft, BASHRC, "export PATH=$PATH:/usr/local/go/bin\n");
    }),
  },
  {
    check: "rc-exports-go-vars",
    name: "is silent for GOPATH, for a comment, and for what no program sees",
    expect: [],
    snapshot: machine((draft) =>
      writeStartupFile(draft, BASHRC, "export GOPATH=$HOME/go\n# export GOROOT=/x\nGOROOT=/x\n"),
    ),
  },
  {
    check: "rc-exports-go-vars",
    name: "is silent where a later line takes it back",
    expect: [],
    snapshot: machine((draft) => writeStartupFile(draft, BASHRC, "export GOROOT=/x\nunset GOROOT\n")),
  },
  {
    check: "rc-exports-go-vars",
    name: "does not offer to delete the only line of a block",
    expect: ["error"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.21.13");
      writeStartupFile(draft, BASHRC, "if [ -d /usr/local/go ]; then\n  export GOROOT=/usr/local/go\nfi\n");
    }),
    mentions: [`take the assignment of GOROOT out of line 2 of ${BASHRC}`],
  },
];
