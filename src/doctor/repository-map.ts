/** A monorepo at a glance: which Go each module gets, which line decides that, and whether it will do. */
import { join, relative } from "node:path";
import type { Context } from "../context.js";
import { isGvtError } from "../errors.js";
import { formatGoVersion, formatLanguageVersion, isExact } from "../go/version.js";
import { readBoundedSync } from "../io/files.js";
import { describeOrigin, type Origin } from "../select/selection.js";
import { findActingVersion } from "./acting-version.js";
import type { FoundModules } from "./collect/module-walk.js";
import type { SelectionOutcome } from "./snapshot.js";
import { judge, type Need, readNeeds } from "./verdict.js";

export interface RepositoryMap {
  readonly top: string;
  readonly modules: readonly ModuleRow[];
  /** False where the repository holds more than was walked. */
  readonly complete: boolean;
}

export interface ModuleRow {
  /** From the top: `.`, `services/api`. */
  readonly directory: string;
  /** What the go.mod calls it. */
  readonly module?: string | undefined;
  readonly state: ModuleState;
  /** Chosen for it; a line where a line is chosen of which nothing is installed. */
  readonly version?: string | undefined;
  /** The statement that decides. */
  readonly origin?: Origin | undefined;
  /** The line that the version has to live with; of several, the one that it does not. */
  readonly need?: Need | undefined;
  /** Why it cannot be told. */
  readonly problem?: string | undefined;
}

export type ModuleState = "ready" | "not installed" | "too old" | "cannot read" | "unreadable" | "no go";

interface MapInput {
  readonly top: string;
  readonly found: FoundModules;
  /** Of selecting in each directory. */
  readonly outcomes: ReadonlyMap<string, SelectionOutcome>;
}

const MAX_BYTES = 1 << 20;
const UNANSWERED = "what is read to choose its Go did not answer in time";

export async function mapModules(
  context: Context,
  { top, found, outcomes }: MapInput,
): Promise<RepositoryMap> {
  const modules: ModuleRow[] = [];
  for (const directory of found.directories) {
    const row = await describeModule({ ...context, cwd: directory }, outcomes.get(directory));
    modules.push({ directory: relative(top, directory) || ".", ...row });
  }
  return { top, modules, complete: found.complete };
}

/** What is read here waits for each file, so that nothing is where selecting has met one that does not answer. */
async function describeModule(
  context: Context,
  outcome: SelectionOutcome = { kind: "unanswered" },
): Promise<Omit<ModuleRow, "directory">> {
  if (outcome.kind === "unanswered") return { state: "no go", problem: UNANSWERED };
  const module = findModulePath(join(context.cwd, "go.mod"));
  if (outcome.kind === "failed") return { module, state: "unreadable", problem: outcome.message };
  const { selection } = outcome;
  try {
    const needs = readNeeds(context, context.layout.versions);
    const acting = await findActingVersion(context, selection);
    const named = { module, origin: selection.origin, need: needs.needs[0] };
    if (!acting) return { ...named, state: "no go", problem: problemOf(describeOrigin(selection.origin)) };
    const { version, installed } = acting;
    const text = isExact(version) ? formatGoVersion(version) : formatLanguageVersion(version);
    const verdict = judge(version, needs);
    if (verdict.kind !== "good enough")
      return { ...named, version: text, state: verdict.kind, need: verdict.need };
    return { ...named, version: text, state: installed ? "ready" : "not installed" };
  } catch (error) {
    if (!isGvtError(error)) throw error;
    return { module, state: "unreadable", problem: error.message };
  }
}

function problemOf(origin: string): string {
  return `${origin} leads to no \`go\` whose version can be told`;
}

/** What the line `module` says, without its quotes. */
function findModulePath(path: string): string | undefined {
  const file = readBoundedSync(path, MAX_BYTES);
  if (file.kind !== "text") return undefined;
  return /^\s*module\s+["`]?([^\s"`]+)/m.exec(file.bytes.toString("utf8"))?.[1];
}
