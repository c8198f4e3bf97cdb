/** `gvt install`: verified toolchains into the store. */
import type { Context } from "../context.js";
import { GvtError } from "../errors.js";
import { parseSelector, type VersionSelector } from "../go/selector.js";
import { toolchainName } from "../go/version.js";
import { type Arguments, type Command, isSet } from "./command.js";
import { showFailures } from "./error-text.js";
import { type InstallReport, jsonReport, textReport } from "./install-report.js";
import { SOURCE_OPTIONS, sourceChoiceOf } from "./source-options.js";

export const install: Command = {
  name: "install",
  summary: "install Go toolchains, verified before they are unpacked",
  operands: "[SPEC…]",
  arity: [0, Number.POSITIVE_INFINITY],
  description:
    "Without a SPEC, installs what the current directory asks for, and does nothing where that is installed. " +
    "Sources are tried in order: go.dev, then the Go module proxy, unless settings or --source name others.",
  options: {
    ...SOURCE_OPTIONS,
    json: { type: "boolean", summary: "print one event a line as JSON" },
  },
  examples: [
    { command: "gvt install 1.22.6", summary: "one release" },
    { command: "gvt install 1.22 latest", summary: "the newest patch of a line, and the newest release" },
    { command: "gvt install", summary: "what .go-version or go.mod ask for here" },
    {
      command: "gvt install --offline --source /media/usb/go 1.22.6",
      summary: "from a folder of downloaded archives",
    },
  ],
  run: async (context, args) => {
    const report = isSet(args, "json") ? jsonReport(context) : textReport(context);
    try {
      return await installAsked(context, args, report);
    } catch (error) {
      report.refuse(error);
      throw error;
    }
  },
};

async function installAsked(context: Context, args: Arguments, report: InstallReport): Promise<number> {
  const selectors = args.words.length > 0 ? args.words.map(parseSelector) : await askDirectory(context);
  if (selectors.length === 0) return 0;
  const { obtain } = await import("./obtain.js");
  const results = await obtain(context, selectors, { ...sourceChoiceOf(args), report });
  return showFailures(results, context.output);
}

/** What the current directory's selection lacks; nothing where it is installed. */
async function askDirectory(context: Context): Promise<VersionSelector[]> {
  const { describeOrigin, noSystemError } = await import("../select/selection.js");
  const { select } = await import("../select/select.js");
  const selection = select(context);
  if (selection.kind === "missing") return [selection.wanted];
  if (selection.basis === "nothing") {
    throw new GvtError("NO_VERSION", "nothing asks for a version here", {
      hint: "`gvt install latest` installs the newest Go, `gvt local 1.22` pins this directory",
    });
  }
  if (selection.kind === "system" && selection.program === undefined) throw noSystemError(selection);
  const name = selection.kind === "system" ? "the system's Go" : toolchainName(selection.version);
  context.output.note(`${name} serves here already, by ${describeOrigin(selection.origin)}`);
  return [];
}
