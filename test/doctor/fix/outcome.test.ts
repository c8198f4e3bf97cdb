import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../../src/doctor/check.js";
import { diagnose } from "../../../src/doctor/diagnose.js";
import { listCarriedOut, listFollowUps, planOpenShell } from "../../../src/doctor/fix/open-shell.js";
import { judgeFix } from "../../../src/doctor/fix/outcome.js";
import { listSafeEdits, renderCommand, type Step } from "../../../src/doctor/remedy.js";
import { renderFollowUps, renderMended } from "../../../src/doctor/report/outcome.js";
import { SHELLS, type ShellName } from "../../../src/env/shells.js";
import { findProgram } from "../../support/programs.js";
import { deletion, findingWith } from "../support/edits.js";
import { machine } from "../support/machine.js";
import { VECTORS } from "../vectors/all.js";

const RC = "/home/me/.bashrc";
const EDIT = deletion(RC, 2, "export GOROOT=/x");
const UNSET: Step = { kind: "unset", variable: "GOROOT" };
const ADVICE: Step = { kind: "advise", text: "ask who starts this shell" };

/** As a plan records it. */
function changed(target: string, path = target) {
  return { path, target, changes: [{ line: 2, before: "export GOROOT=/x" }] };
}

function named(id: string, summary = id): Finding {
  return { ...findingWith(EDIT, UNSET), id, summary };
}

function judge(before: readonly Finding[], after: readonly Finding[], carriedOut: readonly Finding[]) {
  const snapshot = machine();
  const found = (findings: readonly Finding[]) => ({ snapshot, findings });
  return judgeFix(found(before), found(after), { carriedOut, followUps: [UNSET] });
}

describe("an open shell that was told what to do", () => {
  let root: string;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "gvt-open-"));
    for (const name of ["sh", "fish"]) {
      cpSync(join(import.meta.dirname, `../../../shims/env.${name}`), join(root, `shell/env.${name}`));
    }
  });

  afterAll(() => rmSync(root, { recursive: true }));

  const steps: readonly (readonly [string, () => Step])[] = [
    ["forgets a variable", () => UNSET],
    ["knows a variable", () => ({ kind: "set", variable: "GOBIN", value: "/a b/$c's" })],
    ["has a directory first", () => ({ kind: "extend-path", directory: "/new", where: "front" })],
    ["has a directory last", () => ({ kind: "extend-path", directory: "/new", where: "back" })],
    ["has an entry no more", () => ({ kind: "drop-path", entry: "/gone" })],
    ["has gvt's shims first", () => ({ kind: "source", directory: join(root, "shell") })],
  ];

  it.each(
    (["sh", "bash", "zsh", "fish"] as const).flatMap((shell) =>
      steps.map(([name, step]) => [shell, name, step] as const),
    ),
  )("%s: %s, as was foreseen", (name: ShellName, _what, makeStep) => {
    const program = findProgram(name, `what ${name} makes of a remedy`);
    if (!program) return;
    const step = makeStep();
    const env = { PATH: "/gone:/x:/usr/bin:/gone:/bin", GOROOT: "/x", GVT_ROOT: root, HOME: root };
    const script = `${renderCommand(step, SHELLS[name])}\nenv`;
    const quiet = { zsh: ["-f"], fish: ["-N"], sh: [], bash: [] }[name];
    const printed = execFileSync(program, [...quiet, "-c", script], { env, encoding: "utf8" });
    const after = planOpenShell(env, [step]);
    for (const variable of ["PATH", "GOROOT", "GOBIN"] as const) {
      const found = printed.split("\n").find((line) => line.startsWith(`${variable}=`));
      const wanted = (after as Readonly<Record<string, string | undefined>>)[variable];
      expect(found).toBe(wanted === undefined ? undefined : `${variable}=${wanted}`);
    }
  });

  it("is as it was where there was nothing to tell it", () => {
    const env = { PATH: "/a" };
    expect(planOpenShell(env, [EDIT, ADVICE, { kind: "run", command: "gvt prune" }])).toEqual(env);
  });
});

describe("a fix", () => {
  it("has carried out the findings all of whose edits were made", () => {
    const other = deletion("/etc/profile", 1, "x");
    const [whole, half, none] = [findingWith(EDIT, UNSET), findingWith(EDIT, other), findingWith(UNSET)];
    expect(listCarriedOut([whole, half, none], [changed(RC)])).toEqual([whole]);
    expect(listCarriedOut([whole], [changed("/home/me/dotfiles/bashrc", RC)])).toEqual([whole]);
  });

  it("has not carried out the finding that wanted something else of the same line", () => {
    const other = { ...deletion(RC, 2, "export GOROOT=/x"), after: "export GOROOT=/y" };
    const below = deletion(RC, 3, "export GOROOT=/x");
    expect(listCarriedOut([findingWith(other), findingWith(below)], [changed(RC)])).toEqual([]);
  });

  it("tells every step of a remedy that it did not take itself", () => {
    const findings = VECTORS.flatMap(({ snapshot }) => diagnose(snapshot));
    const untold = findings.filter((finding) => {
      const edits: readonly Step[] = listSafeEdits(finding.remedy);
      const told = [...edits, ...listFollowUps([finding])].map((step) => JSON.stringify(step));
      return edits.length > 0 && !finding.remedy.steps.every((step) => told.includes(JSON.stringify(step)));
    });
    expect(untold).toEqual([]);
  });

  it("asks the open shell for each thing once", () => {
    const findings = [findingWith(EDIT, UNSET, ADVICE), findingWith(EDIT, { ...UNSET })];
    expect(listFollowUps(findings)).toEqual([UNSET, ADVICE]);
  });

  it("has mended what is found no more, consequences too", () => {
    const [cause, effect, stays] = [named("cause"), named("effect"), named("stays")];
    const before = [{ ...cause, consequences: [effect] }, stays];
    const outcome = judge(before, [stays], before);
    expect(outcome.mended.map(({ id }) => id)).toEqual(["cause", "effect"]);
    expect(outcome.lingering.map(({ id }) => id)).toEqual(["cause"]);
    const silent = { ...findingWith(EDIT), id: "silent" };
    expect(judge([silent], [], [silent])).toMatchObject({ mended: [silent], lingering: [] });
    expect(judge(before, before, before)).toMatchObject({ mended: [], lingering: [] });
  });

  it("has not mended what has only moved to another line", () => {
    const [first, second] = [named("line", `${RC}:2 is bad`), named("line", `${RC}:5 is bad`)];
    const moved = named("line", `${RC}:4 is bad`);
    expect(judge([first, second], [moved], [first])).toMatchObject({ mended: [first], lingering: [first] });
    expect(judge([second, first], [moved], [first])).toMatchObject({ mended: [first], lingering: [first] });
    expect(judge([second], [moved], [])).toMatchObject({ mended: [] });
    expect(judge([first, second], [first, moved], [first])).toMatchObject({ mended: [], lingering: [] });
  });

  it("has mended what came with a finding that was carried out, and not its like elsewhere", () => {
    const [effect, like] = [named("effect"), named("effect")];
    const cause = { ...named("cause"), consequences: [effect] };
    expect(judge([like, cause], [named("effect")], [cause]).mended).toEqual([cause, effect]);
  });

  it("is told in lines that fit, with what comes next at the end", () => {
    const outcome = { mended: [findingWith(EDIT)], followUps: [UNSET, ADVICE], lingering: [] };
    expect(renderMended(outcome, 80)).toEqual(["mended: a line that pins one Go [rc-exports-go-vars]", ""]);
    expect(renderFollowUps(outcome, { user: { shell: "fish" }, width: 80 })).toEqual([
      "",
      "this shell has the old settings still; type here:",
      "      set -e GOROOT",
      "",
      "and: ask who starts this shell",
    ]);
    const nothing = { mended: [], followUps: [], lingering: [] };
    expect([...renderMended(nothing, 80), ...renderFollowUps(nothing, { user: {}, width: 80 })]).toEqual([]);
  });
});
