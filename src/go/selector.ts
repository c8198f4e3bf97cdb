/**
 * Version selectors: what somebody asked for, which may be loose, and the pure choice of a version that meets it.
 * The only importer of `semver`.
 */
import satisfies from "semver/functions/satisfies.js";
import validRange from "semver/ranges/valid.js";
import { GvtError } from "../errors.js";
import { escapeText } from "./escape.js";
import { findNearestWord } from "./nearest-word.js";
import {
  findGoVersion,
  findLanguageVersion,
  formatGoVersion,
  formatLanguageVersion,
  type GoVersion,
  isInLine,
  isSameVersion,
  type LanguageVersion,
  newest,
} from "./version.js";

export type VersionSelector =
  | { readonly kind: "exact"; readonly version: GoVersion }
  /** `1.22`, `1.22.x`: met by the newest release of the line. */
  | { readonly kind: "line"; readonly line: LanguageVersion }
  /** A semver range: `>=1.21 <1.23`, `^1.21`, `~1.22.3`. */
  | { readonly kind: "range"; readonly range: string }
  /** `latest`, `stable`: the newest release. */
  | { readonly kind: "latest" }
  /** The newest release of the line before that of `latest`. */
  | { readonly kind: "oldstable" }
  | { readonly kind: "alias"; readonly name: string }
  | { readonly kind: "system" };

/** The kinds that a version file may hold: data that means the same whatever is published tomorrow. */
export type FileSelector = Extract<VersionSelector, { kind: "exact" | "line" | "system" | "alias" }>;

/** The longest selector: room for a range of several parts, none for an attack. */
const MAX_LENGTH = 64;
const PREFIX = /^(?:go-?|v)(?=\d)/;
const ALIAS = /^[a-z][a-z0-9_-]{0,31}$/i;
const RANGE = /^[\^~<>=]|\s|\|\|/;
const RANGE_TEXT = /^[\d.x*<>=^~|\s-]+$/;
const WORDS = new Set(["latest", "stable", "oldstable", "system"]);

/**
 * Reads what a person typed: `1.22.6`, `go1.22`, `1.22.x`, `^1.21`, `latest`, an alias. Throws `BAD_SELECTOR` (exit
 * status 2) with what to write instead.
 */
export function parseSelector(text: string): VersionSelector {
  const trimmed = text.trim();
  if (trimmed === "") throw badSelector(text, "it is empty");
  if (trimmed.length > MAX_LENGTH) throw badSelector(text, `it is longer than ${MAX_LENGTH} characters`);
  if (trimmed === "latest" || trimmed === "stable") return { kind: "latest" };
  if (trimmed === "oldstable") return { kind: "oldstable" };
  const simple = findFileSelector(trimmed);
  if (simple) return simple;
  if (RANGE.test(trimmed)) return parseRange(trimmed);
  throw badSelector(text, "it is no version, line, range or alias");
}

/** Reads a word of a version file. Undefined where it is not one of the four kinds a file may state. */
export function findFileSelector(word: string): FileSelector | undefined {
  if (word === "system") return { kind: "system" };
  const bare = word.replace(PREFIX, "");
  refuseEatenZero(word, bare);
  const version = findGoVersion(bare);
  if (version) return { kind: "exact", version };
  const line = findLanguageVersion(bare.replace(/\.x$/, ""));
  if (line) return { kind: "line", line };
  if (isAliasName(word)) return { kind: "alias", name: word };
  return undefined;
}

/** A name people may give to a selector. Words with a meaning of their own, and `go…`, are taken. */
export function isAliasName(name: string): boolean {
  return ALIAS.test(name) && !WORDS.has(name) && !/^(?:go|v)-?\d/i.test(name);
}

/** Throws where a name cannot be an alias, or cannot stand for this. */
export function verifyAlias(name: string, target: unknown): void {
  if (!isAliasName(name)) throw badAlias("an alias starts with a letter and is not a word of gvt's own");
  if (typeof target !== "string") throw badAlias("an alias stands for a version in quotes");
  parseSelector(target);
}

/** The canonical text of a selector, as a file may say it. */
export function formatSelector(selector: VersionSelector): string {
  switch (selector.kind) {
    case "exact":
      return formatGoVersion(selector.version);
    case "line":
      return formatLanguageVersion(selector.line);
    case "range":
      return selector.range;
    case "alias":
      return selector.name;
    case "latest":
    case "oldstable":
    case "system":
      return selector.kind;
  }
}

/**
 * The newest of `versions` that meets the selector. A prerelease is met only by its exact name. An alias must have
 * been replaced by what it stands for; `system` is met by no version.
 */
export function pickVersion(
  selector: VersionSelector,
  versions: readonly GoVersion[],
): GoVersion | undefined {
  if (selector.kind === "exact") return versions.find((version) => isSameVersion(version, selector.version));
  const releases = versions.filter((version) => !version.prerelease);
  switch (selector.kind) {
    case "line":
      return newest(releases.filter((version) => isInLine(version, selector.line)));
    case "range":
      return newest(releases.filter((version) => satisfies(toSemver(version), selector.range)));
    case "latest":
      return newest(releases);
    case "oldstable": {
      const latest = newest(releases);
      return newest(releases.filter((version) => version.minor < (latest?.minor ?? 0)));
    }
    case "alias":
    case "system":
      return undefined;
  }
}

/**
 * All of `versions` that meet the selector, in their order. With `prereleases`, those of a line belong to it, and a
 * range takes one where it takes the release that it leads to.
 */
export function listMatching(
  selector: VersionSelector,
  versions: readonly GoVersion[],
  { prereleases }: { readonly prereleases: boolean },
): readonly GoVersion[] {
  if (selector.kind !== "line" && selector.kind !== "range") {
    const picked = pickVersion(selector, versions);
    return picked ? [picked] : [];
  }
  const released = versions.filter(({ prerelease }) => prereleases || !prerelease);
  return released.filter(({ minor, patch }) => pickVersion(selector, [{ minor, patch }]) !== undefined);
}

/**
 * Replaces an alias by the selector it stands for, through aliases of aliases. Throws `BAD_SELECTOR` where the name
 * is unknown or leads back to itself.
 */
export function resolveAlias(
  selector: VersionSelector,
  aliases: Readonly<Record<string, string>>,
): Exclude<VersionSelector, { kind: "alias" }> {
  const seen = new Set<string>();
  let current = selector;
  while (current.kind === "alias") {
    const { name } = current;
    if (seen.has(name)) throw badSelector(name, "this alias leads back to itself");
    seen.add(name);
    const target = Object.hasOwn(aliases, name) ? aliases[name] : undefined;
    if (target === undefined) throw unknownAlias(name, Object.keys(aliases));
    current = parseSelector(target);
  }
  return current;
}

/**
 * `1.21rc1` becomes `1.21.0-rc.1`: semver orders the releases and prereleases of a line as Go does; only the bare
 * line, which is no release, has no place in semver.
 */
export function toSemver({ minor, patch, prerelease }: GoVersion): string {
  return `1.${minor}.${patch}${prerelease ? `-${prerelease.kind}.${prerelease.number}` : ""}`;
}

function parseRange(text: string): VersionSelector {
  const range = text.replace(/go|v/g, ""); // people write `>=go1.21` too
  if (!RANGE_TEXT.test(range) || validRange(range) === null) {
    throw badSelector(text, "it is not a range that `semver` knows");
  }
  return { kind: "range", range };
}

/**
 * YAML reads `1.20` as the number 1.2, so `1.2` nearly always means 1.20; the release of 2013 has a full name.
 */
function refuseEatenZero(text: string, bare: string): void {
  const eaten = /^1\.([12])$/.exec(bare);
  if (!eaten) return;
  const minor = `1.${eaten[1]}0`;
  throw new GvtError("BAD_SELECTOR", `\`${escapeText(text)}\` is ambiguous: did you mean ${minor}?`, {
    hint:
      eaten[1] === "2"
        ? "write `1.20` for the line; the old release is `1.2.2`"
        : `write \`${minor}\` for the line`,
  });
}

function badSelector(text: string, reason: string): GvtError {
  return new GvtError("BAD_SELECTOR", `cannot read \`${escapeText(text)}\` as a Go version: ${reason}`, {
    hint: "write a version (`1.22.6`), a line (`1.22`), a range (`>=1.21 <1.23`), `latest` or `oldstable`",
  });
}

function badAlias(reason: string): GvtError {
  return new GvtError("BAD_SELECTOR", reason);
}

function unknownAlias(name: string, aliases: readonly string[]): GvtError {
  const meant = findNearestWord(name, [...WORDS, ...aliases]);
  return new GvtError("BAD_SELECTOR", `\`${escapeText(name)}\` is neither a version nor an alias`, {
    hint:
      meant !== undefined
        ? `did you mean \`${meant}\`?`
        : `write a version (\`1.22.6\`) or a line (\`1.22\`), or make it an alias: \`gvt config alias.${name} 1.22\``,
  });
}
