/** What the map of a repository finds that no check has found from within the module. Pure. */
import { join } from "node:path";
import { formatGoVersion, formatLanguageVersion, isExact } from "../go/version.js";
import { findManual } from "./catalogue.js";
import { about, type Evidence, type Finding } from "./check.js";
import { quoteWord, type Step } from "./remedy.js";
import type { ModuleRow, RepositoryMap } from "./repository-map.js";

/** The check that tells the same of the current directory. */
const CHECK_OF = {
  "too old": "version-below-go-directive",
  "cannot read": "go-line-too-new-for-parser",
  unreadable: "version-file-invalid",
} as const;

/** Of modules that are at fault, and about whose file no error in `known` is. */
export function findInMap({ top, modules }: RepositoryMap, known: readonly Finding[]): Finding[] {
  const told = new Set(known.flatMap(({ severity, about }) => (severity === "error" ? about : [])));
  return modules.flatMap((row) => {
    const path = row.need?.path ?? join(top, row.directory, "go.mod");
    if (!isFaulty(row) || told.has(about.file(path))) return [];
    return [describe(row, { state: row.state, path, directory: join(top, row.directory) })];
  });
}

type FaultyRow = ModuleRow & { readonly state: keyof typeof CHECK_OF };

/** The repository is at fault, and not this machine. */
function isFaulty(row: ModuleRow): row is FaultyRow {
  return Object.hasOwn(CHECK_OF, row.state);
}

function describe(
  { need, version, origin, problem }: ModuleRow,
  { state, path, directory }: { readonly state: keyof typeof CHECK_OF; path: string; directory: string },
): Finding {
  const id = CHECK_OF[state];
  const chosen: Evidence[] =
    origin?.kind === "file"
      ? [{ seen: origin.text, at: { kind: "file", path: origin.path, line: origin.line } }]
      : [];
  const seen = need ? need.text : (problem ?? state);
  return {
    id,
    severity: "error",
    summary: need ? `${path} says \`${need.text}\`, and go${version} is chosen for it` : seen,
    about: [about.file(path)],
    evidence: [{ seen, at: { kind: "file", path, line: need?.line } }, ...chosen],
    why: findManual(id)?.why ?? seen,
    remedy: need
      ? { summary: "choose a version that is new enough", steps: stepsToRaise(need, directory) }
      : { summary: "mend the file", steps: [{ kind: "advise", text: seen }] },
    consequences: [],
  };
}

function stepsToRaise({ wanted }: NonNullable<ModuleRow["need"]>, directory: string): Step[] {
  const version = isExact(wanted) ? formatGoVersion(wanted) : formatLanguageVersion(wanted);
  return [
    { kind: "run", command: `cd ${quoteWord(directory)}` },
    { kind: "run", command: `gvt local ${version}` },
  ];
}
