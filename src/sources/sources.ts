/** Where releases come from in this run: the ordered list of sources, and the way to the transparency log. */
import { isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Context } from "../context.js";
import { GvtError } from "../errors.js";
import { escapePath, escapeText } from "../go/escape.js";
import { parseEndpoint, readNetrc } from "../io/endpoint.js";
import { isDirectory } from "../io/files.js";
import { httpClientOf } from "../io/http-client.js";
import type { LogTransport } from "../trust/checksum-database.js";
import { createDirectorySource } from "./directory.js";
import { createGoProxySource } from "./go-proxy.js";
import { findLogTransport } from "./log-transport.js";
import { type ModuleProxies, readModuleProxies } from "./module-proxies.js";
import { createSiteSource } from "./site.js";
import type { Source } from "./source.js";

export interface SourceOptions {
  /** `--source`: a directory, a URL laid out like go.dev/dl, or `goproxy`. */
  readonly source?: string | undefined;
  /** Opens no socket: only directories and `file:` proxies remain. */
  readonly offline: boolean;
}

export interface Sources {
  /** Tried in order; never empty. */
  readonly list: readonly Source[];
  /** Undefined where the log cannot be asked: offline, and no directory carries it. */
  readonly log: LogTransport | undefined;
}

const DEFAULT_SOURCES: readonly string[] = ["https://go.dev/dl", "goproxy"];

/** Throws `OFFLINE` where `--offline` leaves no source, and `USAGE` for what names none or is not there. */
export async function openSources(context: Context, { source, offline }: SourceOptions): Promise<Sources> {
  const { proxies: configured, settings } = await readModuleProxies(context);
  const proxies = offline ? localOnly(configured) : configured;
  const words = source === undefined ? (context.config.sources ?? DEFAULT_SOURCES) : [source];
  const list: Source[] = [];
  const directories: string[] = [];
  for (const word of words) {
    if (word === "goproxy") {
      if (!offline || proxies.list.length > 0) list.push(createGoProxySource(proxies, httpClientOf(context)));
    } else if (/^https?:\/\//i.test(word)) {
      if (!offline) list.push(await openSite(context, word));
    } else {
      const directory = findDirectory(word, context);
      if (source !== undefined) verifyDirectory(directory);
      directories.push(directory);
      list.push(createDirectorySource(directory));
    }
  }
  if (list.length === 0) throw nothingOffline(words);
  const gosumdb = settings.find("GOSUMDB")?.value;
  const log = findLogTransport({ http: httpClientOf(context), proxies, gosumdb, offline, directories });
  return { list, log };
}

async function openSite(context: Context, url: string): Promise<Source> {
  const endpoint = parseEndpoint(url, await readNetrc(context.env, context.home));
  return createSiteSource(endpoint, {
    http: httpClientOf(context),
    indexes: context.layout.indexes,
    clock: context.clock,
    warn: context.output.note,
  });
}

/** A path, relative to the current directory, `~/…`, or a `file:` URL. */
function findDirectory(word: string, { cwd, home }: Context): string {
  if (/^file:\/\/\//i.test(word) && URL.canParse(word)) return fileURLToPath(word);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(word)) throw badSource(word);
  if (word.startsWith("~/") && home !== undefined) return join(home, word.slice(2));
  return isAbsolute(word) ? word : resolve(cwd, word);
}

/** What was named for this one command must be there; of settings, a disk may be unplugged. */
function verifyDirectory(directory: string): void {
  if (!isDirectory(directory)) throw noDirectory(directory);
}

function localOnly({ list, origin }: ModuleProxies): ModuleProxies {
  return { list: list.filter(({ place }) => place.kind === "directory"), origin };
}

function nothingOffline(words: readonly string[]): GvtError {
  return new GvtError("OFFLINE", "there is nowhere to get a Go from without the network", {
    facts: { sources: words.map((word) => word.replace(/\/\/[^/@]*@/, "//***@")).join(", ") },
    hint: "name a directory of archives: `gvt install --offline --source DIR`",
  });
}

function noDirectory(directory: string): GvtError {
  return new GvtError("USAGE", `\`${escapePath(directory)}\` is no directory, and so no source`, {
    hint: "name a directory of archives, an https URL laid out like go.dev/dl, or `goproxy`",
  });
}

function badSource(word: string): GvtError {
  return new GvtError("USAGE", `\`${escapeText(word.replace(/\/\/[^/@]*@/, "//***@"))}\` is no source`, {
    hint: "name a directory, an https URL laid out like go.dev/dl, or `goproxy`",
  });
}
