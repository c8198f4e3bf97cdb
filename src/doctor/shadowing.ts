/** Tools that somebody has installed with `go install` and that do not run: another of the same name comes first. Pure. */
import type { Facts, PlacedProgram } from "./facts.js";
import type { Program } from "./program-facts.js";

/** A row of the table: which tool, what a shell starts, and what `go install` has written. */
export interface ShadowedTool {
  readonly tool: string;
  readonly runs: PlacedProgram;
  readonly meant: Program;
}

/** The go command and gofmt are no tools: which of them runs is what all the other checks are about. */
export const OF_GO: ReadonlySet<string> = new Set(["go", "gofmt"]);

/** Where the system keeps programs that others rely on. */
export const SYSTEM_DIRECTORIES: readonly string[] = [
  "/usr/bin",
  "/bin",
  "/usr/local/bin",
  "/opt/homebrew/bin",
];
/** Where people keep programs of every kind, wherever these come from. */
const SHARED: readonly string[] = ["bin", ".local/bin"];

/** In the order of the directory. What is not on PATH at all shadows nothing, and a shim of gvt's is meant. */
export function listShadowing(facts: Facts): readonly ShadowedTool[] {
  return listInstalled(facts).flatMap((meant) => {
    const runs = facts.findProgram(meant.name);
    if (OF_GO.has(meant.name) || !runs || runs.program.owner === "gvt-shim") return [];
    const isItself =
      runs.program.realpath === meant.realpath ||
      runs.position === facts.findPosition(facts.installDirectory);
    return isItself ? [] : [{ tool: meant.name, runs, meant }];
  });
}

/** What `go install` has written, or somebody has put there, and can be started. */
export function listTools({ snapshot, installDirectory }: Facts): readonly Program[] {
  if (snapshot.tools?.path !== installDirectory) return [];
  return snapshot.tools.programs.filter(({ executable }) => executable);
}

/** Those of them that `go install` has written, as far as can be told. */
export function listInstalled(facts: Facts): readonly Program[] {
  const { installDirectory, snapshot } = facts;
  const shared = SHARED.some((name) => installDirectory === `${snapshot.user.home}/${name}`);
  return listTools(facts).filter(
    ({ build }) => build !== undefined || !(shared || SYSTEM_DIRECTORIES.includes(installDirectory)),
  );
}

/** `gopls v0.16.2, built with go1.22.6`, of what is no Go program its path. */
export function describeTool({ path, build }: Program): string {
  if (!build) return path;
  const version = build.version === undefined ? "" : ` ${build.version}`;
  return `${build.path ?? path}${version}, built with ${build.go}`;
}
