/** GOPROXY as the go command reads it (proxyList in https://go.dev/src/cmd/go/internal/modfetch/proxy.go). Pure. */

export interface ProxyEntry {
  readonly text: string;
  /** What ends it: Go passes a comma on "not found" only, a bar on any error. */
  readonly end: "," | "|" | "";
}

/** The entries that are not empty. */
export function splitProxyList(value: string): ProxyEntry[] {
  return [...value.matchAll(/([^,|]*)([,|]|$)/g)]
    .map(([, text = "", end = ""]) => ({ text: text.trim(), end: end as ProxyEntry["end"] }))
    .filter(({ text }) => text !== "");
}

/** Why Go refuses the list; undefined where it reads it. */
export function findProxyFault(value: string): string | undefined {
  const entries = splitProxyList(value);
  if (entries.length === 0) return "it has no entries";
  for (const { text } of entries) {
    if (isLast(text)) return undefined;
    const fault = findUrlFault(text);
    if (fault !== undefined) return `${withoutPassword(text)}: ${fault}`;
  }
  return undefined;
}

/** What stands behind `direct` or `off`, where Go stops to read. */
export function listDeadEntries(value: string): string[] {
  const entries = splitProxyList(value).map(({ text }) => text);
  const last = entries.findIndex(isLast);
  return last < 0 ? [] : entries.slice(last + 1);
}

function isLast(text: string): boolean {
  return text === "direct" || text === "off";
}

function findUrlFault(text: string): string | undefined {
  // What looks like a host gets https from Go.
  const isHost = /[.:/]/.test(text) && !text.includes(":/") && !text.startsWith("/");
  const url = isHost ? `https://${text}` : text;
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined) return "it has no scheme";
  if (scheme === "file")
    return /^file:(?:\/\/)?\/(?!\/)[^?#]*$/i.test(url)
      ? undefined
      : "a file:// URL is a path and nothing else";
  if (scheme !== "http" && scheme !== "https") return "its scheme is not https, http or file";
  const host = /^https?:\/\/(?:[^/?#]*@)?(?:\[[^\]]+\]|[^/?#:\s]+)(?::\d*)?(?=[/?#]|$)/i;
  return host.test(url) ? undefined : "it names no host";
}

/** As Go prints an URL. */
export function withoutPassword(text: string): string {
  return text.replace(/(:\/\/[^/@\s:]*):[^/@\s]*@/g, "$1:xxxxx@");
}
