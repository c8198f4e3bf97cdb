/** PATH as a picture: its entries in order, who put each there, which programs each wins and which it hides. Pure. */
import type { Facts } from "./facts.js";
import type { EntryState, PathEntry, Program } from "./program-facts.js";
import type { StartupFile } from "./setting-facts.js";

export interface PictureEntry {
  /** From 1. */
  readonly position: number;
  readonly text: string;
  readonly state: EntryState;
  /** The place of the entry that is the same directory. */
  readonly repeats: number | undefined;
  /** Lines of start-up files, `/home/me/.bashrc:12`. */
  readonly from: readonly string[];
  readonly wins: readonly PicturedProgram[];
  readonly hidden: readonly PicturedProgram[];
}

export interface PicturedProgram {
  readonly name: string;
  /** Whose it is, or which Go: `go1.22.6`, `gvt`, `goenv`; undefined where the name says it all. */
  readonly owner: string | undefined;
  /** For one that is found first, the places of those it hides; else the place of the one that hides it. */
  readonly others: readonly number[];
}

/** Kept for other checks; nobody asks which of them go wrong for Go's sake. */
const NOT_GOS = new Set(["git", "gcc", "clang", "cc"]);

export function picturePath(facts: Facts): readonly PictureEntry[] {
  const { path } = facts.snapshot;
  const places = new Map<string, number[]>();
  const firstOf = path.map((entry) => path.findIndex((other) => isSame(other, entry)));
  for (const [index, entry] of path.entries()) {
    if (firstOf[index] !== index) continue;
    for (const { name } of listShown(entry)) places.set(name, [...(places.get(name) ?? []), index + 1]);
  }
  return path.map((entry, index): PictureEntry => {
    const position = index + 1;
    const first = firstOf[index] === index;
    const shown = first ? listShown(entry) : [];
    const picture = (program: Program): PicturedProgram => {
      const [winner = position, ...losers] = places.get(program.name) ?? [];
      return {
        name: program.name,
        owner: describeOwner(program),
        others: winner === position ? losers : [winner],
      };
    };
    const isFound = ({ name }: Program): boolean => places.get(name)?.[0] === position;
    return {
      position,
      text: entry.text,
      state: entry.state,
      repeats: first ? undefined : (firstOf[index] ?? 0) + 1,
      from: first ? listOrigins(facts, entry) : [],
      wins: shown.filter(isFound).map(picture),
      hidden: shown.filter((program) => !isFound(program)).map(picture),
    };
  });
}

function isSame(a: PathEntry, b: PathEntry): boolean {
  return a.text === b.text || (a.realpath !== undefined && a.realpath === b.realpath);
}

function listShown({ state, programs }: PathEntry): readonly Program[] {
  return state === "directory"
    ? programs.filter(({ name, executable }) => executable && !NOT_GOS.has(name))
    : [];
}

function describeOwner({ name, owner, build, goroot }: Program): string | undefined {
  if (owner === "gvt-shim") return "gvt";
  if (name === "go" && (build?.path === "cmd/go" || goroot !== undefined)) return build?.go ?? owner;
  return owner === "other" || owner === "toolchain" ? undefined : owner;
}

/** Lines that name the directory, and those of the manager whose directory it is, in files that this shell reads. */
function listOrigins(facts: Facts, entry: PathEntry): string[] {
  const { root, startupFiles, user } = facts.snapshot;
  const isRead = (file: StartupFile): boolean => isReadBy(user.shell, file);
  const isGvts = [root.shims, root.realShims, `${root.path}/bin`].includes(entry.realpath ?? entry.text);
  const owners = new Set(entry.programs.map(({ owner }) => owner));
  const named = facts
    .pathEdits(entry.text)
    .filter(({ file }) => isRead(file))
    .map(({ file, statement }) => `${file.path}:${statement.line}`);
  const managed = startupFiles
    .filter(isRead)
    .flatMap(({ path, statements, gvtLine }) => [
      ...(isGvts && gvtLine !== undefined ? [`${path}:${gvtLine}`] : []),
      ...statements.flatMap((statement) =>
        statement.kind === "manager" && owners.has(statement.manager) ? [`${path}:${statement.line}`] : [],
      ),
    ]);
  return [...new Set([...named, ...managed])];
}

/** What other shells read has put nothing into this one's PATH; where the shell is unknown, any may have. */
function isReadBy(shell: string | undefined, { path, syntax }: StartupFile): boolean {
  if (shell === undefined || syntax === "environment" || syntax === "launchd") return true;
  if (syntax === "fish" || syntax === "powershell") return shell === (syntax === "fish" ? "fish" : "pwsh");
  const own = /(?:^|\/)\.?(bash|zsh|z(?=shenv|profile|shrc|login))/.exec(path)?.[1];
  if (own === undefined) return shell !== "fish" && shell !== "pwsh";
  return shell === (own.startsWith("z") ? "zsh" : "bash");
}
