/** `gvt root`: where gvt keeps everything. */
import { type Command, isSet } from "./command.js";

export const root: Command = {
  name: "root",
  summary: "print the directory that holds everything of gvt's",
  arity: [0, 0],
  options: { json: { type: "boolean", summary: "print JSON" } },
  examples: [{ command: "gvt root", summary: "`~/.gvt`, unless GVT_ROOT says otherwise" }],
  run: async ({ layout, output }, args) => {
    output.print(isSet(args, "json") ? JSON.stringify({ root: layout.root }) : layout.root);
    return 0;
  },
};
