/** Settings of VS Code and its kin that name a Go, in the user's own files and in the repository's. */
import { join } from "node:path";
import type { EditorSetting } from "../snapshot.js";
import type { Look } from "./look.js";

const MAX_BYTES = 1 << 20;
const PRODUCTS = ["Code", "Code - Insiders", "VSCodium", "Cursor"];
const KEY =
  /^\s*"(go\.(?:goroot|gopath|toolsGopath|alternateTools|toolsEnvVars)|go|GOROOT|GOBIN|GOPATH|GOTOOLCHAIN)"\s*:\s*(.*?),?\s*$/;

export async function collectEditors(
  look: Look,
  home: string | undefined,
  tops: readonly string[],
): Promise<EditorSetting[]> {
  const bases =
    home === undefined ? [] : [join(home, ".config"), join(home, "Library", "Application Support")];
  const paths = [
    ...bases.flatMap((base) => PRODUCTS.map((product) => join(base, product, "User", "settings.json"))),
    ...(home === undefined ? [] : [join(home, ".vscode-server", "data", "Machine", "settings.json")]),
    ...tops.map((top) => join(top, ".vscode", "settings.json")),
  ];
  const files = await Promise.all(
    [...new Set(paths)].map(async (path) => [path, await look.read(path, MAX_BYTES)] as const),
  );
  return files.flatMap(([path, file]) =>
    file.kind === "text" ? parseSettings(path, file.bytes.toString("utf8")) : [],
  );
}

/** Line by line: the file may hold comments and commas that JSON forbids. */
function parseSettings(path: string, text: string): EditorSetting[] {
  const settings: EditorSetting[] = [];
  let table = "";
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.replace(/\r$/, "");
    if (/^\s*\}/.test(line)) table = "";
    const [, key = "", value = ""] = KEY.exec(line) ?? [];
    if (key === "") continue;
    const inner = /^\{(.*)\}$/.exec(value);
    if (value === "{") table = key;
    else if (inner) {
      for (const [, name = "", text = ""] of (inner[1] ?? "").matchAll(/"(\w+)"\s*:\s*"([^"]*)"/g)) {
        settings.push({ path, line: index + 1, key: `${key}.${name}`, value: text });
      }
    } else if (/^".*"$/.test(value) && (key.startsWith("go.") || table !== "")) {
      settings.push({
        path,
        line: index + 1,
        key: key.startsWith("go.") ? key : `${table}.${key}`,
        value: value.slice(1, -1),
      });
    }
  }
  return settings;
}
