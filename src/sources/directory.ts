/**
 * A directory of archives, as a source: an offline mirror, or just a folder somebody downloaded into. Archives are
 * known by their names; an `index.json` in it may say what they must be.
 */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { GvtError } from "../errors.js";
import { archivePlatform, modulePlatform, type Platform } from "../go/platform.js";
import { findIndexedArchive, parseReleaseIndex, type ReleaseIndex } from "../go/release-index.js";
import { findToolchainName, type GoVersion, isSameVersion } from "../go/version.js";
import { describeSystemError, readBounded, systemCode } from "../io/files.js";
import { TOOLCHAIN_MODULE, toolchainModule } from "../trust/module-hash.js";
import { findModuleVersion } from "./go-proxy.js";
import { openFile } from "./local-archive.js";
import { archiveName } from "./site.js";
import type { Archive, ArchiveFormat, Source } from "./source.js";

const MAX_INDEX_BYTES = 32 << 20;
const MAX_INFO_BYTES = 1 << 16;

/** Where module zips lie: beside the archives, or as a proxy lays them out. */
const MODULE_FOLDERS: readonly string[] = ["", join(TOOLCHAIN_MODULE, "@v")];

export function createDirectorySource(directory: string): Source {
  return {
    kind: "directory",
    name: directory,
    official: false,
    listVersions: (platform) => listVersions(directory, platform),
    findArchive: (version, platform) => findArchive(directory, version, platform),
    openArchive: (archive, resume) => openFile(archive.location, resume),
    findReleaseTime: (version, platform) => findReleaseTime(directory, version, platform),
  };
}

/** Throws `SOURCE_UNREACHABLE` where there is no such directory. */
async function listVersions(directory: string, platform: Platform): Promise<readonly GoVersion[]> {
  const names = await readdir(directory).catch((cause: unknown) => {
    throw unreadableDirectory(directory, cause);
  });
  const nested = await readdir(join(directory, TOOLCHAIN_MODULE, "@v")).catch(() => []); // most have no such folder
  const found = [...names, ...nested].flatMap((name) => findVersionOf(name, platform) ?? []);
  return found.filter(
    (version, place) => found.findIndex((other) => isSameVersion(other, version)) === place,
  );
}

/** Reads `go1.22.6.linux-amd64.tar.gz` and `v0.0.1-go1.22.6.linux-amd64.zip`. */
function findVersionOf(filename: string, platform: Platform): GoVersion | undefined {
  if (filename.endsWith(".zip")) {
    const module = findModuleVersion(filename.slice(0, -".zip".length));
    return module?.platform === modulePlatform(platform) ? module.version : undefined;
  }
  const suffix = `.${archivePlatform(platform)}.tar.gz`;
  if (!filename.endsWith(suffix)) return undefined;
  const version = findToolchainName(filename.slice(0, -suffix.length));
  return version && archiveName(version, platform) === filename ? version : undefined;
}

async function findArchive(
  directory: string,
  version: GoVersion,
  platform: Platform,
): Promise<Archive | undefined> {
  const published = archiveName(version, platform);
  const module = `${toolchainModule(version, platform).version}.zip`;
  const candidates: readonly (readonly [string, ArchiveFormat])[] = [
    [join(directory, published), "tar.gz"],
    ...MODULE_FOLDERS.map((folder) => [join(directory, folder, module), "module-zip"] as const),
  ];
  await requireDirectory(directory);
  for (const [location, format] of candidates) {
    const size = await findFileSize(location);
    if (size === undefined) continue;
    const filename = format === "tar.gz" ? published : module;
    const sha256 = format === "tar.gz" ? await findChecksum(directory, version, platform) : undefined;
    return { filename, format, version, platform, size, location, ...(sha256 !== undefined && { sha256 }) };
  }
  return undefined;
}

async function requireDirectory(directory: string): Promise<void> {
  const found = await stat(directory).catch((cause: unknown) => {
    throw unreadableDirectory(directory, cause);
  });
  if (!found.isDirectory()) throw unreadableDirectory(directory, new Error("it is no directory"));
}

/** The size of a regular file, through links; whatever else has that name is no archive. */
async function findFileSize(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : undefined;
  } catch {
    return undefined; // not there, or a link that leads nowhere
  }
}

/** What the directory's own index says; like every source's word it is compared, not believed. */
async function findChecksum(
  directory: string,
  version: GoVersion,
  platform: Platform,
): Promise<string | undefined> {
  const file = await readBounded(join(directory, "index.json"), MAX_INDEX_BYTES);
  if (file.kind !== "text") return undefined;
  let index: ReleaseIndex;
  try {
    index = parseReleaseIndex(file.bytes.toString("utf8"));
  } catch {
    return undefined; // an index.json that is something else says nothing about archives
  }
  const release = index.find((candidate) => isSameVersion(candidate.version, version));
  return release && findIndexedArchive(release, platform)?.sha256;
}

async function findReleaseTime(
  directory: string,
  version: GoVersion,
  platform: Platform,
): Promise<Date | undefined> {
  for (const folder of MODULE_FOLDERS) {
    const path = join(directory, folder, `${toolchainModule(version, platform).version}.info`);
    const file = await readBounded(path, MAX_INFO_BYTES);
    const time =
      file.kind === "text" ? /"Time":\s*"([^"]+)"/.exec(file.bytes.toString("utf8"))?.[1] : undefined;
    if (time !== undefined && !Number.isNaN(Date.parse(time))) return new Date(time);
  }
  return undefined;
}

function unreadableDirectory(directory: string, cause: unknown): GvtError {
  const reason =
    systemCode(cause) === undefined && cause instanceof Error ? cause.message : describeSystemError(cause);
  return new GvtError("SOURCE_UNREACHABLE", `cannot read the directory ${directory}: ${reason}`, {
    hint: "name a directory that holds archives such as `go1.22.6.linux-amd64.tar.gz`",
    cause,
  });
}
