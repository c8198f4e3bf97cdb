/**
 * The way to Go's checksum database, found as the go command finds it: through the first module proxy that supports
 * it, else directly. GOSUMDB, GONOSUMDB and GOPRIVATE may lead to another address of the same log, but no setting
 * leads past it: what comes back is believed only under the log's own key.
 */
import { join } from "node:path";
import { GvtError } from "../errors.js";
import { type Endpoint, parseEndpoint } from "../io/endpoint.js";
import { isDirectory, readBounded } from "../io/files.js";
import type { HttpClient } from "../io/http-client.js";
import type { LogTransport } from "../trust/checksum-database.js";
import type { ModuleProxies } from "./module-proxies.js";

export interface LogTransportOptions {
  readonly http: HttpClient;
  readonly proxies: ModuleProxies;
  /** GOSUMDB as Go is configured. */
  readonly gosumdb: string | undefined;
  readonly offline: boolean;
  /** Directories that may carry the log's answers: those that are named as sources. */
  readonly directories: readonly string[];
}

type Place =
  | { readonly kind: "directory"; readonly path: string }
  | { readonly kind: "server"; readonly endpoint: Endpoint };

const LOG = "sum.golang.org";

const DIRECT_PLACE: Place = { kind: "server", endpoint: parseEndpoint(`https://${LOG}`) };

/** A tile has at most 8 KiB, a lookup less. */
const MAX_ANSWER_BYTES = 1 << 18;

/**
 * Undefined where the log cannot be asked: offline, and no directory carries its answers. What a directory carries is
 * as good as what the network says, since both are proven alike; the network is asked for what it lacks.
 */
export function findLogTransport(options: LogTransportOptions): LogTransport | undefined {
  const { http, proxies, gosumdb, offline, directories } = options;
  if (offline) {
    const local = proxies.list.flatMap(({ place }) => (place.kind === "directory" ? [place.path] : []));
    const carried = findDirectory([...directories, ...local]);
    return carried && createTransport(carried, http);
  }
  const carried = findStatedServer(gosumdb) ? undefined : findDirectory(directories);
  let place: Promise<Place> | undefined;
  return {
    read: async (path) => {
      const answer = carried && (await createTransport(carried, http).read(path));
      if (answer) return answer;
      place ??= findPlace(options);
      return createTransport(await place, http).read(path);
    },
  };
}

function createTransport(place: Place, http: HttpClient): LogTransport {
  return {
    read: async (path) => {
      const relative = path.replace(/^\/+/, "");
      if (place.kind === "directory") return readFromDirectory(place.path, relative);
      const answer = await http.read(place.endpoint, relative, { limit: MAX_ANSWER_BYTES });
      if (answer.kind === "found") return answer.bytes;
      if (answer.kind === "absent" && answer.status === 403) throw refused(place.endpoint);
      return undefined;
    },
  };
}

async function readFromDirectory(directory: string, path: string): Promise<Buffer | undefined> {
  const file = await readBounded(join(directory, path), MAX_ANSWER_BYTES);
  if (file.kind === "text") return file.bytes;
  if (file.kind === "absent") return undefined;
  throw new GvtError("SOURCE_BAD_ANSWER", `cannot read ${join(directory, path)} of the checksum database`);
}

/** 1. An address in GOSUMDB. 2. A proxy that supports the log. 3. The log itself, unless no proxy could say. */
async function findPlace({ http, proxies, gosumdb }: LogTransportOptions): Promise<Place> {
  const stated = findStatedServer(gosumdb);
  if (stated) return { kind: "server", endpoint: stated };
  let failure: unknown;
  for (const { place, fallsBackOnError, direct } of proxies.list) {
    if (direct) return DIRECT_PLACE;
    const path = `sumdb/${LOG}`;
    if (place.kind === "directory") {
      if (isDirectory(join(place.path, path))) return { kind: "directory", path: join(place.path, path) };
      continue;
    }
    try {
      const answer = await http.read(place.endpoint, `${path}/supported`, {
        limit: MAX_ANSWER_BYTES,
        expect: "anything",
      });
      if (answer.kind === "found") return { kind: "server", endpoint: within(place.endpoint, path) };
      if (answer.kind === "absent" && answer.status === 403) throw refused(place.endpoint);
    } catch (error) {
      failure ??= error;
      if (!fallsBackOnError) throw error;
    }
  }
  if (failure !== undefined) throw failure;
  return DIRECT_PLACE;
}

/**
 * `sum.golang.google.cn` is another address of the same log, and `<name or key> <URL>` gives one. Other values name
 * other logs or none, which hold no record of a toolchain that gvt would believe.
 */
function findStatedServer(gosumdb: string | undefined): Endpoint | undefined {
  const [name, url] = gosumdb?.trim().split(/\s+/) ?? [];
  if (name === "sum.golang.google.cn") return parseEndpoint(url ?? "https://sum.golang.google.cn");
  const sameLog = name === LOG || name?.startsWith(`${LOG}+`);
  return sameLog && url !== undefined ? parseEndpoint(url) : undefined;
}

/** The first that carries answers of the log. */
function findDirectory(directories: readonly string[]): Place | undefined {
  for (const directory of directories) {
    const path = join(directory, "sumdb", LOG);
    if (isDirectory(path)) return { kind: "directory", path };
  }
  return undefined;
}

function within(endpoint: Endpoint, path: string): Endpoint {
  return { ...endpoint, base: `${endpoint.base}/${path}`, name: `${endpoint.name}/${path}` };
}

function refused(endpoint: Endpoint): GvtError {
  return new GvtError(
    "SOURCE_BAD_ANSWER",
    `${endpoint.name} refuses to answer for the checksum database (403)`,
  );
}
