/** GOPRIVATE and its kin: lists of globs that match the first elements of a module path, as Go matches them. Pure. */

export function splitPatterns(list: string): string[] {
  return list
    .split(",")
    .map((pattern) => pattern.replace(/\/$/, ""))
    .filter((pattern) => pattern !== "");
}

/** As MatchPrefixPatterns of https://pkg.go.dev/golang.org/x/mod/module, for one pattern. */
export function matchesModule(pattern: string, module: string): boolean {
  const elements = module.split("/");
  const length = pattern.split("/").length;
  if (length > elements.length) return false;
  return (translate(pattern) ?? /(?!)/).test(elements.slice(0, length).join("/"));
}

/** As path.Match: `*` and `?` stop at a slash. Undefined for what is no pattern. */
function translate(pattern: string): RegExp | undefined {
  const source = pattern.replace(
    /\\(.)|\[(\^?)((?:\\.|[^\]\\])+)\]|[*?]|[.+^${}()|[\]\\/-]/g,
    (found, escaped?: string, negation?: string, characters?: string) => {
      if (escaped !== undefined) return `\\u{${(escaped.codePointAt(0) ?? 0).toString(16)}}`;
      if (characters !== undefined) return `[${negation ?? ""}${characters.replace(/[[&]/g, "\\$&")}]`;
      if (found === "*") return "[^/]*";
      if (found === "[") return "["; // without an end; no pattern in either grammar
      return found === "?" ? "[^/]" : found === "-" ? "-" : `\\${found}`;
    },
  );
  try {
    return new RegExp(`^${source}$`, "u");
  } catch {
    return undefined; // Go calls it a bad pattern, and it matches nothing
  }
}
