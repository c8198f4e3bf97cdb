import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { DOORS, MAY_IMPORT, renderHouse } from "./house.js";

const SRC = join(import.meta.dirname, "..", "src");

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const sources = new Map(files.map((file) => [file, readFileSync(join(SRC, file), "utf8")]));
const imports = files.flatMap((file) => readImports(file, sources.get(file) ?? ""));

/** Every `from "…"` and `import("…")`, local targets as paths below src. */
function readImports(file: string, text: string): Import[] {
  const statements =
    /(?:^|\n)\s*(?:import|export)\b([^;"]*?)\bfrom\s+"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)|(?:^|\n)import\s+"([^"]+)"/g;
  return [...text.matchAll(statements)].map(([, clause = "", from, dynamic, bare]) => {
    const specifier = from ?? dynamic ?? bare ?? "";
    const target = specifier.startsWith(".")
      ? relative(SRC, join(SRC, dirname(file), specifier)).replace(/\.js$/, ".ts")
      : specifier;
    return { file, target, typeOnly: /^\s*type\b/.test(clause) };
  });
}

/** `go/version.ts` belongs to `go`, `cli.ts` to `cli`. */
function roomOf(file: string): string {
  return file.includes("/") ? file.slice(0, file.indexOf("/")) : file.replace(/\.ts$/, "");
}

function listTypeScript(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name));
}

/** `semver/ranges/valid.js` belongs to `semver`. */
function packageOf(target: string): string {
  return target.split("/", target.startsWith("@") ? 2 : 1).join("/");
}

function isLocal({ target }: Import): boolean {
  return target.endsWith(".ts");
}

describe("the house", () => {
  it("lets every file import only what its folder may", () => {
    const trespasses = imports
      .filter((found) => isLocal(found) && roomOf(found.target) !== roomOf(found.file))
      .filter(({ target }) => target !== "errors.ts")
      .filter(({ target, typeOnly }) => !(target === "context.ts" && typeOnly))
      .filter(({ file, target }) => !MAY_IMPORT[roomOf(file)]?.includes(roomOf(target)))
      .map(({ file, target }) => `${file} imports ${target}`);
    expect(trespasses, renderHouse()).toEqual([]);
  });

  it("imports each package through its one door", () => {
    const wrong = imports
      .filter((found) => !isLocal(found) && !found.target.startsWith("node:"))
      .filter(({ file, target }) => DOORS[packageOf(target)] !== file)
      .map(({ file, target }) => `${file} imports ${target}`);
    expect(wrong, renderHouse()).toEqual([]);
  });

  it("has no import cycles", () => {
    const graph = new Map(
      files.map((file) => [file, imports.filter((found) => found.file === file && !found.typeOnly)]),
    );
    const finished = new Set<string>();
    const visit = (file: string, trail: readonly string[]): string | undefined => {
      if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file].join(" → ");
      if (finished.has(file)) return undefined;
      for (const { target } of graph.get(file) ?? []) {
        const cycle = visit(target, [...trail, file]);
        if (cycle !== undefined) return cycle;
      }
      finished.add(file);
      return undefined;
    };
    expect(files.map((file) => visit(file, [])).filter((cycle) => cycle !== undefined)).toEqual([]);
  });

  it("exports nothing that nobody uses", () => {
    const everywhere = ["src", "test", "scripts"].flatMap((folder) =>
      listTypeScript(join(SRC, "..", folder)),
    );
    const texts = new Map(everywhere.map((path) => [path, readFileSync(path, "utf8")]));
    const unused = [...sources].flatMap(([file, text]) =>
      [...text.matchAll(/^export (?:async )?(?:function\*?|const|class) (\w+)/gm)]
        .map(([, name = ""]) => name)
        .filter((name) => {
          const word = new RegExp(`\\b${name}\\b`);
          return ![...texts].some(([path, other]) => path !== join(SRC, file) && word.test(other));
        })
        .map((name) => `${file} exports ${name}`),
    );
    expect(unused).toEqual([]);
  });

  it("touches process only in main.ts and console nowhere", () => {
    const found = [...sources].flatMap(([file, text]) => {
      const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|`(?:[^`\\]|\\.)*`|"(?:[^"\\\n]|\\.)*"/g, "");
      const words = [
        /(?<![.\w])process\.(?!self)/.test(code) && file !== "main.ts" && "process",
        /\bconsole\./.test(code) && "console",
      ];
      return words.filter((word) => word !== false).map((word) => `${file}: ${word}`);
    });
    expect(found).toEqual([]);
  });

  it("is what ARCHITECTURE.md shows", () => {
    expect(readFileSync(join(SRC, "..", "ARCHITECTURE.md"), "utf8")).toContain(renderHouse());
  });
});
