/** `gvt config`: the settings, where each was set, and one-line changes of config.toml. */
import type { Context } from "../context.js";
import { EXIT_STATUS, GvtError } from "../errors.js";
import { escapePath, escapeText } from "../go/escape.js";
import type { SettingRow } from "../store/settings.js";
import { type Arguments, type Command, isSet } from "./command.js";

export const config: Command = {
  name: "config",
  summary: "show the settings, or change one",
  operands: "[KEY [VALUE]]",
  arity: [0, 2],
  bearsBadSettings: true,
  description:
    "Settings live in config.toml under `gvt root`; a GVT_* variable wins over the file. Aliases are settings too: " +
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
    {
      command: 'gvt config doctor.ignore.gocache-large "the disk is large, too"',
      summary: "let the doctor ignore a finding",
    },
  ],
  run: async (context, args) => {
    const [key, value] = args.words;
    if (value !== undefined || isSet(args, "unset")) return change(context, args);
    const { listSettings, findSetting } = await import("../store/settings.js");
    const rows = key === undefined ? await listSettings(context) : [await findSetting(context, key)];
    if (isSet(args, "json")) context.output.print(JSON.stringify(key === undefined ? rows : rows[0]));
    else if (key !== undefined) context.output.print(rows[0]?.value ?? "");
    else showTable(context, rows);
    for (const row of rows) showProblem(context, row);
    return 0;
  },
};

function showTable({ output }: Context, rows: readonly SettingRow[]): void {
  const key = Math.max(...rows.map((row) => row.key.length));
  const value = Math.max(...rows.map((row) => row.value.length));
  for (const row of rows) {
    output.print(`${row.key.padEnd(key)}  ${row.value.padEnd(value)}  ${row.origin}`.trimEnd());
  }
}

function showProblem({ output, layout }: Context, { key, origin, problem }: SettingRow): void {
  if (problem === undefined) return;
  const remedy = origin === layout.config ? `gvt config --unset ${key}` : `unset ${origin}`;
  output.note(
    `note: \`${escapeText(key)}\` cannot be read: ${problem}; \`${escapeText(remedy)}\` takes it out`,
  );
}

async function change(context: Context, { words: [key, value], ...args }: Arguments): Promise<number> {
  const { changeSetting, isStated } = await import("../store/settings.js");
  const unset = args.options["unset"] === true;
  if (key === undefined) throw new GvtError("USAGE", "`gvt config --unset` needs KEY");
  if (unset && value !== undefined) throw new GvtError("USAGE", "`gvt config --unset` takes no VALUE");
  if (unset && !(await isStated(context, key))) {
    context.output.note(`nothing to take back: ${escapePath(context.layout.config)} does not set \`${key}\``);
    return EXIT_STATUS.NEGATIVE;
  }
  if (!unset) await refuseUnknownCheck(key);
  await changeSetting(context, key, unset ? undefined : value);
  return 0;
}

/** The store knows no checks, and the doctor would tell only when it is asked next. */
async function refuseUnknownCheck(key: string): Promise<void> {
  const { IGNORE_TABLE } = await import("../store/config.js");
  if (!key.startsWith(`${IGNORE_TABLE}.`)) return;
  (await import("./doctor/run.js")).verifyCheckId(key.slice(IGNORE_TABLE.length + 1));
}
