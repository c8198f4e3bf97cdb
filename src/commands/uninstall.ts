/** `gvt uninstall`: takes toolchains out of the store. */
import { toolchainName } from "../go/version.js";
import { listInstalled } from "../store/store.js";
import type { Command } from "./command.js";
import { parseNamedVersions } from "./named-version.js";
import { listUnmet, readAsked, renderUnmet } from "./unmet.js";

export const uninstall: Command = {
  name: "uninstall",
  summary: "remove installed toolchains",
  operands: "VERSION…",
  arity: [1, Number.POSITIVE_INFINITY],
  description:
    "A version disappears at once and is deleted after that; programs that run from it keep running. " +
    "A line (1.22) is accepted where one version of it is installed. What asked for the version is told, and stays.",
  examples: [{ command: "gvt uninstall 1.21.13", summary: "remove one version and its shim" }],
  run: async (context, { words }) => {
    const versions = parseNamedVersions(words, listInstalled(context.layout), "uninstall");
    const [{ uninstallVersion }, { writeShims }] = await Promise.all([
      import("../install/uninstall.js"),
      import("../shim/shims.js"),
    ]);
    const before = listUnmet(context, readAsked(context)).map(renderUnmet);
    try {
      for (const version of versions) {
        await uninstallVersion(context, version);
        context.output.note(`${toolchainName(version)} is removed`);
      }
    } finally {
      await writeShims(context);
    }
    const after = listUnmet(context, readAsked(context)).map(renderUnmet);
    for (const unmet of after.filter((one) => !before.includes(one))) context.output.note(`note: ${unmet}`);
    return 0;
  },
};
