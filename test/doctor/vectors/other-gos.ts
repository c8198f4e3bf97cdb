/** Worlds for the checks of Gos that are not gvt's. */
import type { ProgramOwner } from "../../../src/doctor/program-facts.js";
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
  takeOffPath,
  tree,
  useSystemGo,
  writeStartupFile,
} from "../support/machine.js";
import type { Vector } from "./vector.js";

const BASHRC = `${HOME}/.bashrc`;

function putManager(
  draft: Draft,
  directory: string,
  owner: ProgramOwner,
  where: "front" | "back" = "front",
): void {
  const programs = ["go", "gofmt"].map((name) =>
    program(`${directory}/${name}`, {
      owner,
      format: "script",
      interpreter: { path: "/bin/sh", there: true },
    }),
  );
  putOnPath(draft, directory, programs, where);
}

/** As golang.org/dl builds them. */
function putWrapper(draft: Draft, name: string, there: boolean): void {
  const built = program(`${HOME}/go/bin/${name}`, {
    owner: "golang-dl",
    build: { go: "go1.22.6", path: `golang.org/dl/${name}`, trimmed: false },
    sdk: { path: `${HOME}/sdk/${name}`, there },
  });
  putOnPath(draft, `${HOME}/go/bin`, [built], "back");
}

export const OTHER_GO_VECTORS: readonly Vector[] = [
  {
    check: "gofmt-go-mismatch",
    name: "fires where gofmt is of another release",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      putOnPath(draft, "/usr/lib/go-1.19/bin", [goProgram("/usr/lib/go-1.19", "go1.19.8", "gofmt")]);
    }),
    mentions: ["go1.19.8", "remove /usr/lib/go-1.19/bin/gofmt"],
  },
  {
    check: "gofmt-go-mismatch",
    name: "has the shims made anew where gofmt's is missing",
    expect: ["warning"],
    snapshot: machine((draft) => {
      const shims = draft.path[0];
      if (shims) shims.programs = shims.programs.filter(({ name }) => name !== "gofmt");
      putOnPath(draft, "/usr/lib/go/bin", [goProgram("/usr/lib/go", "go1.19.8", "gofmt")], "back");
    }),
    mentions: ["gvt rehash"],
  },
  {
    check: "gofmt-go-mismatch",
    name: "has another gofmt removed where gvt's shim stands behind it",
    expect: ["warning"],
    snapshot: machine((draft) => putOnPath(draft, "/opt/tools", [program("/opt/tools/gofmt")])),
    mentions: ["remove /opt/tools/gofmt"],
  },
  {
    check: "gofmt-go-mismatch",
    name: "is silent where the decided version's own gofmt stands in for a shim",
    expect: [],
    snapshot: machine((draft) => {
      const goroot = `${ROOT}/versions/1.22.6`;
      const [shims] = draft.path;
      if (shims) shims.programs = shims.programs.filter(({ name }) => name !== "gofmt");
      putOnPath(draft, `${goroot}/bin`, [goProgram(goroot, "go1.22.6", "gofmt")], "back");
    }),
  },
  {
    check: "gofmt-go-mismatch",
    name: "is silent where there is no go",
    expect: [],
    snapshot: machine((draft) => {
      takeOffPath(draft, SHIMS);
      putOnPath(draft, "/opt/tools", [program("/opt/tools/gofmt")]);
    }),
  },
  {
    check: "gofmt-go-mismatch",
    name: "is silent for links into one tree",
    expect: [],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      takeOffPath(draft, "/usr/local/go/bin");
      const [goroot, release] = ["/usr/local/go", "go1.22.6"];
      putOnPath(draft, "/usr/local/bin", [
        goProgram(goroot, release, "go", { path: "/usr/local/bin/go" }),
        goProgram(goroot, release, "gofmt", { path: "/usr/local/bin/gofmt" }),
      ]);
    }),
  },
  {
    check: "gofmt-go-mismatch",
    name: "is silent for a copy of the same release, and for what a script may start",
    expect: [],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      putOnPath(draft, "/opt/bin", [
        program("/opt/bin/gofmt", { build: { go: "go1.22.6", path: "cmd/gofmt", trimmed: true } }),
      ]);
    }),
  },
  {
    check: "gofmt-go-mismatch",
    name: "is silent where `go` is a script of somebody's",
    expect: [],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      putOnPath(draft, "/opt/bin", [program("/opt/bin/go", { format: "script" })]);
    }),
  },
  ...(["goenv", "asdf", "mise", "gvm", "g", "snap", "alternatives"] as const).map(
    (owner): Vector => ({
      check: "other-version-manager",
      name: `fires where the go of ${owner} comes first`,
      expect: ["warning"],
      snapshot: machine((draft) => putManager(draft, `/opt/${owner}/shims`, owner)),
      mentions: [`/opt/${owner}/shims`, "gvt init bash --yes"],
    }),
  ),
  {
    check: "other-version-manager",
    name: "names the line that put it there",
    expect: ["warning"],
    snapshot: machine((draft) => {
      putManager(draft, `${HOME}/.goenv/shims`, "goenv");
      writeStartupFile(draft, BASHRC, '. ~/.asdf/asdf.sh\neval "$(goenv init -)"\n');
    }),
    mentions: [`${BASHRC}:2`, `delete line 2 of ${BASHRC}`],
    omits: [`${BASHRC}:1`],
  },
  {
    check: "other-version-manager",
    name: "says how mise is made to let go",
    expect: ["warning"],
    snapshot: machine((draft) => putManager(draft, "/opt/mise/shims", "mise")),
    mentions: ["mise unuse go"],
  },
  {
    check: "other-version-manager",
    name: "is silent where `system` is decided, and is the manager's",
    expect: [],
    snapshot: machine((draft) => {
      putManager(draft, `${HOME}/.goenv/shims`, "goenv");
      const decision = { origin: { kind: "nothing" }, basis: "nothing", rule: "R14", notes: [] } as const;
      const program = `${HOME}/.goenv/shims/go`;
      draft.selection = { kind: "selected", selection: { ...decision, kind: "system", program } };
    }),
  },
  {
    check: "other-version-manager",
    name: "is silent where gvt's shims come first",
    expect: [],
    snapshot: machine((draft) => putManager(draft, `${HOME}/.goenv/shims`, "goenv", "back")),
  },
  {
    check: "other-version-manager",
    name: "is silent where gvt is not on PATH at all",
    expect: [],
    snapshot: machine((draft) => {
      takeOffPath(draft, SHIMS);
      putManager(draft, `${HOME}/.goenv/shims`, "goenv");
    }),
  },
  {
    check: "other-version-manager",
    name: "is silent for another Go that no manager owns",
    expect: [],
    snapshot: machine((draft) => addTree(draft, tree("/usr/local/go", "go1.21.0"))),
  },
  {
    check: "golang-dl-wrappers",
    name: "informs of wrappers, all in one",
    expect: ["info"],
    snapshot: machine((draft) => {
      putWrapper(draft, "go1.21.5", true);
      putOnPath(draft, "/opt/bin", [
        goProgram("/opt/go1.20.14", "go1.20.14", "go", { name: "go1.20.14", path: "/opt/bin/go1.20.14" }),
      ]);
      draft.trees.push(tree("/opt/go1.20.14", "go1.20.14") as Draft["trees"][number]);
    }),
    mentions: ["go1.20.14, go1.21.5", `rm ${HOME}/go/bin/go1.21.5`],
  },
  {
    check: "golang-dl-wrappers",
    name: "warns where a name runs another release",
    expect: ["warning"],
    snapshot: machine((draft) => {
      putOnPath(draft, "/opt/bin", [
        goProgram("/usr/local/go", "go1.22.6", "go", { name: "go1.24.4", path: "/opt/bin/go1.24.4" }),
      ]);
      draft.trees.push(tree("/usr/local/go", "go1.22.6") as Draft["trees"][number]);
    }),
    mentions: ["/opt/bin/go1.24.4 runs go1.22.6", "gvt install 1.24.4"],
  },
  {
    check: "golang-dl-wrappers",
    name: "warns where a copy bears another release's name",
    expect: ["warning"],
    snapshot: machine((draft) => {
      const copy = { path: "/opt/bin/go1.24.4", realpath: "/opt/bin/go1.24.4", goroot: undefined };
      putOnPath(draft, "/opt/bin", [goProgram("", "go1.22.6", "go", { ...copy, name: "go1.24.4" })]);
    }),
    mentions: ["/opt/bin/go1.24.4 runs go1.22.6"],
  },
  {
    check: "golang-dl-wrappers",
    name: "is silent for gvt's shims, which other directories may double",
    expect: [],
    snapshot: machine((draft) =>
      putOnPath(draft, "/opt/bin", [program("/opt/bin/go1.22.6"), program("/opt/bin/go1.bak")], "back"),
    ),
  },
  {
    check: "golang-dl-wrappers",
    name: "leaves a wrapper without a tree to another check",
    expect: [],
    snapshot: machine((draft) => putWrapper(draft, "go1.21.5", false)),
  },
  {
    check: "dl-wrapper-not-downloaded",
    name: "fires where the tree was never unpacked",
    expect: ["error"],
    snapshot: machine((draft) => putWrapper(draft, "go1.21.5", false)),
    mentions: [`${HOME}/sdk/go1.21.5`, "gvt install 1.21.5", `rm ${HOME}/go/bin/go1.21.5`],
  },
  {
    check: "dl-wrapper-not-downloaded",
    name: "is silent where it was",
    expect: [],
    snapshot: machine((draft) => putWrapper(draft, "go1.21.5", true)),
  },
  {
    check: "dl-wrapper-not-downloaded",
    name: "is silent where gvt's shim of that name comes first",
    expect: [],
    snapshot: machine((draft) => putWrapper(draft, "go1.22.6", false)),
  },
];
