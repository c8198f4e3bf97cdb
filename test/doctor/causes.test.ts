import { describe, expect, it } from "vitest";
import { diagnose } from "../../src/doctor/diagnose.js";
import type { Snapshot } from "../../src/doctor/snapshot.js";
import {
  addTree,
  HOME,
  installTools,
  machine,
  program,
  putOnPath,
  ROOT,
  SHIMS,
  setVariable,
  takeOffPath,
  tool,
  tree,
  useVersion,
  WORK,
  writeGoEnv,
  writeModuleFile,
  writeStartupFile,
} from "./support/machine.js";

const BASHRC = `${HOME}/.bashrc`;

/** Roots with their consequences: `error gobin-has-go: shims-shadowed`. */
function outline(snapshot: Snapshot): string[] {
  return diagnose(snapshot).map(({ severity, id, consequences }) =>
    [`${severity} ${id}`, ...consequences.map((consequence) => consequence.id)].join(" < "),
  );
}

describe("findings with one cause", () => {
  it("a line that sets GOROOT explains the tree that is gone", () => {
    const snapshot = machine((draft) => {
      writeStartupFile(draft, BASHRC, "export GOROOT=/opt/go\n");
      setVariable(draft, "GOROOT", "/opt/go");
      draft.trees.push({
        ...structuredClone(draft.trees[0] ?? never()),
        goroot: "/opt/go",
        realpath: "/opt/go",
        state: "missing",
        places: ["GOROOT"],
      });
    });
    expect(outline(snapshot)).toEqual(["error rc-exports-go-vars < goroot-env-missing-dir"]);
  });

  it("a line that sets GOROOT explains the mismatch", () => {
    const snapshot = machine((draft) => {
      writeStartupFile(draft, BASHRC, "export GOROOT=/usr/local/go\n");
      setVariable(draft, "GOROOT", "/usr/local/go");
      draft.trees.push({
        ...structuredClone(draft.trees[0] ?? never()),
        goroot: "/usr/local/go",
        realpath: "/usr/local/go",
        version: "go1.21.0",
        places: ["GOROOT"],
      });
    });
    expect(outline(snapshot)).toEqual(["error rc-exports-go-vars < goroot-env-mismatch"]);
  });

  it("a go where tools are installed explains that gvt's is hidden", () => {
    const bin = `${HOME}/go/bin`;
    const snapshot = machine((draft) => {
      installTools(draft, program(`${bin}/go`));
      putOnPath(draft, bin, [program(`${bin}/go`)]);
    });
    expect(outline(snapshot)).toEqual(["error gobin-has-go < shims-shadowed"]);
  });

  it("a line that edits PATH explains that gvt's go is hidden, and is as severe", () => {
    const snapshot = machine((draft) => {
      addTree(draft, tree("/usr/local/go", "go1.21.0"));
      writeStartupFile(draft, BASHRC, "export PATH=/usr/local/go/bin:$PATH\n");
    });
    expect(outline(snapshot)).toEqual(["error rc-exports-go-vars < shims-shadowed"]);
  });

  it("two Gos before gvt's remain two findings of PATH where no line is known", () => {
    const snapshot = machine((draft) => {
      addTree(draft, tree("/usr/local/go", "go1.21.0"));
      addTree(draft, tree("/opt/go", "go1.20.1"));
    });
    expect(outline(snapshot)).toEqual(["error shims-shadowed < multiple-go-on-path"]);
  });

  it("shims that are off PATH explain that there is no go", () => {
    const snapshot = machine((draft) => takeOffPath(draft, SHIMS));
    expect(outline(snapshot)).toEqual(["error shims-not-on-path < go-not-found"]);
  });

  it("a go without x bit explains that there is none", () => {
    const snapshot = machine((draft) => {
      draft.root.installed = [];
      draft.path = [];
      putOnPath(draft, "/opt/go/bin", [program("/opt/go/bin/go", { executable: false })]);
      draft.selection = {
        kind: "selected",
        selection: {
          kind: "system",
          program: undefined,
          origin: { kind: "nothing" },
          basis: "nothing",
          rule: "R14",
          notes: [],
        },
      };
    });
    expect(outline(snapshot)).toEqual(["error go-not-executable < go-not-found"]);
  });

  it("a bad variable explains that it hides the go-env file's", () => {
    const snapshot = machine((draft) => {
      writeGoEnv(draft, `GOBIN=${HOME}/go/bin\nGOOS=linux\n`);
      setVariable(draft, "GOBIN", "bin");
      setVariable(draft, "GOOS", "windows");
    });
    expect(outline(snapshot)).toEqual([
      "error gobin-relative < goenv-file-overridden",
      "warning stray-goos-goarch < goenv-file-overridden",
    ]);
  });

  it("a version below the floor explains what it cannot parse", () => {
    const snapshot = machine((draft) => {
      useVersion(draft, "1.20.14");
      writeModuleFile(draft, `${WORK}/go.mod`, "go 1.22.6\ntoolchain go1.23.0\n");
    });
    expect(outline(snapshot)).toEqual(["error version-below-go-directive < go-line-too-new-for-parser"]);
  });

  it("GOPATH at GOROOT explains where tools go", () => {
    const goroot = `${ROOT}/versions/1.22.6`;
    const snapshot = machine((draft) => {
      setVariable(draft, "GOPATH", goroot);
      draft.tools = { path: `${goroot}/bin`, realpath: `${goroot}/bin`, programs: [] };
    });
    expect(outline(snapshot)).toEqual(["error goroot-equals-gopath < gobin-is-shims-or-goroot"]);
  });

  it("tools that are off PATH explain that others run in their place", () => {
    const snapshot = machine((draft) => {
      installTools(draft, tool(`${HOME}/go/bin/gopls`, "golang.org/x/tools/gopls"));
      putOnPath(draft, "/opt/tools", [tool("/opt/tools/gopls", "golang.org/x/tools/gopls")]);
    });
    expect(outline(snapshot)).toEqual(["warning gobin-not-on-path < gobin-shadowed"]);
  });
});

describe("the order of findings", () => {
  it("is errors first, and among them what stands first in the catalogue", () => {
    const snapshot = machine((draft) => {
      setVariable(draft, "GOOS", "windows");
      setVariable(draft, "GOCACHE", "off");
      setVariable(draft, "GOFLAGS", "nonsense");
      addTree(draft, tree("/usr/local/go", "go1.21.0"));
    });
    expect(outline(snapshot)).toEqual([
      "error shims-shadowed",
      "error goflags-invalid",
      "error gocache-invalid",
      "warning stray-goos-goarch",
    ]);
  });
});

function never(): never {
  throw new Error("the machine has a tree");
}
