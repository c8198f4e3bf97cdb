/** `gvt rehash`: shims, shell files and launcher written anew. */
import { type Command, isSet } from "./command.js";

export const rehash: Command = {
  name: "rehash",
  summary: "write shims, shell files and launcher anew",
  arity: [0, 0],
  description:
    "Never needed after `go install`: what it drops into GOBIN needs no shim. Useful after updating gvt, or when " +
    "something has damaged the files under `gvt root`.",
  options: { json: { type: "boolean", summary: "print what was written as JSON" } },
  examples: [{ command: "gvt rehash", summary: "mend the shims" }],
  run: async (context, args) => {
    const { writeShellSide } = await import("../shim/shims.js");
    const report = await writeShellSide(context);
    if (isSet(args, "json")) context.output.print(JSON.stringify(report));
    for (const path of report.foreign) context.output.note(`left alone, it is not gvt's: ${path}`);
    return 0;
  },
};
