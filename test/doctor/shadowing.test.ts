import { describe, expect, it } from "vitest";
import { deriveFacts } from "../../src/doctor/facts.js";
import { describeTool, listShadowing } from "../../src/doctor/shadowing.js";
import type { Snapshot } from "../../src/doctor/snapshot.js";
import {
  HOME,
  installTools,
  machine,
  program,
  putOnPath,
  SHIMS,
  takeOffPath,
  tool,
} from "./support/machine.js";

const BIN = `${HOME}/go/bin`;
const GOPLS = "golang.org/x/tools/gopls";

/** `tool: what runs at its place in PATH, what was meant`. */
function table(snapshot: Snapshot): string[] {
  return listShadowing(deriveFacts(snapshot)).map(
    ({ tool: name, runs, meant }) => `${name}: ${runs.program.path} (${runs.position}), ${meant.path}`,
  );
}

describe("the table of shadowed tools", () => {
  it("has a row for each tool that another program hides, with the place in PATH of that", () => {
    const gopls = tool(`${BIN}/gopls`, GOPLS);
    const git = tool(`${BIN}/git`, "example.com/git");
    const free = tool(`${BIN}/dlv`, "github.com/go-delve/delve/cmd/dlv");
    const snapshot = machine((draft) => {
      installTools(draft, git, gopls, free);
      putOnPath(draft, BIN, [git, gopls, free], "back");
      putOnPath(draft, "/opt/tools", [tool("/opt/tools/gopls", GOPLS)]);
    });
    expect(table(snapshot)).toEqual([
      `git: /usr/bin/git (4), ${BIN}/git`,
      `gopls: /opt/tools/gopls (1), ${BIN}/gopls`,
    ]);
  });

  it("has a row where the directory of `go install` is not on PATH at all", () => {
    const snapshot = machine((draft) => installTools(draft, tool(`${BIN}/git`, "example.com/git")));
    expect(table(snapshot)).toEqual([`git: /usr/bin/git (3), ${BIN}/git`]);
  });

  it.each([
    ["a link to the tool", `${BIN}/gopls`, true],
    ["a program that may not be executed", "/opt/tools/gopls", false],
  ])("has no row for %s", (_, realpath, executable) => {
    const gopls = tool(`${BIN}/gopls`, GOPLS);
    const snapshot = machine((draft) => {
      installTools(draft, gopls);
      putOnPath(draft, BIN, [gopls], "back");
      putOnPath(draft, "/opt/tools", [tool("/opt/tools/gopls", GOPLS, { realpath, executable })]);
    });
    expect(table(snapshot)).toEqual([]);
  });

  it("has no row for gvt's shims, for go and gofmt, and for what is nowhere else on PATH", () => {
    const snapshot = machine((draft) => {
      const wrapper = tool(`${BIN}/go1.22.6`, "golang.org/dl/go1.22.6");
      installTools(
        draft,
        wrapper,
        program(`${BIN}/go`),
        program(`${BIN}/gofmt`),
        tool(`${BIN}/gopls`, GOPLS),
      );
    });
    expect(table(snapshot)).toEqual([]);
    expect(snapshot.path[0]?.text).toBe(SHIMS);
  });

  it("has no row where the entry of PATH is the same directory under another name", () => {
    const gopls = tool(`${BIN}/gopls`, GOPLS);
    const copy = tool("/tools/gopls", GOPLS);
    const snapshot = machine((draft) => {
      installTools(draft, gopls);
      putOnPath(draft, "/tools", [copy], "back", { realpath: BIN });
    });
    expect(table(snapshot)).toEqual([]);
  });

  it("has no row for what was found elsewhere than `go install` writes now", () => {
    const snapshot = machine((draft) => {
      installTools(draft, tool(`${BIN}/git`, "example.com/git"));
      draft.env["GOBIN"] = "/opt/bin";
    });
    expect(table(snapshot)).toEqual([]);
  });

  it("tells a tool by its main package and version, and what is no Go program by its path", () => {
    expect(describeTool(tool(`${BIN}/gopls`, GOPLS))).toBe(`${GOPLS} v1.0.0, built with go1.22.6`);
    expect(describeTool(program("/usr/bin/git"))).toBe("/usr/bin/git");
    const bare = tool(`${BIN}/x`, "x", { build: { go: "go1.17", trimmed: false } });
    expect(describeTool(bare)).toBe(`${BIN}/x, built with go1.17`);
  });

  it("is empty where nothing is on PATH", () => {
    const snapshot = machine((draft) => {
      installTools(draft, tool(`${BIN}/git`, "example.com/git"));
      for (const { text } of [...draft.path]) takeOffPath(draft, text);
    });
    expect(table(snapshot)).toEqual([]);
  });
});
