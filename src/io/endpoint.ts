/**
 * A server that somebody named: where its files are, what may be sent to it, and what it is called in messages. Only
 * the named server gets the credentials, and only a server named with `http:` is asked without encryption.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { GvtError } from "../errors.js";

export interface Endpoint {
  /** Without credentials and without a final slash: `https://go.dev/dl`. */
  readonly base: string;
  /** For people: `https://go.dev/dl`, `https://***@mirror.example/go`. */
  readonly name: string;
  /** The `Authorization` header that its own URL or a netrc file asks for. */
  readonly authorization?: string;
}

/** What a netrc file says: machine → `Authorization` header. */
export type Netrc = ReadonlyMap<string, string>;

/** Reads a base URL as people write it. Throws `USAGE` with the reason; credentials are never echoed. */
export function parseEndpoint(text: string, netrc?: Netrc): Endpoint {
  if (!URL.canParse(text)) throw badEndpoint("it is no URL");
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw badEndpoint("only https and http are spoken");
  if (url.search || url.hash) throw badEndpoint("a base URL has no `?` and no `#`");
  const path = url.pathname.replace(/\/+$/, "");
  const base = `${url.origin}${path}`;
  if (url.username || url.password) {
    const authorization = basic(decode(url.username), decode(url.password));
    return { base, name: `${url.protocol}//***@${url.host}${path}`, authorization };
  }
  // As the go command does, what a netrc file holds is sent over https alone.
  const authorization = url.protocol === "https:" ? netrc?.get(url.hostname) : undefined;
  return { base, name: base, ...(authorization !== undefined && { authorization }) };
}

/** `path` is relative to the base; `?…` asks the base itself. */
export function urlWithin(endpoint: Endpoint, path: string): URL {
  return new URL(`${endpoint.base}/${path}`);
}

/** A URL for messages: neither credentials nor a query, which may be a signed permit. */
export function showUrl(url: URL): string {
  return `${url.protocol}//${url.username || url.password ? "***@" : ""}${url.host}${url.pathname}`;
}

/** `$NETRC`, else `~/.netrc`; empty where there is none. */
export async function readNetrc(
  env: Readonly<Record<string, string | undefined>>,
  home: string | undefined,
): Promise<Netrc> {
  const path = env["NETRC"] || (home && join(home, ".netrc"));
  if (!path) return new Map();
  try {
    return parseNetrc(await readFile(path, "utf8"));
  } catch {
    return new Map(); // as in Go, a netrc file that is not there or not readable grants nothing
  }
}

/** Only complete entries count; `default` ends the file and a `macdef` runs to the next empty line. */
export function parseNetrc(text: string): Netrc {
  const found = new Map<string, string>();
  let entry: { machine?: string; login?: string; password?: string } = {};
  let inMacro = false;
  for (const line of text.split("\n")) {
    if (inMacro) {
      inMacro = line !== "";
      continue;
    }
    const words = line.split(/\s+/).filter((word) => word !== "");
    for (let index = 0; index < words.length; index += 2) {
      const [key, value] = [words[index], words[index + 1]];
      if (key === "default") return found;
      if (value === undefined) break;
      if (key === "machine") entry = { machine: value };
      else if (key === "login" || key === "password") entry[key] = value;
      else if (key === "macdef") inMacro = true;
      const { machine, login, password } = entry;
      if (machine === undefined || login === undefined || password === undefined) continue;
      if (!found.has(machine)) found.set(machine, basic(login, password));
      entry = {};
    }
  }
  return found;
}

/** A stray `%` in a password stands for itself. */
function decode(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) =>
    Buffer.from(escapes.replaceAll("%", ""), "hex").toString(),
  );
}

function basic(login: string, password: string): string {
  return `Basic ${Buffer.from(`${login}:${password}`).toString("base64")}`;
}

function badEndpoint(reason: string): GvtError {
  return new GvtError("USAGE", `cannot read the URL of a source: ${reason}`, {
    hint: "write it like `https://go.dev/dl`",
  });
}
