/** Worlds for the checks of workspaces. */
import { parseModuleFile } from "../../../src/doctor/collect/module-files.js";
import {
  type Draft,
  GO_ENV_FILE,
  HOME,
  machine,
  setVariable,
  useVersion,
  WORK,
  writeGoEnv,
  writeModuleFile,
  writeStartupFile,
} from "../support/machine.js";
import type { Vector } from "./vector.js";

const GO_MOD = `${WORK}/go.mod`;
const GO_WORK = `${WORK}/go.work`;
const BASHRC = `${HOME}/.bashrc`;

function nameWorkspace(draft: Draft, path: string, there: boolean): void {
  setVariable(draft, "GOWORK", path);
  draft.repository.namedWorkspace = { path, there };
}

/** A workspace and its modules; the workspace governs. */
function workspace(
  draft: Draft,
  path: string,
  text: string,
  modules: Readonly<Record<string, string>>,
): void {
  for (const [module, lines] of Object.entries(modules)) {
    const file = parseModuleFile(module, lines) as Draft["repository"]["moduleFiles"][number];
    draft.repository.moduleFiles.push(file);
  }
  writeModuleFile(draft, path, text);
}

export const WORKSPACE_VECTORS: readonly Vector[] = [
  {
    check: "gowork-missing",
    name: "fires where the file is not there, and names the line behind it",
    expect: ["error"],
    snapshot: machine((draft) => {
      nameWorkspace(draft, "/srv/go.work", false);
      writeStartupFile(draft, BASHRC, "export GOWORK=/srv/go.work\n");
    }),
    mentions: ["/srv/go.work", `${BASHRC}:1`, "unset GOWORK"],
  },
  {
    check: "gowork-missing",
    name: "fires for a path in the go-env file",
    expect: ["error"],
    snapshot: machine((draft) => {
      writeGoEnv(draft, "GOWORK=/srv/go.work\n");
      draft.repository.namedWorkspace = { path: "/srv/go.work", there: false };
    }),
    mentions: [`${GO_ENV_FILE}:1`],
  },
  {
    check: "gowork-missing",
    name: "fires for a relative path",
    expect: ["error"],
    snapshot: machine((draft) => setVariable(draft, "GOWORK", "go.work")),
    mentions: ["no absolute path"],
  },
  {
    check: "gowork-missing",
    name: "is silent where the file is there",
    expect: [],
    snapshot: machine((draft) => nameWorkspace(draft, "/srv/go.work", true)),
  },
  {
    check: "gowork-missing",
    name: "is silent for `off`",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, "GOWORK", "off")),
  },
  {
    check: "gowork-missing",
    name: "fires for 1.18, the first that knows workspaces",
    expect: ["error"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.18.10");
      nameWorkspace(draft, "/srv/go.work", false);
    }),
  },
  {
    check: "gowork-missing",
    name: "is silent before 1.18, which knows no workspaces",
    expect: [],
    snapshot: machine((draft) => {
      useVersion(draft, "1.17.13");
      nameWorkspace(draft, "/srv/go.work", false);
    }),
  },
  {
    check: "gowork-parent-surprise",
    name: "fires where the workspace does not use the module",
    expect: ["warning"],
    snapshot: machine((draft) =>
      workspace(draft, `${HOME}/go.work`, "go 1.22\nuse ./other\n", { [GO_MOD]: "go 1.22\n" }),
    ),
    mentions: [`does not use ${WORK}`, `go work use ${WORK}`, "leaves out"],
  },
  {
    check: "gowork-parent-surprise",
    name: "informs where the workspace lies outside the repository",
    expect: ["info"],
    snapshot: machine((draft) => {
      workspace(draft, `${HOME}/go.work`, "go 1.22\nuse ./work\n", { [GO_MOD]: "go 1.22\n" });
      draft.repository.git = { directory: WORK, uid: 1000, trusted: true };
    }),
    mentions: [`outside the repository ${WORK}`, '"GOWORK","value":"off"'],
  },
  {
    check: "gowork-parent-surprise",
    name: "fires where a workspace outside the repository does not use the module, which is to leave it",
    expect: ["warning"],
    snapshot: machine((draft) => {
      workspace(draft, `${HOME}/go.work`, "go 1.22\nuse ./other\n", { [GO_MOD]: "go 1.22\n" });
      draft.repository.git = { directory: WORK, uid: 1000, trusted: true };
    }),
    mentions: ['"GOWORK","value":"off"'],
    omits: ["go work use"],
  },
  {
    check: "gowork-parent-surprise",
    name: "is silent where the workspace uses the module, in its repository",
    expect: [],
    snapshot: machine((draft) => {
      workspace(draft, GO_WORK, "go 1.22\nuse .\n", { [GO_MOD]: "go 1.22\n" });
      draft.repository.git = { directory: WORK, uid: 1000, trusted: true };
    }),
  },
  {
    check: "gowork-parent-surprise",
    name: "is silent where GOWORK names the workspace, which uses the module",
    expect: [],
    snapshot: machine((draft) => {
      workspace(draft, `${HOME}/go.work`, `go 1.22\nuse ${WORK}\n`, { [GO_MOD]: "go 1.22\n" });
      draft.repository.git = { directory: WORK, uid: 1000, trusted: true };
      nameWorkspace(draft, `${HOME}/go.work`, true);
    }),
  },
  {
    check: "gowork-parent-surprise",
    name: "is silent about a module above the workspace",
    expect: [],
    snapshot: machine((draft) =>
      workspace(draft, GO_WORK, "go 1.22\nuse ./a\n", { [`${HOME}/go.mod`]: "go 1.22\n" }),
    ),
  },
  {
    check: "gowork-parent-surprise",
    name: "fires where GOWORK names a workspace elsewhere, which does not use the module",
    expect: ["warning"],
    snapshot: machine((draft) => {
      workspace(draft, "/srv/go.work", "go 1.22\nuse ./a\n", { [GO_MOD]: "go 1.22\n" });
      nameWorkspace(draft, "/srv/go.work", true);
    }),
    mentions: ['"GOWORK","value":"off"'],
    omits: ["go work use"],
  },
  {
    check: "gowork-parent-surprise",
    name: "is silent where no module lies here",
    expect: [],
    snapshot: machine((draft) =>
      workspace(draft, GO_WORK, "go 1.22\nuse ./a\n", { [`${WORK}/a/go.mod`]: "go 1.22\n" }),
    ),
  },
  {
    check: "gowork-go-too-low",
    name: "fires where a module asks for more",
    expect: ["error"],
    snapshot: machine((draft) =>
      workspace(draft, GO_WORK, "go 1.20\n\nuse .\n", { [GO_MOD]: "module m\n\ngo 1.21.5\n" }),
    ),
    mentions: [`${GO_MOD}:3`, "says `go 1.20`", "go work use"],
  },
  {
    check: "gowork-go-too-low",
    name: "fires for 1.21, the first that compares them",
    expect: ["error"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.21.13");
      workspace(draft, GO_WORK, "go 1.20\nuse .\n", { [GO_MOD]: "go 1.21.5\n" });
    }),
  },
  {
    check: "gowork-go-too-low",
    name: "is silent for 1.20, which does not compare them",
    expect: [],
    snapshot: machine((draft) => {
      useVersion(draft, "1.20.14");
      workspace(draft, GO_WORK, "go 1.18\nuse .\n", { [GO_MOD]: "go 1.21\n" });
    }),
  },
  {
    check: "gowork-go-too-low",
    name: "has a newer Go chosen first where the module needs one",
    expect: ["error"],
    snapshot: machine((draft) => workspace(draft, GO_WORK, "go 1.22\nuse .\n", { [GO_MOD]: "go 1.24.0\n" })),
    mentions: ["gvt local 1.24.0"],
  },
  {
    check: "gowork-go-too-low",
    name: "takes 1.18 where there is no line",
    expect: ["error"],
    snapshot: machine((draft) => workspace(draft, GO_WORK, "use .\n", { [GO_MOD]: "go 1.21\n" })),
    mentions: ["has no `go` line"],
  },
  {
    check: "gowork-go-too-low",
    name: "is silent for what Go lets pass, and for modules that are not used",
    expect: [],
    snapshot: machine((draft) =>
      workspace(draft, GO_WORK, "go 1.18\nuse .\n", {
        [GO_MOD]: "go 1.20\n",
        [`${WORK}/a/go.mod`]: "go 1.24.0\n",
      }),
    ),
  },
  {
    check: "gowork-go-too-low",
    name: "is silent where go.work asks for as much",
    expect: [],
    snapshot: machine((draft) => workspace(draft, GO_WORK, "go 1.22\nuse .\n", { [GO_MOD]: "go 1.22\n" })),
  },
];
