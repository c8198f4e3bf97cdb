/** `gvt list`: what is installed, and what could be. */
import type { Context } from "../context.js";
import { isGvtError } from "../errors.js";
import { escapePath, escapeText } from "../go/escape.js";
import { parseSelector, pickVersion, resolveAlias } from "../go/selector.js";
import { formatGoVersion, type GoVersion, isSameVersion } from "../go/version.js";
import { listInstalled, listToolchains } from "../store/store.js";
import { type Arguments, type Command, findOption, isSet } from "./command.js";

export const list: Command = {
  name: "list",
  aliases: ["ls"],
  summary: "list installed toolchains, or with --remote what can be installed",
  operands: "[SPEC]",
  arity: [0, 1],
  options: {
    remote: { type: "boolean", alias: "r", summary: "list what the sources offer for this machine" },
    all: { type: "boolean", alias: "a", summary: "with --remote, betas and release candidates too" },
    source: { type: "string", value: "DIR|URL|goproxy", summary: "with --remote, ask this source alone" },
    offline: { type: "boolean", summary: "with --remote, open no connection" },
    json: { type: "boolean", summary: "print JSON" },
  },
  examples: [
    { command: "gvt list", summary: "installed versions; * marks the one selected here" },
    { command: "gvt list --remote 1.22", summary: "the releases of a line" },
    { command: "gvt list --json", summary: "for programs" },
  ],
  run: (context, args) => (isSet(args, "remote") ? listRemote(context, args) : listLocal(context, args)),
};

interface InstalledRow {
  readonly version: string;
  readonly goroot: string;
  readonly selected: boolean;
  readonly default: boolean;
}

async function listLocal(context: Context, args: Arguments): Promise<number> {
  const { output, layout } = context;
  const wanted = parseFilter(args.words[0], context);
  const entries = await listToolchains(layout);
  const selected = await findSelected(context);
  const preferred = await findDefaultVersion(context);
  const rows: InstalledRow[] = entries.flatMap((entry) => {
    if (entry.kind !== "ok" || !wanted(entry.toolchain.version)) return [];
    const { version, goroot } = entry.toolchain;
    const isOne = (other: GoVersion | undefined): boolean =>
      other !== undefined && isSameVersion(other, version);
    return [
      { version: formatGoVersion(version), goroot, selected: isOne(selected), default: isOne(preferred) },
    ];
  });
  const damaged = entries.flatMap((entry) =>
    entry.kind === "damaged" ? [{ path: entry.path, reason: entry.reason }] : [],
  );
  if (isSet(args, "json")) {
    output.print(JSON.stringify({ toolchains: rows, damaged }));
    return 0;
  }
  for (const row of rows) {
    output.print(`${row.selected ? "*" : " "} ${row.version}${row.default ? "  (default)" : ""}`);
  }
  for (const { path, reason } of damaged) output.note(`damaged: ${escapePath(path)}: ${reason}`);
  if (rows.length === 0 && args.words[0] !== undefined) {
    output.note(`nothing that is installed meets \`${escapeText(args.words[0])}\``);
  } else if (rows.length === 0 && damaged.length === 0) {
    output.note("nothing is installed; `gvt install latest` installs the newest Go");
  }
  return 0;
}

async function listRemote(context: Context, args: Arguments): Promise<number> {
  const { output, layout } = context;
  const { listOffered } = await import("./obtain.js");
  const wanted = parseFilter(args.words[0], context);
  const choice = { source: findOption(args, "source"), offline: isSet(args, "offline") };
  const { versions, notes, failures } = await listOffered(context, choice);
  const installed = await listInstalled(layout);
  const rows = versions
    .filter((version) => wanted(version) && (isSet(args, "all") || !version.prerelease))
    .map((version) => ({
      version: formatGoVersion(version),
      installed: installed.some((other) => isSameVersion(other, version)),
    }));
  for (const { source, reason } of failures) output.note(`note: ${source} does not answer: ${reason}`);
  for (const note of notes) output.note(`note: ${note}`);
  if (isSet(args, "json")) output.print(JSON.stringify({ versions: rows }));
  else for (const row of rows) output.print(`${row.installed ? "*" : " "} ${row.version}`);
  return 0;
}

/** Whether a version meets the SPEC; every one does where there is none. */
function parseFilter(word: string | undefined, { config }: Context): (version: GoVersion) => boolean {
  if (word === undefined) return () => true;
  const selector = resolveAlias(parseSelector(word), config.aliases);
  return (version) => pickVersion(selector, [version]) !== undefined;
}

/** A listing is no place to fail because of a version file: `gvt why` tells what is wrong with it. */
async function findSelected(context: Context): Promise<GoVersion | undefined> {
  const { select } = await import("../select/select.js");
  try {
    const selection = await select(context);
    return selection.kind === "toolchain" ? selection.version : undefined;
  } catch (error) {
    if (!isGvtError(error)) throw error;
    context.output.note(`note: ${error.message}`);
    return undefined;
  }
}

async function findDefaultVersion(context: Context): Promise<GoVersion | undefined> {
  const { findDefault } = await import("../select/pins.js");
  try {
    const pin = await findDefault(context.layout.defaultVersion, context.config.aliases);
    return pin && pickVersion(pin.selector, await listInstalled(context.layout));
  } catch (error) {
    if (!isGvtError(error)) throw error;
    return undefined; // the same: a listing lists
  }
}
