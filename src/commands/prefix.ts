/** `gvt prefix`: the GOROOT of a version. */
import { realpath } from "node:fs/promises";
import { dirname } from "node:path";
import type { SystemSelection } from "../select/selection.js";
import { type Command, isSet } from "./command.js";

export const prefix: Command = {
  name: "prefix",
  summary: "print the GOROOT of the version that runs here, or of another",
  operands: "[SPEC]",
  arity: [0, 1],
  options: { json: { type: "boolean", summary: "print JSON" } },
  examples: [
    { command: "gvt prefix", summary: "of what runs here" },
    { command: "gvt prefix 1.21", summary: "of the newest installed patch of a line" },
  ],
  run: async (context, args) => {
    const [{ select }, { missingError }] = await Promise.all([
      import("../select/select.js"),
      import("../select/selection.js"),
    ]);
    const selection = select({ ...context, override: args.words[0] });
    if (selection.kind === "missing") throw missingError(selection);
    const goroot = selection.kind === "toolchain" ? selection.goroot : await findSystemGoroot(selection);
    context.output.print(isSet(args, "json") ? JSON.stringify({ goroot }) : goroot);
    return 0;
  },
};

/** A package's /usr/bin/go is a link into its GOROOT. */
async function findSystemGoroot(selection: SystemSelection): Promise<string> {
  const { program } = selection;
  if (program !== undefined) return dirname(dirname(await realpath(program)));
  const { noSystemError } = await import("../select/selection.js");
  throw noSystemError(selection);
}
