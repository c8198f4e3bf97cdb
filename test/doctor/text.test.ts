import { describe, expect, it } from "vitest";
import { diagnose } from "../../src/doctor/diagnose.js";
import { describeWhere, renderStep, renderText } from "../../src/doctor/report/text.js";
import { HOME, machine, setVariable, writeGoEnv, writeStartupFile } from "./support/machine.js";
import { VECTORS } from "./vectors/all.js";

describe("the report for people", () => {
  it("says what is wrong, where, why, and what to type", () => {
    const snapshot = machine((draft) => {
      setVariable(draft, "GOFLAGS", "mod=mod");
      writeStartupFile(draft, `${HOME}/.bashrc`, "export GOFLAGS=mod=mod\n");
      writeGoEnv(draft, "GOFLAGS=-mod=mod\n");
    });
    expect(renderText(snapshot, diagnose(snapshot))).toEqual([
      'error: GOFLAGS is mod=mod: non-flag "mod=mod"',
      "  - GOFLAGS=mod=mod",
      "  - /home/me/.bashrc:1: export GOFLAGS=mod=mod",
      "  why: nearly every go command stops, even `go version`",
      "  and so: GOFLAGS is set twice: the environment's mod=mod hides that of `go env",
      "          -w`",
      "  do: take it back, or mend the entry",
      "      delete /home/me/.bashrc:1",
      "        - export GOFLAGS=mod=mod",
      "      unset GOFLAGS",
      "  [goflags-invalid]",
      "",
      "1 error; `gvt doctor explain ID` tells more",
    ]);
  });

  it("stays within 80 columns, but for commands and paths that must not be cut", () => {
    const lines = VECTORS.flatMap(({ snapshot }) => renderText(snapshot, diagnose(snapshot)));
    const long = lines.filter((line) => line.length > 80 && !line.startsWith("      "));
    expect(long).toEqual([]);
  });

  it("says what did not answer", () => {
    const snapshot = machine((draft) => {
      draft.unanswered = ["/net/home"];
    });
    expect(renderText(snapshot, []).at(-1)).toBe("not looked at, for it did not answer in time: /net/home");
  });

  it("escapes what a variable says", () => {
    const snapshot = machine((draft) => setVariable(draft, "GOBIN", "bin\u001b[2J\n"));
    expect(renderText(snapshot, diagnose(snapshot)).join("")).not.toMatch(/\p{Cc}/u);
  });

  it("speaks the syntax of the shell that is used", () => {
    expect(renderStep({ kind: "unset", variable: "GOROOT" }, { user: { shell: "fish" } })).toEqual([
      "      set -e GOROOT",
    ]);
    expect(renderStep({ kind: "unset", variable: "GOROOT" }, { user: {} })).toEqual(["      unset GOROOT"]);
  });

  it("names places so that an editor finds them, and lets no file drive the terminal", () => {
    expect(describeWhere({ kind: "file", path: "/a/b", line: 3 })).toBe("/a/b:3");
    expect(describeWhere({ kind: "path-entry", position: 2, directory: "/x\u001b[2J" })).toBe(
      "PATH entry 2, /x\\x1b[2J",
    );
  });
});
