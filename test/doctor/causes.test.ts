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
  setDirectory,
  setVariable,
  takeOffPath,
  tool,
  tree,
  useSystemGo,
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
    expect(outline(snapshot)).toEqual(["error gobin-has-go < shims-shadowed < gofmt-go-mismatch"]);
  });

  it("a line that edits PATH explains that gvt's go is hidden, and is as severe", () => {
    const snapshot = machine((draft) => {
      addTree(draft, tree("/usr/local/go", "go1.21.0"));
      writeStartupFile(draft, BASHRC, "export PATH=/usr/local/go/bin:$PATH\n");
    });
    expect(outline(snapshot)).toEqual(["error rc-exports-go-vars < shims-shadowed"]);
  });

  it("another version manager explains that gvt's go is hidden, and the line that did it", () => {
    const shims = `${HOME}/.goenv/shims`;
    const snapshot = machine((draft) => {
      const [go, gofmt] = ["go", "gofmt"].map((name) =>
        program(`${shims}/${name}`, { owner: "goenv", format: "script" }),
      );
      putOnPath(draft, shims, [go ?? never(), gofmt ?? never()]);
      writeStartupFile(draft, BASHRC, `export PATH=${shims}:$PATH\n`);
    });
    expect(outline(snapshot)).toEqual(["error other-version-manager < shims-shadowed < rc-exports-go-vars"]);
  });

  it("a line that sets GOROOT explains that it is of no use", () => {
    const snapshot = machine((draft) => {
      writeStartupFile(draft, BASHRC, `export GOROOT=${ROOT}/versions/1.22.6\n`);
      setVariable(draft, "GOROOT", `${ROOT}/versions/1.22.6`);
    });
    expect(outline(snapshot)).toEqual(["warning rc-exports-go-vars < goroot-env-redundant"]);
  });

  it("a go.env that is gone is part of what is missing", () => {
    const snapshot = machine((draft) => {
      const [decided = never()] = draft.trees;
      decided.goEnv = undefined;
      if (decided.comparison) decided.comparison.missing = { count: 1, first: ["go.env"] };
    });
    expect(outline(snapshot)).toEqual(["error goroot-incomplete < goroot-go-env-altered"]);
  });

  it("a tree on PATH without its bin explains that there is no go", () => {
    const snapshot = machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      takeOffPath(draft, "/usr/local/go/bin");
      draft.trees = [];
      putOnPath(draft, "/usr/local/go", [], "front", { holdsGoroot: true });
    });
    expect(outline(snapshot)).toEqual(["error path-goroot-without-bin < go-not-found"]);
  });

  it("a toolchain line that is none, and a workspace that is not there, explain that no version is found", () => {
    const failed = { kind: "failed", code: "BAD_VERSION_FILE", message: "cannot read it" } as const;
    const badLine = machine((draft) => {
      draft.selection = failed;
      writeModuleFile(draft, `${WORK}/go.mod`, "go 1.21\ntoolchain local\n");
    });
    expect(outline(badLine)).toEqual(["error toolchain-line-invalid < version-file-invalid"]);
    const badWorkspace = machine((draft) => {
      draft.selection = failed;
      setVariable(draft, "GOWORK", "go.work");
    });
    expect(outline(badWorkspace)).toEqual(["error gowork-missing < version-file-invalid"]);
  });

  it("where tools go into the tree, GOPATH at GOROOT explains it", () => {
    const snapshot = machine((draft) => {
      const goroot = `${ROOT}/versions/1.22.6`;
      setVariable(draft, "GOPATH", goroot);
      const [decided = never()] = draft.trees;
      if (decided.comparison) decided.comparison.addedPrograms = { count: 1, first: ["bin/gopls"] };
    });
    expect(outline(snapshot)[0]).toMatch(/^error goroot-equals-gopath <.* goroot-polluted/);
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
      "warning stray-goos-goarch < goenv-file-overridden < gobin-blocks-cross-install",
    ]);
  });

  it("a line of the go-env file that Go reads to the letter explains what Go makes of it", () => {
    const snapshot = machine((draft) => writeGoEnv(draft, "GOOS=linux\r\nGO111MODULE='on'\nGOPATH=~/go\n"));
    expect(outline(snapshot)).toEqual([
      "error goenv-file-malformed < go111module-off < goos-goarch-invalid < goenv-cross-target < gopath-invalid < modcache-invalid",
    ]);
  });

  it("a pair that Go does not build for explains that it is not this machine's, and what GOBIN makes of it", () => {
    const snapshot = machine((draft) => {
      setVariable(draft, "GOBIN", `${HOME}/go/bin`);
      putOnPath(draft, `${HOME}/go/bin`, [], "back");
      setVariable(draft, "GOOS", "macos");
    });
    expect(outline(snapshot)).toEqual([
      "error goos-goarch-invalid < stray-goos-goarch < gobin-blocks-cross-install",
    ]);
  });

  it("a cache of root's explains that nothing can be cached", () => {
    const snapshot = machine((draft) =>
      setDirectory(draft, `${HOME}/.cache/go-build`, ["GOCACHE"], { writable: false, uid: 0 }),
    );
    expect(outline(snapshot)).toEqual(["error goenv-file-foreign-owner < gocache-invalid"]);
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

  it("tools that are off PATH are shadowed still where the directory is appended", () => {
    const snapshot = machine((draft) => {
      installTools(draft, tool(`${HOME}/go/bin/gopls`, "golang.org/x/tools/gopls"));
      putOnPath(draft, "/opt/tools", [tool("/opt/tools/gopls", "golang.org/x/tools/gopls")]);
    });
    expect(outline(snapshot)).toEqual(["warning gobin-not-on-path", "warning gobin-shadowed"]);
  });
});

describe("findings about one directory", () => {
  it("a relative GOPATH explains the module cache below it", () => {
    const snapshot = machine((draft) => setVariable(draft, "GOPATH", "go"));
    expect(outline(snapshot)).toContain("error gopath-invalid < modcache-invalid");
  });

  it("a drive of Windows explains a build cache that is not this machine's", () => {
    const snapshot = machine((draft) => {
      draft.host.wsl = true;
      const fileSystem = { mountPoint: "/mnt/c", type: "9p", noexec: false, readOnly: false };
      setDirectory(draft, `${HOME}/.cache/go-build`, ["GOCACHE"], { fileSystem });
    });
    expect(outline(snapshot)).toEqual(["warning wsl-drvfs-paths < gocache-network-fs"]);
  });

  it("a pin below the floor of go.mod explains that files disagree", () => {
    const snapshot = machine((draft) => {
      setVariable(draft, "GOTOOLCHAIN", "local");
      writeModuleFile(draft, `${WORK}/go.mod`, "module m\ngo 1.23\n");
    });
    expect(outline(snapshot)).toEqual(["error version-below-go-directive < versions-file-conflict"]);
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
