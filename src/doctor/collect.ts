/**
 * The only reader of the doctor: takes a snapshot of what Go and gvt depend on here. Never changes anything, never
 * runs anything found on the way, never meets the network, and never waits for what does not answer.
 */
import { basename, isAbsolute, join } from "node:path";
import type { Context } from "../context.js";
import { parseGoEnvFile } from "../go/go-env-file.js";
import { formatGoVersion, parseGoVersion } from "../go/version.js";
import { MAX_PIN_BYTES } from "../select/pins.js";
import { collectDirectories, type NamedDirectory } from "./collect/directories.js";
import { collectEditors } from "./collect/editors.js";
import { collectGoEnvFile } from "./collect/go-env-file.js";
import { collectLeftovers } from "./collect/leftovers.js";
import { createLook, type Look } from "./collect/look.js";
import { collectCertificates, collectHost } from "./collect/machine.js";
import { compareWithReceipt } from "./collect/manifest.js";
import { type Mount, readMounts } from "./collect/mounts.js";
import { collectPath, collectTools, type PathInput } from "./collect/programs.js";
import { collectRepository } from "./collect/repository.js";
import { collectSelection, listVersions } from "./collect/selection.js";
import { parseShellAnswer, SHELL_ANSWER } from "./collect/shell.js";
import { findSilentMounts } from "./collect/silent-mounts.js";
import { collectStartupFiles } from "./collect/startup-files.js";
import { type Candidate, collectTrees, listUsual } from "./collect/trees.js";
import { type Effective, effectiveValues, installDirectory, splitList } from "./effective.js";
import { deriveFacts, treeOf } from "./facts.js";
import { splitQuoted } from "./go-flags.js";
import type { HostFacts } from "./host.js";
import { isKeptVariable } from "./kept-variables.js";
import { type RootFacts, SNAPSHOT_SCHEMA, type Snapshot, type Variables } from "./snapshot.js";

export async function collect(context: Context, host: HostFacts): Promise<Snapshot> {
  const { platform, home, cwd, layout } = context;
  const mounts = readMounts(join(host.filesystemRoot, "/proc/self/mountinfo"));
  const look = createLook({
    filesystemRoot: host.filesystemRoot,
    silentMounts: await findSilentMounts(mounts, context.self.node),
    patience: host.patience,
  });
  const env: Variables = Object.fromEntries(
    Object.entries(context.env).filter(([name]) => isKeptVariable(name)),
  );
  const [machine, goEnvFile, root, selection] = await Promise.all([
    collectHost(look, platform, host),
    collectGoEnvFile(context, look),
    collectRoot(context, look),
    collectSelection(context, look),
  ]);
  // What no tree can change is enough to know where `go install` writes.
  const stated = effectiveValues({ env, changes: [], goEnvFile, platform, home });
  const programs = await collectPrograms(env, stated, root, look, home);
  const [startupFiles, repository, certificates] = await Promise.all([
    collectStartupFiles({ look, home, env, gopath: splitList(stated("GOPATH").value)[0] ?? "" }),
    collectRepository({
      look,
      cwd,
      home,
      env,
      uid: host.uid,
      gowork: stated("GOWORK").value,
      versions: layout.versions,
    }),
    collectCertificates(look, env),
  ]);
  const candidates = await listCandidates(
    { env, goEnvFile, startupFiles, path: programs.path, root },
    look,
    home,
  );
  const input = { ...programs.input, platform, layout, installed: root.installed };
  const first: Snapshot = {
    schema: SNAPSHOT_SCHEMA,
    taken: context.clock().toISOString(),
    gvt: context.self.version,
    platform,
    host: machine,
    user: { uid: host.uid, home, shell: env["SHELL"] ? basename(env["SHELL"]) : undefined },
    cwd,
    env,
    root,
    path: programs.path,
    tools: programs.tools,
    shell: parseShellAnswer(context.env[SHELL_ANSWER] ?? ""),
    trees: await collectTrees(candidates, input),
    goEnvFile,
    startupFiles,
    editors: await collectEditors(look, home, repository.git?.directory ?? cwd),
    repository,
    directories: [],
    certificates,
    cacheProgram: await collectCacheProgram(stated("GOCACHEPROG").value, look),
    selection,
    releases: host.releases,
    unanswered: [],
  };
  return complete(first, look, mounts);
}

/** What depends on what Go would see, which depends on all the rest. */
async function complete(snapshot: Snapshot, look: Look, mounts: readonly Mount[]): Promise<Snapshot> {
  const { effective, selected } = deriveFacts(snapshot);
  const tree = selected?.own === true && selected.tree?.state === "directory" ? selected.tree : undefined;
  const [directories, comparison] = await Promise.all([
    collectDirectories(listDirectories(snapshot, effective), look, mounts),
    tree && look.wait(tree.goroot, compareWithReceipt(tree.goroot, snapshot.platform, look)),
  ]);
  const trees = snapshot.trees.map((each) => (each === tree ? { ...each, comparison } : each));
  return { ...snapshot, trees, directories, unanswered: [...look.unanswered] };
}

async function collectRoot({ layout, config, clock }: Context, look: Look): Promise<RootFacts> {
  const installed = await listVersions(layout, look);
  const stated = await look.read(layout.defaultVersion, MAX_PIN_BYTES);
  return {
    path: layout.root,
    shims: layout.shims,
    realShims: await look.realpath(layout.shims),
    versions: layout.versions,
    realVersions: await look.realpath(layout.versions),
    shell: layout.shell,
    policy: config.toolchain,
    installed: installed.map(formatGoVersion),
    defaultVersion: stated.kind === "text" ? stated.bytes.toString("utf8").trim() : undefined,
    leftovers: await collectLeftovers(look, layout, clock()),
  };
}

async function collectPrograms(
  env: Variables,
  stated: Effective,
  root: RootFacts,
  look: Look,
  home: string | undefined,
) {
  const directory = installDirectory(stated);
  const bare: PathInput = { look, home, shims: root.realShims, names: new Set() };
  const tools = isAbsolute(directory) ? await collectTools(directory, bare) : undefined;
  const wrappers = ["CC", "CXX", "GOCACHEPROG"].flatMap(
    (name) => splitQuoted(stated(name).value)?.slice(0, 1) ?? [],
  );
  const input = {
    ...bare,
    names: new Set([...(tools?.programs.map(({ name }) => name) ?? []), ...wrappers]),
  };
  return { tools, input, path: await collectPath(env["PATH"], input) };
}

/** A name without a slash is one of those that are looked for on PATH. */
async function collectCacheProgram(command: string, look: Look): Promise<Snapshot["cacheProgram"]> {
  const [path] = splitQuoted(command) ?? [];
  if (path === undefined || !isAbsolute(path) || !(await look.reaches(path))) return undefined;
  const found = await look.stat(path);
  return { path, executable: (found?.isFile() ?? false) && (await look.may(path, "execute")) };
}

async function listCandidates(
  found: Pick<Snapshot, "env" | "goEnvFile" | "startupFiles" | "path" | "root">,
  look: Look,
  home: string | undefined,
): Promise<Candidate[]> {
  const { env, goEnvFile, startupFiles, path, root } = found;
  const exported = env["GOROOT"];
  const written = parseGoEnvFile(goEnvFile.text).get("GOROOT")?.value;
  const assigned = startupFiles
    .flatMap(({ statements }) => statements)
    .flatMap((statement) =>
      statement.kind === "assign" && statement.variable === "GOROOT" ? (statement.value ?? []) : [],
    );
  return [
    ...root.installed.map(
      (name): Candidate => ({
        goroot: join(root.versions, formatGoVersion(parseGoVersion(name))),
        place: "store",
      }),
    ),
    ...path.flatMap(({ programs }) =>
      programs.flatMap((program): Candidate[] => {
        const goroot = treeOf(program);
        return goroot === undefined ? [] : [{ goroot, place: "path" }];
      }),
    ),
    ...(exported && isAbsolute(exported) ? [{ goroot: exported, place: "GOROOT" } as const] : []),
    ...(written && isAbsolute(written) ? [{ goroot: written, place: "go-env file" } as const] : []),
    ...assigned.filter(isAbsolute).map((goroot): Candidate => ({ goroot, place: "start-up file" })),
    ...(await listUsual(look, home)),
  ];
}

function listDirectories({ env, root, trees }: Snapshot, effective: Effective): NamedDirectory[] {
  const both = (name: string): NamedDirectory[] => {
    // The value in the environment counts once what hides it is taken away, and the other way round.
    const values = new Set([effective(name).value, env[name] ?? ""]);
    return [...values].flatMap((path) => splitList(path).map((entry) => ({ role: name, path: entry })));
  };
  const install = installDirectory(effective);
  return [
    { role: "GVT_ROOT", path: root.path },
    ...["GOPATH", "GOCACHE", "GOMODCACHE", "GOTMPDIR", "GOBIN"].flatMap(both),
    { role: "install", path: install },
    { role: "tmp", path: effective("GOTMPDIR").value || env["TMPDIR"] || "/tmp" },
    ...(env["TMPDIR"] ? [{ role: "TMPDIR", path: env["TMPDIR"] }] : []),
    ...trees
      .filter(({ places }) => places.includes("GOROOT"))
      .map(({ goroot }) => ({ role: "GOROOT", path: goroot })),
  ];
}
