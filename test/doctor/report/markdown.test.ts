import { describe, expect, it } from "vitest";
import { CHECKS } from "../../../src/doctor/catalogue.js";
import { renderMarkdown } from "../../../src/doctor/report/markdown.js";
import { makeReport } from "../../../src/doctor/report/report.js";
import type { Snapshot } from "../../../src/doctor/snapshot.js";
import { HOME, machine, setVariable, writeStartupFile } from "../support/machine.js";
import { VECTORS } from "../vectors/all.js";

function markdownOf(snapshot: Snapshot, ignore: Readonly<Record<string, string>> = {}): string[] {
  return renderMarkdown(makeReport(snapshot, CHECKS, ignore));
}

/** What stands outside of fences. */
function proseOf(lines: readonly string[]): string {
  const kept: string[] = [];
  let fence: string | undefined;
  for (const line of lines) {
    const mark = /^(`{3,})/.exec(line)?.[1];
    if (fence === undefined && mark) fence = mark;
    else if (fence !== undefined && line === fence) fence = undefined;
    else if (fence === undefined) kept.push(line);
  }
  expect(fence).toBeUndefined();
  return kept.join("\n");
}

describe("the report for an issue", () => {
  it("tells a finding, folded, with what was seen and what to do", () => {
    const snapshot = machine((draft) => {
      setVariable(draft, "GOFLAGS", "mod=mod");
      writeStartupFile(draft, `${HOME}/.bashrc`, "export GOFLAGS=mod=mod\n");
    });
    expect(markdownOf(snapshot).join("\n")).toContain(
      [
        "### gvt doctor: 1 error",
        "",
        "<details open><summary><b>error</b>: GOFLAGS is mod=mod: non-flag &quot;mod=mod&quot; <code>goflags-invalid</code></summary>",
        "",
        "```text",
        "GOFLAGS=mod=mod",
        "~/.bashrc:1: export GOFLAGS=mod=mod",
        "```",
      ].join("\n"),
    );
  });

  it("opens and closes every section and fence in every world", { timeout: 60_000 }, () => {
    for (const { name, check, snapshot } of VECTORS) {
      const prose = proseOf(markdownOf(snapshot, { [check]: "reason" }));
      expect(prose.match(/<details/g)?.length, name).toBe(prose.match(/<\/details>/g)?.length);
    }
  });

  it("keeps a line of backticks inside its fence", () => {
    const snapshot = machine((draft) => setVariable(draft, "GOFLAGS", "a\n````\n</details><b>"));
    const lines = markdownOf(snapshot);
    expect(lines).toContain("`````text");
    expect(proseOf(lines)).not.toContain("</details><b>");
  });

  it("mentions nobody, names no issue and makes no tags of what a file says", () => {
    const snapshot = machine((draft) => setVariable(draft, "GOFLAGS", "@octocat #12 <img src=x>"));
    const prose = proseOf(markdownOf(snapshot));
    expect(prose).not.toMatch(/@octocat|#12|<img/);
    expect(prose).toContain("@<!-- -->octocat");
  });

  it("writes the home directory as ~, and no directory that only begins like it", () => {
    const snapshot = machine((draft) => {
      setVariable(draft, "GOPATH", `${HOME}/go`);
      setVariable(draft, "GOBIN", `${HOME}2/bin`);
    });
    const text = markdownOf(snapshot).join("\n");
    expect(text).toContain("GOPATH: ~/go");
    expect(text).toContain(`GOBIN: ${HOME}2/bin`);
    expect(text).not.toContain(`${HOME}/`);
  });

  it("lists what is ignored with its reason", () => {
    const snapshot = machine((draft) => setVariable(draft, "GOFLAGS", "mod=mod"));
    const text = markdownOf(snapshot, { "goflags-invalid": "our *build* sets it" }).join("\n");
    expect(text).toContain("### gvt doctor: healthy");
    expect(text).toContain("our \\*build\\* sets it");
  });
});
