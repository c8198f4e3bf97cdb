/** `gvt uninstall`: takes toolchains out of the store. */
import { GvtError } from "../errors.js";
import { escapeText } from "../go/escape.js";
import { parseSelector } from "../go/selector.js";
import { formatGoVersion, type GoVersion, isInLine, toolchainName } from "../go/version.js";
import { listInstalled } from "../store/store.js";
import type { Command } from "./command.js";

export const uninstall: Command = {
  name: "uninstall",
  summary: "remove installed toolchains",
  operands: "VERSION…",
  arity: [1, Number.POSITIVE_INFINITY],
  description:
    "A version disappears at once and is deleted after that; programs that run from it keep running.\n" +
    "A line (1.22) is accepted where one version of it is installed.",
  examples: [{ command: "gvt uninstall 1.21.13", summary: "remove one version and its shim" }],
  run: async (context, { words }) => {
    const installed = await listInstalled(context.layout);
    const versions = [...new Set(words)].map((word) => findVersion(word, installed));
    const [{ uninstallVersion }, { writeShims }] = await Promise.all([
      import("../install/uninstall.js"),
      import("../shim/shims.js"),
    ]);
    try {
      for (const version of versions) {
        await uninstallVersion(context, version);
        context.output.note(`${toolchainName(version)} is removed`);
      }
    } finally {
      await writeShims(context);
    }
    return 0;
  },
};

/** Never a guess: what is deleted was named, or is the only one that can be meant. */
function findVersion(word: string, installed: readonly GoVersion[]): GoVersion {
  const selector = parseSelector(word);
  // A directory without a receipt is not installed, but can be removed by its exact name.
  if (selector.kind === "exact") return selector.version;
  if (selector.kind !== "line") {
    throw new GvtError("USAGE", `\`${escapeText(word)}\` names no single version`, {
      hint: "name the version to remove: `gvt list` shows what is installed",
    });
  }
  const candidates = installed.filter((version) => isInLine(version, selector.line));
  const [only] = candidates;
  if (only && candidates.length === 1) return only;
  const names = candidates.map(formatGoVersion).join(", ");
  throw new GvtError(
    "NOT_INSTALLED",
    only ? `\`${word}\` could mean ${names}` : `no Go of the line ${word} is installed`,
    {
      hint: only ? `\`gvt uninstall ${formatGoVersion(only)}\`` : "`gvt list` shows what is installed",
    },
  );
}
