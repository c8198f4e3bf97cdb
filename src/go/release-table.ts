/**
 * The table of releases and checksums that ships with gvt: what go.dev's release index said when gvt was released.
 * Digests are decoded only for the release that is asked about.
 */
import { archivePlatform, type Platform } from "./platform.js";
import { RELEASE_TABLE } from "./release-table.generated.js";
import { findPublishedVersion, type GoVersion } from "./version.js";

const DIGEST_BYTES = 32;

/** `YYYY-MM-DD`: when the newest release in the table was published. */
export const TABLE_DATE: string = RELEASE_TABLE.date;

/** One file as the table has it. */
export interface TableFile {
  readonly filename: string;
  /** 64 lower-case hex digits; undefined where the index had none (releases before 1.5.4). */
  readonly sha256: string | undefined;
}

/** The checksum of `go1.22.6.linux-amd64.tar.gz`; undefined where the table has no such file, or none for it. */
export function findTableChecksum(filename: string): string | undefined {
  const release = /^go(1(?:\.\d+)*(?:(?:beta|rc)\d+)?)[.-]/.exec(filename)?.[1];
  if (release === undefined) return undefined;
  return listTableFiles(release).find((file) => file.filename === filename)?.sha256;
}

/** The files of a release, given as it is published: `1.22.6`, `1.20`. */
export function listTableFiles(release: string): readonly TableFile[] {
  const row = rowOf(release);
  if (!row) return [];
  const digests = Buffer.from(row.digests, "base64");
  return row.places.map((place, position) => {
    const digest = digests.toString("hex", position * DIGEST_BYTES, (position + 1) * DIGEST_BYTES);
    const filename = `go${release}${RELEASE_TABLE.suffixes[place]}`;
    return { filename, sha256: digest === "" ? undefined : digest };
  });
}

/** All releases as they are published, newest first. */
export function listTableReleases(): readonly string[] {
  return Object.keys(RELEASE_TABLE.releases);
}

/**
 * The versions in the table, newest first; with a platform, those with the archive that gvt would ask for. The two of
 * go1.4.2 for OS X 10.6 and 10.8 are no `darwin-amd64.tar.gz`, and which one is meant is not for gvt to guess.
 */
export function tableVersions(platform?: Platform): readonly GoVersion[] {
  const wanted = platform && archivePlaces(platform);
  const versions: GoVersion[] = [];
  for (const release of listTableReleases()) {
    const version = findPublishedVersion(release);
    if (version && (!wanted || rowOf(release)?.places.some((place) => wanted.has(place))))
      versions.push(version);
  }
  return versions;
}

function archivePlaces(platform: Platform): ReadonlySet<number> {
  const archive = `.${archivePlatform(platform)}`;
  return new Set([".tar.gz", ".zip"].map((format) => RELEASE_TABLE.suffixes.indexOf(`${archive}${format}`)));
}

/**
 * A row reads `<places>:<digests>`: for each file two digits, to the base of 36, that are its place among the table's
 * suffixes, those without a checksum last; then the digests of the others, concatenated, in base64.
 */
function rowOf(release: string): { places: readonly number[]; digests: string } | undefined {
  const releases: Readonly<Record<string, string>> = RELEASE_TABLE.releases;
  if (!Object.hasOwn(releases, release)) return undefined;
  const [places = "", digests = ""] = (releases[release] ?? "").split(":");
  return { places: places.match(/../g)?.map((place) => Number.parseInt(place, 36)) ?? [], digests };
}
