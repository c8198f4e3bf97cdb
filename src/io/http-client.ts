/** What gvt asks of servers: small answers that are read whole and bounded, and archives that are streamed. */
import type { Context } from "../context.js";
import { type Download, downloadFrom, type ResumePosition } from "./download.js";
import type { Endpoint } from "./endpoint.js";
import {
  ABSENT,
  badAnswer,
  badStatus,
  createAsk,
  createRetry,
  DEFAULT_TIMING,
  findProblem,
  findValidator,
  type HttpClientOptions,
  type Reply,
} from "./requests.js";

interface ReadOptions {
  /** The most bytes an answer may have. */
  readonly limit: number;
  /** ETag or Last-Modified of an answer at hand; the server may then say that it still holds. */
  readonly validator?: string | undefined;
  /** What the caller expects: a web page where data is expected comes from a login portal, not from the server. */
  readonly expect?: "data" | "anything";
}

type Answer =
  | { readonly kind: "found"; readonly bytes: Buffer; readonly validator: string | undefined }
  | { readonly kind: "unchanged" }
  /** The server answers that there is no such thing: 403, 404 or 410. */
  | { readonly kind: "absent"; readonly status: number };

/** `there` also where the server will not say without sending it; `forbidden` may mean either (403). */
type Presence = "there" | "absent" | "forbidden";

export interface HttpClient {
  /** Throws `SOURCE_UNREACHABLE` or `SOURCE_BAD_ANSWER`; all of its methods do. */
  read(endpoint: Endpoint, path: string, options: ReadOptions): Promise<Answer>;
  /** Whether a file is there, without sending it. */
  findPresence(endpoint: Endpoint, path: string): Promise<Presence>;
  /** Undefined where there is no such file. */
  open(endpoint: Endpoint, path: string, resume?: ResumePosition): Promise<Download | undefined>;
}

const clients = new WeakMap<Context, HttpClient>();

/** The client of a command: one for all that the command does, so that what one part learnt of a host, all know. */
export function httpClientOf(context: Context): HttpClient {
  const { env, signal, output, self } = context;
  const client =
    clients.get(context) ?? createHttpClient({ env, signal, version: self.version, trace: output.trace });
  clients.set(context, client);
  return client;
}

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const timing = { ...DEFAULT_TIMING, ...options.timing };
  const ask = createAsk(options, timing);
  const retry = createRetry(options, timing);
  return {
    read: (endpoint, path, reading) =>
      retry(endpoint.name, async () => {
        const headers = reading.validator === undefined ? {} : conditionOf(reading.validator);
        const reply = await ask({ method: "GET", headers, kind: "answer" }, endpoint, path);
        return readAnswer(reply, reading);
      }),
    findPresence: (endpoint, path) =>
      retry(endpoint.name, async () => {
        const { exchange, url } = await ask({ method: "HEAD", headers: {}, kind: "answer" }, endpoint, path);
        await exchange.discard();
        if (exchange.status === 403) return "forbidden";
        if (ABSENT.has(exchange.status)) return "absent";
        if (exchange.status === 405 || exchange.status === 501) return "there";
        if (exchange.status !== 200) throw badStatus(url, exchange.status);
        const problem = findProblem(exchange.headers, "data");
        if (problem !== undefined) throw badAnswer(url, problem);
        return "there";
      }),
    open: (endpoint, path, resume) =>
      downloadFrom({ ask, retry, endpoint, path, stallTimeout: timing.stallTimeout }, resume),
  };
}

async function readAnswer(
  { exchange, url }: Reply,
  { limit, expect = "data" }: ReadOptions,
): Promise<Answer> {
  const { status, headers } = exchange;
  if (status !== 200) {
    await exchange.discard();
    if (status === 304) return { kind: "unchanged" };
    if (ABSENT.has(status)) return { kind: "absent", status };
    throw badStatus(url, status);
  }
  const long = Number(headers["content-length"] ?? 0) > limit ? tooLong(limit) : undefined;
  const problem = findProblem(headers, expect) ?? long;
  if (problem !== undefined) {
    await exchange.discard();
    throw badAnswer(url, problem);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of exchange.body) {
    length += chunk.length;
    if (length > limit) throw badAnswer(url, tooLong(limit));
    chunks.push(chunk);
  }
  return { kind: "found", bytes: Buffer.concat(chunks), validator: findValidator(headers) };
}

function tooLong(limit: number): string {
  return `its answer is longer than ${limit} bytes`;
}

function conditionOf(validator: string): Record<string, string> {
  return validator.startsWith('"') ? { "if-none-match": validator } : { "if-modified-since": validator };
}
