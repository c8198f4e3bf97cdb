/** `gvt list`: what is installed, and what could be. */
import type { Context } from "../context.js";
import { escapePath, escapeText } from "../go/escape.js";
import { listMatching, parseSelector, pickVersion, resolveAlias } from "../go/selector.js";
import { formatGoVersion, type GoVersion, isSameVersion } from "../go/version.js";
import { describeOrigin } from "../select/selection.js";
import { listInstalled, listToolchains } from "../store/store.js";
import { type Arguments, type Command, findOption, isSet } from "./command.js";
import { type Asked, listUnmet, readAsked, renderUnmet } from "./unmet.js";

export const list: Command = {
  name: "list",
  aliases: ["ls"],
  summary: "list installed toolchains, or with --remote what can be installed",
  operands: "[SPEC]",
  arity: [0, 1],
  description:
    "The newest stands last. `*` marks what runs here. A SPEC lists what meets it: a line, a range, `latest`.",
  options: {
    remote: { type: "boolean", alias: "r", summary: "list what the sources offer for this machine" },
    all: {
      type: "boolean",
      alias: "a",
      summary: "with --remote, betas and release candidates too",
      needs: "remote",
    },
    source: {
      type: "string",
      value: "DIR|URL|goproxy",
      summary: "with --remote, ask this source alone",
      needs: "remote",
    },
    offline: { type: "boolean", summary: "with --remote, open no connection", needs: "remote" },
    json: { type: "boolean", summary: "print JSON" },
  },
  examples: [
    { command: "gvt list", summary: "installed versions, and which of them runs here" },
    { command: "gvt list --remote 1.22", summary: "the releases of a line" },
    { command: "gvt list --remote --all 1.23", summary: "its betas and release candidates too" },
    { command: "gvt list --json", summary: "for programs" },
  ],
  run: (context, args) => (isSet(args, "remote") ? listRemote(context, args) : listLocal(context, args)),
};

/** One version and what it is to this machine and directory. */
interface Row {
  readonly version: string;
  readonly selected: boolean;
  readonly default: boolean;
}

async function listLocal(context: Context, args: Arguments): Promise<number> {
  const { output, layout } = context;
  const [word] = args.words;
  const asked = readAsked(context);
  const describe = describer(context, asked);
  const entries = listToolchains(layout);
  const toolchains = entries.flatMap((entry) => (entry.kind === "ok" ? [entry.toolchain] : []));
  const versions = toolchains.map(({ version }) => version);
  const matching = matchingSpec(context, word, versions, { prereleases: true });
  const rows = toolchains
    .filter(({ version }) => matching.includes(version))
    .map(({ version, goroot }) => ({ ...describe(version), goroot }));
  const damaged = entries.flatMap((entry) =>
    entry.kind === "damaged" ? [{ path: entry.path, reason: entry.reason }] : [],
  );
  const unmet = word === undefined ? listUnmet(context, asked) : [];
  if (isSet(args, "json")) {
    output.print(JSON.stringify({ toolchains: rows, unmet, damaged }));
    return 0;
  }
  for (const row of rows) output.print(renderRow(row, row.default ? ["default"] : []));
  showLegend(context, asked, rows);
  for (const one of unmet) output.note(`note: ${renderUnmet(one)}`);
  for (const { path, reason } of damaged) output.note(`damaged: ${escapePath(path)}: ${reason}`);
  if (rows.length === 0 && word !== undefined) {
    output.note(`nothing that is installed meets \`${escapeText(word)}\``);
  } else if (rows.length === 0 && damaged.length === 0) {
    output.note("nothing is installed; `gvt install latest` installs the newest Go");
  }
  return 0;
}

async function listRemote(context: Context, args: Arguments): Promise<number> {
  const { output, layout } = context;
  const [word] = args.words;
  const { listOffered } = await import("./obtain.js");
  const choice = { source: findOption(args, "source"), offline: isSet(args, "offline") };
  const { versions, notes, failures } = await listOffered(context, choice);
  const installed = listInstalled(layout);
  const asked = readAsked(context);
  const describe = describer(context, asked);
  const rows = matchingSpec(context, word, versions.toReversed(), { prereleases: isSet(args, "all") }).map(
    (version) => ({
      ...describe(version),
      installed: installed.some((other) => isSameVersion(other, version)),
    }),
  );
  const remarks = [...notes, ...failures.map(({ source, reason }) => `${source}: ${reason}`)];
  if (remarks.length > 0) output.note(`note: ${remarks.join("; ")}`);
  if (isSet(args, "json")) {
    output.print(JSON.stringify({ versions: rows }));
    return 0;
  }
  for (const row of rows) {
    const words = [...(row.installed ? ["installed"] : []), ...(row.default ? ["default"] : [])];
    output.print(renderRow(row, words));
  }
  showLegend(context, asked, rows);
  if (rows.length === 0) output.note(`no source offers what meets \`${escapeText(word ?? "latest")}\``);
  return 0;
}

function describer({ layout }: Context, { selection, defaultPin }: Asked): (version: GoVersion) => Row {
  const selected = selection?.kind === "toolchain" ? selection.version : undefined;
  const preferred = defaultPin && pickVersion(defaultPin.selector, listInstalled(layout));
  return (version) => ({
    version: formatGoVersion(version),
    selected: selected !== undefined && isSameVersion(selected, version),
    default: preferred !== undefined && isSameVersion(preferred, version),
  });
}

function renderRow({ version, selected }: Row, words: readonly string[]): string {
  return `${selected ? "*" : " "} ${version}${words.length > 0 ? `  ${words.join(", ")}` : ""}`;
}

/** What `*` means, for whoever sees it on a terminal; a version file that cannot be read is told to all. */
function showLegend({ output }: Context, { selection, fault }: Asked, rows: readonly Row[]): void {
  if (fault !== undefined) output.note(`note: ${fault}`);
  if (output.interactive && selection?.kind === "toolchain" && rows.some(({ selected }) => selected))
    output.note(`* runs here, by ${describeOrigin(selection.origin)}`);
}

/** Those that meet the SPEC; all where there is none. */
function matchingSpec(
  { config }: Context,
  word: string | undefined,
  versions: readonly GoVersion[],
  options: { readonly prereleases: boolean },
): readonly GoVersion[] {
  if (word === undefined) return versions.filter(({ prerelease }) => options.prereleases || !prerelease);
  return listMatching(resolveAlias(parseSelector(word), config.aliases), versions, options);
}
