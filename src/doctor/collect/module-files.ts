/** go.mod and go.work as checks need them: directives with their lines, requirements, modules of a workspace. Pure. */
import type { ModuleFile } from "../repository-facts.js";

/** Directives whose lines are listed one by one, and not as the first of their kind. */
const LISTED = new Set(["require", "use", "replace", "exclude", "retract"]);

/** Reads it as Go's parser does, as far as lines and blocks go: a `//` ends what counts of a line. */
export function parseModuleFile(path: string, text: string): ModuleFile {
  const directives = new Map<string, ModuleFile["directives"][number]>();
  const uses: ModuleFile["uses"][number][] = [];
  const requires: ModuleFile["requires"][number][] = [];
  let block: string | undefined;
  for (const [index, raw] of text.replaceAll("\r", "").split("\n").entries()) {
    const line = index + 1;
    const words = raw
      .replace(/\/\/.*$/, "")
      .trim()
      .split(/\s+/)
      .filter((word) => word !== "");
    const [first] = words;
    if (first === undefined) continue;
    if (first === ")") {
      block = undefined;
      continue;
    }
    const opens = block === undefined && words[1] === "(";
    const key = block ?? first;
    const values = block === undefined ? words.slice(1) : words;
    if (opens) block = first;
    if (!LISTED.has(key) && !directives.has(key))
      directives.set(key, { key, text: opens ? "" : values.join(" "), line });
    if (opens) continue;
    const [value, version] = values.map((word) => word.replace(/^["`]|["`]$/g, ""));
    if (key === "use" && value !== undefined) uses.push({ directory: value, line });
    if (key === "require" && value !== undefined && version !== undefined)
      requires.push({ module: value, version, line });
  }
  return {
    path,
    kind: path.endsWith(".work") ? "go.work" : "go.mod",
    directives: [...directives.values()],
    uses,
    requires,
  };
}
