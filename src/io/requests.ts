/**
 * The manners of asking a server: redirects are followed without carrying credentials or leaving https, what may pass
 * is tried again after a pause, and a host that did not answer is asked no second time.
 */
import { setTimeout as delay } from "node:timers/promises";
import { GvtError } from "../errors.js";
import { type Endpoint, showUrl, urlWithin } from "./endpoint.js";
import { createTransport, type Exchange, type Message } from "./http.js";
import { NetworkFault, proxyRefusal } from "./network-fault.js";

/** Milliseconds. Tests shorten them. */
export interface Timing {
  readonly connectTimeout: number;
  readonly stallTimeout: number;
  /** The first pause before asking again; doubled each time. */
  readonly backoff: number;
  readonly longestPause: number;
}

export interface HttpClientOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly version: string;
  readonly trace: (line: string) => void;
  readonly timing?: Partial<Timing>;
}

/** An answer after redirects, and where it came from in the end. */
export interface Reply {
  readonly exchange: Exchange;
  readonly url: URL;
}

/** What an exchange is made with: one try, redirects followed, statuses that may pass thrown as faults. */
export type Ask = (message: Omit<Message, "url">, endpoint: Endpoint, path: string) => Promise<Reply>;

/** Runs a try again while its faults may pass; `broken` is a fault that has happened already. */
export type Retry = <T>(
  name: string,
  attempt: () => Promise<T>,
  broken?: { readonly fault: NetworkFault; readonly tried: number },
) => Promise<T>;

export const DEFAULT_TIMING: Timing = {
  // undici's clock ticks twice a second: with this a host that does not answer costs three seconds.
  connectTimeout: 2500,
  stallTimeout: 30_000,
  backoff: 500,
  longestPause: 30_000,
};
const TRIES = 4;
const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const PASSING = new Set([429, 500, 502, 503, 504]);
/** A server says so of a thing that it does not have; some say 403 for it. */
export const ABSENT = new Set([403, 404, 410]);

export function createAsk({ env, signal, version, trace }: HttpClientOptions, timing: Timing): Ask {
  const send = createTransport({ env, signal, ...timing });
  const silent = new Map<string, NetworkFault>();

  const sendOnce = async (message: Message): Promise<Exchange> => {
    const { origin } = message.url;
    const known = silent.get(origin);
    if (known) throw known;
    try {
      const exchange = await send(message);
      trace(`${message.method} ${showUrl(message.url)}: ${exchange.status}`);
      return exchange;
    } catch (error) {
      if (error instanceof NetworkFault && error.kind === "no-answer") silent.set(origin, error);
      trace(`${message.method} ${showUrl(message.url)}: ${String(error)}`);
      throw error;
    }
  };

  return async (message, endpoint, path) => {
    let url = urlWithin(endpoint, path);
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      const exchange = await sendOnce({
        ...message,
        url,
        headers: headersFor(message, url, endpoint, version),
      });
      if (!REDIRECTS.has(exchange.status)) {
        if (exchange.status === 407) throw proxyRefusal(undefined, 407);
        if (PASSING.has(exchange.status)) throw await passingStatus(exchange);
        return { exchange, url };
      }
      await exchange.discard();
      url = parseRedirect(url, exchange.headers["location"], endpoint);
    }
    throw badAnswer(urlWithin(endpoint, path), `it redirects more than ${MAX_REDIRECTS} times`);
  };
}

/** Credentials go to the server they were given for and to no other it may redirect to. */
function headersFor(message: Omit<Message, "url">, url: URL, endpoint: Endpoint, version: string) {
  const own = url.origin === new URL(endpoint.base).origin;
  return {
    ...message.headers,
    "user-agent": `gvt/${version}`,
    "accept-encoding": "identity",
    ...(own && endpoint.authorization !== undefined && { authorization: endpoint.authorization }),
  };
}

/** Relative or absolute; never from https to http, and over http only to the host that was named with it. */
function parseRedirect(from: URL, location: string | undefined, endpoint: Endpoint): URL {
  if (location === undefined || !URL.canParse(location, from.href)) {
    throw badAnswer(from, "it redirects to nowhere");
  }
  const to = new URL(location, from);
  const named = to.protocol === "http:" && to.origin === new URL(endpoint.base).origin;
  if (to.protocol !== "https:" && !(named && from.protocol === "http:")) {
    throw badAnswer(from, `it redirects to ${showUrl(to)}, which is not https`);
  }
  if (to.username || to.password) throw badAnswer(from, "it redirects to a URL with credentials");
  // No release lives at a link-local address, but the secrets of a cloud machine do.
  if (/^169\.254\.|^\[fe80:/.test(to.hostname)) {
    throw badAnswer(from, `it redirects to ${to.host}, which is this machine's own network link`);
  }
  return to;
}

export function createRetry({ signal, trace }: HttpClientOptions, timing: Timing): Retry {
  return async (name, attempt, broken) => {
    let fault = broken?.fault;
    for (let tried = broken?.tried ?? 0; ; tried++) {
      if (fault) {
        if (fault.kind === "no-answer" || tried >= TRIES) throw unreachable(name, fault);
        const pause = pauseBefore(tried, fault, timing);
        trace(`${name}: ${fault.message}; again in ${Math.round(pause)} ms`);
        await delay(pause, undefined, { signal }).catch(() => undefined); // the next line looks at the signal itself
      }
      if (signal.aborted) throw interrupted();
      try {
        return await attempt();
      } catch (error) {
        if (signal.aborted) throw interrupted(error);
        if (!(error instanceof NetworkFault)) throw error;
        fault = error;
      }
    }
  };
}

/** What the server asks for, within reason; else 0.5 s, 1 s, 2 s, spread so that many clients do not return at once. */
function pauseBefore(tried: number, fault: NetworkFault, { backoff, longestPause }: Timing): number {
  const spread = 0.5 + Math.random() / 2;
  return Math.min(fault.retryAfter ?? backoff * 2 ** (tried - 1) * spread, longestPause);
}

async function passingStatus(exchange: Exchange): Promise<NetworkFault> {
  await exchange.discard();
  const seconds = exchange.headers["retry-after"];
  const retryAfter = seconds !== undefined && /^\d{1,10}$/.test(seconds) ? Number(seconds) * 1000 : undefined;
  return new NetworkFault("cut", `it answers ${exchange.status}`, { retryAfter });
}

/** A strong ETag, else the date of the last change. */
export function findValidator(headers: Exchange["headers"]): string | undefined {
  const etag = headers["etag"];
  return etag?.startsWith('"') ? etag : headers["last-modified"];
}

/** Why an answer with a good status cannot be what was asked for. */
export function findProblem(headers: Exchange["headers"], expect: "data" | "anything"): string | undefined {
  if (expect === "data" && /^text\/html\b/i.test(headers["content-type"] ?? "")) {
    return "it answers with a web page: a login portal, or no such server";
  }
  const encoding = headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity")
    return `it answers in the encoding \`${encoding}\`, which was not asked for`;
  return undefined;
}

export function badStatus(url: URL, status: number): GvtError {
  return new GvtError("SOURCE_BAD_ANSWER", `${showUrl(url)} answers ${status}`, {
    hint:
      status === 401 ? "put the user name and password into the source's URL or into ~/.netrc" : undefined,
  });
}

export function badAnswer(url: URL, reason: string): GvtError {
  return new GvtError("SOURCE_BAD_ANSWER", `${showUrl(url)} cannot be used: ${reason}`);
}

function unreachable(name: string, fault: NetworkFault): GvtError {
  return new GvtError("SOURCE_UNREACHABLE", `cannot get an answer from ${name}: ${fault.message}`, {
    hint: fault.hint,
    cause: fault,
  });
}

function interrupted(cause?: unknown): GvtError {
  return new GvtError("INTERRUPTED", "interrupted", { cause });
}
