/**
 * A real server on the loopback: a download site, a module proxy or a checksum database, by what is put on it. It can
 * be told to misbehave path by path, and remembers what it was asked.
 */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

interface SiteRequest {
  readonly method: string;
  /** As it was asked: `/go1.22.6.linux-amd64.tar.gz`, and absolute where the site is used as a proxy. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

interface FileOptions {
  readonly etag?: string;
  readonly lastModified?: string;
  readonly type?: string;
}

/** What goes wrong. Every fault but a lasting one counts its requests and is gone after `times`. */
type Fault = { readonly times?: number } & (
  | { readonly kind: "status"; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** Accepts the request and says nothing. */
  | { readonly kind: "hang" }
  /** Closes the connection after so many bytes of the body. */
  | { readonly kind: "cut"; readonly after: number }
  /** Breaks the connection off before any answer. */
  | { readonly kind: "reset" }
  /** Announces this many bytes more than there are, and ends. */
  | { readonly kind: "wrong-length"; readonly by: number }
  | { readonly kind: "redirect"; readonly to: string }
  | { readonly kind: "ignores-range" }
  /** Answers a range with the bytes from 0, and says so. */
  | { readonly kind: "wrong-range" }
  /** A login portal: a page, with status 200. */
  | { readonly kind: "html" }
  /** One byte after another, so many milliseconds apart. */
  | { readonly kind: "slow"; readonly pause: number }
  /** Sends part of the body and then nothing. */
  | { readonly kind: "stall"; readonly after: number }
  | { readonly kind: "encoding"; readonly encoding: string }
);

/** An index entry's file, as go.dev writes it; fields may be wrong on purpose. */
export type IndexEntry = Readonly<Record<string, unknown>>;

export interface Site {
  /** `http://127.0.0.1:PORT`, without a final slash. */
  readonly url: string;
  readonly requests: readonly SiteRequest[];
  /** `path` with its leading slash, and a query where the file is for one. */
  addFile(path: string, content: string | Uint8Array, options?: FileOptions): void;
  /** An index like go.dev's, below a base such as `/dl`. */
  addIndex(releases: readonly IndexEntry[], base?: string): void;
  /** A release archive with its index entry left to `addIndex`; gives its SHA-256. */
  addArchive(filename: string, content: Uint8Array, base?: string): string;
  /** A toolchain module as a proxy serves it: `v0.0.1-go1.22.6.linux-amd64`. */
  addModule(version: string, zip: Uint8Array, time?: string): void;
  removeFile(path: string): void;
  fault(path: string, fault: Fault): void;
  /** Requests for a path, to say how often it was asked for. */
  count(path: string): number;
  close(): Promise<void>;
}

export interface SiteOptions {
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Decides before anything else; true where it has answered. */
  readonly intercept?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

interface StoredFile extends FileOptions {
  readonly bytes: Buffer;
}

const INDEX_QUERY = "?mode=json&include=all";

export async function startSite({ tls, intercept }: SiteOptions = {}): Promise<Site> {
  const files = new Map<string, StoredFile>();
  const faults = new Map<string, { fault: Fault; left: number }>();
  const requests: SiteRequest[] = [];
  const modules: string[] = [];

  const listener: RequestListener = (request, response) => {
    const { method = "GET", url = "/", headers } = request;
    requests.push({ method, url, headers });
    if (intercept?.(request, response)) return;
    const path = url.replace(/^https?:\/\/[^/]+/, "");
    const fault = takeFault(path);
    const file = files.get(path) ?? files.get(path.replace(/\?.*$/, ""));
    if (fault && misbehave(fault, file, request, response)) return;
    if (file) sendFile(file, request, response, fault?.kind);
    else response.writeHead(404, { "content-type": "text/plain" }).end("not found\n");
  };
  const takeFault = (path: string): Fault | undefined => {
    const planned = faults.get(path);
    if (!planned || planned.left <= 0) return undefined;
    planned.left--;
    return planned.fault;
  };

  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const site: Site = {
    url: `${tls ? "https" : "http"}://127.0.0.1:${port}`,
    requests,
    addFile: (path, content, options = {}) =>
      void files.set(path, { bytes: Buffer.from(content), ...options }),
    addIndex: (releases, base = "") =>
      site.addFile(`${base}/${INDEX_QUERY}`, JSON.stringify(releases), { type: "application/json" }),
    addArchive: (filename, content, base = "") => {
      const sha256 = createHash("sha256").update(content).digest("hex");
      site.addFile(`${base}/${filename}`, content, { etag: `"${sha256.slice(0, 16)}"` });
      return sha256;
    },
    addModule: (version, zip, time = "2024-08-06T00:00:00Z") => {
      const base = "/golang.org/toolchain/@v";
      modules.push(version);
      site.addFile(`${base}/list`, `${modules.join("\n")}\n`);
      site.addFile(`${base}/${version}.info`, JSON.stringify({ Version: version, Time: time }));
      site.addFile(`${base}/${version}.mod`, "module golang.org/toolchain\n");
      site.addFile(`${base}/${version}.zip`, zip, { etag: `"${version}"`, type: "application/zip" });
    },
    removeFile: (path) => void files.delete(path),
    fault: (path, fault) => void faults.set(path, { fault, left: fault.times ?? Number.POSITIVE_INFINITY }),
    count: (path) => requests.filter(({ url }) => url === path).length,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return site;
}

/** True where the fault was the whole answer. */
function misbehave(
  fault: Fault,
  file: StoredFile | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const bytes = file?.bytes ?? Buffer.alloc(0);
  switch (fault.kind) {
    case "status":
      response.writeHead(fault.status, fault.headers).end();
      return true;
    case "hang":
      return true;
    case "reset":
      request.socket.resetAndDestroy();
      return true;
    case "redirect":
      response.writeHead(302, { location: fault.to }).end();
      return true;
    case "html":
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end("<html>log in</html>");
      return true;
    case "encoding":
      response.writeHead(200, { "content-encoding": fault.encoding }).end(bytes);
      return true;
    case "wrong-length":
      response.writeHead(200, { "content-length": bytes.length + fault.by });
      response.write(bytes, () => request.socket.destroy());
      return true;
    case "cut":
      sendPart(file, request, response, fault.after, () => request.socket.destroy());
      return true;
    case "stall":
      sendPart(file, request, response, fault.after, () => undefined);
      return true;
    case "slow":
      void sendSlowly(bytes, response, fault.pause);
      return true;
    case "ignores-range":
    case "wrong-range":
      return false;
  }
}

/** The first bytes of what a proper answer would have, headers and all. */
function sendPart(
  file: StoredFile | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  after: number,
  then: () => void,
): void {
  if (!file) return void response.writeHead(404).end();
  const { status, headers, body } = answerFor(file, request, undefined);
  response.writeHead(status, headers);
  response.write(body.subarray(0, after), then);
}

async function sendSlowly(bytes: Buffer, response: ServerResponse, pause: number): Promise<void> {
  response.writeHead(200, { "content-length": bytes.length });
  for (const byte of bytes) {
    if (response.destroyed) return;
    response.write(Buffer.of(byte));
    await delay(pause);
  }
  response.end();
}

function sendFile(
  file: StoredFile,
  request: IncomingMessage,
  response: ServerResponse,
  fault: Fault["kind"] | undefined,
): void {
  const { status, headers, body } = answerFor(file, request, fault);
  response.writeHead(status, headers).end(request.method === "HEAD" ? undefined : body);
}

function answerFor(file: StoredFile, { headers: asked }: IncomingMessage, fault: Fault["kind"] | undefined) {
  const { bytes, etag, lastModified, type } = file;
  const headers = {
    "content-type": type ?? "application/octet-stream",
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { "last-modified": lastModified }),
  };
  if (etag !== undefined && asked["if-none-match"] === etag)
    return { status: 304, headers, body: Buffer.alloc(0) };
  const validator = asked["if-range"];
  const same = validator === undefined || validator === etag || validator === lastModified;
  const start = Number(/^bytes=(\d+)-$/.exec(asked.range ?? "")?.[1] ?? Number.NaN);
  if (Number.isNaN(start) || !same || fault === "ignores-range") {
    return { status: 200, headers: { ...headers, "content-length": bytes.length }, body: bytes };
  }
  if (start >= bytes.length) return { status: 416, headers, body: Buffer.alloc(0) };
  const from = fault === "wrong-range" ? 0 : start;
  const range = `bytes ${from}-${bytes.length - 1}/${bytes.length}`;
  const body = bytes.subarray(from);
  return {
    status: 206,
    headers: { ...headers, "content-range": range, "content-length": body.length },
    body,
  };
}
