/** `gvt prefix`: the GOROOT of a version. */
import { realpath } from "node:fs/promises";
import { dirname } from "node:path";
import type { Command } from "./command.js";

export const prefix: Command = {
  name: "prefix",
  summary: "print the GOROOT of the version that runs here, or of another",
  operands: "[SPEC]",
  arity: [0, 1],
  examples: [
    { command: "gvt prefix", summary: "of what runs here" },
    { command: "gvt prefix 1.21", summary: "of the newest installed patch of a line" },
  ],
  run: async (context, { words: [word] }) => {
    const [{ select }, { missingError, noSystemError }] = await Promise.all([
      import("../select/select.js"),
      import("../select/selection.js"),
    ]);
    const selection = await select({ ...context, override: word });
    if (selection.kind === "missing") throw missingError(selection);
    if (selection.kind === "toolchain") {
      context.output.print(selection.goroot);
      return 0;
    }
    if (selection.program === undefined) throw noSystemError(selection);
    // A package's /usr/bin/go is a link into its GOROOT.
    context.output.print(dirname(dirname(await realpath(selection.program))));
    return 0;
  },
};
