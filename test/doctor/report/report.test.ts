import { describe, expect, it } from "vitest";
import { CHECKS } from "../../../src/doctor/catalogue.js";
import { makeReport, verifyIgnored } from "../../../src/doctor/report/report.js";
import { renderText } from "../../../src/doctor/report/text.js";
import { pickWidth } from "../../../src/io/lines.js";
import { addTree, HOME, machine, setVariable, tree, writeStartupFile } from "../support/machine.js";

/** A line of .bashrc is the cause, and that another Go comes first is what it has caused. */
const shadowed = machine((draft) => {
  addTree(draft, tree("/usr/local/go", "go1.21.13"));
  writeStartupFile(draft, `${HOME}/.bashrc`, "export PATH=/usr/local/go/bin:$PATH\n");
});

describe("findings that are ignored", () => {
  it("are set aside with the reason", () => {
    const { findings, ignored } = makeReport(shadowed, CHECKS, {
      "rc-exports-go-vars": "we know",
      "shims-shadowed": "we know that, too",
      "multiple-go-on-path": "and that",
    });
    expect(findings).toEqual([]);
    expect(ignored.map(({ finding, reason }) => [finding.id, reason])).toContainEqual([
      "rc-exports-go-vars",
      "we know",
    ]);
  });

  it("hide nothing that they have caused", () => {
    const all = makeReport(shadowed, CHECKS).findings;
    expect(all[0]?.id).toBe("rc-exports-go-vars");
    expect(all[0]?.consequences.map(({ id }) => id)).toContain("shims-shadowed");
    const { findings } = makeReport(shadowed, CHECKS, { "rc-exports-go-vars": "we know" });
    expect(findings[0]?.id).toBe("shims-shadowed");
  });

  it("are counted in one line", () => {
    const { snapshot, findings, ignored } = makeReport(
      machine((draft) => setVariable(draft, "GOFLAGS", "mod=mod")),
      CHECKS,
      { "goflags-invalid": "our build sets it" },
    );
    expect(renderText(snapshot, findings, { ignored })).toEqual([
      expect.stringMatching(/^healthy: /),
      "1 ignored, as config.toml says",
    ]);
  });

  it("are of checks that there are", () => {
    expect(() => verifyIgnored({ "goflags-invalid": "x" }, CHECKS, "config.toml")).not.toThrow();
    expect(() => verifyIgnored({ "no-such": "x" }, CHECKS, "config.toml")).toThrow(
      "config.toml ignores `no-such`, and there is no such check",
    );
    expect(() => verifyIgnored({ constructor: "x" }, CHECKS, "config.toml")).toThrow("`constructor`");
  });
});

describe("the width of the text", () => {
  it.each([
    [{ interactive: false, columns: 200 }, 80],
    [{ interactive: true, columns: 200 }, 100],
    [{ interactive: true, columns: 60 }, 60],
    [{ interactive: true, columns: 3 }, 40],
  ])("in %j is %i", (terminal, expected) => {
    expect(pickWidth(terminal)).toBe(expected);
  });

  it("is kept, but for commands and paths that must not be cut", () => {
    const lines = renderText(shadowed, makeReport(shadowed, CHECKS).findings, { width: 60 });
    expect(
      lines.filter((line) => line.length > 60 && line.trim().includes(" ") && !line.startsWith("      ")),
    ).toEqual([]);
  });
});
