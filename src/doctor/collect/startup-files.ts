/** The files that shells, sessions and services read when they start, and those that these read in turn. */
import { join } from "node:path";
import type { StartupFile } from "../setting-facts.js";
import type { Variables } from "../snapshot.js";
import type { Look } from "./look.js";
import { type ParsedFile, parseStartupFile } from "./startup-grammar.js";

const MAX_BYTES = 256 << 10;
const MAX_FILES = 120;
const MAX_DEPTH = 3;

type Syntax = StartupFile["syntax"];

/** Below the home directory; a trailing `*` is any name with the given ending. */
const IN_HOME: readonly (readonly [string, Syntax])[] = [
  [".profile", "sh"],
  [".bash_profile", "sh"],
  [".bash_login", "sh"],
  [".bashrc", "sh"],
  [".kshrc", "sh"],
  [".mkshrc", "sh"],
  [".pam_environment", "environment"],
];
const ZSH = [".zshenv", ".zprofile", ".zshrc", ".zlogin"];
const IN_CONFIG: readonly (readonly [string, Syntax])[] = [
  ["fish/config.fish", "fish"],
  ["fish/conf.d/*.fish", "fish"],
  ["powershell/*.ps1", "powershell"],
  ["environment.d/*.conf", "environment"],
];
const OF_SYSTEM: readonly (readonly [string, Syntax])[] = [
  ["/etc/environment", "environment"],
  ["/etc/environment.d/*.conf", "environment"],
  ["/etc/profile", "sh"],
  ["/etc/profile.d/*.sh", "sh"],
  ["/etc/bash.bashrc", "sh"],
  ["/etc/bashrc", "sh"],
  ["/etc/zsh/zshenv", "sh"],
  ["/etc/zsh/zprofile", "sh"],
  ["/etc/zsh/zshrc", "sh"],
  ["/etc/zshenv", "sh"],
  ["/etc/zprofile", "sh"],
  ["/etc/zshrc", "sh"],
  ["/etc/fish/config.fish", "fish"],
  ["/etc/fish/conf.d/*.fish", "fish"],
];

export interface StartupInput {
  readonly look: Look;
  readonly home: string | undefined;
  readonly env: Variables;
  /** What `$(go env GOPATH)` in a line stands for. */
  readonly gopath: string;
}

/** Files that say nothing about Go and do not name gvt are left out. */
export async function collectStartupFiles(input: StartupInput): Promise<StartupFile[]> {
  const found: StartupFile[] = [];
  const seen = new Set<string>();
  const queue = (await listFiles(input)).map(([path, syntax]) => ({ path, syntax, depth: 0 }));
  for (let next = queue.shift(); next && seen.size < MAX_FILES; next = queue.shift()) {
    const { path, syntax, depth } = next;
    const real = (await input.look.realpath(path)) ?? path;
    if (seen.has(real)) continue;
    seen.add(real);
    const file = await readStartupFile(path, syntax, input);
    if (!file) continue;
    if (isTelling(file.facts)) found.push(file.facts);
    if (depth < MAX_DEPTH) {
      queue.push(...file.sources.map((source) => ({ path: source, syntax, depth: depth + 1 })));
    }
  }
  return found;
}

async function listFiles({ look, home, env }: StartupInput): Promise<(readonly [string, Syntax])[]> {
  const zsh = env["ZDOTDIR"] || home;
  const config = env["XDG_CONFIG_HOME"] || (home && join(home, ".config"));
  const patterns = [
    ...OF_SYSTEM.map(([path, syntax]) => [look.system(path), syntax] as const),
    ...(home === undefined ? [] : IN_HOME.map(([path, syntax]) => [join(home, path), syntax] as const)),
    ...(zsh === undefined ? [] : ZSH.map((name) => [join(zsh, name), "sh"] as const)),
    ...(config === undefined ? [] : IN_CONFIG.map(([path, syntax]) => [join(config, path), syntax] as const)),
  ];
  const lists = await Promise.all(
    patterns.map(async ([pattern, syntax]) => {
      const [directory = "", ending] = pattern.split("/*");
      if (ending === undefined) return [[pattern, syntax] as const];
      const names = ((await look.list(directory)) ?? []).filter((name) => name.endsWith(ending));
      return names.map((name) => [join(directory, name), syntax] as const);
    }),
  );
  return lists.flat();
}

async function readStartupFile(
  path: string,
  syntax: Syntax,
  { look, home, env, gopath }: StartupInput,
): Promise<{ facts: StartupFile; sources: ParsedFile["sources"] } | undefined> {
  const file = await look.read(path, MAX_BYTES);
  if (file.kind === "absent") return undefined;
  if (file.kind !== "text") {
    const answered = await look.reaches(path);
    const state = file.kind === "too-large" ? "too large" : answered ? "unreadable" : "unanswered";
    return { facts: { path, syntax, state, statements: [] }, sources: [] };
  }
  const known = { HOME: home, GVT_ROOT: env["GVT_ROOT"], "go env GOPATH": gopath };
  const { statements, gvtLine, sources } = parseStartupFile(file.bytes.toString("utf8"), syntax, known);
  return {
    facts: { path, syntax, state: "read", statements: statements.filter(isAboutGo), gvtLine },
    sources,
  };
}

function isAboutGo(statement: StartupFile["statements"][number]): boolean {
  return (
    statement.kind === "path" ||
    statement.kind === "manager" ||
    /^(?:GO(?!OGLE)|CGO_|GVT_|CC$|CXX$|TMPDIR$|SSL_CERT_|WSLENV$|XDG_)/.test(statement.variable)
  );
}

function isTelling({ state, statements, gvtLine }: StartupFile): boolean {
  return state !== "read" || statements.length > 0 || gvtLine !== undefined;
}
