/** `gvt config`: the settings, where each was set, and one-line changes of config.toml. */
import type { Context } from "../context.js";
import { GvtError } from "../errors.js";
import { type Arguments, type Command, isSet } from "./command.js";

export const config: Command = {
  name: "config",
  summary: "show the settings, or change one",
  operands: "[KEY [VALUE]]",
  arity: [0, 2],
  description:
    "Settings live in config.toml under `gvt root`; a GVT_* variable wins over the file. Aliases are settings too:\n" +
    "`gvt config alias.work 1.22`. A change keeps comments and everything else in the file.",
  options: {
    unset: { type: "boolean", summary: "take KEY out of config.toml" },
    json: { type: "boolean", summary: "print JSON" },
  },
  examples: [
    { command: "gvt config", summary: "all settings, their values and where each was set" },
    { command: "gvt config verify strict", summary: "demand the transparency log" },
    { command: "gvt config sources '/media/mirror goproxy'", summary: "look in a directory first" },
    { command: "gvt config alias.work 1.22", summary: "let `work` stand for the line 1.22" },
    { command: "gvt config --unset alias.work", summary: "forget it again" },
  ],
  run: async (context, args) => {
    const [key, value] = args.words;
    if (value !== undefined || isSet(args, "unset")) return change(context, args);
    const { listSettings, findSetting } = await import("../store/settings.js");
    const rows = key === undefined ? await listSettings(context) : [await findSetting(context, key)];
    if (isSet(args, "json")) context.output.print(JSON.stringify(key === undefined ? rows : rows[0]));
    else if (key !== undefined) context.output.print(rows[0]?.value ?? "");
    else showTable(context, rows);
    return 0;
  },
};

function showTable(
  { output }: Context,
  rows: readonly { key: string; value: string; origin: string }[],
): void {
  const key = Math.max(...rows.map((row) => row.key.length));
  const value = Math.max(...rows.map((row) => row.value.length));
  for (const row of rows) {
    output.print(`${row.key.padEnd(key)}  ${row.value.padEnd(value)}  ${row.origin}`.trimEnd());
  }
}

async function change(context: Context, { words: [key, value], ...args }: Arguments): Promise<number> {
  const { changeSetting } = await import("../store/settings.js");
  const unset = args.options["unset"] === true;
  if (key === undefined) throw new GvtError("USAGE", "`gvt config --unset` needs KEY");
  if (unset && value !== undefined) throw new GvtError("USAGE", "`gvt config --unset` takes no VALUE");
  await changeSetting(context, key, unset ? undefined : value);
  return 0;
}
