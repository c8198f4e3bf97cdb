/**
 * Snapshots made by hand: a healthy machine with gvt on it, and small changes that break it. Every change is one call,
 * so that a vector reads as the story of one world.
 */

import { parseModuleFile } from "../../../src/doctor/collect/module-files.js";
import { parseStartupFile } from "../../../src/doctor/collect/startup-grammar.js";
import type { PathEntry, Program, Tree } from "../../../src/doctor/program-facts.js";
import type { ModuleFile } from "../../../src/doctor/repository-facts.js";
import type { StartupFile } from "../../../src/doctor/setting-facts.js";
import type { DirectoryFacts, SelectionOutcome, Snapshot } from "../../../src/doctor/snapshot.js";
import { parseGoVersion } from "../../../src/go/version.js";

/** The selection is replaced as a whole. */
export type Draft = Mutable<Omit<Snapshot, "selection">> & { selection: SelectionOutcome };
type Mutable<T> = T extends readonly (infer E)[]
  ? Mutable<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;

export const HOME = "/home/me";
export const ROOT = `${HOME}/.gvt`;
export const SHIMS = `${ROOT}/shims`;
export const WORK = `${HOME}/work`;
export const GO_ENV_FILE = `${HOME}/.config/go/env`;
const GIB = 1 << 30;

/** linux/amd64, gvt's shims first on PATH, 1.22.6 installed and pinned in the current directory. */
export function machine(change: (draft: Draft) => void = () => undefined): Snapshot {
  const draft = structuredClone(healthy()) as Draft;
  change(draft);
  return draft as Snapshot;
}

function healthy(): Snapshot {
  return {
    schema: 1,
    taken: "2026-11-20T00:00:00.000Z",
    gvt: "1.2.3",
    platform: { os: "linux", arch: "amd64" },
    host: { release: "6.8.0", wsl: false, foreignArchs: ["386"] },
    user: { uid: 1000, home: HOME, shell: "bash" },
    cwd: WORK,
    env: { HOME, PATH: `${SHIMS}:${ROOT}/bin:/usr/bin` },
    root: {
      path: ROOT,
      shims: SHIMS,
      realShims: SHIMS,
      versions: `${ROOT}/versions`,
      realVersions: `${ROOT}/versions`,
      shell: `${ROOT}/shell`,
      policy: "default",
      installed: ["1.22.6"],
      leftovers: [],
    },
    path: [
      entryOf(SHIMS, [shim("go"), shim("gofmt"), shim("go1.22.6")]),
      entryOf(`${ROOT}/bin`, []),
      entryOf("/usr/bin", [program("/usr/bin/git"), program("/usr/bin/gcc")]),
    ],
    tools: { path: `${HOME}/go/bin`, realpath: `${HOME}/go/bin`, programs: [] },
    trees: [installedTree("1.22.6")],
    goEnvFile: { path: GO_ENV_FILE, state: "missing", text: "", writable: false },
    startupFiles: [],
    editors: [],
    repository: {
      moduleFiles: [],
      versionFiles: [{ path: `${WORK}/.go-version`, line: 1, text: "1.22.6" }],
      ci: [],
      docker: [],
    },
    directories: [
      directoryOf(ROOT, ["GVT_ROOT"]),
      directoryOf(`${HOME}/go`, ["GOPATH"]),
      directoryOf(`${HOME}/.cache/go-build`, ["GOCACHE"]),
      directoryOf(`${HOME}/go/pkg/mod`, ["GOMODCACHE"]),
      directoryOf("/tmp", ["tmp"], {
        fileSystem: { mountPoint: "/tmp", type: "tmpfs", noexec: false, readOnly: false, freeBytes: GIB },
      }),
    ],
    certificates: { found: "/etc/ssl/certs/ca-certificates.crt", searched: [] },
    selection: { kind: "selected", selection: pinned("1.22.6") },
    unanswered: [],
  };
}

/** As a `.go-version` in the current directory decides. */
function pinned(version: string) {
  return {
    kind: "toolchain",
    version: parseGoVersion(version),
    goroot: `${ROOT}/versions/${version}`,
    origin: { kind: "file", path: `${WORK}/.go-version`, line: 1, text: version },
    basis: "pin",
    rule: "R3",
    notes: [],
  } as const;
}

export function program(path: string, facts: Partial<Program> = {}): Program {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return {
    name,
    path,
    realpath: path,
    executable: true,
    owner: "other",
    format: "elf",
    archs: ["amd64"],
    ...facts,
  };
}

function shim(name: string): Program {
  const path = `${SHIMS}/${name}`;
  return program(path, {
    owner: "gvt-shim",
    format: "script",
    interpreter: { path: "/bin/sh", there: true },
  });
}

/** `bin/go` or `bin/gofmt` of a tree. */
export function goProgram(
  goroot: string,
  version: string,
  name = "go",
  facts: Partial<Program> = {},
): Program {
  return program(`${goroot}/bin/${name}`, {
    owner: "toolchain",
    goroot,
    build: { go: version, path: `cmd/${name}`, trimmed: true },
    ...facts,
  });
}

/** A tool that `go install` has built. */
export function tool(path: string, main: string, facts: Partial<Program> = {}): Program {
  return program(path, {
    build: { go: "go1.22.6", path: main, version: "v1.0.0", trimmed: false },
    ...facts,
  });
}

export function tree(goroot: string, version: string, facts: Partial<Tree> = {}): Tree {
  const minor = Number(/^go1\.(\d+)/.exec(version)?.[1] ?? 0);
  return {
    goroot,
    realpath: goroot,
    places: ["path"],
    state: "directory",
    version,
    program: goProgram(goroot, version),
    missing: [],
    bin: ["go", "gofmt"],
    goEnv:
      minor >= 21
        ? "GOPROXY=https://proxy.example,direct\nGOSUMDB=sum.golang.org\nGOTOOLCHAIN=auto\n"
        : undefined,
    ...facts,
  };
}

function installedTree(version: string): Tree {
  const none = { count: 0, first: [] };
  return tree(`${ROOT}/versions/${version}`, `go${version}`.replace(/^(go1\.(?:1?\d|20))\.0$/, "$1"), {
    places: ["store"],
    installed: version,
    comparison: { missing: none, altered: none, added: none, addedPrograms: none },
  });
}

export function directoryOf(
  path: string,
  roles: readonly string[],
  facts: Partial<DirectoryFacts> = {},
): DirectoryFacts {
  return {
    path,
    roles,
    state: "directory",
    realpath: path,
    symlink: false,
    writable: true,
    uid: 1000,
    fileSystem: { mountPoint: "/", type: "ext4", noexec: false, readOnly: false, freeBytes: 50 * GIB },
    holdsGoMod: false,
    ...facts,
  };
}

function entryOf(text: string, programs: readonly Program[]): PathEntry {
  return { text, state: "directory", realpath: text, programs, holdsGoroot: false };
}

/** Decides for an installed version. */
export function useVersion(draft: Draft, version: string): void {
  draft.selection = { kind: "selected", selection: pinned(version) };
  if (!draft.root.installed.includes(version)) {
    draft.root.installed.push(version);
    draft.trees.push(installedTree(version) as Draft["trees"][number]);
  }
}

/** As on a machine where gvt has installed nothing and is not on PATH; Go is the one at /usr/local/go. */
export function useSystemGo(draft: Draft, version: string): void {
  draft.root.installed = [];
  draft.trees = [];
  draft.path = draft.path.slice(2);
  draft.repository.versionFiles = [];
  addTree(draft, tree("/usr/local/go", version));
  draft.selection = {
    kind: "selected",
    selection: {
      kind: "system",
      program: "/usr/local/go/bin/go",
      origin: { kind: "nothing" },
      basis: "nothing",
      rule: "R14",
      notes: [],
    },
  };
}

export function useMissing(draft: Draft, version: string): void {
  const { kind: _kind, goroot: _goroot, version: exact, ...decision } = pinned(version);
  draft.selection = {
    kind: "selected",
    selection: { ...decision, kind: "missing", wanted: { kind: "exact", version: exact } },
  };
}

export function putOnPath(
  draft: Draft,
  text: string,
  programs: readonly Program[],
  where: "front" | "back" = "front",
  facts: Partial<PathEntry> = {},
): void {
  const entry = { ...entryOf(text, programs), ...facts } as Draft["path"][number];
  if (where === "front") draft.path.unshift(entry);
  else draft.path.push(entry);
  draft.env["PATH"] = draft.path.map((each) => each.text).join(":");
}

/** A tree whose bin is on PATH. */
export function addTree(draft: Draft, added: Tree, where: "front" | "back" = "front"): void {
  draft.trees.push(added as Draft["trees"][number]);
  const programs = [added.program ?? [], goProgram(added.realpath, added.version ?? "", "gofmt")].flat();
  putOnPath(draft, `${added.goroot}/bin`, programs, where);
}

export function takeOffPath(draft: Draft, text: string): void {
  draft.path = draft.path.filter((entry) => entry.text !== text);
}

export function setVariable(draft: Draft, name: string, value: string): void {
  draft.env[name] = value;
}

export function writeGoEnv(draft: Draft, text: string): void {
  draft.goEnvFile = { path: GO_ENV_FILE, state: "read", text, writable: true, uid: 1000 };
}

/** A start-up file with its statements, as collect() would read them. */
export function writeStartupFile(
  draft: Draft,
  path: string,
  text: string,
  syntax: StartupFile["syntax"] = "sh",
): void {
  const { statements, gvtLine } = parseStartupFile(text, syntax, { HOME, "go env GOPATH": `${HOME}/go` });
  const file: StartupFile = { path, syntax, state: "read", statements, gvtLine };
  draft.startupFiles.push(file as Draft["startupFiles"][number]);
}

/** A go.mod or go.work that governs the current directory. */
export function writeModuleFile(draft: Draft, path: string, text: string): void {
  const file: ModuleFile = parseModuleFile(path, text);
  draft.repository.moduleFiles.push(file as Draft["repository"]["moduleFiles"][number]);
  draft.repository.governing = path;
}

export function installTools(draft: Draft, ...programs: readonly Program[]): void {
  draft.tools = {
    path: `${HOME}/go/bin`,
    realpath: `${HOME}/go/bin`,
    programs: [...programs],
  } as Draft["tools"];
}

export function setDirectory(
  draft: Draft,
  path: string,
  roles: readonly string[],
  facts: Partial<DirectoryFacts> = {},
): void {
  draft.directories = [
    ...draft.directories.filter((known) => known.path !== path),
    directoryOf(path, roles, facts) as Draft["directories"][number],
  ];
}
