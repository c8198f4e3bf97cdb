/**
 * The JSON index of a download site (`https://go.dev/dl/?mode=json&include=all`), read without inventing anything:
 * what is malformed or contradicts itself is left out, what is not there stays undefined. Pure.
 */
import { archivePlatform, type Platform } from "./platform.js";
import { compareGoVersions, findPublishedVersion, formatGoVersion, type GoVersion } from "./version.js";

/** A file of a release that holds a toolchain for one platform. */
export interface IndexedArchive {
  /** `go1.22.6.linux-amd64.tar.gz`, `go1.22.6.windows-amd64.zip`. */
  readonly filename: string;
  readonly version: GoVersion;
  readonly platform: Platform;
  /** Bytes. */
  readonly size?: number;
  /** 64 lower-case hex digits. */
  readonly sha256?: string;
}

export interface Release {
  readonly version: GoVersion;
  readonly archives: readonly IndexedArchive[];
}

/** Newest first; each version once. */
export type ReleaseIndex = readonly Release[];

/** Go has published some 350 releases of at most 70 files. */
const MAX_RELEASES = 10_000;
const MAX_FILES = 1000;
/** No archive of Go comes near this. */
const MAX_SIZE = 1 << 30;

/** Throws a sentence about what is wrong where the text is no index at all. */
export function parseReleaseIndex(text: string): ReleaseIndex {
  const parsed = parseJson(text);
  if (!Array.isArray(parsed)) throw new Error("it is no list of releases");
  if (parsed.length > MAX_RELEASES) throw new Error(`it lists more than ${MAX_RELEASES} releases`);
  const releases = new Map<string, Release>();
  for (const entry of parsed) {
    const release = findRelease(entry);
    if (!release) continue;
    const key = formatGoVersion(release.version);
    if (!releases.has(key)) releases.set(key, release);
  }
  if (parsed.length > 0 && releases.size === 0) throw new Error("none of its entries is a release of Go");
  return [...releases.values()].sort((a, b) => compareGoVersions(b.version, a.version));
}

export function findIndexedArchive(release: Release, platform: Platform): IndexedArchive | undefined {
  return release.archives.find(
    (archive) => archive.platform.os === platform.os && archive.platform.arch === platform.arch,
  );
}

function findRelease(entry: unknown): Release | undefined {
  if (!isTable(entry) || typeof entry["version"] !== "string" || !Array.isArray(entry["files"]))
    return undefined;
  const name = entry["version"];
  const version = findReleaseName(name);
  if (!version || entry["files"].length > MAX_FILES) return undefined;
  const archives = entry["files"].flatMap((file: unknown) => {
    const archive = findArchive(file, name, version);
    return archive ? [archive] : [];
  });
  return { version, archives };
}

/** `go1.22.6`, `go1.4`; unlike a toolchain's own name it has no vendor's suffix: `go1.4-bootstrap` is no release. */
function findReleaseName(name: string): GoVersion | undefined {
  return name.startsWith("go") ? findPublishedVersion(name.slice(2)) : undefined;
}

function findArchive(file: unknown, name: string, version: GoVersion): IndexedArchive | undefined {
  if (!isTable(file)) return undefined;
  const { filename, os, arch, kind } = file;
  if (
    kind !== "archive" ||
    typeof filename !== "string" ||
    typeof os !== "string" ||
    typeof arch !== "string"
  ) {
    return undefined;
  }
  if (!/^[a-z0-9]{1,16}$/.test(os) || !/^[a-z0-9]{1,16}$/.test(arch)) return undefined;
  const platform = { os, arch: arch === "armv6l" ? "arm" : arch };
  // Go 1.4 has two archives for darwin/amd64, one for each of two systems; which is meant is not for gvt to guess.
  const stem = `${name}.${archivePlatform(platform)}`;
  if (filename !== `${stem}.tar.gz` && filename !== `${stem}.zip`) return undefined;
  const size = readSize(file["size"]);
  const sha256 = readSha256(file["sha256"]);
  if (size === "malformed" || sha256 === "malformed") return undefined;
  return { filename, version, platform, ...(size !== undefined && { size }), ...(sha256 && { sha256 }) };
}

/** Old tables have no sizes, or 0. */
function readSize(value: unknown): number | "malformed" | undefined {
  if (value === undefined || value === 0) return undefined;
  return Number.isSafeInteger(value) && Number(value) > 0 && Number(value) <= MAX_SIZE
    ? Number(value)
    : "malformed";
}

/** Releases before 1.5.4 have an empty one. */
function readSha256(value: unknown): string | undefined {
  if (value === undefined || value === "") return undefined;
  return typeof value === "string" && /^[0-9a-f]{64}$/i.test(value) ? value.toLowerCase() : "malformed";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error("it is not JSON", { cause });
  }
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
