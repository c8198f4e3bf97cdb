/**
 * What follows from a snapshot, worked out once for all checks: which `go` runs, which toolchain is decided, what Go
 * would see of a setting. Pure.
 */
import { planEnvironment } from "../env/environment.js";
import { type GoEnvSetting, parseGoEnvFile } from "../go/go-env-file.js";
import { findToolchainName, type GoVersion } from "../go/version.js";
import type { Selection } from "../select/selection.js";
import { type Effective, effectiveValues, installDirectory } from "./effective.js";
import { findGoverning, type Governing } from "./governing.js";
import type { PathEntry, Program, Tree } from "./program-facts.js";
import type { StartupFile, Statement } from "./setting-facts.js";
import type { DirectoryFacts, Snapshot } from "./snapshot.js";

export interface PlacedProgram {
  readonly program: Program;
  readonly entry: PathEntry;
  /** The entry's place in PATH, from 1. */
  readonly position: number;
}

/** The go command that starts when somebody types `go`. */
export interface Running {
  readonly program: Program;
  readonly behindShim: boolean;
  readonly tree: Tree | undefined;
  /** What it calls itself: `go1.22.6`; undefined where it is no go command but somebody's wrapper. */
  readonly builtAs: string | undefined;
}

/** The toolchain that the rules choose here. */
export interface Selected {
  readonly version: GoVersion;
  readonly tree: Tree | undefined;
  /** False where it is the system's Go. */
  readonly own: boolean;
}

export type Assignment = Extract<Statement, { kind: "assign" }>;
export type PathEdit = Extract<Statement, { kind: "path" }>;

export interface InFile<T> {
  readonly file: StartupFile;
  readonly statement: T;
}

export interface Facts {
  readonly snapshot: Snapshot;
  /** Whether gvt decides here at all: something is installed, or its shims are on PATH. */
  readonly managed: boolean;
  readonly selection: Selection | undefined;
  readonly selected: Selected | undefined;
  readonly running: Running | undefined;
  readonly effective: Effective;
  /** What the go-env file says. */
  readonly settings: ReadonlyMap<string, GoEnvSetting>;
  /** Where `go install` writes, relative where GOBIN is. */
  readonly installDirectory: string;
  readonly governing: Governing | undefined;
  /** In absolute entries of PATH, executable or not, in order. */
  listPrograms(name: string): readonly PlacedProgram[];
  /** The one that a shell starts. */
  findProgram(name: string): PlacedProgram | undefined;
  /** The place, from 1, of the first entry of PATH that is this directory, however spelt. */
  findPosition(directory: string | undefined): number | undefined;
  /** The place of the shims, or of the decided toolchain's own bin, whichever comes first. */
  readonly ownPosition: number | undefined;
  findTree(goroot: string | undefined): Tree | undefined;
  findDirectory(path: string): DirectoryFacts | undefined;
  /** Lines of start-up files that assign a variable to what they start. */
  assignments(variable: string): readonly InFile<Assignment>[];
  pathEdits(directory: string): readonly InFile<PathEdit>[];
}

export function deriveFacts(snapshot: Snapshot): Facts {
  const { path, trees, root, startupFiles, directories } = snapshot;
  const realpathOf = (directory: string): string =>
    directories.find((known) => known.path === directory)?.realpath ??
    trees.find((known) => known.goroot === directory)?.realpath ??
    path.find((entry) => entry.text === directory)?.realpath ??
    directory;
  const findTree = (goroot: string | undefined): Tree | undefined =>
    goroot === undefined
      ? undefined
      : trees.find((tree) => tree.goroot === goroot || tree.realpath === realpathOf(goroot));
  const listPrograms = (name: string): PlacedProgram[] =>
    path.flatMap((entry, index) =>
      entry.state === "directory"
        ? entry.programs
            .filter((program) => program.name === name)
            .map((program) => ({ program, entry, position: index + 1 }))
        : [],
    );
  const findProgram = (name: string) => listPrograms(name).find(({ program }) => program.executable);
  const findPosition = (directory: string | undefined): number | undefined => {
    if (directory === undefined || directory === "") return undefined;
    const real = realpathOf(directory);
    const index = path.findIndex((entry) => entry.text === directory || entry.realpath === real);
    return index < 0 ? undefined : index + 1;
  };

  const selection = snapshot.selection.kind === "selected" ? snapshot.selection.selection : undefined;
  const shimsPosition = findPosition(root.realShims ?? root.shims);
  const managed = root.installed.length > 0 || shimsPosition !== undefined;
  const first = findProgram("go");
  const running = first && findRunning(first.program, selection, findTree, listPrograms("go"));
  const selected = findSelected(selection, managed, findTree, running);
  const ownBin =
    selected?.own === true && selected.tree ? findPosition(`${selected.tree.realpath}/bin`) : undefined;
  const effective = deriveEffective(snapshot, selection, running, findTree);
  const statements = startupFiles.flatMap((file) =>
    file.statements.map((statement) => ({ file, statement })),
  );
  return {
    snapshot,
    managed,
    selection,
    selected,
    running,
    effective,
    settings: parseGoEnvFile(snapshot.goEnvFile.text),
    installDirectory: installDirectory(effective),
    governing: effective("GO111MODULE").value === "off" ? undefined : findGoverning(snapshot),
    listPrograms,
    findProgram,
    findPosition,
    ownPosition: smallest(shimsPosition, ownBin),
    findTree,
    findDirectory: (directory) => directories.find((known) => known.path === directory),
    assignments: (variable) =>
      statements.filter(
        (found): found is InFile<Assignment> =>
          found.statement.kind === "assign" &&
          found.statement.exported &&
          found.statement.variable === variable &&
          !isUndone(found.file, found.statement),
      ),
    pathEdits: (directory) =>
      statements.filter(
        (found): found is InFile<PathEdit> =>
          found.statement.kind === "path" &&
          found.statement.directories.some((named) => realpathOf(named) === realpathOf(directory)),
      ),
  };
}

/** The tree that a go command finds by itself: the one around it, else the one that was compiled in. */
export function treeOf({ goroot, build }: Program): string | undefined {
  return goroot ?? (build?.goroot?.there ? build.goroot.path : undefined);
}

function findRunning(
  first: Program,
  selection: Selection | undefined,
  findTree: Facts["findTree"],
  programs: readonly PlacedProgram[],
): Running | undefined {
  if (first.owner !== "gvt-shim") return describeRunning(first, false, findTree(treeOf(first)));
  if (selection?.kind === "toolchain") {
    const tree = findTree(selection.goroot);
    return tree?.program && describeRunning(tree.program, true, tree);
  }
  if (selection?.kind !== "system") return undefined;
  const system = programs.find(({ program }) => program.path === selection.program)?.program;
  return system && describeRunning(system, true, findTree(treeOf(system)));
}

function describeRunning(program: Program, behindShim: boolean, tree: Tree | undefined): Running {
  const isGo = tree !== undefined || program.build?.path === "cmd/go";
  return { program, behindShim, tree, builtAs: isGo ? (program.build?.go ?? tree?.version) : undefined };
}

/** Where gvt has nothing to say yet, what a go.mod asks for is met, or not, by the Go that is there. */
function findSelected(
  selection: Selection | undefined,
  managed: boolean,
  findTree: Facts["findTree"],
  running: Running | undefined,
): Selected | undefined {
  if (selection?.kind === "toolchain")
    return { version: selection.version, tree: findTree(selection.goroot), own: true };
  const system = selection?.kind === "system" || (selection?.basis === "requirement" && !managed);
  const version = system ? findBuiltVersion(running?.builtAs) : undefined;
  return version && { version, tree: running?.tree, own: false };
}

/** The version in what a go command calls itself: `go1.24.4 X:nocoverageredesign`. */
export function findBuiltVersion(builtAs: string | undefined): GoVersion | undefined {
  return builtAs === undefined ? undefined : findToolchainName(builtAs.split(" ")[0] ?? "");
}

function deriveEffective(
  snapshot: Snapshot,
  selection: Selection | undefined,
  running: Running | undefined,
  findTree: Facts["findTree"],
): Effective {
  const { env, goEnvFile, root, platform, user } = snapshot;
  const settings = parseGoEnvFile(goEnvFile.text);
  const changes =
    running?.behindShim && selection?.kind === "toolchain"
      ? planEnvironment({
          selection,
          env,
          goEnvToolchain: settings.get("GOTOOLCHAIN")?.value,
          policy: root.policy,
        })
      : [];
  const exported = changes.find(({ variable }) => variable === "GOROOT")?.value ?? env["GOROOT"];
  // The file's GOROOT decides whose go.env is read, even where the environment's decides everything else.
  const tree = findTree(settings.get("GOROOT")?.value || exported || undefined) ?? running?.tree;
  return effectiveValues({
    env,
    changes,
    goEnvFile,
    toolchainFile:
      tree?.goEnv === undefined ? undefined : { path: `${tree.goroot}/go.env`, text: tree.goEnv },
    goroot: running?.tree?.goroot,
    platform,
    // gvt asks the system where HOME says nothing; Go does not.
    home: env["HOME"] ? user.home : undefined,
  });
}

/** A later line of the same file may take it back. */
function isUndone(file: StartupFile, { variable, line }: Assignment): boolean {
  return file.statements.some(
    (later) => later.kind === "unset" && later.variable === variable && later.line > line,
  );
}

function smallest(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}
