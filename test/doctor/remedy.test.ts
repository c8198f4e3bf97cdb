import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { findFlagsFault, splitQuoted } from "../../src/doctor/go-flags.js";
import {
  isForOpenShell,
  listSafeEdits,
  quoteWord,
  renderCommand,
  type Step,
} from "../../src/doctor/remedy.js";
import { parseToolchainSetting } from "../../src/doctor/toolchain-setting.js";
import { SHELLS } from "../../src/env/shells.js";

/** What PATH is after a step was pasted into sh. */
function pathAfter(step: Step, path: string): string {
  const command = renderCommand(step, SHELLS.sh) ?? "";
  const script = `PATH=$START; ${command}\nprintf %s "$PATH"`;
  // The step may leave a PATH without the programs that it is made with.
  return spawnSync("/bin/sh", ["-c", `${script}`], {
    env: { START: `${path}:/usr/bin:/bin` },
    encoding: "utf8",
  }).stdout.replace(/:\/usr\/bin:\/bin$/, "");
}

describe("a step in a shell", () => {
  it.each<[Step, string, string]>([
    [{ kind: "unset", variable: "GOROOT" }, "unset GOROOT", "set -e GOROOT"],
    [{ kind: "set", variable: "GOBIN", value: "/a b" }, "export GOBIN='/a b'", "set -gx GOBIN '/a b'"],
    [{ kind: "source", directory: "/r/shell" }, ". /r/shell/env.sh", "source /r/shell/env.fish"],
    [
      { kind: "extend-path", directory: "/a", where: "back" },
      'export PATH="$PATH:/a"',
      "set -gx PATH $PATH /a",
    ],
    [
      { kind: "extend-path", directory: "/a", where: "front" },
      'export PATH="/a:$PATH"',
      "set -gx PATH /a $PATH",
    ],
    [{ kind: "run", command: "gvt prune" }, "gvt prune", "gvt prune"],
  ])("%j", (step, sh, fish) => {
    expect(renderCommand(step, SHELLS.bash)).toBe(sh);
    expect(renderCommand(step, SHELLS.fish)).toBe(fish);
  });

  it("takes one entry off PATH and no other", () => {
    expect(pathAfter({ kind: "drop-path", entry: "/a.b" }, "/x:/a.b:/axb:/a.b/c")).toBe("/x:/axb:/a.b/c");
    expect(pathAfter({ kind: "drop-path", entry: "/it's" }, "/x:/it's")).toBe("/x");
  });

  it("puts a directory with odd characters on PATH as it is", () => {
    const directory = '/a $(x) `y` "z"';
    for (const where of ["front", "back"] as const) {
      expect(pathAfter({ kind: "extend-path", directory, where }, "/x").split(":")).toContain(directory);
    }
  });

  it("is no command where it edits a file or only advises", () => {
    expect(renderCommand({ kind: "edit", path: "/f", line: 1, before: "x" }, SHELLS.sh)).toBeUndefined();
    expect(renderCommand({ kind: "advise", text: "think" }, SHELLS.sh)).toBeUndefined();
  });

  it("is for the open shell where no file can do it", () => {
    expect(isForOpenShell({ kind: "unset", variable: "X" })).toBe(true);
    expect(isForOpenShell({ kind: "edit", path: "/f", line: 1, before: "x" })).toBe(false);
  });

  it("is edits that `--fix` makes, and none of them where a command belongs to them", () => {
    const edit: Step = { kind: "edit", path: "/f", line: 1, before: "x" };
    const [unset, advice] = [
      { kind: "unset", variable: "X" } as const,
      { kind: "advise", text: "think" } as const,
    ];
    const safe = (...steps: readonly Step[]) => listSafeEdits({ summary: "", steps });
    expect(safe(unset, edit, advice)).toEqual([edit]);
    expect(safe(unset, edit, { kind: "run", command: "rm /f" })).toEqual([]);
  });

  it("quotes a word only where it must", () => {
    expect(["/a/b-c.d", "/a b", "it's"].map((word) => quoteWord(word))).toEqual([
      "/a/b-c.d",
      "'/a b'",
      "'it'\\''s'",
    ]);
  });
});

describe("GOFLAGS", () => {
  it.each([
    ["-a  -b", ["-a", "-b"]],
    ["'-ldflags=-s -w' -v", ["-ldflags=-s -w", "-v"]],
    ['"-x y"', ["-x y"]],
    ["-a='b", ["-a='b"]],
    ["'-a", undefined],
  ])("%j splits as Go splits it", (text, words) => {
    expect(splitQuoted(text)).toEqual(words);
  });

  it.each([
    ["-mod=mod --race", 22, undefined],
    ["-C=/x", 19, "unknown flag -C"],
    ["-C=/x", 20, undefined],
    ["-nosuch", 22, "unknown flag -nosuch"],
    ["-nosuch", 99, undefined],
    ["-", 22, 'non-flag "-"'],
    ["-=x", 22, 'non-flag "-=x"'],
    ["---x", 22, 'non-flag "---x"'],
  ])("%j under 1.%d: %s", (text, minor, fault) => {
    expect(findFlagsFault(text, minor)).toBe(fault);
  });
});

describe("GOTOOLCHAIN", () => {
  it.each([
    ["auto", "auto"],
    ["path", "path"],
    ["local", "never"],
    ["local+auto", "auto"],
    ["go1.22.6", "never"],
    ["go1.20", "never"],
    ["go1.21rc2+path", "path"],
    ["go1.22.6-custom+auto", "auto"],
  ])("%s switches: %s", (value, switches) => {
    expect(parseToolchainSetting(value)).toMatchObject({ kind: "valid", switches });
  });

  it.each(["1.22.6", "latest", "bash", "auto+path", "go1.22.6+bogus", "go1.22", "", "local+auto+path"])(
    "%j is invalid",
    (value) => {
      expect(parseToolchainSetting(value)).toEqual({ kind: "invalid" });
    },
  );
});
