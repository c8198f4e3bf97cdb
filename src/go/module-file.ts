/**
 * go.mod and go.work, as far as choosing a toolchain goes: the `go` and `toolchain` lines, found as the go command's own
 * start-up code finds them, which is not how it parses the file afterwards. Pure.
 */
import { GvtError } from "../errors.js";
import { escapeText } from "./escape.js";
import {
  compareInGoOrder,
  findGoVersion,
  findLanguageVersion,
  findToolchainName,
  type GoVersion,
  isExact,
  type LanguageVersion,
} from "./version.js";

/** The value of one directive, and the line (from 1) where it stands. */
export interface Directive {
  readonly text: string;
  readonly line: number;
}

/** What a module asks for: a floor. A bare `go 1.22` asks for the line. */
export interface ModuleRequirement {
  readonly wanted: GoVersion | LanguageVersion;
  /** The directive that asks for more than the other, as written: `go 1.22.6`, `toolchain go1.23.0`. */
  readonly text: string;
  readonly line: number;
  /** The directive that asks for less, where there are both. */
  readonly older: ModuleStatement | undefined;
}

export interface ModuleStatement {
  readonly key: "go" | "toolchain";
  readonly wanted: GoVersion | LanguageVersion;
  readonly directive: Directive;
}

/** What Go's `unicode.IsSpace` holds to be space, at either end of a line. */
const SPACE = "[\\t\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";
const OUTER_SPACE = new RegExp(`^${SPACE}|${SPACE}$`, "g");

/**
 * The first line of the whole file that begins with the key and a blank, whatever block or comment it stands in; its
 * value ends at `//`. As GoModLookup in https://go.dev/src/cmd/go/internal/gover/gomod.go.
 */
export function findDirective(text: string, key: "go" | "toolchain"): Directive | undefined {
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.replace(OUTER_SPACE, "");
    const rest = line.slice(key.length);
    if (!line.startsWith(key) || !/^[ \t]/.test(rest)) continue;
    return { text: (rest.split("//")[0] ?? "").replace(OUTER_SPACE, ""), line: index + 1 };
  }
  return undefined;
}

/**
 * Reads what a go.mod or go.work asks for: its `toolchain` line (unless `default`) or its `go` line, whichever is
 * newer. Undefined where it has neither. Throws `BAD_SELECTOR` where one of them says no version.
 */
export function findRequirement(text: string): ModuleRequirement | undefined {
  const go = readGoLine(findDirective(text, "go"));
  const toolchain = readToolchainLine(findDirective(text, "toolchain"));
  if (!go || !toolchain) {
    const only = toolchain ?? go;
    return only && asRequirement(only, undefined);
  }
  return compareInGoOrder(toolchain.wanted, go.wanted) > 0
    ? asRequirement(toolchain, go)
    : asRequirement(go, toolchain);
}

/** True where `version` is not older than what is asked for. */
export function meetsRequirement(version: GoVersion, { wanted }: ModuleRequirement): boolean {
  return compareInGoOrder(version, wanted) >= 0;
}

function asRequirement(newer: ModuleStatement, older: ModuleStatement | undefined): ModuleRequirement {
  const { key, wanted, directive } = newer;
  return { wanted, text: `${key} ${directive.text}`, line: directive.line, older };
}

/** An empty value (`go // later`) states nothing, as in Go. */
function readGoLine(directive: Directive | undefined): ModuleStatement | undefined {
  if (!directive || directive.text === "") return undefined;
  const wanted = findLanguageVersion(directive.text) ?? findGoVersion(directive.text);
  if (!wanted || isPatchPrerelease(wanted)) throw badGoLine(directive);
  return { key: "go", wanted, directive };
}

function readToolchainLine(directive: Directive | undefined): ModuleStatement | undefined {
  if (!directive || directive.text === "" || directive.text === "default") return undefined;
  const wanted = findToolchainName(directive.text) ?? findLineName(directive.text);
  // Go looks for a program of that whole name, and there is none with a blank in it.
  if (!wanted || /[ \t]/.test(directive.text) || isPatchPrerelease(wanted)) throw badToolchainLine(directive);
  return { key: "toolchain", wanted, directive };
}

/** `toolchain go1.22` names no toolchain, but Go takes it as a floor wherever its own version is newer. */
function findLineName(name: string): LanguageVersion | undefined {
  return name.startsWith("go") ? findLanguageVersion(name.slice(2)) : undefined;
}

/** `1.9.2rc2` was published once, but is no version in a module. */
function isPatchPrerelease(version: GoVersion | LanguageVersion): boolean {
  return isExact(version) && version.prerelease !== undefined && version.patch > 0;
}

function badGoLine({ text, line }: Directive): GvtError {
  return new GvtError("BAD_SELECTOR", `line ${line}: \`go ${escapeText(text)}\` names no Go version`, {
    hint: "a go line reads `go 1.22` or `go 1.22.6`",
  });
}

function badToolchainLine({ text, line }: Directive): GvtError {
  return new GvtError("BAD_SELECTOR", `line ${line}: \`toolchain ${escapeText(text)}\` names no toolchain`, {
    hint: "a toolchain line reads `toolchain go1.22.6` or `toolchain default`",
  });
}
