/**
 * Which proxy a request goes through, by the rules that Go's own HTTP client follows, so that gvt takes the same way
 * out as `go get`: HTTPS_PROXY, HTTP_PROXY and NO_PROXY in either case, and never a proxy for this machine itself.
 */
import { BlockList, isIP } from "node:net";
import { domainToASCII } from "node:url";
import { GvtError } from "../errors.js";

/** Undefined where a request goes straight to its host. */
export type ProxySelector = (url: URL) => URL | undefined;

/** What NO_PROXY is asked about: no brackets around an IPv6 address, a port even where the URL has none. */
interface Target {
  readonly host: string;
  readonly port: string;
}

type Exemption = (target: Target) => boolean;

const DEFAULT_PORTS: Readonly<Record<string, string>> = { "http:": "80", "https:": "443" };
const LOOPBACK = blockListOf("127.0.0.0/8", "::1/128");

export function proxySelector(env: Readonly<Record<string, string | undefined>>): ProxySelector {
  const named = (variable: string) => env[variable.toUpperCase()] || env[variable] || undefined;
  const secure = parseProxy("HTTPS_PROXY", named("https_proxy"));
  // In a CGI program HTTP_PROXY is what the client's `Proxy:` header says (https://httpoxy.org).
  const plain = env["REQUEST_METHOD"] ? undefined : parseProxy("HTTP_PROXY", named("http_proxy"));
  const exemptions = parseNoProxy(named("no_proxy") ?? "");

  return (url) => {
    const proxy = url.protocol === "https:" ? secure : plain;
    if (!proxy) return undefined;
    const target = {
      host: url.hostname.replace(/^\[|\]$/g, ""),
      port: url.port || (DEFAULT_PORTS[url.protocol] ?? ""),
    };
    if (target.host === "localhost" || matchesAddress(LOOPBACK, target.host)) return undefined;
    return exemptions.some((exempts) => exempts(target)) ? undefined : proxy;
  };
}

/** A URL, or `host:port` for a plain HTTP proxy. */
function parseProxy(variable: string, value: string | undefined): URL | undefined {
  if (value === undefined) return undefined;
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  const proxy = URL.canParse(text) ? new URL(text) : undefined;
  if (!proxy?.hostname || !/^(?:https?|socks5h?):$/.test(proxy.protocol)) throw badProxy(variable);
  if (!isDecodable(proxy.username) || !isDecodable(proxy.password)) throw badProxy(variable);
  return proxy;
}

/** Whether each `%` in it begins an escape, and all of them together are text. */
function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** The list stops at `*`, which exempts everything; entries that mean nothing are passed over, as Go does. */
function parseNoProxy(list: string): readonly Exemption[] {
  const entries = list.split(",").map((entry) => entry.trim().toLowerCase());
  if (entries.includes("*")) return [() => true];
  return entries.flatMap((entry) => {
    const exemption = findExemption(entry);
    return exemption ? [exemption] : [];
  });
}

function findExemption(entry: string): Exemption | undefined {
  if (isCidr(entry)) {
    const block = blockListOf(entry);
    return ({ host }) => matchesAddress(block, host);
  }
  const { host, port } = splitHostPort(entry);
  if (host === "") return undefined;
  const samePort: Exemption = (target) => port === "" || port === target.port;
  const family = isIP(host);
  if (family) {
    const block = blockListOf(`${host}/${family === 4 ? 32 : 128}`);
    return (target) => matchesAddress(block, target.host) && samePort(target);
  }
  return domainExemption(host, samePort);
}

/** `foo.example` exempts itself and all below it; `.foo.example` and `*.foo.example` only what is below. */
function domainExemption(pattern: string, samePort: Exemption): Exemption {
  const bare = pattern.startsWith("*.") ? pattern.slice(1) : pattern;
  const own = !bare.startsWith(".");
  const name = own ? bare : bare.slice(1);
  const domain = domainToASCII(name) || name;
  return (target) =>
    isIP(target.host) === 0 &&
    (target.host.endsWith(`.${domain}`) || (own && target.host === domain)) &&
    samePort(target);
}

/** `host:80`, `[::1]:80`; whatever has no port is a host, an IPv6 address without brackets too. */
function splitHostPort(entry: string): Target {
  const match = /^(?:\[([^\]]*)\]|([^:]*)):([^:]*)$/.exec(entry);
  return match ? { host: match[1] ?? match[2] ?? "", port: match[3] ?? "" } : { host: entry, port: "" };
}

function isCidr(entry: string): boolean {
  const [, address = "", bits] = /^([^/]+)\/(\d{1,3})$/.exec(entry) ?? [];
  const family = isIP(address);
  return family !== 0 && Number(bits) <= (family === 4 ? 32 : 128);
}

function blockListOf(...subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [address = "", bits] = subnet.split("/");
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? "ipv6" : "ipv4");
  }
  return list;
}

function matchesAddress(list: BlockList, host: string): boolean {
  const family = isIP(host);
  return family !== 0 && list.check(host, family === 6 ? "ipv6" : "ipv4");
}

/** The value is not shown: it may hold a password. */
function badProxy(variable: string): GvtError {
  return new GvtError("USAGE", `${variable} is not the address of a proxy`, {
    hint: `write it as \`http://proxy.example:3128\` or \`socks5h://proxy.example:1080\`, a \`%\` in it as \`%25\``,
  });
}
