/** `gvt current`: the bare version that runs here. */
import { formatGoVersion } from "../go/version.js";
import { type Command, isSet } from "./command.js";
import { describeSelection } from "./selection-json.js";

export const current: Command = {
  name: "current",
  summary: "print the version that runs here",
  arity: [0, 0],
  options: { json: { type: "boolean", summary: "print version, GOROOT and origin as JSON" } },
  examples: [
    { command: "gvt current", summary: "1.22.6, or `system`" },
    { command: "gvt current --json", summary: "for programs" },
  ],
  run: async (context, args) => {
    const [{ select }, { missingError, noSystemError }] = await Promise.all([
      import("../select/select.js"),
      import("../select/selection.js"),
    ]);
    const selection = select(context);
    if (selection.kind === "missing") throw missingError(selection);
    if (selection.kind === "system" && selection.program === undefined) throw noSystemError(selection);
    if (isSet(args, "json")) context.output.print(JSON.stringify(describeSelection(selection)));
    else context.output.print(selection.kind === "system" ? "system" : formatGoVersion(selection.version));
    return 0;
  },
};
