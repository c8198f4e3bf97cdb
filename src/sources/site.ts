/**
 * A download site: go.dev/dl and everything laid out like it. Its index says which releases there are and what their
 * archives must be; a site without one still serves archives by their name.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { GvtError, isGvtError } from "../errors.js";
import { archivePlatform, type Platform } from "../go/platform.js";
import { findIndexedArchive, parseReleaseIndex, type ReleaseIndex } from "../go/release-index.js";
import { compareGoVersions, type GoVersion, isSameVersion, newest, toolchainName } from "../go/version.js";
import type { Endpoint } from "../io/endpoint.js";
import { readBounded, writeAtomically } from "../io/files.js";
import type { HttpClient } from "../io/http-client.js";
import type { Source } from "./source.js";

export interface SiteOptions {
  readonly http: HttpClient;
  /** Where snapshots of indexes are kept: `layout.indexes`. */
  readonly indexes: string;
  readonly clock: () => Date;
  /** Told what a person should know of the index: that it lacks what it had before. */
  readonly warn: (line: string) => void;
}

/** An index as it was fetched, kept to ask less often and to notice when it goes backwards. */
interface Snapshot {
  readonly schema: 1;
  readonly url: string;
  /** Which of the site's indexes it is: a validator means something to that one alone. */
  readonly path?: string;
  /** ISO 8601. */
  readonly fetched: string;
  readonly validator?: string;
  /** The index itself, as the site sent it. */
  readonly text: string;
}

/** The official sites that have an index; dl.google.com has the archives alone. */
const INDEXED = new Set(["https://go.dev/dl", "https://golang.google.cn/dl"]);
const OFFICIAL = new Set([...INDEXED, "https://dl.google.com/go"]);

/** go.dev answers the first; a static server of an offline mirror has the second. */
const INDEX_PATHS: readonly string[] = ["?mode=json&include=all", "index.json"];

/** The whole index of go.dev has some 3 MB. */
const MAX_INDEX_BYTES = 32 << 20;
const FRESH_MS = 3_600_000;

export function createSiteSource(endpoint: Endpoint, options: SiteOptions): Source {
  let index: Promise<ReleaseIndex | undefined> | undefined;
  const findIndex = (): Promise<ReleaseIndex | undefined> => {
    index ??= fetchIndex(endpoint, options);
    return index;
  };
  const { http } = options;
  return {
    kind: "site",
    name: endpoint.name,
    official: OFFICIAL.has(endpoint.base),
    listVersions: async (platform) => {
      const releases = await findIndex();
      return releases
        ?.filter((release) => findIndexedArchive(release, platform))
        .map(({ version }) => version);
    },
    findArchive: async (version, platform) => {
      const filename = archiveName(version, platform);
      const index = await findIndex();
      const release = index?.find((candidate) => isSameVersion(candidate.version, version));
      const indexed = release && findIndexedArchive(release, platform);
      const { size, sha256 } = indexed?.filename === filename ? indexed : {};
      const location = `${endpoint.base}/${filename}`;
      // An index lags behind: what it does not list may be there all the same.
      const presence = indexed ? "there" : await http.findPresence(endpoint, filename);
      // Storage services say 403 of what they do not have; but so does a site that refuses every question.
      if (presence === "forbidden" && !index) throw forbidden(location);
      if (presence !== "there") return undefined;
      return {
        filename,
        format: "tar.gz",
        version,
        platform,
        location,
        ...(size !== undefined && { size }),
        ...(sha256 !== undefined && { sha256 }),
      };
    },
    openArchive: async (archive, resume) => {
      const stream = await http.open(endpoint, archive.filename, resume);
      if (!stream) throw goneArchive(archive.location);
      return stream;
    },
    findReleaseTime: async () => undefined, // neither the index nor the archives tell
  };
}

/** `go1.22.6.linux-amd64.tar.gz`: what Go publishes for a version and platform. */
export function archiveName(version: GoVersion, platform: Platform): string {
  return `${toolchainName(version)}.${archivePlatform(platform)}.tar.gz`;
}

/** Undefined where the site keeps no index. Throws where it does not answer. */
async function fetchIndex(endpoint: Endpoint, options: SiteOptions): Promise<ReleaseIndex | undefined> {
  const name = createHash("sha256").update(endpoint.base).digest("hex").slice(0, 16);
  const path = join(options.indexes, `${name}.json`);
  const known = await readSnapshot(path, endpoint.base);
  const now = options.clock();
  if (known && isFresh(known.snapshot, now)) return known.releases;
  for (const indexPath of INDEX_PATHS) {
    const same = known?.snapshot.path === indexPath ? known.snapshot : undefined;
    const fetched = await fetchText(endpoint, indexPath, options.http, same);
    const releases = fetched && findReleases(fetched.text);
    if (!releases) continue;
    if (known) warnOfRollback(endpoint, known.releases, releases, options.warn);
    const snapshot: Snapshot = {
      ...fetched,
      schema: 1,
      url: endpoint.base,
      path: indexPath,
      fetched: now.toISOString(),
    };
    await writeAtomically(path, JSON.stringify(snapshot)).catch(() => undefined); // a cache that cannot be kept is no fault
    return releases;
  }
  return undefined;
}

/** Undefined where the site has no index at that path; only go.dev itself is bound to have one. */
async function fetchText(
  endpoint: Endpoint,
  path: string,
  http: HttpClient,
  known: Snapshot | undefined,
): Promise<Pick<Snapshot, "text" | "validator"> | undefined> {
  const expect = INDEXED.has(endpoint.base) ? "data" : "anything";
  try {
    const answer = await http.read(endpoint, path, {
      limit: MAX_INDEX_BYTES,
      validator: known?.validator,
      expect,
    });
    if (answer.kind === "absent") return undefined;
    if (answer.kind === "unchanged") return known;
    const { validator } = answer;
    return { text: answer.bytes.toString("utf8"), ...(validator !== undefined && { validator }) };
  } catch (error) {
    if (expect === "anything" && isGvtError(error, "SOURCE_BAD_ANSWER")) return undefined;
    throw error;
  }
}

/** A site without an index answers with a page of its own, or with a listing of the folder. */
function findReleases(text: string): ReleaseIndex | undefined {
  try {
    return parseReleaseIndex(text);
  } catch {
    return undefined; // no index, which is told by what this returns
  }
}

async function readSnapshot(path: string, url: string) {
  const file = await readBounded(path, 2 * MAX_INDEX_BYTES);
  if (file.kind !== "text") return undefined;
  try {
    const snapshot = JSON.parse(file.bytes.toString("utf8")) as Snapshot;
    if (snapshot.schema !== 1 || snapshot.url !== url || typeof snapshot.text !== "string") return undefined;
    return { snapshot, releases: parseReleaseIndex(snapshot.text) };
  } catch {
    return undefined; // a cache that cannot be read is an empty one
  }
}

/** A snapshot from the future was taken by a clock that was wrong. */
function isFresh({ fetched }: Snapshot, now: Date): boolean {
  const age = now.getTime() - Date.parse(fetched);
  return age >= 0 && age < FRESH_MS;
}

/** Releases are never withdrawn from the index, so one that lacks some is old, frozen or forged. */
function warnOfRollback(
  { name }: Endpoint,
  before: ReleaseIndex,
  after: ReleaseIndex,
  warn: (line: string) => void,
): void {
  const lost = before.filter(
    ({ version }) => !after.some((release) => isSameVersion(release.version, version)),
  );
  if (lost.length === 0) return;
  const newestLost = newest(lost.map(({ version }) => version));
  const newestLeft = newest(after.map(({ version }) => version));
  if (!newestLost) return;
  const behind = !newestLeft || compareGoVersions(newestLost, newestLeft) > 0;
  warn(
    behind
      ? `warning: the index of ${name} went backwards: it no longer lists ${toolchainName(newestLost)}, which it did before`
      : `warning: the index of ${name} no longer lists ${lost.length} releases that it did before`,
  );
}

function forbidden(location: string): GvtError {
  return new GvtError("SOURCE_BAD_ANSWER", `${location} answers 403: the site refuses, or does not have it`, {
    hint: "it may want credentials: put them into the source's URL or into ~/.netrc",
  });
}

function goneArchive(location: string): GvtError {
  return new GvtError(
    "SOURCE_BAD_ANSWER",
    `${location} is not there, although the source has it in its index`,
  );
}
