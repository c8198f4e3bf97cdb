/** `gvt verify`: whether installed toolchains are as they were published. */
import { basename } from "node:path";
import type { Context } from "../context.js";
import { GvtError } from "../errors.js";
import { escapePath } from "../go/escape.js";
import { findGoVersion, formatGoVersion, type GoVersion } from "../go/version.js";
import { hasOnlyAddedPrograms, type Inspection, inspectToolchain, isWhole } from "../store/comparison.js";
import { listInstalled, listToolchains } from "../store/store.js";
import { type Command, isSet } from "./command.js";
import { describeInspection, renderInspection } from "./inspection-text.js";
import { parseNamedVersions } from "./named-version.js";

export const verify: Command = {
  name: "verify",
  summary: "compare installed toolchains with what was published",
  operands: "[VERSION…]",
  arity: [0, Number.POSITIVE_INFINITY],
  description:
    "Reads every file and tells which are missing, altered or added since the installation. " +
    "Without a VERSION, looks at the one that runs here. Ends with status 1 where something differs.",
  options: {
    all: { type: "boolean", alias: "a", summary: "look at everything under versions/" },
    json: { type: "boolean", summary: "print JSON" },
  },
  examples: [
    { command: "gvt verify", summary: "the toolchain that runs here" },
    { command: "gvt verify --all", summary: "every one" },
  ],
  run: async (context, args) => {
    const { output, layout, signal } = context;
    const all = isSet(args, "all");
    if (all && args.words.length > 0) throw allAndVersion();
    const { versions, strays } = all
      ? listEntries(context)
      : { versions: await findAsked(context, args.words), strays: [] };
    const inspections: Inspection[] = [];
    for (const version of versions) inspections.push(await inspectToolchain(layout, version, signal));
    if (isSet(args, "json")) {
      output.print(JSON.stringify({ toolchains: inspections.map(describeInspection), strays }));
    } else {
      for (const line of inspections.flatMap(renderInspection)) output.print(line);
      for (const path of strays)
        output.print(`${escapePath(path)} is no toolchain: its name is no Go version`);
      showHint(context, inspections);
    }
    return inspections.every(isWhole) && strays.length === 0 ? 0 : 1;
  },
};

/** What versions/ holds: directories of versions, damaged ones too, and whatever else. */
function listEntries({ layout }: Context): { versions: GoVersion[]; strays: string[] } {
  const versions: GoVersion[] = [];
  const strays: string[] = [];
  for (const entry of listToolchains(layout)) {
    const path = entry.kind === "ok" ? entry.toolchain.goroot : entry.path;
    const version = findGoVersion(basename(path));
    if (version && layout.goroot(version) === path) versions.push(version);
    else strays.push(path);
  }
  return { versions, strays };
}

async function findAsked(context: Context, words: readonly string[]): Promise<GoVersion[]> {
  if (words.length > 0) return parseNamedVersions(words, listInstalled(context.layout), "verify");
  const [{ select }, { missingError }] = await Promise.all([
    import("../select/select.js"),
    import("../select/selection.js"),
  ]);
  const selection = select(context);
  if (selection.kind === "missing") throw missingError(selection);
  if (selection.kind === "system") throw systemIsUnknown();
  return [selection.version];
}

function showHint({ output }: Context, inspections: readonly Inspection[]): void {
  const damaged = inspections.filter((inspection) => !isWhole(inspection));
  if (damaged.length === 0) return;
  const names = damaged.map(({ version }) => formatGoVersion(version)).join(" ");
  const clean = damaged.some(hasOnlyAddedPrograms) ? "--clean " : "";
  output.note(
    `\n${output.style("cyan", "hint:")} \`gvt repair ${clean}${names}\` restores what was published`,
  );
}

function allAndVersion(): GvtError {
  return new GvtError("USAGE", "`--all` takes no VERSION", { hint: "give one or the other" });
}

function systemIsUnknown(): GvtError {
  return new GvtError("USAGE", "the Go that runs here is this machine's own, and gvt has no manifest of it", {
    hint: "`gvt verify --all` looks at what gvt has installed; `gvt doctor` at every Go it finds",
  });
}
