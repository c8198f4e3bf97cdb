/** `gvt check`: for hooks and CI, whether the version that is chosen here is good enough for the module. */
import type { ActingVersion } from "../doctor/acting-version.js";
import type { ModuleNeeds, Need, Verdict } from "../doctor/verdict.js";
import { EXIT_STATUS, GvtError } from "../errors.js";
import { escapePath, escapeText } from "../go/escape.js";
import {
  formatGoVersion,
  formatLanguageVersion,
  type GoVersion,
  isExact,
  type LanguageVersion,
} from "../go/version.js";
import type { Selection } from "../select/selection.js";
import { type Command, isSet } from "./command.js";
import { seenFrom } from "./directory-argument.js";
import { describeSelection } from "./selection-json.js";

export const check: Command = {
  name: "check",
  summary: "tell whether the version here is good enough for the module",
  operands: "[DIR]",
  arity: [0, 1],
  description:
    "Holds the selected version against the go.work or go.mod that governs the directory. Exits with 0 where it is good enough, with 1 where it is not, and with 7 where it only has to be installed.",
  options: { json: { type: "boolean", summary: "print JSON" } },
  examples: [
    { command: "gvt check", summary: "the module around the current directory" },
    { command: "gvt check services/api", summary: "another one" },
  ],
  run: async (context, args) => {
    const here = seenFrom(context, args.words[0]);
    const [{ select }, { findActingVersion }, { judge, readNeeds }] = await Promise.all([
      import("../select/select.js"),
      import("../doctor/acting-version.js"),
      import("../doctor/verdict.js"),
    ]);
    const selection = select(here);
    const needs = readNeeds(here, here.layout.versions);
    const acting = await findActingVersion(here, selection);
    const verdict = acting && judge(acting.version, needs);
    // What would not do if it were installed is a negative answer, and no reason to install it.
    if (!acting || !verdict || (!acting.installed && verdict.kind === "good enough"))
      throw await cannotTell(selection);
    const report = isSet(args, "json")
      ? JSON.stringify(describe(selection, acting, needs, verdict))
      : renderVerdict(acting, needs, verdict);
    here.output.print(report);
    return verdict.kind === "good enough" ? 0 : EXIT_STATUS.NEGATIVE;
  },
};

/** One line that names the version, who says so, and the line of the file that it was held against. */
function renderVerdict({ version, by }: ActingVersion, { needs }: ModuleNeeds, verdict: Verdict): string {
  const subject = `go${formatVersion(version)}, ${by},`;
  switch (verdict.kind) {
    case "good enough":
      return needs.length === 0
        ? `${subject} is good enough: no go.mod or go.work asks for a version`
        : `${subject} is good enough for ${needs.map(describeNeed).join(" and ")}`;
    case "too old":
      return `${subject} is too old for ${describeNeed(verdict.need)}`;
    case "cannot read":
      return `${subject} cannot read ${describeNeed(verdict.need)}: go${formatVersion(verdict.need.wanted)} can`;
  }
}

function describeNeed({ path, line, text }: Need): string {
  return `${escapePath(path)}:${line}, \`${escapeText(text)}\``;
}

function describe(
  selection: Selection,
  { version, by }: ActingVersion,
  { needs }: ModuleNeeds,
  verdict: Verdict,
): object {
  return {
    schema: 1,
    verdict: verdict.kind,
    version: formatVersion(version),
    by,
    unmet: "need" in verdict ? describeNeedAsData(verdict.need) : null,
    needs: needs.map(describeNeedAsData),
    selection: describeSelection(selection),
  };
}

function describeNeedAsData({ path, line, text, wanted }: Need): object {
  return { path, line, text, wanted: formatVersion(wanted) };
}

function formatVersion(version: GoVersion | LanguageVersion): string {
  return isExact(version) ? formatGoVersion(version) : formatLanguageVersion(version);
}

async function cannotTell(selection: Selection): Promise<GvtError> {
  const { missingError, noSystemError } = await import("../select/selection.js");
  if (selection.kind === "missing") return missingError(selection);
  const program = selection.kind === "system" ? selection.program : undefined;
  if (selection.kind === "system" && program === undefined) return noSystemError(selection);
  return new GvtError("NO_VERSION", "which version the system's Go is cannot be told without starting it", {
    facts: { program: escapePath(program ?? "go") },
    hint: "decide for a version: `gvt local 1.22`",
  });
}
