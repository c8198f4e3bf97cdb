/**
 * The doctor for a shell's start: what can be told from the environment, PATH and a handful of files, in the time in
 * which nobody notices. Starts no process, hashes nothing, walks no directory; what it does not see, it does not judge.
 */
import { join } from "node:path";
import type { Context } from "../context.js";
import { isGvtError } from "../errors.js";
import { parseGoEnvFile } from "../go/go-env-file.js";
import { formatGoVersion } from "../go/version.js";
import { readBoundedSync } from "../io/files.js";
import { findModuleFile } from "../select/module-requirement.js";
import { listInstalled } from "../store/store.js";
import type { Check } from "./check.js";
import { createDirectLook } from "./collect/direct-look.js";
import { collectGoEnvFile } from "./collect/go-env-file.js";
import type { Look } from "./collect/look.js";
import { collectHost } from "./collect/machine.js";
import { parseModuleFile } from "./collect/module-files.js";
import { listRemoteMounts, readMounts } from "./collect/mounts.js";
import { findProgram, type PathInput } from "./collect/programs.js";
import { collectSelection } from "./collect/selection.js";
import { type Candidate, collectTrees } from "./collect/trees.js";
import { treeOf } from "./facts.js";
import { findGoverning, nameOfStated } from "./governing.js";
import type { HostFacts } from "./host.js";
import { isKeptVariable } from "./kept-variables.js";
import type { PathEntry } from "./program-facts.js";
import type { Repository } from "./repository-facts.js";
import { SNAPSHOT_SCHEMA, type Snapshot, type Variables } from "./snapshot.js";

/** The checks that need no more than collectQuick() sees; one that is not here would find what is not so. */
export const QUICK_IDS: readonly string[] = [
  "go-not-found",
  "shims-not-on-path",
  "shims-shadowed",
  "go-not-executable",
  "go-binary-detached",
  "go-loader-missing",
  "goroot-env-missing-dir",
  "goroot-env-mismatch",
  "goroot-in-goenv-file",
  "goroot-incomplete",
  "version-not-installed",
  "version-file-invalid",
  "version-below-go-directive",
  "go-line-too-new-for-parser",
  "toolchain-switches-away",
  "gotoolchain-forces-version",
  "gotoolchain-invalid",
  "gobin-relative",
  "gopath-invalid",
  "goenv-file-overridden",
  "goenv-cross-target",
  "stray-goos-goarch",
  "goflags-invalid",
];

export function isQuick({ id }: Check): boolean {
  return QUICK_IDS.includes(id);
}

export async function collectQuick(context: Context, host: HostFacts): Promise<Snapshot> {
  const { platform, home, cwd, layout } = context;
  const mounts = readMounts(join(host.filesystemRoot, "/proc/self/mountinfo"));
  // Where the shell and its start-up files are, somebody answers; for the rest there is no time to ask.
  const near = [cwd, layout.root, home ?? "/"];
  const far = listRemoteMounts(mounts).filter((point) => !near.some((path) => isBelow(path, point)));
  const look = await createQuickLook(host, far);
  const env: Variables = Object.fromEntries(
    Object.entries(context.env).filter(([name]) => isKeptVariable(name)),
  );
  const [machine, goEnvFile, selection, realShims] = await Promise.all([
    collectHost(look, platform, host),
    collectGoEnvFile(context, look),
    collectSelection(context, look),
    look.realpath(layout.shims),
  ]);
  const repository = selection.kind === "selected" ? readGoverningFile(context) : NO_REPOSITORY;
  const installed = selection.kind === "selected" ? listInstalled(layout).map(formatGoVersion) : [];
  const wanted = findGoverning({ repository })?.wanted;
  const input: PathInput = {
    look,
    home,
    shims: realShims,
    names: new Set(["go", "gofmt", ...(wanted ? [nameOfStated(wanted)] : [])]),
  };
  const path = await collectNamed(env["PATH"], input);
  const candidates = listCandidates(env, goEnvFile.text, path, selection);
  return {
    schema: SNAPSHOT_SCHEMA,
    taken: context.clock().toISOString(),
    gvt: context.self.version,
    platform,
    host: machine,
    user: { home, uid: host.uid },
    cwd,
    env,
    root: {
      path: layout.root,
      shims: layout.shims,
      realShims,
      versions: layout.versions,
      shell: layout.shell,
      policy: context.config.toolchain,
      installed,
      leftovers: [],
    },
    path,
    trees: await collectTrees(candidates, { ...input, platform, layout, installed }),
    goEnvFile,
    startupFiles: [],
    editors: [],
    repository,
    directories: [],
    certificates: { searched: [] },
    selection,
    unanswered: [],
  };
}

/** Loading the patient one, and its promises, takes longer than all that the direct one does. */
async function createQuickLook(
  { filesystemRoot, patience }: HostFacts,
  far: readonly string[],
): Promise<Look> {
  if (far.length === 0) return createDirectLook(filesystemRoot);
  const { createLook } = await import("./collect/look.js");
  return createLook({ filesystemRoot, silentMounts: far, patience });
}

const NO_REPOSITORY: Repository = { moduleFiles: [], versionFiles: [], ci: [], docker: [] };
const MAX_MODULE_BYTES = 1 << 20;

function readGoverningFile(context: Context): Repository {
  try {
    const governing = findModuleFile(context, context.layout.versions);
    const file = governing === undefined ? undefined : readBoundedSync(governing, MAX_MODULE_BYTES);
    if (governing === undefined || file?.kind !== "text") return NO_REPOSITORY;
    const moduleFiles = [parseModuleFile(governing, file.bytes.toString("utf8"))];
    return { ...NO_REPOSITORY, governing, moduleFiles };
  } catch (error) {
    if (!isGvtError(error)) throw error;
    return NO_REPOSITORY; // a GOWORK that is no path, which the whole doctor tells about
  }
}

/** The programs of these names only, without a look at what else the directories hold. */
async function collectNamed(path: string | undefined, input: PathInput): Promise<PathEntry[]> {
  const entries = path ? path.split(":") : [];
  return Promise.all(
    entries.map(async (text): Promise<PathEntry> => {
      const bare = { text, programs: [], holdsGoroot: false };
      if (!text.startsWith("/")) return { ...bare, state: "relative" };
      const found = await Promise.all([...input.names].map((name) => findProgram(text, name, input)));
      const programs = found.filter((program) => program !== undefined);
      if (programs.length === 0) return { ...bare, state: await stateOf(text, input.look) };
      return { ...bare, state: "directory", realpath: await input.look.realpath(text), programs };
    }),
  );
}

async function stateOf(path: string, look: Look): Promise<PathEntry["state"]> {
  if (await look.stat(path)) return "directory";
  return (await look.reaches(path)) ? "missing" : "unanswered";
}

/** The trees that decide what runs here. */
function listCandidates(
  env: Variables,
  goEnvText: string,
  path: readonly PathEntry[],
  outcome: Snapshot["selection"],
): Candidate[] {
  const named: readonly (readonly [Candidate["place"], string | undefined])[] = [
    ["GOROOT", env["GOROOT"]],
    ["go-env file", parseGoEnvFile(goEnvText).get("GOROOT")?.value],
  ];
  const selection = outcome.kind === "selected" ? outcome.selection : undefined;
  return [
    ...(selection?.kind === "toolchain" ? [{ goroot: selection.goroot, place: "store" } as const] : []),
    ...path
      .flatMap(({ programs }) => programs.map(treeOf))
      .filter((goroot) => goroot !== undefined)
      .map((goroot): Candidate => ({ goroot, place: "path" })),
    ...named.flatMap(([place, goroot]) => (goroot?.startsWith("/") ? [{ goroot, place }] : [])),
  ];
}

function isBelow(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory.endsWith("/") ? directory : `${directory}/`);
}
