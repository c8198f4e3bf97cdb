/** What can go wrong between gvt and a server, in words, and whether asking again may help. */
import { systemCode } from "./files.js";

export interface FaultCircumstances {
  readonly host: string;
  /** The proxy on the way, without credentials. */
  readonly proxy: string | undefined;
  /** Milliseconds. */
  readonly connectTimeout: number;
  readonly stallTimeout: number;
  /** `VARIABLE=path` of certificate files that are not there. */
  readonly missingCertificates: readonly string[];
}

export class NetworkFault extends Error {
  /**
   * `no-answer`: the host (or the proxy before it) cannot be talked to, and will not be a second later either.
   * `cut`: the connection broke or went silent half-way; asking again may help.
   */
  readonly kind: "no-answer" | "cut";
  readonly hint: string | undefined;
  /** No way to the host was found, and none by a proxy was tried. */
  readonly unproxied: boolean;
  /** Milliseconds that the server asks to wait. */
  readonly retryAfter: number | undefined;

  constructor(kind: NetworkFault["kind"], reason: string, details: FaultDetails = {}) {
    super(reason, { cause: details.cause });
    this.name = "NetworkFault";
    this.kind = kind;
    this.hint = details.hint;
    this.unproxied = details.unproxied ?? false;
    this.retryAfter = details.retryAfter;
  }
}

interface FaultDetails {
  readonly hint?: string | undefined;
  readonly unproxied?: boolean;
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

const REFUSALS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "refuses the connection",
  EHOSTUNREACH: "cannot be reached: there is no route to it",
  ENETUNREACH: "cannot be reached: there is no route to it",
  EADDRNOTAVAIL: "cannot be reached: there is no route to it",
  ENOTFOUND: "cannot be found: its name does not resolve",
  EAI_AGAIN: "cannot be found: its name does not resolve now",
};

export const PROXY_HINT = "HTTPS_PROXY and HTTP_PROXY name the proxy, NO_PROXY the hosts that need none";

const TLS_CODE =
  /^(?:CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_|ERR_SSL_|ERR_OSSL_|EPROTO|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH)/;

export function describeFault(error: unknown, circumstances: FaultCircumstances): NetworkFault {
  const cause = innermost(error);
  if (cause instanceof NetworkFault) return cause;
  const code = systemCode(cause) ?? "";
  const { host, proxy } = circumstances;
  // Behind a proxy every connection that fails is the one to the proxy.
  const subject = proxy === undefined ? host : `the proxy ${proxy}`;
  const refusal = REFUSALS[code];
  const details = {
    unproxied: proxy === undefined && code !== "ECONNREFUSED",
    hint: proxy === undefined ? undefined : PROXY_HINT,
    cause: error,
  };
  if (refusal !== undefined) return new NetworkFault("no-answer", `${subject} ${refusal}`, details);
  if (code === "UND_ERR_CONNECT_TIMEOUT") {
    const reason = `${subject} did not answer within ${circumstances.connectTimeout / 1000} s`;
    return new NetworkFault("no-answer", reason, details);
  }
  if (code === "UND_ERR_HEADERS_TIMEOUT") {
    const reason = `${host} accepted the request and then was silent for ${circumstances.stallTimeout / 1000} s`;
    return new NetworkFault("no-answer", reason, { cause: error });
  }
  if (code === "UND_ERR_BODY_TIMEOUT") {
    return new NetworkFault("cut", `${host} sent no byte for ${circumstances.stallTimeout / 1000} s`, {
      cause: error,
    });
  }
  if (TLS_CODE.test(code)) return tlsFault(cause, code, circumstances);
  return cutFault(cause, code, host);
}

/** A proxy that says no for itself. */
export function proxyRefusal(proxy: string | undefined, status: number): NetworkFault {
  const name = proxy === undefined ? "the proxy" : `the proxy ${proxy}`;
  if (status !== 407)
    return new NetworkFault("no-answer", `${name} answers ${status} to CONNECT`, { hint: PROXY_HINT });
  return new NetworkFault("no-answer", `${name} asks for a user name and password (407)`, {
    hint: "put them into HTTPS_PROXY: `http://user:password@host:port`",
  });
}

export function proxySilence(proxy: string, cause: unknown): NetworkFault {
  return new NetworkFault("no-answer", `the proxy ${proxy} does not answer to CONNECT`, {
    hint: PROXY_HINT,
    cause,
  });
}

function tlsFault(
  cause: unknown,
  code: string,
  { host, missingCertificates }: FaultCircumstances,
): NetworkFault {
  const message = cause instanceof Error ? cause.message.split("\n")[0] : code;
  const missing = missingCertificates.length > 0 ? ` (${missingCertificates.join(", ")} is not there)` : "";
  return new NetworkFault(
    "no-answer",
    `the certificate of ${host} is refused: ${message} [${code}]${missing}`,
    {
      hint: "if your network has a certificate authority of its own, name its PEM file in SSL_CERT_FILE or NODE_EXTRA_CA_CERTS",
      cause,
    },
  );
}

function cutFault(cause: unknown, code: string, host: string): NetworkFault {
  const message = cause instanceof Error && cause.message !== "" ? cause.message : String(cause);
  return new NetworkFault("cut", `the connection to ${host} broke: ${message}${code ? ` [${code}]` : ""}`, {
    cause,
  });
}

/** fetch says `fetch failed` and keeps the reason as the cause. */
function innermost(error: unknown): unknown {
  let current = error;
  while (current instanceof TypeError && current.cause instanceof Error) current = current.cause;
  return current;
}
