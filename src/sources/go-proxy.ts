/**
 * Toolchains as the go command fetches them: the modules golang.org/toolchain of the proxies that GOPROXY names. A
 * proxy's list of versions is a hint; what it has is found out by asking for it.
 */
import { join } from "node:path";
import { GvtError } from "../errors.js";
import { modulePlatform, type Platform } from "../go/platform.js";
import { compareGoVersions, findToolchainName, type GoVersion, isSameVersion } from "../go/version.js";
import { readBounded } from "../io/files.js";
import type { HttpClient } from "../io/http-client.js";
import { TOOLCHAIN_MODULE, toolchainModule } from "../trust/module-hash.js";
import { openFile } from "./local-archive.js";
import type { ModuleProxies, ModuleProxy } from "./module-proxies.js";
import type { Archive, Source } from "./source.js";

/** An `.info` is one line; a list has one line for each version and platform. */
const MAX_INFO_BYTES = 1 << 16;
const MAX_LIST_BYTES = 8 << 20;
/** Go supports two lines, and a third has just gone out of support. */
const LIKELY_LINES = 3;

/** What one proxy says to one question. */
type Reply =
  | { readonly kind: "found"; readonly bytes: Buffer; readonly proxy: ModuleProxy }
  | { readonly kind: "absent"; readonly status: number };

/** What `.info` says of a module's version. */
interface ModuleInfo {
  readonly proxy: ModuleProxy;
  readonly time: Date | undefined;
}

/** Reads `v0.0.1-go1.22.6.linux-amd64`; undefined where it is no toolchain that Go has released. */
export function findModuleVersion(text: string): { version: GoVersion; platform: string } | undefined {
  const [, name = "", platform = ""] =
    /^v0\.0\.1-(go[\d.]+(?:(?:beta|rc)\d+)?)\.([a-z0-9]+-[a-z0-9]+)$/.exec(text) ?? [];
  const version = findToolchainName(name);
  return version && { version, platform };
}

export function createGoProxySource(proxies: ModuleProxies, http: HttpClient): Source {
  const { list } = proxies;
  const infos = new Map<string, Promise<ModuleInfo | undefined>>();

  const findInfo = (version: GoVersion, platform: Platform): Promise<ModuleInfo | undefined> => {
    const name = toolchainModule(version, platform).version;
    const known = infos.get(name) ?? fetchInfo(list, http, name);
    infos.set(name, known);
    return known;
  };

  return {
    kind: "goproxy",
    name: nameOf(proxies),
    official: false,
    listVersions: async (platform) => {
      const reply = await askInTurn(list, http, "list", MAX_LIST_BYTES);
      if (reply.kind === "absent") return undefined;
      const { listed, likely } = parseModuleList(reply.bytes.toString("utf8"), platform);
      const answers = await Promise.all(
        likely.map((version) => findInfo(version, platform).catch(() => undefined)),
      );
      return [...listed, ...likely.filter((_, place) => answers[place] !== undefined)];
    },
    findArchive: async (version, platform) => {
      const info = await findInfo(version, platform);
      if (!info) return undefined;
      const name = toolchainModule(version, platform).version;
      const filename = `${name}.zip`;
      return {
        filename,
        format: "module-zip",
        version,
        platform,
        location: locate(info.proxy, `${name}.zip`),
        server: `module proxy ${nameOfProxy(info.proxy)}`,
      };
    },
    openArchive: async (archive, resume) => {
      const proxy = list.find((entry) => locate(entry, archive.filename) === archive.location);
      if (!proxy) throw noSuchArchive(archive);
      if (proxy.place.kind === "directory") return openFile(archive.location, resume);
      const stream = await http.open(proxy.place.endpoint, pathOf(archive.filename), resume);
      if (!stream) throw noSuchArchive(archive);
      return stream;
    },
    findReleaseTime: async (version, platform) => (await findInfo(version, platform))?.time,
  };
}

interface ModuleList {
  /** The versions listed for the platform. */
  readonly listed: readonly GoVersion[];
  /**
   * The newest of each of the newest lines, where it is listed for other platforms alone. A proxy lists what it has
   * been asked for, and Go publishes for all platforms at once, so these are worth asking for.
   */
  readonly likely: readonly GoVersion[];
}

/** Reads a proxy's answer to `@v/list`; lines may carry a time after the version. */
function parseModuleList(text: string, platform: Platform): ModuleList {
  const modules = text
    .split("\n")
    .flatMap((line) => findModuleVersion(line.trim().split(/\s/)[0] ?? "") ?? []);
  const wanted = modulePlatform(platform);
  const listed = modules.filter((module) => module.platform === wanted).map(({ version }) => version);
  const newestOfLines = new Map<number, GoVersion>();
  for (const { version } of modules) {
    const known = newestOfLines.get(version.minor);
    if (!version.prerelease && (!known || compareGoVersions(version, known) > 0))
      newestOfLines.set(version.minor, version);
  }
  const likely = [...newestOfLines.values()]
    .sort((a, b) => compareGoVersions(b, a))
    .slice(0, LIKELY_LINES)
    .filter((version) => !listed.some((other) => isSameVersion(other, version)));
  return { listed, likely };
}

function nameOf({ list, origin }: ModuleProxies): string {
  const label = list.length > 0 ? list.map(nameOfProxy).join(", ") : "GOPROXY=off";
  return `module proxy ${label}${origin === undefined ? " (GOPROXY is not set)" : ""}`;
}

function nameOfProxy({ place }: ModuleProxy): string {
  return place.kind === "server" ? place.endpoint.name : `file://${place.path}`;
}

/**
 * Some proxies answer 403 for what they do not have. It counts as that only from a proxy that lists other versions and
 * not this one: where it refuses everything, or what it lists, "no such version" would hide a policy or a mistake.
 */
async function fetchInfo(
  list: readonly ModuleProxy[],
  http: HttpClient,
  name: string,
): Promise<ModuleInfo | undefined> {
  const reply = await askInTurn(list, http, `${name}.info`, MAX_INFO_BYTES);
  if (reply.kind === "found") return { proxy: reply.proxy, time: parseInfo(reply, name) };
  if (reply.status !== 403) return undefined;
  const others = await askInTurn(list, http, "list", MAX_LIST_BYTES);
  const listed = others.kind === "found" ? others.bytes.toString("utf8") : "";
  const listsIt = listed.split("\n").some((line) => line.trim().split(/\s/)[0] === name);
  if (listed !== "" && !listsIt) return undefined;
  throw refused(listsIt ? `${name}, which it lists` : "every question");
}

/**
 * Go's walk: after `,` the next proxy is asked where this one does not have the thing (404, 410), after `|` on every
 * error too. 403 ends the walk like an error, because it may be a policy that no other proxy shall undermine.
 */
async function askInTurn(
  list: readonly ModuleProxy[],
  http: HttpClient,
  file: string,
  limit: number,
): Promise<Reply> {
  if (list.length === 0) throw proxiesOff();
  let absent: Reply | undefined;
  let failure: unknown;
  for (const proxy of list) {
    try {
      const reply = await askProxy(proxy, http, file, limit);
      if (reply.kind === "found") return reply;
      absent = reply;
      if (reply.status === 403 && !proxy.fallsBackOnError) break;
    } catch (error) {
      // Where the user's own proxies have answered, it is no news that the servers of Go are out of reach.
      if (!(proxy.direct && absent)) failure ??= error;
      if (!proxy.fallsBackOnError) break;
    }
  }
  if (failure !== undefined) throw failure;
  return absent ?? { kind: "absent", status: 404 };
}

async function askProxy(proxy: ModuleProxy, http: HttpClient, file: string, limit: number): Promise<Reply> {
  const { place } = proxy;
  if (place.kind === "server") {
    const answer = await http.read(place.endpoint, pathOf(file), { limit });
    if (answer.kind === "found") return { kind: "found", bytes: answer.bytes, proxy };
    return { kind: "absent", status: answer.kind === "absent" ? answer.status : 404 };
  }
  const found = await readBounded(locate(proxy, file), limit);
  return found.kind === "text"
    ? { kind: "found", bytes: found.bytes, proxy }
    : { kind: "absent", status: 404 };
}

function pathOf(file: string): string {
  return `${TOOLCHAIN_MODULE}/@v/${file}`;
}

function locate({ place }: ModuleProxy, file: string): string {
  return place.kind === "server" ? `${place.endpoint.base}/${pathOf(file)}` : join(place.path, pathOf(file));
}

/** The time is the proxy's word and counts only where it is one. */
function parseInfo({ bytes, proxy }: Extract<Reply, { kind: "found" }>, name: string): Date | undefined {
  const info = parseJson(bytes.toString("utf8"));
  if (typeof info !== "object" || info === null || !("Version" in info) || info.Version !== name) {
    throw new GvtError(
      "SOURCE_BAD_ANSWER",
      `${locate(proxy, `${name}.info`)} is not the description of that version`,
    );
  }
  const time = "Time" in info && typeof info.Time === "string" ? Date.parse(info.Time) : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(time);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // told as an answer that is no description
  }
}

function proxiesOff(): GvtError {
  return new GvtError("SOURCE_UNREACHABLE", "GOPROXY=off forbids asking a module proxy", {
    hint: "set GOPROXY to a module proxy: `export GOPROXY=https://proxy.example,direct`",
  });
}

function refused(what: string): GvtError {
  return new GvtError("SOURCE_BAD_ANSWER", `the module proxy answers 403 to ${what}`, {
    hint: "it may want credentials: put them into GOPROXY's URL or into ~/.netrc",
  });
}

function noSuchArchive({ filename, location }: Archive): GvtError {
  return new GvtError("SOURCE_BAD_ANSWER", `${filename} is no longer at ${location}`);
}
