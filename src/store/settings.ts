/** Settings for people: each with its value and where it was set, and one-line edits of config.toml that keep the rest. */
import type { Context } from "../context.js";
import { GvtError } from "../errors.js";
import { escapeText } from "../go/escape.js";
import { isAliasName, parseSelector, resolveAlias, verifyAlias } from "../go/selector.js";
import { describeFailedRead, readBounded } from "../io/files.js";
import {
  ALIAS_TABLE,
  findKey,
  IGNORE_TABLE,
  isTable,
  MAX_CONFIG_BYTES,
  NO_ALIAS_TABLE,
  NO_IGNORE_TABLE,
  readConfigFile,
  SETTINGS,
  type Setting,
  verifyReason,
} from "./config.js";

export interface SettingRow {
  readonly key: string;
  readonly value: string;
  /** The variable, the file, or `default`. */
  readonly origin: string;
  readonly summary: string;
  /** Why every other command refuses this value; undefined where it is sound. */
  readonly problem?: string;
}

type Table = Readonly<Record<string, unknown>>;

/** Every setting and alias, unsound ones included. */
export async function listSettings(context: Context): Promise<SettingRow[]> {
  const table = await readConfigFile(context.layout.config);
  return [
    ...SETTINGS.map((setting) => describe(setting, table, context)),
    ...OWN_TABLES.flatMap((own) => describeOwn(own, table, context.layout.config)),
  ];
}

/** One of them. Throws `USAGE` for a key that is none. */
export async function findSetting(context: Context, key: string): Promise<SettingRow> {
  const row = (await listSettings(context)).find((candidate) => candidate.key === key);
  if (!row) throw unknownSetting(key);
  return row;
}

/**
 * Writes or takes out one line of config.toml. The value is judged first, and the new text read back before it
 * replaces the old: a file in a shape this cannot edit is left alone with an error that says which line to write.
 */
export async function changeSetting(context: Context, key: string, value: string | undefined): Promise<void> {
  const path = context.layout.config;
  const table = await readConfigFile(path); // a file that cannot be read is not edited
  const literal = await toLiteral(table, key, value);
  const file = await readBounded(path, MAX_CONFIG_BYTES);
  const before = file.kind === "text" ? file.bytes.toString("utf8") : "";
  const after = editLine(before, key, literal);
  const { parseToml } = await import("../io/toml.js");
  const says = (text: string, name: string): string | undefined => {
    try {
      return JSON.stringify(findKey(parseToml(text), name));
    } catch {
      return "no TOML"; // the line was part of something longer
    }
  };
  const wanted = literal === undefined ? undefined : says(`value = ${literal}`, "value");
  if (says(after, key) !== wanted) throw cannotEdit(path, key, literal);
  if (after === before) return;
  const { writeThrough } = await import("../io/replace-file.js");
  const isCurrent = async (): Promise<boolean> => {
    const now = await readBounded(path, MAX_CONFIG_BYTES);
    return (now.kind === "text" ? now.bytes.toString("utf8") : "") === before;
  };
  const written = await writeThrough(path, Buffer.from(after), { mode: modeOfNew(after), isCurrent });
  if (written.kind !== "replaced") throw cannotWrite(path, written.reason);
}

/** A root may serve several users, who have to read its settings; an address with a password is its owner's alone. */
function modeOfNew(text: string): number {
  return /:\/\/[^/\s]*@/.test(text) ? 0o600 : 0o644;
}

/** Whether config.toml states it. Throws `USAGE` for a key that is none and stands nowhere. */
export async function isStated({ layout }: Context, key: string): Promise<boolean> {
  const stated = findKey(await readConfigFile(layout.config), key) !== undefined;
  if (!stated && aliasOf(key) === undefined && !isIgnored(key)) requireSetting(key);
  return stated;
}

function describe(setting: Setting, table: Table, { env, layout }: Context): SettingRow {
  const { key, summary } = setting;
  const variable = env[setting.variable];
  const stated = variable ?? findKey(table, key);
  if (stated === undefined) return { key, value: setting.default, origin: "default", summary };
  const origin = variable === undefined ? layout.config : setting.variable;
  return { key, value: renderValue(stated), origin, summary, ...findProblem(() => setting.parse(stated)) };
}

/** A table whose names are the user's own. */
interface OwnTable {
  readonly key: string;
  readonly summary: string;
  /** What is wrong where no table stands there. */
  readonly missing: string;
  /** Throws a sentence about what is accepted. */
  readonly verify: (name: string, value: unknown) => void;
}

const OWN_TABLES: readonly OwnTable[] = [
  { key: ALIAS_TABLE, summary: "an alias of yours", missing: NO_ALIAS_TABLE, verify: verifyAlias },
  {
    key: IGNORE_TABLE,
    summary: "why the doctor is to ignore this",
    missing: NO_IGNORE_TABLE,
    verify: (_, reason) => verifyReason(reason),
  },
];

function describeOwn({ key, summary, missing, verify }: OwnTable, table: Table, path: string): SettingRow[] {
  const own = findKey(table, key) ?? {};
  const row = { origin: path, summary };
  if (!isTable(own)) return [{ ...row, key, value: renderValue(own), problem: missing }];
  return Object.entries(own).map(([name, value]) => ({
    ...row,
    key: `${key}.${name}`,
    value: renderValue(value),
    ...findProblem(() => verify(name, value)),
  }));
}

function renderValue(value: unknown): string {
  if (Array.isArray(value)) return value.map(renderValue).join(" ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function findProblem(judge: () => unknown): Pick<SettingRow, "problem"> {
  try {
    judge();
    return {};
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** The value as TOML, undefined for none. Throws where the setting does not accept it. */
async function toLiteral(table: Table, key: string, value: string | undefined): Promise<string | undefined> {
  if (value === undefined) return undefined;
  const alias = aliasOf(key);
  if (alias !== undefined) {
    resolveAlias(parseSelector(value), { ...soundAliases(table), [alias]: value });
    return JSON.stringify(value);
  }
  if (isIgnored(key)) {
    parseValue(key, value, () => verifyReason(value));
    return JSON.stringify(value);
  }
  const setting = requireSetting(key);
  const parsed = parseValue(key, value, () => setting.parse(value));
  if (setting.names === "file") await verifyFile(key, value);
  const [typed] = Object.values(parsed);
  return JSON.stringify(typeof typed === "number" ? value : typed);
}

function parseValue<T>(key: string, value: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new GvtError("USAGE", `\`${escapeText(value)}\` is no value for \`${key}\`: ${reason}`, { cause });
  }
}

/** Which checks there are is for the doctor to know; here their ids are plain words. */
function isIgnored(key: string): boolean {
  return key.startsWith(`${IGNORE_TABLE}.`) && /^[a-z0-9-]+$/.test(key.slice(IGNORE_TABLE.length + 1));
}

function soundAliases(table: Table): Record<string, string> {
  const aliases = Object.entries(table[ALIAS_TABLE] ?? {});
  return Object.fromEntries(
    aliases.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** A setting that names nothing would be found out by the next installation, far from where it was made. */
async function verifyFile(key: string, path: string): Promise<void> {
  const file = await readBounded(path, 0);
  if (file.kind === "text" || file.kind === "too-large") return;
  const reason = describeFailedRead(file);
  throw new GvtError("USAGE", `\`${escapeText(path)}\` is no value for \`${key}\`: ${reason}`, {
    hint: "name a file that is there, by its absolute path",
  });
}

/** What stands behind a value on its line: a value may hold a `#` itself. */
const COMMENT = /^[^=]*=\s*(?:"(?:[^"\\]|\\.)*"|'[^']*'|\[[^\]]*\]|[^#"'[]*?)(\s*#.*)$/;

/** Replaces, adds or drops the line of `key` in its table, and touches no other line. */
function editLine(text: string, key: string, literal: string | undefined): string {
  const dot = key.lastIndexOf(".");
  const [table, name] = dot < 0 ? ["", key] : [key.slice(0, dot), key.slice(dot + 1)];
  const lines = text.split("\n");
  const header = lines.findIndex((line) => line.trim().replace(/\s*#.*$/, "") === `[${table}]`);
  const start = table === "" ? 0 : header + 1;
  const length = lines.slice(start).findIndex((line) => /^\s*\[/.test(line));
  const end = length < 0 ? lines.length : start + length;
  const own = new RegExp(`^\\s*${name}\\s*=`);
  const at = table !== "" && header < 0 ? -1 : lines.slice(start, end).findIndex((line) => own.test(line));
  if (at >= 0) {
    const comment = COMMENT.exec(lines[start + at] ?? "")?.[1] ?? "";
    lines.splice(start + at, 1, ...(literal === undefined ? [] : [`${name} = ${literal}${comment}`]));
    return lines.join("\n");
  }
  if (literal === undefined) return text;
  if (table !== "" && header < 0) {
    const gap = text === "" ? "" : text.endsWith("\n") ? "\n" : "\n\n";
    return `${text}${gap}[${table}]\n${name} = ${literal}\n`;
  }
  lines.splice(start, 0, `${name} = ${literal}`);
  return text === "" ? `${name} = ${literal}\n` : lines.join("\n");
}

function aliasOf(key: string): string | undefined {
  if (!key.startsWith(`${ALIAS_TABLE}.`)) return undefined;
  const name = key.slice(ALIAS_TABLE.length + 1);
  if (!isAliasName(name)) {
    throw new GvtError("USAGE", `\`${escapeText(name)}\` cannot name an alias`, {
      hint: "an alias starts with a letter and is not `latest`, `stable`, `oldstable` or `system`",
    });
  }
  return name;
}

function requireSetting(key: string): Setting {
  const setting = SETTINGS.find((candidate) => candidate.key === key);
  if (!setting) throw unknownSetting(key);
  return setting;
}

function unknownSetting(key: string): GvtError {
  const alias = aliasOf(key);
  if (alias !== undefined) {
    return new GvtError("USAGE", `there is no alias \`${alias}\``, {
      hint: `\`gvt config ${key} 1.22\` makes one`,
    });
  }
  const known = SETTINGS.map((setting) => setting.key).join(", ");
  return new GvtError("USAGE", `there is no setting \`${escapeText(key)}\``, {
    hint: `the settings are ${known}, alias.NAME, doctor.ignore.ID`,
  });
}

function cannotWrite(path: string, reason: string): GvtError {
  return new GvtError("DISK", `cannot write \`${path}\`: ${reason}`);
}

function cannotEdit(path: string, key: string, literal: string | undefined): GvtError {
  const todo = literal === undefined ? `take \`${key}\` out` : `set \`${key} = ${literal}\``;
  return new GvtError("BAD_CONFIG", `gvt cannot edit \`${path}\` in its present form`, {
    hint: `${todo} in an editor`,
  });
}
