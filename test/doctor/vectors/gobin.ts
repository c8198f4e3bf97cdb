/** Worlds for the checks of GOBIN, GOPATH and installed tools. */
import {
  type Draft,
  goProgram,
  HOME,
  installTools,
  machine,
  program,
  putOnPath,
  ROOT,
  SHIMS,
  setVariable,
  tool,
  writeGoEnv,
} from "../support/machine.js";
import type { Vector } from "./vector.js";

const BIN = `${HOME}/go/bin`;
const GOPLS = "golang.org/x/tools/gopls";

/** `go install` writes here, and PATH has it. */
function useTools(
  draft: Draft,
  where: "front" | "back",
  ...programs: Parameters<typeof installTools>[1][]
): void {
  installTools(draft, ...programs);
  putOnPath(draft, BIN, programs, where);
}

export const GOBIN_VECTORS: readonly Vector[] = [
  {
    check: "gobin-not-on-path",
    name: "fires where it holds a tool",
    expect: ["warning"],
    snapshot: machine((draft) => installTools(draft, tool(`${BIN}/gopls`, GOPLS))),
    mentions: ["gopls", `export PATH="$PATH:${BIN}"`],
  },
  {
    check: "gobin-not-on-path",
    name: "fires where GOBIN names it, empty as it is",
    expect: ["warning"],
    snapshot: machine((draft) => setVariable(draft, "GOBIN", "/opt/tools")),
  },
  {
    check: "gobin-not-on-path",
    name: "is silent where the default is empty",
    expect: [],
    snapshot: machine(),
  },
  {
    check: "gobin-not-on-path",
    name: "is silent where PATH has it under another name",
    expect: [],
    snapshot: machine((draft) => {
      installTools(draft, tool(`${BIN}/gopls`, GOPLS));
      putOnPath(draft, "/tools", [], "back", { realpath: BIN });
      draft.directories.push({
        path: BIN,
        roles: ["install"],
        state: "directory",
        realpath: BIN,
        symlink: false,
        writable: true,
        holdsGoMod: false,
      });
    }),
  },
  {
    check: "gobin-shadowed",
    name: "fires where an older one comes first",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useTools(draft, "back", tool(`${BIN}/gopls`, GOPLS));
      putOnPath(draft, "/opt/tools", [tool("/opt/tools/gopls", GOPLS)]);
    }),
    mentions: ["/opt/tools/gopls", `${BIN}/gopls`],
  },
  {
    check: "gobin-shadowed",
    name: "is silent where the first is a link to it, or comes later",
    expect: [],
    snapshot: machine((draft) => {
      useTools(draft, "back", tool(`${BIN}/gopls`, GOPLS));
      putOnPath(draft, "/opt/tools", [tool("/opt/tools/gopls", GOPLS, { realpath: `${BIN}/gopls` })]);
    }),
  },
  {
    check: "gobin-shadowed",
    name: "is silent where gvt's shim comes first",
    expect: [],
    snapshot: machine((draft) =>
      useTools(draft, "back", tool(`${BIN}/go1.22.6`, "golang.org/dl/go1.22.6", { owner: "golang-dl" })),
    ),
  },
  {
    check: "gobin-shadows-system",
    name: "fires where another program of that name lies in /usr/bin",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useTools(draft, "front", tool(`${BIN}/git`, "example.com/git"));
    }),
    mentions: ["/usr/bin/git", `mv ${BIN}/git ${BIN}/git-unused`],
  },
  {
    check: "gobin-shadows-system",
    name: "is silent where both are the same program",
    expect: [],
    snapshot: machine((draft) => {
      useTools(draft, "front", tool(`${BIN}/gopls`, GOPLS));
      putOnPath(draft, "/usr/local/bin", [tool("/usr/local/bin/gopls", GOPLS)], "back");
    }),
  },
  {
    check: "gobin-shadows-system",
    name: "is silent where the system's comes first",
    expect: [],
    snapshot: machine((draft) => {
      useTools(draft, "back", tool(`${BIN}/git`, "example.com/git"));
    }),
  },
  {
    check: "gobin-has-go",
    name: "fires where a go lies there before the shims",
    expect: ["error"],
    snapshot: machine((draft) => useTools(draft, "front", program(`${BIN}/go`))),
    mentions: [`rm ${BIN}/go`],
  },
  {
    check: "gobin-has-go",
    name: "is silent where the shims come first",
    expect: [],
    snapshot: machine((draft) => useTools(draft, "back", goProgram(`${HOME}/go`, "go1.21.0"))),
  },
  {
    check: "gobin-relative",
    name: "fires for a tilde in the go-env file",
    expect: ["error"],
    snapshot: machine((draft) => writeGoEnv(draft, "GOBIN=~/bin\n")),
    mentions: ["~/bin"],
  },
  {
    check: "gobin-relative",
    name: "is silent where the environment says it right",
    expect: [],
    snapshot: machine((draft) => {
      writeGoEnv(draft, "GOBIN=bin\n");
      setVariable(draft, "GOBIN", BIN);
    }),
  },
  {
    check: "gobin-is-shims-or-goroot",
    name: "fires where GOBIN is the shims",
    expect: ["error"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOBIN", SHIMS);
      draft.tools = { path: SHIMS, realpath: SHIMS, programs: [] };
    }),
    mentions: ["unset GOBIN"],
  },
  {
    check: "gobin-is-shims-or-goroot",
    name: "fires where GOPATH lies in a version",
    expect: ["error"],
    snapshot: machine((draft) => {
      const inside = `${ROOT}/versions/1.22.6/bin`;
      writeGoEnv(draft, `GOPATH=${ROOT}/versions/1.22.6\n`);
      draft.tools = { path: inside, realpath: inside, programs: [] };
    }),
  },
  {
    check: "gobin-is-shims-or-goroot",
    name: "is silent for a directory beside them",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GOBIN", `${ROOT}/versions-tools`);
      draft.tools = { path: `${ROOT}/versions-tools`, realpath: `${ROOT}/versions-tools`, programs: [] };
    }),
  },
  {
    check: "gopath-invalid",
    name: "fires for a relative second entry",
    expect: ["error"],
    snapshot: machine((draft) => setVariable(draft, "GOPATH", `${HOME}/go:work`)),
    mentions: ["work", "unset GOPATH"],
  },
  {
    check: "gopath-invalid",
    name: "fires for a tilde in the go-env file",
    expect: ["error"],
    snapshot: machine((draft) => writeGoEnv(draft, "GOPATH=~/go\n")),
  },
  {
    check: "gopath-invalid",
    name: "passes over empty entries",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, "GOPATH", `:${HOME}/go:`)),
  },
];
