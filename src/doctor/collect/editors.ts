/** Settings of VS Code and its kin that name a Go, in the user's own files and in the repository's. */
import { dirname, isAbsolute, join } from "node:path";
import type { EditorSetting } from "../setting-facts.js";
import type { Look } from "./look.js";

const MAX_BYTES = 1 << 20;
const PRODUCTS = ["Code", "Code - Insiders", "VSCodium", "Cursor"];
const KEYS =
  /^go\.(?:goroot|gopath|toolsGopath|alternateTools\.go|toolsEnvVars\.(?:GOROOT|GOBIN|GOPATH|GOTOOLCHAIN))$/;

export async function collectEditors(
  look: Look,
  home: string | undefined,
  top: string,
): Promise<EditorSetting[]> {
  const bases =
    home === undefined ? [] : [join(home, ".config"), join(home, "Library", "Application Support")];
  const paths = [
    ...bases.flatMap((base) => PRODUCTS.map((product) => join(base, product, "User", "settings.json"))),
    ...(home === undefined ? [] : [join(home, ".vscode-server", "data", "Machine", "settings.json")]),
    join(top, ".vscode", "settings.json"),
  ];
  const settings = await Promise.all(
    paths.map(async (path) => {
      const file = await look.read(path, MAX_BYTES);
      return file.kind === "text" ? parseEditorSettings(path, file.bytes.toString("utf8")) : [];
    }),
  );
  return Promise.all(
    settings.flat().map(async (setting) => {
      const named = expandEditorValue(setting, home);
      return { ...setting, realpath: named === undefined ? undefined : await look.realpath(named) };
    }),
  );
}

/** With what VS Code puts in; undefined where it takes a running editor, or is no path. */
function expandEditorValue({ path, value }: EditorSetting, home: string | undefined): string | undefined {
  const folder = dirname(dirname(path));
  const text = value
    .replace(/^~(?=\/|$)|\$\{(?:env:HOME|userHome)\}/g, home ?? "~")
    .replace(/\$\{workspaceFolder\}|\$\{workspaceRoot\}/g, path.includes("/.vscode/") ? folder : "$");
  return isAbsolute(text) && !text.includes("$") ? text : undefined;
}

/** Comments, strings, signs and words of JSON as VS Code reads it: with comments, and commas that JSON forbids. */
const TOKEN = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"/]+|\S/g;

export function parseEditorSettings(path: string, text: string): EditorSetting[] {
  const lines = text.split("\n");
  const settings: EditorSetting[] = [];
  const keys: string[] = [];
  const tokens = [...text.matchAll(TOKEN)].filter(([token]) => !/^\/[/*]/.test(token));
  for (const [index, { 0: token, index: offset }] of tokens.entries()) {
    if (token === "{" || token === "[") keys.push("");
    else if (token === "}" || token === "]") keys.pop();
    else if (token.startsWith('"') && tokens[index + 1]?.[0] === ":") {
      keys[keys.length - 1] = unquote(token);
    } else if (token.startsWith('"') && tokens[index - 1]?.[0] === ":") {
      const key = keys.join(".");
      if (!KEYS.test(key)) continue;
      const line = text.slice(0, offset).split("\n").length;
      settings.push({ path, line, key, value: unquote(token), removable: findRemovable(lines[line - 1]) });
    }
  }
  return settings;
}

/** A member alone on its line, with the comma that goes with it. */
function findRemovable(line: string | undefined): string | undefined {
  return line !== undefined && /^\s*"[^"]*"\s*:\s*"[^"]*"\s*,\s*$/.test(line) ? line : undefined;
}

function unquote(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return token.slice(1, -1); // an escape that JSON does not know; the editor complains about it itself
  }
}
