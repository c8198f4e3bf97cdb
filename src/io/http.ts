/**
 * One HTTP exchange: the way out (proxy, certificates, time limits) and what came back, with every fault of the
 * network put into words. Judges no answer. The only importer of `undici`.
 */
import {
  Agent,
  buildConnector,
  type Dispatcher,
  install,
  Pool,
  ProxyAgent,
  request,
  type fetch as undiciFetch,
} from "undici";
import { readTrustedCertificates, type TrustedCertificates } from "./certificates.js";
import { systemCode } from "./files.js";
import { describeFault, type NetworkFault, proxyRefusal, proxySilence } from "./network-fault.js";
import { type ProxySelector, proxySelector } from "./proxy-selection.js";
import { openSocksTunnel } from "./socks.js";

export interface Exchange {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Throws a NetworkFault where the answer breaks off. Leaving the loop early closes the connection. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Gives up the body. */
  discard(): Promise<void>;
}

export interface Message {
  readonly url: URL;
  readonly method: "GET" | "HEAD";
  readonly headers: Readonly<Record<string, string>>;
  /** `archive` bodies take a faster way in than small answers. */
  readonly kind: "answer" | "archive";
}

/** Throws a NetworkFault where no answer came. */
export type Transport = (message: Message) => Promise<Exchange>;

export interface TransportOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Milliseconds for a connection, TLS included. */
  readonly connectTimeout: number;
  /** Milliseconds without a byte. */
  readonly stallTimeout: number;
}

let installed = false;

/** Makes undici's `fetch` the global one, once: Node's own takes no dispatcher of this undici. */
export function installFetch(): void {
  if (!installed) install();
  installed = true;
}

/** Settings and certificates are read, and connections made, when a request first needs them. */
export function createTransport(options: TransportOptions): Transport {
  installFetch();
  let findProxy: ProxySelector | undefined;
  const dispatchers = new Map<string, Dispatcher>();
  let trusted: Promise<TrustedCertificates> | undefined;

  return async ({ url, method, headers, kind }) => {
    findProxy ??= proxySelector(options.env);
    const proxy: URL | undefined = findProxy(url);
    const encrypted = url.protocol === "https:" || proxy?.protocol === "https:";
    if (encrypted) trusted ??= readTrustedCertificates(options.env);
    const certificates = await trusted;
    const way = `${encrypted} ${proxy?.href ?? ""}`;
    const dispatcher = dispatchers.get(way) ?? createDispatcher(options, proxy, certificates);
    dispatchers.set(way, dispatcher);

    const explain = (error: unknown): NetworkFault =>
      describeFault(error, {
        host: url.host,
        proxy: proxy && `${proxy.protocol}//${proxy.host}`,
        connectTimeout: options.connectTimeout,
        stallTimeout: options.stallTimeout,
        missingCertificates: certificates?.missing ?? [],
      });
    try {
      const send = kind === "archive" ? sendForArchive : sendForAnswer;
      return await send(url, { method, headers, dispatcher, signal: options.signal }, explain);
    } catch (error) {
      throw explain(error);
    }
  };
}

interface Sending {
  readonly method: "GET" | "HEAD";
  readonly headers: Readonly<Record<string, string>>;
  readonly dispatcher: Dispatcher;
  readonly signal: AbortSignal;
}

type Explain = (error: unknown) => NetworkFault;

/** The global fetch, so that tests can answer in process. */
async function sendForAnswer(url: URL, sending: Sending, explain: Explain): Promise<Exchange> {
  const send = globalThis.fetch as unknown as typeof undiciFetch;
  const response = await send(url, { ...sending, redirect: "manual" });
  const body: AsyncIterable<Uint8Array> = response.body ?? emptyBody();
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: explained(body, explain),
    discard: async () => response.body?.cancel(),
  };
}

/** Over loopback undici's `request` reads 600 to 1200 MB/s where its `fetch` reads 120 to 370. */
async function sendForArchive(url: URL, sending: Sending, explain: Explain): Promise<Exchange> {
  const { statusCode, headers, body } = await request(url, { ...sending, highWaterMark: 1 << 20 });
  return {
    status: statusCode,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    body: explained(body, explain),
    discard: async () => {
      body.on("error", () => undefined).destroy(); // destroying an unread body is no news
    },
  };
}

async function* explained(body: AsyncIterable<Uint8Array>, explain: Explain): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw explain(error);
  }
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}

function createDispatcher(
  { connectTimeout, stallTimeout }: TransportOptions,
  proxy: URL | undefined,
  certificates: TrustedCertificates | undefined,
): Dispatcher {
  const connect = {
    timeout: connectTimeout,
    // Said aloud, because NODE_TLS_REJECT_UNAUTHORIZED=0 would otherwise switch all checks off.
    rejectUnauthorized: true,
    ...(certificates && { secureContext: certificates.context }),
  };
  const limits = { headersTimeout: stallTimeout, bodyTimeout: stallTimeout };
  if (!proxy) return new Agent({ connect, ...limits });
  if (SOCKS.test(proxy.protocol))
    return new Agent({ connect: socksConnector(proxy, connectTimeout, buildConnector(connect)), ...limits });
  return new ProxyAgent({
    uri: proxy.href,
    requestTls: connect,
    proxyTls: connect,
    // Plain http goes to a proxy as an absolute URL, as Go and curl send it; only https is tunnelled.
    proxyTunnel: false,
    clientFactory: (origin, settings) => new TunnelPool(origin, { ...settings, ...limits }),
    ...limits,
  });
}

const SOCKS = /^socks5h?:$/;

/** Connections through a SOCKS proxy; `encrypt` makes TLS of one that leads to its host. */
function socksConnector(proxy: URL, timeout: number, encrypt: Connector): Connector {
  const { protocol, host, hostname, username, password } = proxy;
  const port = proxy.port || "1080";
  const toProxy = buildConnector({ timeout });
  return (target, callback) => {
    toProxy({ protocol: "http:", host, hostname: withoutBrackets(hostname), port }, async (error, socket) => {
      if (error) return callback(error, null);
      try {
        await openSocksTunnel(socket, {
          name: `${protocol}//${host}`,
          credentials: username
            ? { username: decodeURIComponent(username), password: decodeURIComponent(password) }
            : undefined,
          host: target.hostname,
          port: Number(target.port || (target.protocol === "https:" ? 443 : 80)),
          timeout,
        });
      } catch (fault) {
        return callback(fault as Error, null);
      }
      if (target.protocol === "https:") encrypt({ ...target, httpSocket: socket }, callback);
      else callback(null, socket);
    });
  };
}

type Connector = buildConnector.connector;

function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}

/** The connections to a proxy. undici tells a refused tunnel as an aborted request, a silent one as a silent site. */
class TunnelPool extends Pool {
  override connect(options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData>;
  override connect(options: Dispatcher.ConnectOptions, callback: ConnectCallback): void;
  override connect(
    options: Dispatcher.ConnectOptions,
    callback?: ConnectCallback,
  ): Promise<Dispatcher.ConnectData> | undefined {
    if (!callback) return this.#openTunnel(options);
    super.connect(options, callback);
    return undefined;
  }

  async #openTunnel(options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> {
    const proxy = String(options.origin);
    const tunnel = await super.connect(options).catch((error: unknown) => {
      throw systemCode(error) === "UND_ERR_HEADERS_TIMEOUT" ? proxySilence(proxy, error) : error;
    });
    if (tunnel.statusCode === 200) return tunnel;
    tunnel.socket.on("error", () => undefined).destroy();
    throw proxyRefusal(proxy, tunnel.statusCode);
  }
}

type ConnectCallback = (error: Error | null, data: Dispatcher.ConnectData) => void;
