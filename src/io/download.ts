/**
 * An archive as a stream of bytes that gets over a broken connection: it goes on where it stopped if the server can
 * prove that the file is the same, and otherwise reads again what it has already handed on.
 */
import { type Endpoint, urlWithin } from "./endpoint.js";
import type { Exchange } from "./http.js";
import { NetworkFault } from "./network-fault.js";
import {
  ABSENT,
  type Ask,
  badAnswer,
  badStatus,
  findProblem,
  findValidator,
  type Retry,
} from "./requests.js";

/** Where to go on, and the ETag or Last-Modified of what is at hand. */
export interface ResumePosition {
  readonly offset: number;
  readonly validator: string;
}

export interface Download {
  /** Where the bytes begin: 0 where the server sends the whole file in spite of a resume position. */
  readonly offset: number;
  /** Size of the whole file, where the server says so. */
  readonly size?: number;
  readonly validator?: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

export interface Request {
  readonly ask: Ask;
  readonly retry: Retry;
  readonly endpoint: Endpoint;
  readonly path: string;
  /** Milliseconds. */
  readonly stallTimeout: number;
}

/** One answer that carries bytes of the file. */
interface Part {
  readonly offset: number;
  readonly size: number | undefined;
  readonly validator: string | undefined;
  readonly url: URL;
  readonly exchange: Exchange;
}

/** No Go archive comes near this. */
export const MAX_ARCHIVE_BYTES = 400 << 20;
/** Bytes a second, over a whole stall timeout of waiting. */
const SLOWEST = 1024;
/** A connection that brought this many bytes before it broke was worth it, however many broke before. */
const WORTHWHILE = 1 << 20;

export async function downloadFrom(request: Request, resume?: ResumePosition): Promise<Download | undefined> {
  const part = await request.retry(request.endpoint.name, () => openOnce(request, resume));
  if (!part) return undefined;
  const { offset, size, validator } = part;
  return {
    offset,
    ...(size !== undefined && { size }),
    ...(validator !== undefined && { validator }),
    bytes: readParts(request, part),
  };
}

async function* readParts(request: Request, first: Part): AsyncGenerator<Uint8Array> {
  let part = first;
  let position = first.offset;
  let breaks = 0;
  for (;;) {
    const start = position;
    let fault: NetworkFault | undefined;
    const body = paced(part, request.stallTimeout, position - part.offset)[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await nextOrFault(body);
        if (next instanceof NetworkFault) fault = next;
        if (next instanceof NetworkFault || next.done) break;
        position += next.value.length;
        if (position > (first.size ?? MAX_ARCHIVE_BYTES))
          throw badAnswer(part.url, "it sends more bytes than it announced");
        yield next.value;
      }
    } finally {
      await body.return?.(undefined);
    }
    if (!fault && (first.size === undefined || position === first.size)) return;
    breaks = position - start >= WORTHWHILE ? 1 : breaks + 1;
    const reason = fault ?? new NetworkFault("cut", `it ended after ${position} of ${first.size} bytes`);
    part = await reopen(request, first, position, reason, breaks);
  }
}

async function nextOrFault(body: AsyncIterator<Uint8Array>) {
  try {
    return await body.next();
  } catch (error) {
    if (error instanceof NetworkFault) return error;
    throw error;
  }
}

async function reopen(
  request: Request,
  first: Part,
  position: number,
  fault: NetworkFault,
  breaks: number,
): Promise<Part> {
  const resume = first.validator === undefined ? undefined : { offset: position, validator: first.validator };
  const again = () => openOnce(request, resume);
  const part = await request.retry(request.endpoint.name, again, { fault, tried: breaks });
  if (!part || part.size !== first.size || part.validator !== first.validator) {
    await part?.exchange.discard();
    throw badAnswer(urlWithin(request.endpoint, request.path), "the file changed while it was read");
  }
  return part;
}

async function openOnce(request: Request, resume: ResumePosition | undefined): Promise<Part | undefined> {
  const ranged = resume !== undefined && resume.offset > 0;
  const headers = ranged ? { range: `bytes=${resume.offset}-`, "if-range": resume.validator } : undefined;
  const { exchange, url } = await request.ask(
    { method: "GET", headers: headers ?? {}, kind: "archive" },
    request.endpoint,
    request.path,
  );
  const { status } = exchange;
  if (status !== 200 && status !== 206) await exchange.discard();
  if (ABSENT.has(status)) return undefined;
  // The file is no longer as long as what is at hand.
  if (status === 416 && ranged) return openOnce(request, undefined);
  if (status !== 200 && !(status === 206 && ranged)) throw badStatus(url, status);
  try {
    return readPart(exchange, url, status === 206 ? resume : undefined);
  } catch (error) {
    await exchange.discard();
    throw error;
  }
}

function readPart(exchange: Exchange, url: URL, resume: ResumePosition | undefined): Part {
  const { headers } = exchange;
  const problem = findProblem(headers, "data");
  if (problem !== undefined) throw badAnswer(url, problem);
  const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers["content-range"] ?? "");
  const offset = resume ? resume.offset : 0;
  if (resume && (Number(range?.[1]) !== offset || Number(range?.[2]) !== Number(range?.[3]) - 1)) {
    throw badAnswer(url, "it sends another part of the file than was asked for");
  }
  const announced = resume ? range?.[3] : headers["content-length"];
  const size = announced !== undefined && /^\d{1,15}$/.test(announced) ? Number(announced) : undefined;
  if (size !== undefined && size > MAX_ARCHIVE_BYTES)
    throw badAnswer(url, `the file has ${size} bytes; no archive of Go is that large`);
  return { offset, size, validator: findValidator(headers), url, exchange };
}

/**
 * The bytes of a part without the first `skip`, as long as they come at a bearable rate. Only the time spent waiting
 * for the server counts, not what the reader takes.
 */
async function* paced({ exchange }: Part, stallTimeout: number, skip: number): AsyncGenerator<Uint8Array> {
  let left = skip;
  let waited = 0;
  let received = 0;
  let since = performance.now();
  for await (const chunk of exchange.body) {
    waited += performance.now() - since;
    received += chunk.length;
    if (waited >= stallTimeout) {
      if (received < (SLOWEST * waited) / 1000) {
        throw new NetworkFault("cut", `it sent ${received} bytes in ${Math.round(waited / 1000)} s`);
      }
      waited = 0;
      received = 0;
    }
    const passed = Math.min(left, chunk.length);
    left -= passed;
    if (passed < chunk.length) yield chunk.subarray(passed);
    since = performance.now();
  }
}
