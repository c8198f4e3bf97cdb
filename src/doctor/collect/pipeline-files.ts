/** CI files and Dockerfiles, line by line: what they say about Go. Pure; no YAML is interpreted beyond one line. */
import type { CiStatement, DockerStatement } from "../repository-facts.js";

const KINDS: readonly (readonly [RegExp, CiStatement["kind"]])[] = [
  [/^\s*-?\s*(?:export\s+)?["']?GOROOT["']?\s*[:=]\s*(.+)$/, "GOROOT"],
  [/^\s*-?\s*(?:export\s+)?["']?GOTOOLCHAIN["']?\s*[:=]\s*(.+)$/, "GOTOOLCHAIN"],
  [/^\s*-?\s*["']?go-version-file["']?\s*:\s*(.+)$/, "go-version-file"],
  [/^\s*-?\s*["']?(?:go-version|go_version|go)["']?\s*:\s*(.+)$/, "go-version"],
  [
    /^\s*-?\s*(?:image|container|name)\s*:\s*["']?((?:docker\.io\/)?(?:library\/)?golang(?::\S+)?|cimg\/go:\S+)["']?\s*$/,
    "image",
  ],
];

export function parseCiFile(path: string, text: string): CiStatement[] {
  const statements: CiStatement[] = [];
  const lines = text.split("\n");
  for (const [index, raw] of lines.entries()) {
    const line = raw.replace(/\r$/, "").replace(/\s+#.*$/, "");
    const open = /^(\s*)-?\s*["']?(?:go-version|go)["']?\s*:\s*$/.exec(line);
    if (open) {
      const values = listBelow(lines.slice(index + 1), (open[1] ?? "").length);
      if (values.length > 0) statements.push({ path, line: index + 1, kind: "go-version", values });
      continue;
    }
    for (const [pattern, kind] of KINDS) {
      const value = pattern.exec(line)?.[1];
      if (value === undefined) continue;
      // An expression names a value that stands elsewhere.
      if (!value.includes("${{"))
        statements.push({ path, line: index + 1, kind, values: splitValues(value) });
      break;
    }
  }
  return statements;
}

/** `- '1.21'` lines below a key. */
function listBelow(lines: readonly string[], indent: number): string[] {
  const values: string[] = [];
  for (const line of lines) {
    const item = /^(\s*)-\s+(.+?)\s*$/.exec(line);
    if (!item || (item[1] ?? "").length < indent) break;
    values.push(unquote((item[2] ?? "").replace(/\s+#.*$/, "")));
  }
  return values;
}

function splitValues(value: string): string[] {
  const list = /^\[(.*)\]$/.exec(value.trim());
  return (list ? (list[1] ?? "").split(",") : [value]).map(unquote).filter((word) => word !== "");
}

function unquote(text: string): string {
  return text.trim().replace(/^(["'])(.*)\1$/, "$2");
}

export function parseDockerfile(path: string, text: string): DockerStatement[] {
  const statements: DockerStatement[] = [];
  let start = 0;
  let pending = "";
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.replace(/\r$/, "");
    if (pending === "") start = index + 1;
    if (/^\s*#/.test(line)) continue;
    pending += line.replace(/\\\s*$/, " ");
    if (/\\\s*$/.test(line)) continue;
    const match = /^\s*(FROM|ENV|ARG|RUN)\s+(.+?)\s*$/is.exec(pending);
    pending = "";
    const instruction = match?.[1]?.toUpperCase();
    if (!match || !concernsGo(instruction ?? "", match[2] ?? "")) continue;
    statements.push({
      path,
      line: start,
      instruction: instruction as DockerStatement["instruction"],
      text: match[2] ?? "",
    });
  }
  return statements;
}

/** An ARG may hold the tag that a FROM line names; secrets are none of ours. */
function concernsGo(instruction: string, text: string): boolean {
  if (instruction === "FROM") return true;
  if (instruction === "ARG" && /^\w*VERSION\w*=|=["']?(?:golang|\d)/i.test(text)) return true;
  return /\bgo|GO[A-Z]/.test(text);
}
