/** What `local`, `global` and `shell` share: from what was typed to what is written, installed first where it lacks. */
import type { Context } from "../context.js";
import {
  type FileSelector,
  findFileSelector,
  parseSelector,
  pickVersion,
  resolveAlias,
} from "../go/selector.js";
import { formatGoVersion } from "../go/version.js";
import type { Pin } from "../select/pins.js";
import { listInstalled } from "../store/store.js";
import { type Arguments, findOption, isSet, type OptionSpec } from "./command.js";

export const PINNING_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  unset: { type: "boolean", summary: "take it back" },
  "no-install": { type: "boolean", summary: "only write, even where the version is not installed" },
  source: {
    type: "string",
    value: "DIR|URL|goproxy",
    summary: "where to install from, as for `gvt install`",
  },
  offline: { type: "boolean", summary: "install without opening a connection" },
  json: { type: "boolean", summary: "print as JSON what is pinned, and where" },
};

/** What a version file says: the word as it stands there, or that with its place. */
export function describePin({ origin }: Pin, form: "text" | "json"): string {
  if (origin.kind !== "file") throw new Error("a version file that is no file");
  const { text, path, line } = origin;
  return form === "text" ? text : JSON.stringify({ version: text, path, line });
}

/** The text to write: what was typed where a file may say it, the exact version for ranges and `latest`. */
export async function settlePin(context: Context, word: string, args: Arguments): Promise<string> {
  const selector = parseSelector(word);
  const resolved = resolveAlias(selector, context.config.aliases);
  const mayBeWritten: FileSelector | undefined = findFileSelector(word.trim());
  if (resolved.kind === "system") return word.trim();
  const installed = pickVersion(resolved, listInstalled(context.layout));
  // `latest` asks what is newest in the world; everything else is met by what is here.
  const isHere = installed !== undefined && resolved.kind !== "latest" && resolved.kind !== "oldstable";
  if (isHere) return mayBeWritten ? word.trim() : formatGoVersion(installed);
  const { obtainOne, resolveOffered } = await import("./obtain.js");
  const choice = { source: findOption(args, "source"), offline: isSet(args, "offline") };
  if (isSet(args, "no-install")) {
    if (mayBeWritten) return word.trim();
    return formatGoVersion(await resolveOffered(context, resolved, choice));
  }
  const { textReport } = await import("./install-report.js");
  const version = await obtainOne(context, resolved, { ...choice, report: textReport(context) });
  return mayBeWritten ? word.trim() : formatGoVersion(version);
}
