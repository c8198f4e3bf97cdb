/** `gvt why`: which line of which file decided. */
import { EXIT_STATUS } from "../errors.js";
import { escapePath, escapeText } from "../go/escape.js";
import { formatSelector } from "../go/selector.js";
import { formatGoVersion } from "../go/version.js";
import type { DecidingRule, Origin, Selection } from "../select/selection.js";
import { type Command, isSet } from "./command.js";
import { describeSelection } from "./selection-json.js";

export const why: Command = {
  name: "why",
  summary: "tell which line of which file decided",
  arity: [0, 0],
  options: { json: { type: "boolean", summary: "print JSON" } },
  examples: [{ command: "gvt why", summary: "1.22.6 because /repo/.go-version line 1 says `1.22`" }],
  run: async (context, args) => {
    const { output } = context;
    const { select } = await import("../select/select.js");
    const selection = select(context);
    if (isSet(args, "json")) {
      output.print(JSON.stringify(describeSelection(selection)));
    } else {
      output.print(`${renderOutcome(selection)} because ${renderReason(selection.origin)}`);
      output.print(`  rule  ${selection.rule}: ${REASONS[selection.rule]}`);
      if (selection.kind === "toolchain") output.print(`  path  ${selection.goroot}`);
      if (selection.kind === "system")
        output.print(`  path  ${selection.program ?? "no other `go` is on PATH"}`);
      for (const note of selection.notes) output.print(`note: ${note}`);
    }
    return selection.kind === "missing" ? EXIT_STATUS.NOT_INSTALLED : 0;
  },
};

/** The rules that can decide, in the words of docs/reference/version-selection.md. */
const REASONS: Readonly<Record<DecidingRule, string>> = {
  R1: "an override decides for one command",
  R2: "GVT_VERSION decides over every file",
  R3: "the nearest pin decides",
  R10: "a pin in or below the directory of go.mod or go.work decides",
  R11: "a pin above decides, for it meets what go.mod or go.work requires",
  R12: "no pin that is new enough speaks, so the requirement decides; it is a minimum",
  R13: "nothing here speaks, so the default does",
  R14: "nothing speaks, so the first `go` on PATH that is not gvt's runs",
};

function renderOutcome(selection: Selection): string {
  switch (selection.kind) {
    case "toolchain":
      return formatGoVersion(selection.version);
    case "system":
      return "system";
    case "missing":
      return `${formatSelector(selection.wanted)}, which is not installed,`;
  }
}

function renderReason(origin: Origin): string {
  switch (origin.kind) {
    case "argument":
      return `the command line says \`+${escapeText(origin.text)}\``;
    case "environment":
      return `${origin.variable} says \`${escapeText(origin.text)}\``;
    case "file":
      return `${escapePath(origin.path)} line ${origin.line} says \`${escapeText(origin.text)}\``;
    case "nothing":
      return "no version file, and no default, says otherwise";
  }
}
