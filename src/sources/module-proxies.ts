/** GOPROXY, read as the go command reads it, for the one module that gvt asks for: golang.org/toolchain. */
import { fileURLToPath } from "node:url";
import type { Context } from "../context.js";
import { GvtError } from "../errors.js";
import { type Endpoint, parseEndpoint, readNetrc } from "../io/endpoint.js";
import { type GoSettings, readGoSettings } from "./go-settings.js";

/** One entry of GOPROXY. */
export interface ModuleProxy {
  readonly place:
    | { readonly kind: "server"; readonly endpoint: Endpoint }
    | { readonly kind: "directory"; readonly path: string };
  /** After this entry the next one is asked on any error (`|`), not only where the module is not there (`,`). */
  readonly fallsBackOnError: boolean;
  /** What `direct` stands for: a server that is no module proxy for anything but toolchains. */
  readonly direct: boolean;
}

export interface ModuleProxies {
  /** In the order in which they are asked; empty for `off`. */
  readonly list: readonly ModuleProxy[];
  /** Where GOPROXY is set, for people; undefined where nothing sets it. */
  readonly origin: string | undefined;
}

/** Go's own module proxy for toolchains, which stands in for a version control system that has none. */
const DIRECT = "https://go.dev/dl/mod";

export async function readModuleProxies(
  context: Context,
): Promise<{ proxies: ModuleProxies; settings: GoSettings }> {
  const settings = await readGoSettings(context);
  const setting = settings.find("GOPROXY");
  const auth = settings.find("GOAUTH")?.value ?? "netrc";
  const usesNetrc = auth.split(";").some((method) => method.trim() === "netrc");
  const netrc = usesNetrc ? await readNetrc(context.env, context.home) : undefined;
  const toEndpoint = (url: string) => parseEndpoint(url, netrc);
  // Without a word from the user only the servers of Go itself are asked.
  const list = parseModuleProxies(setting?.value ?? "direct", setting?.origin ?? "", toEndpoint);
  return { proxies: { list, origin: setting?.origin }, settings };
}

export function parseModuleProxies(
  value: string,
  origin: string,
  toEndpoint: (url: string) => Endpoint = (url) => parseEndpoint(url),
): readonly ModuleProxy[] {
  const list: ModuleProxy[] = [];
  let entries = 0;
  for (const [, text = "", separator] of value.matchAll(/([^,|]*)([,|]|$)/g)) {
    const word = text.trim();
    if (word === "") continue;
    entries++;
    // Both end the list, whatever follows.
    if (word === "off") return list;
    const fallsBackOnError = separator === "|";
    if (word === "direct") {
      const endpoint = parseEndpoint(DIRECT);
      return [...list, { place: { kind: "server", endpoint }, fallsBackOnError: false, direct: true }];
    }
    list.push({ place: parsePlace(word, origin, toEndpoint), fallsBackOnError, direct: false });
  }
  if (entries === 0) throw badProxies(origin, "the list has no entries");
  return list;
}

function parsePlace(
  word: string,
  origin: string,
  toEndpoint: (url: string) => Endpoint,
): ModuleProxy["place"] {
  // `proxy.example.com/go` means https; a word without `.`, `:` and `/` is one of Go's own, unknown to gvt.
  const bare = /[.:/]/.test(word) && !word.includes(":/") && !word.startsWith("/");
  const url = bare ? `https://${word}` : word;
  if (!URL.canParse(url))
    throw badProxies(origin, "an entry is no URL and none of Go's words `direct` and `off`");
  const parsed = new URL(url);
  if (parsed.protocol === "file:") {
    if (parsed.host || parsed.search || parsed.hash)
      throw badProxies(origin, "a file: URL is a path and no more");
    return { kind: "directory", path: fileURLToPath(parsed).replace(/(?<=.)\/+$/, "") };
  }
  try {
    return { kind: "server", endpoint: toEndpoint(url) };
  } catch (cause) {
    throw badProxies(origin, "an entry is no https, http or file URL", cause);
  }
}

/** The value is not shown: it may hold passwords. */
function badProxies(origin: string, reason: string, cause?: unknown): GvtError {
  return new GvtError("USAGE", `cannot read GOPROXY of ${origin}: ${reason}`, {
    hint: "write it as Go does: `https://proxy.example,direct`",
    cause,
  });
}
