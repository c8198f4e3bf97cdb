/** Worlds for the checks of the directory that `go install` writes to. */
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
  setDirectory,
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
    mentions: ["gopls", "holds 1 programs", `export PATH="$PATH:${BIN}"`],
  },
  {
    check: "gobin-not-on-path",
    name: "fires where GOBIN names it, empty as it is",
    expect: ["warning"],
    snapshot: machine((draft) => setVariable(draft, "GOBIN", "/opt/tools")),
    mentions: ["GOBIN names it"],
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
    check: "gobin-has-go",
    name: "is silent where PATH has no such directory",
    expect: [],
    snapshot: machine((draft) => installTools(draft, program(`${BIN}/go`))),
  },
  {
    check: "gobin-has-go",
    name: "is silent for other tools before the shims",
    expect: [],
    snapshot: machine((draft) => useTools(draft, "front", tool(`${BIN}/gopls`, GOPLS))),
  },
  {
    check: "gobin-has-go",
    name: "is silent for the shims themselves",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GOBIN", SHIMS);
      draft.tools = { path: SHIMS, realpath: SHIMS, programs: draft.path[0]?.programs ?? [] };
    }),
  },
  {
    check: "gobin-has-go",
    name: "does not have a whole Go taken apart into which GOBIN leads",
    expect: ["error"],
    snapshot: machine((draft) => {
      const bin = "/opt/go/bin";
      setVariable(draft, "GOBIN", bin);
      const go = goProgram("/opt/go", "go1.21.0");
      installTools(draft, go, program(`${bin}/gofmt`, { realpath: "/opt/other/gofmt" }));
      draft.tools = { path: bin, realpath: bin, programs: draft.tools?.programs ?? [] };
      putOnPath(draft, bin, [go]);
    }),
    mentions: ['{"kind":"unset","variable":"GOBIN"}', "gvt init bash --yes"],
  },
  {
    check: "gobin-has-go",
    name: "takes a link into a whole Go away",
    expect: ["error"],
    snapshot: machine((draft) =>
      useTools(draft, "front", { ...goProgram("/opt/go", "go1.21.0"), path: `${BIN}/go` }),
    ),
    mentions: [`rm ${BIN}/go`],
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
    check: "gobin-unwritable",
    name: "fires where the directory belongs to root",
    expect: ["error"],
    snapshot: machine((draft) => setDirectory(draft, BIN, ["install"], { writable: false, uid: 0 })),
    mentions: [`sudo chown 1000 ${BIN}`, "owned by uid 0"],
  },
  {
    check: "gobin-unwritable",
    name: "fires where a file stands in its place",
    expect: ["error"],
    snapshot: machine((draft) =>
      setDirectory(draft, BIN, ["install"], { state: "no directory", writable: false }),
    ),
    mentions: [`mv ${BIN} ${BIN}-unused`],
  },
  {
    check: "gobin-unwritable",
    name: "takes a GOBIN back that names a file",
    expect: ["error"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOBIN", "/srv/tools");
      draft.tools = { path: "/srv/tools", realpath: "/srv/tools", programs: [] };
      setDirectory(draft, "/srv/tools", ["install"], { state: "no directory", writable: false });
    }),
    mentions: ["unset GOBIN", "GOBIN=/srv/tools"],
  },
  {
    check: "gobin-not-on-path",
    name: "is silent where a file stands in its place",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GOBIN", "/srv/tools");
      setDirectory(draft, "/srv/tools", ["install"], { state: "no directory", writable: false });
    }),
  },
  {
    check: "gobin-unwritable",
    name: "fires where its own user has taken the right away",
    expect: ["error"],
    snapshot: machine((draft) => setDirectory(draft, BIN, ["install"], { writable: false })),
    mentions: [`chmod u+rwx ${BIN}`],
  },
  {
    check: "gobin-unwritable",
    name: "fires for a directory of the system, and gives nobody a directory of the system",
    expect: ["error"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOBIN", "/usr/local/bin");
      putOnPath(draft, "/usr/local/bin", [], "back");
      draft.tools = { path: "/usr/local/bin", realpath: "/usr/local/bin", programs: [] };
      setDirectory(draft, "/usr/local/bin", ["install"], { writable: false, uid: 0 });
    }),
    mentions: ["unset GOBIN", "GOBIN=/usr/local/bin"],
  },
  {
    check: "gobin-unwritable",
    name: "makes a directory at home yours, though GOBIN names it",
    expect: ["error"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOBIN", `${HOME}/bin`);
      setDirectory(draft, `${HOME}/bin`, ["install"], { writable: false, uid: 0 });
    }),
    mentions: [`sudo chown 1000 ${HOME}/bin`],
  },
  {
    check: "gobin-unwritable",
    name: "makes a directory yours where go.env names it, which nothing here takes back",
    expect: ["error"],
    snapshot: machine((draft) => {
      for (const tree of draft.trees) tree.goEnv += "GOBIN=/srv/bin\n";
      setDirectory(draft, "/srv/bin", ["install"], { writable: false, uid: 0 });
    }),
    mentions: ["sudo chown 1000 /srv/bin"],
  },
  {
    check: "gobin-unwritable",
    name: "fires on a file system that is read-only",
    expect: ["error"],
    snapshot: machine((draft) =>
      setDirectory(draft, BIN, ["install"], {
        writable: false,
        fileSystem: { mountPoint: "/home", type: "ext4", noexec: false, readOnly: true },
      }),
    ),
    mentions: ["/home is read-only"],
  },
  {
    check: "gobin-unwritable",
    name: "is silent where the directory is yet to be made, or did not answer",
    expect: [],
    snapshot: machine((draft) =>
      setDirectory(draft, BIN, ["install"], { state: "missing", writable: false }),
    ),
  },
  {
    check: "gobin-unwritable",
    name: "is silent where a group may write",
    expect: [],
    snapshot: machine((draft) => setDirectory(draft, BIN, ["install"], { uid: 0 })),
  },
];
