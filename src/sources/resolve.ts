/**
 * Which exact version a selector means today: an exact one means itself and is asked for by name; any other means the
 * newest that the sources offer.
 */
import type { Context } from "../context.js";
import { GvtError, isGvtError } from "../errors.js";
import { formatPlatform, type Platform } from "../go/platform.js";
import { TABLE_DATE, tableVersions } from "../go/release-table.js";
import { formatSelector, pickVersion, type VersionSelector } from "../go/selector.js";
import { compareGoVersions, formatGoVersion, type GoVersion, isSameVersion } from "../go/version.js";
import { NetworkFault } from "../io/network-fault.js";
import type { Source, SourceFailure } from "./source.js";

export interface Resolution {
  readonly version: GoVersion;
  /** One sentence each: what a person should know of how the version was found. */
  readonly notes: readonly string[];
}

/** What the sources together know to exist. */
export interface Availability {
  /** Newest first. */
  readonly versions: readonly GoVersion[];
  readonly failures: readonly SourceFailure[];
  readonly notes: readonly string[];
}

const NEAREST = 5;

/** An alias must have been replaced by what it stands for. Throws `VERSION_NOT_FOUND` or `SOURCE_UNREACHABLE`. */
export async function resolveVersion(
  context: Context,
  sources: readonly Source[],
  selector: VersionSelector,
): Promise<Resolution> {
  if (selector.kind === "exact") return { version: selector.version, notes: [] };
  const { platform } = context;
  const available = await listAvailable(sources, platform);
  const chosen = await pickOldEnough(context, sources, selector, available.versions);
  if (chosen) return { version: chosen.version, notes: [...available.notes, ...chosen.notes] };
  throw versionNotFound(formatSelector(selector), platform, available);
}

/**
 * The union of the indexes that answer. A module proxy's list is a hint and a byte mirror has none, so where no other
 * source has an index, the table that ships with gvt adds what it knows.
 */
export async function listAvailable(sources: readonly Source[], platform: Platform): Promise<Availability> {
  const failures: SourceFailure[] = [];
  const answers = await Promise.all(
    sources.map(async (source) => {
      try {
        return { source, versions: await source.listVersions(platform) };
      } catch (error) {
        failures.push(failureOf(source, error));
        return { source, versions: undefined };
      }
    }),
  );
  if (failures.length === sources.length)
    throw sourcesUnreachable("tell which versions of Go there are", failures);
  const complete =
    answers.some(({ source, versions }) => versions && source.kind === "site") ||
    sources.every(({ kind }) => kind === "directory");
  const listed = answers.flatMap(({ versions }) => versions ?? []);
  const known = complete ? listed : [...listed, ...tableVersions(platform)];
  const empty = answers.filter(
    ({ source, versions }) => source.kind === "directory" && versions?.length === 0,
  );
  return {
    versions: withoutDuplicates(known),
    failures,
    notes: [
      ...(complete ? [] : [describeTable(answers.some(({ versions }) => versions) ? "listed" : "alone")]),
      ...empty.map(({ source }) => `${source.name} holds no archive of Go for ${formatPlatform(platform)}`),
    ],
  };
}

/** Why a source did not serve, without its name once more. Throws what is no fault of the source. */
export function failureOf(source: Source, error: unknown): SourceFailure {
  if (!isGvtError(error, "SOURCE_UNREACHABLE", "SOURCE_BAD_ANSWER")) throw error;
  const { cause, message, hint } = error;
  if (!(cause instanceof NetworkFault)) return { source: source.name, reason: message, hint };
  return { source: source.name, reason: cause.message, hint, unproxied: cause.unproxied };
}

/**
 * Why no source was found to have a version. A site or module proxy that answers is believed when it does not have it;
 * a directory knows only of itself, so what the others would have said is then unknown.
 */
export async function explainMissing(
  sources: readonly Source[],
  version: GoVersion,
  platform: Platform,
  failures: readonly SourceFailure[],
): Promise<GvtError> {
  const answered = sources.filter(({ name }) => !failures.some(({ source }) => source === name));
  if (failures.length > 0 && answered.every(({ kind }) => kind === "directory")) {
    return sourcesUnreachable(`tell where Go ${formatGoVersion(version)} is`, failures);
  }
  try {
    const available = await listAvailable(sources, platform);
    const exists = available.versions.some((known) => isSameVersion(known, version));
    if (exists) return notServed(version, answered, failures);
    return versionNotFound(formatGoVersion(version), platform, available);
  } catch (error) {
    if (!isGvtError(error, "SOURCE_UNREACHABLE")) throw error;
    return versionNotFound(formatGoVersion(version), platform, { versions: [], failures, notes: [] });
  }
}

/** Names every source and its reason. */
export function sourcesUnreachable(what: string, failures: readonly SourceFailure[]): GvtError {
  return new GvtError("SOURCE_UNREACHABLE", `no source could ${what}`, {
    facts: factsOf(failures),
    hint: failures.findLast(({ hint }) => hint !== undefined)?.hint ?? adviseSource(failures),
  });
}

function adviseSource(failures: readonly SourceFailure[]): string {
  const unproxied = failures.some((failure) => failure.unproxied === true);
  const source = failures.some((failure) => failure.source.includes("GOPROXY is not set"))
    ? "name your network's module proxy, `export GOPROXY=https://…`, or a directory: `--source DIR`"
    : "name a source that can be reached: `--source DIR`, `--source URL`";
  return unproxied ? `${source}; behind an HTTP proxy, \`export HTTPS_PROXY=http://host:port\`` : source;
}

/** For a version that is known to exist: whoever failed may have it, and whoever answered has not. */
function notServed(
  version: GoVersion,
  answered: readonly Source[],
  failures: readonly SourceFailure[],
): GvtError {
  const code = failures.length > 0 ? "SOURCE_UNREACHABLE" : "VERSION_NOT_FOUND";
  const lacking = answered.map(({ name }) => ({ source: name, reason: "it does not have that version" }));
  return new GvtError(code, `no source serves Go ${formatGoVersion(version)}`, {
    facts: factsOf([...failures, ...lacking]),
    hint: adviseSource(failures),
  });
}

/** For a version that every source that answered says it does not have. */
export function versionNotFound(wanted: string, platform: Platform, available: Availability): GvtError {
  const name = formatPlatform(platform);
  const message = /^\d/.test(wanted)
    ? `there is no Go ${wanted} for ${name}`
    : `no Go for ${name} meets \`${wanted}\``;
  const nearest = pickNearest(wanted, available.versions).map(formatGoVersion).join(", ");
  const [note = "`gvt list --remote` shows what there is"] = available.notes;
  return new GvtError("VERSION_NOT_FOUND", message, {
    facts: factsOf(available.failures),
    hint: nearest === "" ? note : `the nearest that are known: ${nearest}`,
  });
}

/** A release that `minimum_release_age` keeps from being chosen. */
interface PassedOver {
  readonly name: string;
  readonly reason: string;
}

/**
 * The newest that meets the selector and has been out for `minimum_release_age`, where the sources know the date. Throws
 * `VERSION_NOT_FOUND` where all that meet it are too new.
 */
async function pickOldEnough(
  context: Context,
  sources: readonly Source[],
  selector: VersionSelector,
  versions: readonly GoVersion[],
): Promise<Resolution | undefined> {
  const { minimumReleaseAge } = context.config;
  const tooNew: PassedOver[] = [];
  let candidates = versions;
  for (;;) {
    const version = pickVersion(selector, candidates);
    if (!version) {
      if (tooNew.length === 0) return undefined;
      throw allTooNew(formatSelector(selector), tooNew);
    }
    if (minimumReleaseAge === 0) return { version, notes: [] };
    const released = await findReleaseTime(sources, version, context.platform);
    const name = formatGoVersion(version);
    const notes = tooNew.map((one) => `${one.name} ${one.reason}: too new for minimum_release_age`);
    if (!released) {
      return {
        version,
        notes: [...notes, `no source tells when ${name} came out: minimum_release_age is not applied`],
      };
    }
    if (context.clock().getTime() - released.getTime() >= minimumReleaseAge) return { version, notes };
    tooNew.push({ name, reason: `came out on ${released.toISOString().slice(0, 10)}` });
    candidates = candidates.filter((candidate) => !isSameVersion(candidate, version));
  }
}

async function findReleaseTime(
  sources: readonly Source[],
  version: GoVersion,
  platform: Platform,
): Promise<Date | undefined> {
  for (const source of sources) {
    try {
      const time = await source.findReleaseTime(version, platform);
      if (time) return time;
    } catch (error) {
      failureOf(source, error); // another source may know
    }
  }
  return undefined;
}

/** They are there all the same, and an exact version is its user's own decision. */
function allTooNew(wanted: string, tooNew: readonly PassedOver[]): GvtError {
  return new GvtError(
    "VERSION_NOT_FOUND",
    `every release that meets \`${wanted}\` is too new for minimum_release_age`,
    {
      facts: Object.fromEntries(tooNew.map(({ name, reason }) => [name, reason])),
      hint: `\`gvt install ${tooNew[0]?.name}\` takes it all the same`,
    },
  );
}

function describeTable(table: "alone" | "listed"): string {
  const origin = table === "listed" ? "the module proxy's list and " : "";
  return `versions are those of ${origin}gvt's table of ${TABLE_DATE}, and there may be newer ones`;
}

function withoutDuplicates(versions: readonly GoVersion[]): readonly GoVersion[] {
  const sorted = [...versions].sort((a, b) => compareGoVersions(b, a));
  return sorted.filter((version, place) => {
    const before = sorted[place - 1];
    return !before || !isSameVersion(before, version);
  });
}

/**
 * The nearest releases of the same line, else the newest of each of the nearest lines; of no line, the newest.
 * Prereleases only where one was asked for. Newest first.
 */
function pickNearest(wanted: string, versions: readonly GoVersion[]): readonly GoVersion[] {
  const [, minor, patch] = /^1\.(\d+)(?:\.(\d+))?/.exec(wanted) ?? [];
  const candidates = versions.filter(({ prerelease }) => !prerelease || /rc|beta/.test(wanted));
  if (minor === undefined) return candidates.slice(0, NEAREST);
  const sameLine = candidates.filter((version) => version.minor === Number(minor));
  const nearest =
    sameLine.length > 0
      ? sortByDistance(sameLine, (version) => version.patch - Number(patch ?? 0))
      : sortByDistance(newestOfLines(candidates), (version) => version.minor - Number(minor));
  return nearest.slice(0, NEAREST).sort((a, b) => compareGoVersions(b, a));
}

function sortByDistance(
  versions: readonly GoVersion[],
  distance: (version: GoVersion) => number,
): GoVersion[] {
  return versions.toSorted((a, b) => Math.abs(distance(a)) - Math.abs(distance(b)));
}

/** Of versions that stand newest first. */
function newestOfLines(versions: readonly GoVersion[]): readonly GoVersion[] {
  return versions.filter(({ minor }, place) => versions[place - 1]?.minor !== minor);
}

function factsOf(failures: readonly SourceFailure[]): Record<string, string> {
  return Object.fromEntries(failures.map(({ source, reason }) => [source, reason]));
}
