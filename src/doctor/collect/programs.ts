/** The programs that a snapshot tells about: whose each is, what it is for, which tree it belongs to. */
import { basename, join } from "node:path";
import type { PathEntry, Program, ProgramOwner, ToolDirectory } from "../program-facts.js";
import { findCompiledGoroot } from "./compiled-goroot.js";
import { type Head, readHead } from "./executable.js";
import type { Look } from "./look.js";

/** More names than a directory of programs has; what is beyond is not looked at. */
const MAX_TOOLS = 500;
/** Go's own, and what Go starts. */
const ALWAYS = ["go", "gofmt", "git", "gcc", "clang", "cc", "go.exe"];
const WRAPPER = /^go1(?:\.\d+)*(?:(?:rc|beta)\d+)?$/;

export interface PathInput {
  readonly look: Look;
  readonly home: string | undefined;
  readonly shims: string | undefined;
  /** Programs to look for besides those that every check asks for. */
  readonly names: ReadonlySet<string>;
}

/** The entries of PATH in order; an entry that comes twice is looked at once. */
export async function collectPath(path: string | undefined, input: PathInput): Promise<PathEntry[]> {
  if (path === undefined || path === "") return [];
  const entries = path.split(":");
  const distinct = new Map([...new Set(entries)].map((text) => [text, collectEntry(text, input)] as const));
  return Promise.all(entries.map(async (text) => (await distinct.get(text)) ?? missingEntry(text)));
}

async function collectEntry(text: string, input: PathInput): Promise<PathEntry> {
  const { look, names } = input;
  if (!text.startsWith("/")) return { ...missingEntry(text), state: "relative" };
  const found = await look.stat(text);
  if (!found) return { ...missingEntry(text), state: (await look.reaches(text)) ? "missing" : "unanswered" };
  if (!found.isDirectory()) return { ...missingEntry(text), state: "no directory" };
  const realpath = await look.realpath(text);
  const listed = await look.list(text);
  // A directory that may be searched but not listed still gives its programs to a shell.
  const present = listed ? listed.filter((name) => names.has(name) || isAlways(name)) : [...ALWAYS, ...names];
  const programs = await Promise.all(present.map((name) => findProgram(text, name, input)));
  return {
    text,
    state: "directory",
    realpath,
    programs: programs.filter((program) => program !== undefined),
    holdsGoroot: (await look.stat(join(text, "bin", "go")))?.isFile() ?? false,
  };
}

function missingEntry(text: string): PathEntry {
  return { text, state: "missing", programs: [], holdsGoroot: false };
}

function isAlways(name: string): boolean {
  return ALWAYS.includes(name) || WRAPPER.test(name);
}

/** Everything that lies where `go install` writes. */
export async function collectTools(path: string, input: PathInput): Promise<ToolDirectory> {
  const names = ((await input.look.list(path)) ?? []).slice(0, MAX_TOOLS);
  const programs = await Promise.all(names.map((name) => findProgram(path, name, input)));
  return {
    path,
    realpath: await input.look.realpath(path),
    programs: programs.filter((program) => program !== undefined),
  };
}

/** Undefined where there is no regular file of that name. */
export async function findProgram(
  directory: string,
  name: string,
  input: PathInput,
): Promise<Program | undefined> {
  const { look } = input;
  const path = join(directory, name);
  const found = await look.stat(path);
  if (!found?.isFile()) return undefined;
  const realpath = (await look.realpath(path)) ?? path;
  const executable = (found.mode & 0o111) !== 0 && (await look.may(path, "execute"));
  const head = (await look.withPieces(path, readHead)) ?? { format: "other" as const };
  const goroot = await findTreeAround(realpath, look);
  const isDetached = head.build?.path === "cmd/go" && !head.build.trimmed && goroot === undefined;
  const compiled = isDetached ? await look.withPieces(path, findCompiledGoroot) : undefined;
  const owner = await findOwner(path, realpath, goroot, head, input);
  return {
    name,
    path,
    realpath,
    executable,
    owner,
    format: head.format,
    archs: head.archs,
    os: head.os,
    interpreter:
      head.interpreter === undefined ? undefined : await describeInterpreter(head.interpreter, look),
    build: head.build && {
      ...head.build,
      goroot:
        compiled === undefined
          ? undefined
          : { path: compiled, there: (await look.stat(look.system(compiled))) !== undefined },
    },
    goroot,
    sdk: owner === "golang-dl" ? await describeSdk(head.build?.path ?? "", input) : undefined,
  };
}

/** As golang.org/dl/internal/version does it: a tree is there once this file is. */
async function describeSdk(main: string, { look, home }: PathInput): Promise<Program["sdk"]> {
  if (home === undefined) return undefined;
  const path = join(home, "sdk", basename(main));
  const marker = join(path, ".unpacked-success");
  return { path, there: (await look.stat(marker)) !== undefined || !(await look.reaches(marker)) };
}

async function describeInterpreter(path: string, look: Look): Promise<NonNullable<Program["interpreter"]>> {
  return { path, there: (await look.stat(look.system(path))) !== undefined || !(await look.reaches(path)) };
}

/** As the go command looks for its own: the directory above, and the one above that, if it has pkg/tool. */
async function findTreeAround(realpath: string, look: Look): Promise<string | undefined> {
  if (!/\/(?:go|gofmt)$/.test(realpath)) return undefined;
  for (const above of [join(realpath, "../.."), join(realpath, "../../..")]) {
    if ((await look.stat(join(above, "pkg", "tool")))?.isDirectory()) return above;
  }
  return undefined;
}

/** What each manager's scripts say of themselves, or where its links lead. */
const SCRIPTS: readonly (readonly [RegExp, ProgramOwner])[] = [
  [/^# gvt shim/m, "gvt-shim"],
  [/\bgoenv\b[^\n]*\bexec\b/, "goenv"],
  [/\basdf\b[^\n]*\bexec\b/, "asdf"],
  [/\bmise\b[^\n]*\bexec\b/, "mise"],
];
const LINKS: readonly (readonly [RegExp, ProgramOwner])[] = [
  [/\/mise$/, "mise"],
  [/\/asdf$/, "asdf"],
  [/\/(?:usr\/bin|snapd)\/snap$/, "snap"],
];
/** Where each manager keeps its trees. */
const TREES: readonly (readonly [RegExp, ProgramOwner])[] = [
  [/\/\.goenv\/versions\//, "goenv"],
  [/\/\.asdf\/installs\/golang\//, "asdf"],
  [/\/mise\/installs\/go\//, "mise"],
  [/\/\.gvm\/gos\//, "gvm"],
  [/\/\.g\/(?:go|versions)\//, "g"],
  [/^\/snap\/go\//, "snap"],
];

async function findOwner(
  path: string,
  realpath: string,
  goroot: string | undefined,
  { script, build }: Head,
  { look, shims }: PathInput,
): Promise<ProgramOwner> {
  if (script !== undefined) {
    const owner = SCRIPTS.find(([pattern]) => pattern.test(script))?.[1];
    // A copy of the shim that lies elsewhere finds no root; it is not gvt's.
    if (owner !== "gvt-shim") return owner ?? "other";
    return shims !== undefined && realpath.startsWith(`${shims}/`) ? "gvt-shim" : "other";
  }
  const byLink = LINKS.find(([pattern]) => pattern.test(realpath))?.[1];
  if (byLink) return byLink;
  if (build?.path?.startsWith("golang.org/dl/")) return "golang-dl";
  const isLink = realpath !== path;
  if (isLink && (await look.readlink(path))?.startsWith("/etc/alternatives/")) return "alternatives";
  const byTree = TREES.find(([pattern]) => pattern.test(realpath))?.[1];
  if (byTree) return byTree;
  return goroot === undefined ? "other" : "toolchain";
}
