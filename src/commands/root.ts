/** `gvt root`: where gvt keeps everything. */
import type { Command } from "./command.js";

export const root: Command = {
  name: "root",
  summary: "print the directory that holds everything of gvt's",
  arity: [0, 0],
  examples: [{ command: "gvt root", summary: "`~/.gvt`, unless GVT_ROOT says otherwise" }],
  run: async ({ layout, output }) => {
    output.print(layout.root);
    return 0;
  },
};
