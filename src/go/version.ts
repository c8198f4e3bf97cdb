/**
 * Go's version language: exact versions, lines, their order and their spellings. Pure.
 *
 * Go's order is not semver (https://go.dev/doc/toolchain#version):
 * `1.21 < 1.21rc1 < 1.21.0 < 1.21.1`, and before 1.21 `1.20rc1 < 1.20 < 1.20.1`.
 */
import { GvtError } from "../errors.js";

/** `1.22`: a family of releases. People say *line*; Go says *language version*. */
export interface LanguageVersion {
  readonly minor: number;
}

/** What follows `1.N` or `1.N.P` in a version that is not final: betas come before release candidates. */
export interface Prerelease {
  readonly kind: "beta" | "rc";
  readonly number: number;
}

/**
 * One exact release. `1.22.6` is `{minor: 22, patch: 6}`, `1.21rc1` is `{minor: 21, patch: 0, prerelease: rc 1}`;
 * the historic oddity `1.9.2rc2` has both. The release published as go1.20 is `{minor: 20, patch: 0}`.
 */
export interface GoVersion {
  readonly minor: number;
  readonly patch: number;
  readonly prerelease?: Prerelease;
}

/** The first line whose first release carries a patch number: go1.21.0, but go1.20. */
const FIRST_DOT_ZERO_MINOR = 21;

const NUMBER = "(0|[1-9]\\d{0,3})";
const EXACT = new RegExp(`^1\\.${NUMBER}(?:\\.${NUMBER})?(?:(rc|beta)([1-9]\\d{0,2}))?$`);
const LINE = new RegExp(`^1\\.${NUMBER}$`);

/** Reads `1.22.6`, `1.21rc1`, `1.9.2rc2`; `1.22` is a line and no exact version. No prefix, no suffix. */
export function findGoVersion(text: string): GoVersion | undefined {
  const match = EXACT.exec(text);
  if (!match) return undefined;
  const [, minor, patch, kind, number] = match;
  if (patch === undefined && kind === undefined) return undefined;
  return {
    minor: Number(minor),
    patch: Number(patch ?? 0),
    ...(kind !== undefined && { prerelease: { kind: kind as Prerelease["kind"], number: Number(number) } }),
  };
}

/** Reads the canonical form that gvt itself writes: a directory under versions/, a receipt. */
export function parseGoVersion(text: string): GoVersion {
  const version = findGoVersion(text);
  if (!version) throw notAGoVersion(text);
  return version;
}

/** Reads `1.22` and nothing else. */
export function findLanguageVersion(text: string): LanguageVersion | undefined {
  const match = LINE.exec(text);
  return match ? { minor: Number(match[1]) } : undefined;
}

/**
 * The name Go publishes a version under, without `go`: `1.22.6`, `1.21rc1`, and `1.20` for the release gvt stores
 * as `1.20.0`.
 */
export function findPublishedVersion(text: string): GoVersion | undefined {
  const exact = findGoVersion(text);
  if (exact) return exact;
  const line = findLanguageVersion(text);
  return line && line.minor < FIRST_DOT_ZERO_MINOR ? { minor: line.minor, patch: 0 } : undefined;
}

/**
 * Reads Go's own name of a toolchain: `go1.22.6`, `go1.20`. A suffix (`go1.22.6-custom`) is the vendor's and dropped;
 * with a path separator in it, it is no name (https://go.dev/src/cmd/go/internal/gover/toolchain.go).
 */
export function findToolchainName(name: string): GoVersion | undefined {
  if (!name.startsWith("go") || /[\\/]/.test(name)) return undefined;
  return findPublishedVersion(name.slice(2).replace(/[- \t][\s\S]*$/, ""));
}

/** The canonical form, as in versions/: `1.22.6`, `1.21rc1`, `1.20.0`. */
export function formatGoVersion(version: GoVersion): string {
  const { minor, patch, prerelease } = version;
  if (!prerelease) return `1.${minor}.${patch}`;
  return `1.${minor}${patch > 0 ? `.${patch}` : ""}${prerelease.kind}${prerelease.number}`;
}

export function formatLanguageVersion(line: LanguageVersion): string {
  return `1.${line.minor}`;
}

/** Go's own name: `go1.22.6`, `go1.21rc1`, and `go1.20` for 1.20.0. */
export function toolchainName(version: GoVersion): string {
  const { minor, patch, prerelease } = version;
  const bare = !prerelease && patch === 0 && minor < FIRST_DOT_ZERO_MINOR;
  return bare ? `go1.${minor}` : `go${formatGoVersion(version)}`;
}

export function lineOf(version: GoVersion): LanguageVersion {
  return { minor: version.minor };
}

export function isInLine(version: GoVersion, line: LanguageVersion): boolean {
  return version.minor === line.minor;
}

/** Negative where `a` is older, positive where it is newer, 0 where they are the same release. */
export function compareGoVersions(a: GoVersion, b: GoVersion): number {
  return a.minor - b.minor || a.patch - b.patch || stage(a) - stage(b);
}

/**
 * Compares what a go.mod may state (a release or a bare line) in Go's order, where the line stands before all of
 * its releases from 1.21 on, and is its first release before that.
 */
export function compareInGoOrder(a: GoVersion | LanguageVersion, b: GoVersion | LanguageVersion): number {
  return a.minor - b.minor || orderInLine(a) - orderInLine(b) || compareGoVersions(asExact(a), asExact(b));
}

export function isExact(version: GoVersion | LanguageVersion): version is GoVersion {
  return "patch" in version;
}

export function isSameVersion(a: GoVersion, b: GoVersion): boolean {
  return compareGoVersions(a, b) === 0;
}

export function newest(versions: Iterable<GoVersion>): GoVersion | undefined {
  let best: GoVersion | undefined;
  for (const version of versions) if (!best || compareGoVersions(version, best) > 0) best = version;
  return best;
}

function orderInLine(version: GoVersion | LanguageVersion): number {
  return isExact(version) || version.minor < FIRST_DOT_ZERO_MINOR ? 1 : 0;
}

function asExact(version: GoVersion | LanguageVersion): GoVersion {
  return isExact(version) ? version : { minor: version.minor, patch: 0 };
}

/** A number that orders the stages of one `1.N.P`: beta1 < beta2 < rc1 < final. Prerelease numbers have ≤ 3 digits. */
function stage({ prerelease }: GoVersion): number {
  if (!prerelease) return 2000;
  return (prerelease.kind === "rc" ? 1000 : 0) + prerelease.number;
}

function notAGoVersion(text: string): GvtError {
  return new GvtError("BAD_SELECTOR", `\`${text}\` is not an exact Go version`, {
    hint: "an exact version reads `1.22.6` or `1.23rc1`",
  });
}
