/** Settings for people: each with its value and where it was set, and one-line edits of config.toml that keep the rest. */
import type { Context } from "../context.js";
import { GvtError } from "../errors.js";
import { escapeText } from "../go/escape.js";
import { isAliasName, parseSelector, resolveAlias } from "../go/selector.js";
import { readBounded, writeAtomically } from "../io/files.js";
import { ALIAS_TABLE, findKey, MAX_CONFIG_BYTES, readConfigFile, SETTINGS, type Setting } from "./config.js";

export interface SettingRow {
  readonly key: string;
  readonly value: string;
  /** The variable, the file, or `default`. */
  readonly origin: string;
  readonly summary: string;
}

/** Every setting and alias. */
export async function listSettings(context: Context): Promise<SettingRow[]> {
  const table = await readConfigFile(context.layout.config);
  const aliases = Object.entries(context.config.aliases).map(([name, value]) => ({
    key: `${ALIAS_TABLE}.${name}`,
    value,
    origin: context.layout.config,
    summary: "an alias of yours",
  }));
  return [...SETTINGS.map((setting) => describe(setting, table, context)), ...aliases];
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
  const literal = value === undefined ? undefined : toLiteral(context, key, value);
  if (value === undefined && aliasOf(key) === undefined) requireSetting(key);
  const path = context.layout.config;
  const file = await readBounded(path, MAX_CONFIG_BYTES);
  await readConfigFile(path); // a file that cannot be read is not edited
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
  if (after !== before) await writeAtomically(path, after, 0o644);
}

function describe(
  setting: Setting,
  table: Readonly<Record<string, unknown>>,
  { env, layout }: Context,
): SettingRow {
  const { key, summary } = setting;
  const variable = env[setting.variable];
  if (variable !== undefined) return { key, value: variable, origin: setting.variable, summary };
  const stated = findKey(table, key);
  if (stated === undefined) return { key, value: setting.default, origin: "default", summary };
  return {
    key,
    value: Array.isArray(stated) ? stated.join(" ") : String(stated),
    origin: layout.config,
    summary,
  };
}

/** The value as TOML. Throws where the setting does not accept it. */
function toLiteral({ config }: Context, key: string, value: string): string {
  const alias = aliasOf(key);
  if (alias !== undefined) {
    resolveAlias(parseSelector(value), { ...config.aliases, [alias]: value });
    return JSON.stringify(value);
  }
  const setting = requireSetting(key);
  let parsed: object;
  try {
    parsed = setting.parse(value);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new GvtError("USAGE", `\`${escapeText(value)}\` is no value for \`${key}\`: ${reason}`, { cause });
  }
  const [typed] = Object.values(parsed);
  return JSON.stringify(typeof typed === "number" ? value : typed);
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
    hint: `the settings are ${known}, alias.NAME`,
  });
}

function cannotEdit(path: string, key: string, literal: string | undefined): GvtError {
  const todo = literal === undefined ? `take \`${key}\` out` : `set \`${key} = ${literal}\``;
  return new GvtError("BAD_CONFIG", `gvt cannot edit \`${path}\` in its present form`, {
    hint: `${todo} in an editor`,
  });
}
