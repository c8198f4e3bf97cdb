/**
 * The lines of a start-up file that matter to Go, found without running it: what it assigns, what it puts on PATH, and
 * whom it hands PATH to. A line that takes a shell to understand is left out. Pure.
 */

import type { ProgramOwner } from "../program-facts.js";
import type { StartupFile, Statement } from "../setting-facts.js";
import type { Variables } from "../snapshot.js";
import { cutLines, isRemovable } from "./startup-lines.js";

export interface ParsedFile {
  readonly statements: readonly Statement[];
  readonly gvtLine: number | undefined;
  /** Files that it reads in turn. */
  readonly sources: readonly string[];
}

interface Scope {
  /** What is known before the file, and what it has assigned so far. */
  readonly variables: Map<string, string>;
  readonly exported: Set<string>;
}

/** GVT_ROOT and HOME are known everywhere; `go env GOPATH` is what Go would print. */
export function parseStartupFile(
  text: string,
  syntax: StartupFile["syntax"],
  known: Variables & { readonly "go env GOPATH"?: string | undefined },
): ParsedFile {
  const scope: Scope = {
    variables: new Map(Object.entries(known).flatMap(([name, value]) => (value ? [[name, value]] : []))),
    exported: new Set(),
  };
  const lines = cutLines(text, syntax);
  const parsed: Statement[] = [];
  const sources: string[] = [];
  let gvtLine: number | undefined;
  for (const [index, { text: line, command }] of lines.entries()) {
    if (/^# >>> gvt >>>/.test(line)) gvtLine ??= index + 1;
    if (/^\s*(?:#|$)/.test(command)) continue;
    if (/\/shell\/env\.(?:sh|fish|ps1)\b/.test(command)) gvtLine ??= index + 1;
    const place = { line: index + 1, text: line.slice(0, MAX_LINE) };
    const removable = line.length <= MAX_LINE && isRemovable(lines, index);
    const manager = MANAGERS.find(([pattern]) => pattern.test(command))?.[1];
    if (manager) parsed.push({ kind: "manager", ...place, manager });
    const sourced = /^\s*(?:\.|source)\s+("[^"]*"|'[^']*'|\S+)\s*$/.exec(command)?.[1];
    const target = sourced === undefined ? undefined : expand(sourced, scope);
    if (target?.startsWith("/")) sources.push(target);
    for (const bare of GRAMMARS[syntax](command.slice(0, MAX_LINE), scope)) {
      parsed.push(complete(bare, place, removable));
    }
  }
  // `GOROOT=/x` alone reaches no program, unless a later line exports it.
  const statements = parsed.map((statement) =>
    statement.kind === "assign" && scope.exported.has(statement.variable)
      ? { ...statement, exported: true }
      : statement,
  );
  return { statements, gvtLine, sources };
}

/** What is longer is no line that a person wrote, and is not for gvt to edit. */
const MAX_LINE = 1000;

const MANAGERS: readonly (readonly [RegExp, ProgramOwner])[] = [
  [/\bgoenv\s+init\b/, "goenv"],
  [/\basdf\.(?:sh|fish)\b/, "asdf"],
  [/\bmise\s+activate\b/, "mise"],
  [/\bgvm\/scripts\/gvm\b/, "gvm"],
];

type Bare =
  | { kind: "assign"; variable: string; value: string | undefined; exported: boolean }
  | { kind: "unset"; variable: string }
  /** Alone where the line names nothing else for PATH, understood or not. */
  | { kind: "path"; where: "front" | "back"; directories: readonly string[]; alone: boolean };

function complete(bare: Bare, place: { line: number; text: string }, removable: boolean): Statement {
  if (bare.kind === "unset") return { ...bare, ...place };
  if (bare.kind === "assign") return { ...bare, ...place, removable };
  const { kind, where, directories, alone } = bare;
  return { kind, where, directories, ...place, removable: removable && alone };
}

const GRAMMARS: Readonly<Record<StartupFile["syntax"], (line: string, scope: Scope) => Bare[]>> = {
  sh: parseShellLine,
  fish: parseFishLine,
  powershell: parsePowerShellLine,
  environment: (line, scope) => assignments([line.trim()], true, scope),
  launchd: () => [],
};

const WORD = String.raw`(?:"(?:[^"\\]|\\.)*"|'[^']*'|\$\([^)]*\)|[^\s;&|"'])+`;

function parseShellLine(line: string, scope: Scope): Bare[] {
  return splitCommands(line).flatMap((command) => parseShellCommand(command, scope));
}

/** What stands between `;` and `&&`, without the words of a block before it. */
function splitCommands(line: string): string[] {
  const parts = line.match(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\$\([^)]*\)|[^;&"']|["'])+/g) ?? [];
  return parts.map((part) => part.trim().replace(/^(?:(?:then|else|do|\{)\s+)+/, ""));
}

function parseShellCommand(command: string, scope: Scope): Bare[] {
  const list = /^path(\+?)=\(([^)]*)\)/.exec(command);
  if (list) {
    const words = (list[2] ?? "").split(/\s+/);
    return placeAround(words, /^"?\$\{?path(?:\[@\])?\}?"?$/, list[1] === "+", scope);
  }
  const unset = /^unset\s+(?:-v\s+)?([A-Za-z_][\w ]*)/.exec(command)?.[1];
  if (unset !== undefined) {
    return unset
      .trim()
      .split(/\s+/)
      .map((variable) => ({ kind: "unset", variable }));
  }
  const exports = /^(?:export|(?:declare|typeset)\s+-\w*x\w*)\s+/.exec(command)?.[0];
  const rest = command.slice(exports?.length ?? 0);
  if (exports !== undefined && /^[\w\s]+$/.test(rest)) {
    for (const name of rest.trim().split(/\s+/)) scope.exported.add(name);
  }
  return assignments(listAssignments(rest), exports !== undefined, scope);
}

/** The words at the beginning that assign: `A=b C="d e"`. */
function listAssignments(text: string): string[] {
  const assigned: string[] = [];
  const next = new RegExp(`\\s*([A-Za-z_]\\w*\\+?=(?:${WORD})?)`, "y");
  for (let match = next.exec(text); match; match = next.exec(text)) assigned.push(match[1] ?? "");
  return assigned;
}

function parseFishLine(line: string, scope: Scope): Bare[] {
  const added = /^\s*fish_add_path\s+(.*)$/.exec(line)?.[1];
  if (added !== undefined) {
    const words = splitWords(added);
    const directories = words.filter((word) => !word.startsWith("-"));
    return placeAround(directories, /^$/, hasFlag(words, "a", "append"), scope);
  }
  const set = /^\s*set\s+((?:-\S+\s+)*)([A-Za-z_]\w*)(?:\s+(.*))?$/.exec(line);
  if (!set) return [];
  const [, options = "", variable = "", rest = ""] = set;
  const flags = splitWords(options);
  if (hasFlag(flags, "e", "erase")) return [{ kind: "unset", variable }];
  if (hasFlag(flags, "q", "query")) return [];
  const words = splitWords(rest);
  if (variable === "PATH" || variable === "fish_user_paths") {
    return placeAround(words, /^\$(?:PATH|fish_user_paths)$/, hasFlag(flags, "a", "append"), scope);
  }
  const value = expand(words.join(" "), scope);
  if (value !== undefined) scope.variables.set(variable, value);
  return [{ kind: "assign", variable, value, exported: hasFlag(flags, "x", "export") }];
}

/** Short ones may stand together: `-gx`. */
function hasFlag(words: readonly string[], short: string, long: string): boolean {
  return words.some((word) => word === `--${long}` || new RegExp(`^-[A-Za-z]*${short}`).test(word));
}

function parsePowerShellLine(line: string, scope: Scope): Bare[] {
  const set = /^\s*\$env:([A-Za-z_]\w*)\s*(\+?=)\s*(.+?)\s*;?\s*$/i.exec(line);
  if (!set) return [];
  const [, variable = "", operator = "=", raw = ""] = set;
  const text = raw
    .replace(/\$env:(\w+)/gi, "$$$1")
    .replace(/"\s*\+\s*"?|"?\s*\+\s*"/g, "")
    .replaceAll(";", ":");
  return assignments([`${variable}${operator}${text.startsWith('"') ? text : `"${text}"`}`], true, scope);
}

function assignments(words: readonly string[], exported: boolean, scope: Scope): Bare[] {
  return words.flatMap((word): Bare[] => {
    const match = /^([A-Za-z_]\w*)(\+?)=(.*)$/s.exec(word);
    if (!match) return [];
    const [, variable = "", append, raw = ""] = match;
    if (variable === "PATH") return placeAround(splitPath(raw), /^\$\{?PATH\}?$/, append === "+", scope);
    const value = expand(raw, scope);
    if (value === undefined) scope.variables.delete(variable);
    else scope.variables.set(variable, value);
    if (exported) scope.exported.add(variable);
    return [{ kind: "assign", variable, value, exported }];
  });
}

/** What stands before and behind the old PATH; where that is not kept, everything counts as front. */
function placeAround(parts: readonly string[], old: RegExp, append: boolean, scope: Scope): Bare[] {
  const at = parts.findIndex((part) => old.test(part));
  const expandAll = (some: readonly string[]): string[] =>
    some.flatMap((part) => expand(part, scope) ?? []).filter((part) => part.startsWith("/"));
  const [front, back] = append
    ? [[], expandAll(parts)]
    : [expandAll(at < 0 ? parts : parts.slice(0, at)), at < 0 ? [] : expandAll(parts.slice(at + 1))];
  const alone = parts.length - (at < 0 ? 0 : 1) === 1;
  const placed: Bare[] = [
    { kind: "path", where: "front", directories: front, alone },
    { kind: "path", where: "back", directories: back, alone },
  ];
  return placed.filter((bare) => bare.kind === "path" && bare.directories.length > 0);
}

function splitPath(raw: string): string[] {
  return raw
    .replace(/["']/g, "")
    .replace(/\$\{PATH:\+:?\$\{?PATH\}?\}?/g, ":$PATH")
    .split(":")
    .filter((part) => part !== "");
}

function splitWords(text: string): string[] {
  return [...text.matchAll(new RegExp(WORD, "g"))].map(([word]) => word);
}

/** The value as the shell would make it; undefined where that takes the shell. */
function expand(raw: string, { variables }: Scope): string | undefined {
  if (/^'[^']*'$/.test(raw)) return raw.slice(1, -1);
  let unknown = false;
  const lookUp = (name: string, fallback?: string): string => {
    const value = variables.get(name) ?? fallback;
    if (value === undefined) unknown = true;
    return value ?? "";
  };
  const text = raw
    .replace(/^"(.*)"$/s, "$1")
    .replace(/\$\(go env GOPATH\)|`go env GOPATH`/g, () => lookUp("go env GOPATH"))
    .replace(/\$\{(\w+):?-([^}]*)\}/g, (_, name: string, fallback: string) =>
      lookUp(
        name,
        fallback.replace(/^\$(\w+)/, (_all, inner: string) => lookUp(inner)),
      ),
    )
    .replace(/\$\{(\w+)\}|\$(\w+)/g, (_, braced?: string, bare?: string) => lookUp(braced ?? bare ?? ""))
    // Within quotes, a tilde stays one.
    .replace(/^~(?=\/|$)/, (tilde) => (raw.startsWith('"') ? tilde : lookUp("HOME")))
    .replace(/["']/g, "");
  return unknown || /[$`(){}*?\\]/.test(text) ? undefined : text;
}
