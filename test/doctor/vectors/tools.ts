/** Worlds for the checks of the programs that `go install` has written. */
import type { Program } from "../../../src/doctor/program-facts.js";
import {
  type Draft,
  HOME,
  installTools,
  machine,
  program,
  putOnPath,
  setVariable,
  tool,
  WORK,
  writeModuleFile,
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

function built(go: string, path: string): NonNullable<Program["build"]> {
  return { go, path, version: "v1.0.0", trimmed: false };
}

export const TOOL_VECTORS: readonly Vector[] = [
  {
    check: "gobin-shadowed",
    name: "fires where an older one comes first",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useTools(draft, "back", tool(`${BIN}/gopls`, GOPLS));
      putOnPath(draft, "/opt/tools", [tool("/opt/tools/gopls", GOPLS)]);
    }),
    mentions: ["/opt/tools/gopls", `mv /opt/tools/gopls`],
  },
  ...(
    [
      [GOPLS, "/usr/local/bin/gopls"],
      ["example.com/gopls", `${BIN}/gopls`],
    ] as const
  ).map(
    ([path, moved]): Vector => ({
      check: "gobin-shadowed",
      name: `moves ${moved} where the system's comes from ${path}`,
      expect: ["warning"],
      snapshot: machine((draft) => {
        useTools(draft, "back", tool(`${BIN}/gopls`, GOPLS));
        putOnPath(draft, "/usr/local/bin", [tool("/usr/local/bin/gopls", path)]);
      }),
      mentions: [`mv ${moved} ${moved}-unused`],
    }),
  ),
  {
    check: "gobin-shadowed",
    name: "moves what one has put aside oneself, though it is another program",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useTools(draft, "back", tool(`${BIN}/gopls`, GOPLS));
      putOnPath(draft, "/opt/tools", [program("/opt/tools/gopls")]);
    }),
    mentions: ["mv /opt/tools/gopls"],
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
    name: "fires where a link on PATH leads to /usr/bin",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useTools(draft, "front", tool(`${BIN}/jq`, "example.com/jq"));
      putOnPath(draft, "/sys", [program("/sys/jq", { realpath: "/usr/bin/jq" })], "back", {
        realpath: "/usr/bin",
      });
    }),
    mentions: ["hides /sys/jq"],
  },
  {
    check: "gobin-shadows-system",
    name: "leaves go and gofmt to other checks",
    expect: [],
    snapshot: machine((draft) => {
      useTools(draft, "front", program(`${BIN}/gofmt`));
      putOnPath(draft, "/usr/local/bin", [program("/usr/local/bin/gofmt")], "back");
    }),
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
    check: "gobin-shadows-system",
    name: "is silent for what others keep where GOBIN leads too",
    expect: [],
    snapshot: machine((draft) => {
      const bin = `${HOME}/.local/bin`;
      setVariable(draft, "GOBIN", bin);
      installTools(draft, program(`${bin}/git`));
      draft.tools = { path: bin, realpath: bin, programs: draft.tools?.programs ?? [] };
      putOnPath(draft, bin, [program(`${bin}/git`)]);
    }),
  },
  {
    check: "gobin-shadows-system",
    name: "fires there for what Go has built",
    expect: ["warning"],
    snapshot: machine((draft) => {
      const bin = `${HOME}/.local/bin`;
      setVariable(draft, "GOBIN", bin);
      installTools(draft, tool(`${bin}/git`, "example.com/git"));
      draft.tools = { path: bin, realpath: bin, programs: draft.tools?.programs ?? [] };
      putOnPath(draft, bin, [tool(`${bin}/git`, "example.com/git")]);
    }),
  },
  {
    check: "gobin-shadowed",
    name: "is silent for what others keep in a directory of the system that GOBIN names",
    expect: [],
    snapshot: machine((draft) => {
      const bin = "/usr/local/bin";
      setVariable(draft, "GOBIN", bin);
      installTools(draft, program(`${bin}/git`));
      draft.tools = { path: bin, realpath: bin, programs: draft.tools?.programs ?? [] };
      putOnPath(draft, bin, [program(`${bin}/git`)], "back");
    }),
  },
  {
    check: "gobin-shadowed",
    name: "leaves go and gofmt to other checks",
    expect: [],
    snapshot: machine((draft) => useTools(draft, "back", program(`${BIN}/gofmt`))),
  },
  {
    check: "tool-built-with-older-go",
    name: "fires for gopls where the module is newer",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useTools(draft, "back", tool(`${BIN}/gopls`, GOPLS, { build: built("go1.21.13", GOPLS) }));
      writeModuleFile(draft, `${WORK}/go.mod`, "module example.com/m\n\ngo 1.22.0\n");
    }),
    mentions: ["go1.21.13", `${WORK}/go.mod:3`, `GOTOOLCHAIN=auto go install ${GOPLS}@latest`],
  },
  {
    check: "tool-built-with-older-go",
    name: "fires for each of two linters, and asks for a Go that the chosen one is not",
    expect: ["warning", "warning"],
    snapshot: machine((draft) => {
      const staticcheck = "honnef.co/go/tools/cmd/staticcheck";
      const lint = "github.com/golangci/golangci-lint/v2/cmd/golangci-lint";
      useTools(draft, "back", tool(`${BIN}/staticcheck`, staticcheck), tool(`${BIN}/golangci-lint`, lint));
      writeModuleFile(draft, `${WORK}/go.mod`, "module example.com/m\n\ngo 1.24\n");
    }),
    mentions: ["GOTOOLCHAIN=go1.24.0+auto go install"],
  },
  {
    check: "tool-built-with-older-go",
    name: "is silent for the same line, for a newer one and for Delve, whose own version counts",
    expect: [],
    snapshot: machine((draft) => {
      const delve = "github.com/go-delve/delve/cmd/dlv";
      useTools(
        draft,
        "back",
        tool(`${BIN}/gopls`, GOPLS),
        tool(`${BIN}/dlv`, delve, { build: built("go1.20.14", delve) }),
      );
      writeModuleFile(draft, `${WORK}/go.mod`, "module example.com/m\n\ngo 1.22.9\n");
    }),
  },
  {
    check: "tool-built-with-older-go",
    name: "is silent where no module governs",
    expect: [],
    snapshot: machine((draft) =>
      useTools(draft, "back", tool(`${BIN}/gopls`, GOPLS, { build: built("go1.21.13", GOPLS) })),
    ),
  },
  {
    check: "tool-built-with-older-go",
    name: "is silent for another program of that name",
    expect: [],
    snapshot: machine((draft) => {
      useTools(
        draft,
        "back",
        tool(`${BIN}/gopls`, "example.com/gopls", { build: built("go1.17", "example.com/gopls") }),
      );
      writeModuleFile(draft, `${WORK}/go.mod`, "module example.com/m\n\ngo 1.22.0\n");
    }),
  },
  {
    check: "tool-wrong-platform",
    name: "fires for another machine's program",
    expect: ["warning"],
    snapshot: machine((draft) => useTools(draft, "back", tool(`${BIN}/gopls`, GOPLS, { archs: ["arm64"] }))),
    mentions: ["elf arm64", "linux/amd64", `rm ${BIN}/gopls`, `go install ${GOPLS}@latest`],
  },
  {
    check: "tool-wrong-platform",
    name: "fires for another system's program that is no Go program",
    expect: ["warning"],
    snapshot: machine((draft) =>
      useTools(draft, "back", program(`${BIN}/thing`, { format: "mach-o", os: "darwin", archs: ["amd64"] })),
    ),
    mentions: ["darwin amd64", '"summary":"remove it",', `rm ${BIN}/thing`],
  },
  {
    check: "tool-wrong-platform",
    name: "is silent for what this kernel starts, for scripts and for a Windows program that says so",
    expect: [],
    snapshot: machine((draft) =>
      useTools(
        draft,
        "back",
        tool(`${BIN}/gopls`, GOPLS, { archs: ["386"] }),
        program(`${BIN}/script`, { format: "script", archs: undefined }),
        program(`${BIN}/gopls.exe`, { format: "pe", os: "windows" }),
      ),
    ),
  },
];
