import { describe, expect, it } from "vitest";
import { diagnose } from "../../../src/doctor/diagnose.js";
import { deriveFacts } from "../../../src/doctor/facts.js";
import { type PictureOptions, renderPicture } from "../../../src/doctor/report/picture.js";
import { renderShadowTable } from "../../../src/doctor/report/shadow-table.js";
import { renderText } from "../../../src/doctor/report/text.js";
import type { Snapshot } from "../../../src/doctor/snapshot.js";
import {
  addTree,
  HOME,
  installTools,
  machine,
  program,
  putOnPath,
  SHIMS,
  tool,
  tree,
  writeStartupFile,
} from "../support/machine.js";
import { VECTORS } from "../vectors/all.js";

function pictureOf(snapshot: Snapshot, options?: PictureOptions): string[] {
  return renderPicture(deriveFacts(snapshot), options);
}

const polluted = machine((draft) => {
  addTree(draft, tree("/usr/local/go", "go1.21.13"));
  putOnPath(draft, "/opt/empty", [], "back");
  putOnPath(draft, "/gone", [], "back", { state: "missing" });
  putOnPath(draft, "/usr/local/go/bin", [], "back", { realpath: "/usr/local/go/bin" });
  writeStartupFile(
    draft,
    `${HOME}/.bashrc`,
    "# >>> gvt >>>\n. ~/.gvt/shell/env.sh\n# <<< gvt <<<\nexport PATH=/usr/local/go/bin:$PATH\n",
  );
  writeStartupFile(draft, `${HOME}/.zshrc`, "export PATH=/usr/local/go/bin:$PATH\n");
});

describe("the picture of PATH", () => {
  it("shows in order who put each entry there, what it wins and what is hidden", () => {
    expect(pictureOf(polluted, { whole: true })).toEqual([
      "PATH, in order; `>` is where `go` is found:",
      "> 1  /usr/local/go/bin",
      `      from    ${HOME}/.bashrc:4`,
      "      wins    go (go1.21.13; hides that of 2), gofmt (hides that of 2)",
      `  2  ${SHIMS}`,
      `      from    ${HOME}/.bashrc:1`,
      "      wins    go1.22.6 (gvt)",
      "      hidden  go (gvt) by 1, gofmt (gvt) by 1",
      `  3  ${HOME}/.gvt/bin`,
      `      from    ${HOME}/.bashrc:1`,
      "  4  /usr/bin",
      "  5  /opt/empty",
      "  6  /gone (missing)",
      "  7  /usr/local/go/bin (the same as 1)",
    ]);
  });

  it("folds entries that hold nothing of Go's where it is part of a report", () => {
    expect(pictureOf(polluted).at(-1)).toBe("  3-7  nothing of Go's");
  });

  it("stands in the report of a finding about PATH, and in no other", () => {
    expect(renderText(polluted, diagnose(polluted))).toContain("> 1  /usr/local/go/bin");
    const flags = machine((draft) => {
      draft.env["GOFLAGS"] = "mod=mod";
    });
    expect(renderText(flags, diagnose(flags)).join("\n")).not.toContain("PATH, in order");
  });

  it("passes over files that are not executable, as a shell does", () => {
    const snapshot = machine((draft) =>
      putOnPath(draft, "/opt/bin", [program("/opt/bin/go", { executable: false })]),
    );
    expect(pictureOf(snapshot)).toContain(`> 2  ${SHIMS}`);
  });

  it("names an empty entry, and an empty PATH", () => {
    const empty = machine((draft) => putOnPath(draft, "", [], "front", { state: "relative" }));
    expect(pictureOf(empty, { whole: true })).toContain("  1  (empty) (relative)");
    const none = machine((draft) => {
      draft.path = [];
    });
    expect(pictureOf(none)).toEqual(["PATH is empty"]);
  });

  it("drives no terminal, and names every entry in every world", { timeout: 60_000 }, () => {
    for (const { name, snapshot } of VECTORS) {
      const lines = pictureOf(snapshot, { whole: true });
      expect(lines.join(""), name).not.toMatch(/\p{Cc}/u);
      expect(lines.filter((line) => /^[> ] +\d+ {2}/.test(line)).length, name).toBe(snapshot.path.length);
    }
  });
});

describe("the table of hidden tools", () => {
  const shadowed = machine((draft) => {
    installTools(draft, tool(`${HOME}/go/bin/gopls`, "golang.org/x/tools/gopls"));
    putOnPath(draft, "/opt/bin", [tool("/opt/bin/gopls", "golang.org/x/tools/gopls")]);
    putOnPath(draft, `${HOME}/go/bin`, [tool(`${HOME}/go/bin/gopls`, "golang.org/x/tools/gopls")], "back");
  });

  it("has a row for each: tool, what runs, what was meant", () => {
    expect(renderShadowTable(deriveFacts(shadowed))).toEqual([
      "  tool   what runs                what was meant",
      `  gopls  /opt/bin/gopls (v1.0.0)  ${HOME}/go/bin/gopls (v1.0.0)`,
    ]);
  });

  it("stands cell below cell in a narrow terminal", () => {
    expect(renderShadowTable(deriveFacts(shadowed), 40)).toEqual([
      "gopls",
      "  what runs       /opt/bin/gopls (v1.0.0)",
      `  what was meant  ${HOME}/go/bin/gopls (v1.0.0)`,
    ]);
  });

  it("is part of the report where a tool is hidden", () => {
    expect(renderText(shadowed, diagnose(shadowed))).toContain("tools that others hide:");
  });
});
