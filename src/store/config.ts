/**
 * Settings: `config.toml` and the `GVT_*` variables, described once in a table that reading, `gvt config` and the
 * reference page share. A variable wins over the file.
 */
import { existsSync } from "node:fs";
import { GvtError } from "../errors.js";
import { escapePath, escapeText } from "../go/escape.js";
import type { Layout } from "./layout.js";

export type ToolchainPolicy = "default" | "path" | "local" | "auto" | "keep";
export type VerifyPolicy = "standard" | "strict";

export interface Config {
  /** Where releases come from, in order: URLs, directories, `goproxy`. Undefined: go.dev, then the module proxy. */
  readonly sources: readonly string[] | undefined;
  readonly verify: VerifyPolicy;
  /** What the shim puts into GOTOOLCHAIN where the user has not. */
  readonly toolchain: ToolchainPolicy;
  readonly autoInstall: boolean;
  /** Milliseconds that a release must be old before `latest` or a line chooses it. */
  readonly minimumReleaseAge: number;
  /** Path of a `SHA256SUMS` table that the user's organisation vouches for. */
  readonly trustChecksums: string | undefined;
  readonly aliases: Readonly<Record<string, string>>;
  /** By the id of a check of the doctor's, why its findings are to be set aside. */
  readonly doctorIgnore: Readonly<Record<string, string>>;
}

/** One setting: how it is written, read and explained. */
export interface Setting {
  /** As in config.toml, with a dot for a table: `trust.checksums`. */
  readonly key: string;
  readonly variable: string;
  readonly default: string;
  readonly summary: string;
  /** What the value names, and what must be there when it is set. */
  readonly names?: "file";
  /** Throws a sentence about what is accepted. */
  readonly parse: (value: unknown) => Partial<Config>;
}

export const SETTINGS: readonly Setting[] = [
  {
    key: "sources",
    variable: "GVT_SOURCE",
    default: "https://go.dev/dl goproxy",
    summary: "where releases come from, in order: a URL laid out like go.dev/dl, a directory, or `goproxy`",
    parse: (value) => ({ sources: parseList(value) }),
  },
  {
    key: "verify",
    variable: "GVT_VERIFY",
    default: "standard",
    summary: "`strict` demands the transparency log; `standard` accepts any independent witness",
    parse: (value) => ({ verify: parseOneOf(value, ["standard", "strict"]) }),
  },
  {
    key: "toolchain",
    variable: "GVT_TOOLCHAIN",
    default: "default",
    summary: "GOTOOLCHAIN for programs that a shim starts: `path`, `local`, `auto`, `keep` (leave it alone)",
    parse: (value) => ({ toolchain: parseOneOf(value, ["default", "path", "local", "auto", "keep"]) }),
  },
  {
    key: "auto_install",
    variable: "GVT_AUTO_INSTALL",
    default: "false",
    summary: "install what a directory asks for when `go` is run there",
    parse: (value) => ({ autoInstall: parseBoolean(value) }),
  },
  {
    key: "minimum_release_age",
    variable: "GVT_MINIMUM_RELEASE_AGE",
    default: "0d",
    summary: "how old a release must be before `latest` or a line chooses it: `3d`, `12h`",
    parse: (value) => ({ minimumReleaseAge: parseAge(value) }),
  },
  {
    key: "trust.checksums",
    variable: "GVT_TRUST_CHECKSUMS",
    default: "",
    summary: "a table in SHA256SUMS form of archives that your organisation vouches for",
    names: "file",
    parse: (value) => ({ trustChecksums: parsePath(value) }),
  },
];

/** The table of config.toml whose names are the user's own. */
export const ALIAS_TABLE = "alias";
export const NO_ALIAS_TABLE = 'expected a table of aliases: `[alias]`, and lines such as `work = "1.22"`';

/** The table of config.toml whose names are checks of the doctor's. */
export const IGNORE_TABLE = "doctor.ignore";
export const NO_IGNORE_TABLE = "expected a table: the id of a check, and the reason in quotes";

export const DEFAULT_CONFIG: Config = {
  sources: undefined,
  verify: "standard",
  toolchain: "default",
  autoInstall: false,
  minimumReleaseAge: 0,
  trustChecksums: undefined,
  aliases: {},
  doctorIgnore: {},
};

export const MAX_CONFIG_BYTES = 1 << 20;
const MS_PER: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000 };

/** Reads config.toml and the environment. Throws `BAD_CONFIG` (exit status 2) naming the file or variable. */
export async function readConfig(
  layout: Layout,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Config> {
  const fromFile = await readConfigFile(layout.config);
  const parts: Partial<Config>[] = [];
  for (const setting of SETTINGS) {
    const stated = env[setting.variable] ?? findKey(fromFile, setting.key);
    if (stated === undefined) continue;
    const place =
      env[setting.variable] === undefined
        ? inFile(layout.config, setting.key)
        : inEnvironment(setting.variable);
    parts.push(parseAt(place, () => setting.parse(stated)));
  }
  return Object.assign({}, DEFAULT_CONFIG, ...parts, {
    aliases: await readAliases(fromFile, layout.config),
    doctorIgnore: readIgnored(fromFile, layout.config),
  });
}

/** The table that config.toml holds; empty where there is no such file. */
export async function readConfigFile(path: string): Promise<Readonly<Record<string, unknown>>> {
  // Most people have none, and every command passes here: nothing is loaded to find that out.
  if (!existsSync(path)) return {};
  const { describeFailedRead, readBounded } = await import("../io/files.js");
  const file = await readBounded(path, MAX_CONFIG_BYTES);
  if (file.kind === "absent") return {};
  if (file.kind !== "text") throw badConfigFile(path, describeFailedRead(file));
  const { parseToml } = await import("../io/toml.js");
  try {
    return parseToml(file.bytes.toString("utf8"));
  } catch (cause) {
    throw badConfigFile(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** What stands at a dotted key of the table. */
export function findKey(table: Readonly<Record<string, unknown>>, key: string): unknown {
  let value: unknown = table;
  for (const part of key.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

async function readAliases(
  table: Readonly<Record<string, unknown>>,
  path: string,
): Promise<Record<string, string>> {
  const aliases = table[ALIAS_TABLE];
  if (aliases === undefined) return {};
  const { verifyAlias } = await import("../go/selector.js");
  if (!isTable(aliases)) throw badConfig(inFile(path, ALIAS_TABLE), NO_ALIAS_TABLE);
  for (const [name, target] of Object.entries(aliases))
    parseAt(inFile(path, `${ALIAS_TABLE}.${name}`), () => verifyAlias(name, target));
  return { ...(aliases as Record<string, string>) };
}

/** Whether there is such a check is for the doctor to say: no other command needs to know. */
function readIgnored(table: Readonly<Record<string, unknown>>, path: string): Record<string, string> {
  const ignored = findKey(table, IGNORE_TABLE);
  if (ignored === undefined) return {};
  if (!isTable(ignored)) throw badConfig(inFile(path, IGNORE_TABLE), NO_IGNORE_TABLE);
  for (const [id, reason] of Object.entries(ignored))
    parseAt(inFile(path, `${IGNORE_TABLE}.${id}`), () => verifyReason(reason));
  return { ...(ignored as Record<string, string>) };
}

export function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Throws a sentence: nobody remembers next year why something was to be ignored. */
export function verifyReason(reason: unknown): void {
  if (typeof reason !== "string" || reason.trim() === "") throw new Error("it needs a reason, in quotes");
}

/** Where a setting is stated, for people, and what takes it back. */
interface Place {
  readonly name: string;
  readonly remedy: string;
}

function inFile(path: string, key: string): Place {
  const name = escapeText(key);
  return { name: `${escapePath(path)}: ${name}`, remedy: `gvt config --unset ${name}` };
}

function inEnvironment(variable: string): Place {
  return { name: variable, remedy: `unset ${variable}` };
}

function parseAt<T>(place: Place, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw badConfig(place, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function parseList(value: unknown): string[] {
  const words = typeof value === "string" ? value.split(/\s+/).filter((word) => word !== "") : value;
  if (!Array.isArray(words) || words.length === 0 || !words.every((word) => typeof word === "string")) {
    throw new Error("expected a list of URLs, directories or `goproxy`");
  }
  const strange = words.find(
    (word) => /^[a-z][a-z0-9+.-]*:\/\//i.test(word) && !/^(https?|file):/i.test(word),
  );
  if (strange !== undefined) throw new Error(`\`${escapeText(strange)}\` is no source`);
  return words;
}

function parseOneOf<const T extends string>(value: unknown, accepted: readonly T[]): T {
  const found = accepted.find((word) => word === value);
  if (found === undefined)
    throw new Error(`expected one of ${accepted.map((word) => `\`${word}\``).join(", ")}`);
  return found;
}

function parseBoolean(value: unknown): boolean {
  if (value === true || value === "true" || value === "1") return true;
  if (value === false || value === "false" || value === "0") return false;
  throw new Error("expected `true` or `false`");
}

/** `3d`, `12h`, `30m`, in milliseconds. */
function parseAge(value: unknown): number {
  const match = typeof value === "string" ? /^(\d{1,5})([dhm])$/.exec(value) : null;
  if (!match) throw new Error("expected an age such as `3d` or `12h`");
  return Number(match[1]) * (MS_PER[match[2] ?? ""] ?? 0);
}

function parsePath(value: unknown): string {
  if (typeof value !== "string" || !value.startsWith("/")) throw new Error("expected an absolute path");
  return value;
}

function badConfig({ name, remedy }: Place, reason: string, cause?: unknown): GvtError {
  return new GvtError("BAD_CONFIG", `cannot read the setting \`${name}\`: ${reason}`, {
    hint: `\`${remedy}\` takes it out, and \`gvt config\` shows every setting`,
    cause,
  });
}

function badConfigFile(path: string, reason: string, cause?: unknown): GvtError {
  return new GvtError("BAD_CONFIG", `cannot read the settings in \`${escapePath(path)}\`: ${reason}`, {
    hint: "mend or remove that file: gvt works without one",
    cause,
  });
}
