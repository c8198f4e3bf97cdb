/** `gvt install`: verified toolchains into the store. */
import type { Context } from "../context.js";
import { exitStatusOf, GvtError, isGvtError } from "../errors.js";
import { parseSelector, type VersionSelector } from "../go/selector.js";
import { formatGoVersion } from "../go/version.js";
import { type Command, findOption, isSet } from "./command.js";
import { showError } from "./error-text.js";
import { jsonReport, textReport } from "./install-report.js";

export const install: Command = {
  name: "install",
  summary: "install Go toolchains, verified before they are unpacked",
  operands: "[SPEC…]",
  arity: [0, Number.POSITIVE_INFINITY],
  description:
    "Without a SPEC, installs what the current directory asks for, and does nothing where that is installed.\n" +
    "Sources are tried in order: go.dev, then the Go module proxy, unless settings or --source name others.",
  options: {
    source: {
      type: "string",
      value: "DIR|URL|goproxy",
      summary:
        "take archives from here alone: a directory, a mirror laid out like go.dev/dl, the module proxy",
    },
    offline: { type: "boolean", summary: "open no connection; only directories serve" },
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
    const selectors = args.words.length > 0 ? args.words.map(parseSelector) : await askDirectory(context);
    if (selectors.length === 0) return 0;
    const { obtain } = await import("./obtain.js");
    const json = isSet(args, "json");
    const results = await obtain(context, selectors, {
      source: findOption(args, "source"),
      offline: isSet(args, "offline"),
      report: json ? jsonReport(context) : textReport(context),
    });
    const errors = results.flatMap((result) => (result.kind === "failed" ? [result.error] : []));
    for (const error of errors) {
      if (!isGvtError(error)) throw error;
      showError(error, context.output);
    }
    return errors.length === 0 ? 0 : exitStatusOf(errors[0]);
  },
};

/** What the current directory's selection lacks; nothing where it is installed. */
async function askDirectory(context: Context): Promise<VersionSelector[]> {
  const { describeOrigin } = await import("../select/selection.js");
  const { select } = await import("../select/select.js");
  const selection = await select(context);
  if (selection.kind === "missing") return [selection.wanted];
  if (selection.basis === "nothing") {
    throw new GvtError("NO_VERSION", "nothing asks for a version here", {
      hint: "`gvt install latest` installs the newest Go, `gvt local 1.22` pins this directory",
    });
  }
  const name = selection.kind === "system" ? "the system's Go" : `go${formatGoVersion(selection.version)}`;
  context.output.note(`${name} serves here already, by ${describeOrigin(selection.origin)}`);
  return [];
}
