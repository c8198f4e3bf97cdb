/** `gvt why`: which line of which file decided. */
import { EXIT_STATUS } from "../errors.js";
import { escapePath, escapeText } from "../go/escape.js";
import { formatSelector } from "../go/selector.js";
import { formatGoVersion } from "../go/version.js";
import type { Origin, Selection } from "../select/selection.js";
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
    const selection = await select(context);
    if (isSet(args, "json")) {
      output.print(JSON.stringify(describeSelection(selection)));
    } else {
      output.print(`${renderOutcome(selection)} because ${renderReason(selection.origin)}`);
      output.print(`  rule  ${selection.rule}: ${REASONS[selection.basis]}`);
      if (selection.kind === "toolchain") output.print(`  path  ${selection.goroot}`);
      if (selection.kind === "system")
        output.print(`  path  ${selection.program ?? "no other `go` is on PATH"}`);
      for (const note of selection.notes) output.print(`note: ${note}`);
    }
    return selection.kind === "missing" ? EXIT_STATUS.NOT_INSTALLED : 0;
  },
};

const REASONS: Readonly<Record<Selection["basis"], string>> = {
  argument: "what is named on the command line overrides everything",
  pin: "the nearest pin decides",
  requirement: "the module needs at least this",
  default: "nothing here speaks, so the default does",
  nothing: "nothing speaks, so the first `go` on PATH that is not gvt's runs",
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
