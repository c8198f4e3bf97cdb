/**
 * Holds the doctor's vectors against mutants of its checks: each edit that a tired hand could make must turn one red.
 *
 *     npm run mutants [-- FILE…]
 *
 * Prints what no vector notices, and ends with 1 where scripts/equivalent-mutants.json does not say why.
 */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative, resolve } from "node:path";
import { Script } from "node:vm";
import { transformSync } from "esbuild";
import type { Vector } from "../test/doctor/vectors/vector.js";

/** npm runs scripts in the top of the package. */
const top = process.cwd();
const CHECKS = join(top, "src/doctor/checks");
const JUDGE = join(top, "test/doctor/support/judge.ts");
const VECTORS = join(top, "test/doctor/vectors/all.ts");

interface Mutant {
  readonly file: string;
  readonly line: number;
  /** The line as it is, and as the mutant has it, without indentation. */
  readonly from: string;
  readonly to: string;
  readonly source: string;
}

/** A mutant that no world can tell from the original, or that only changes what costs time. */
interface Explained extends Pick<Mutant, "file" | "from" | "to"> {
  readonly why: string;
}

const OPERATORS: readonly (readonly [RegExp, string])[] = [
  [/===/g, "!=="],
  [/!==/g, "==="],
  [/&&/g, "||"],
  [/\|\|/g, "&&"],
  [/(?<= )<(?= )/g, "<="],
  [/(?<= )<=(?= )/g, "<"],
  [/(?<= )>(?= )/g, ">="],
  [/(?<= )>=(?= )/g, ">"],
  [/\.some\(/g, ".every("],
  [/\.every\(/g, ".some("],
  [/(?<=[\s(])!(?=[a-z(])/gi, ""],
];

interface Loaded {
  readonly exports: Record<string, unknown>;
  readonly imports: Set<string>;
}

/** A loader of TypeScript modules that can be made to load one of them, and whatever imports it, anew. */
function createLoader(): {
  load: (path: string) => Record<string, unknown>;
  replace: (path: string, source?: string) => void;
} {
  const modules = new Map<string, Loaded>();
  const compiled = new Map<string, Script>();
  const compile = (path: string, source: string): Script => {
    const { code } = transformSync(source, { loader: "ts", format: "cjs", target: "node20" });
    return new Script(`(function (exports, require, module) {${code}\n})`, { filename: path });
  };
  const load = (path: string): Record<string, unknown> => {
    const known = modules.get(path);
    if (known) return known.exports;
    const script = compiled.get(path) ?? compile(path, readFileSync(path, "utf8"));
    compiled.set(path, script);
    const module = { exports: {} };
    const imports = new Set<string>();
    modules.set(path, { exports: module.exports, imports });
    const native = createRequire(path);
    const requireFrom = (id: string): unknown => {
      if (!id.startsWith(".") || id.endsWith(".json")) return native(id);
      const file = resolve(dirname(path), id.replace(/\.js$/, ".ts"));
      imports.add(file);
      return load(file);
    };
    script.runInThisContext()(module.exports, requireFrom, module);
    modules.set(path, { exports: module.exports, imports });
    return module.exports;
  };
  const forget = (path: string): void => {
    modules.delete(path);
    for (const [importer, { imports }] of [...modules])
      if (modules.has(importer) && imports.has(path)) forget(importer);
  };
  return {
    load,
    replace: (path, source) => {
      forget(path);
      compiled.set(path, compile(path, source ?? readFileSync(path, "utf8")));
    },
  };
}

/** Strings, templates, patterns and comments as blanks: what is said is not what is decided. */
function maskWords(source: string): string {
  return source.replace(
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|(?<=[(,=:?&|!]\s*)\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n[])+\/[a-z]*/g,
    (word) => word.replace(/[^\n]/g, " "),
  );
}

function listMutants(path: string): Mutant[] {
  const source = readFileSync(path, "utf8");
  const masked = maskWords(source);
  const edits = [
    ...OPERATORS.flatMap(([pattern, to]) =>
      [...masked.matchAll(pattern)].map(({ index, 0: { length } }) => ({
        start: index,
        end: index + length,
        to,
      })),
    ),
    ...listConditions(masked).flatMap(({ start, end }) => [
      { start, end, to: "true" },
      { start, end, to: "false" },
    ]),
  ];
  return edits.map(({ start, end, to }) => {
    const mutated = source.slice(0, start) + to + source.slice(end);
    const line = source.slice(0, start).split("\n").length;
    const shown = (text: string): string => text.split("\n")[line - 1]?.trim() ?? "";
    return { file: relative(CHECKS, path), line, from: shown(source), to: shown(mutated), source: mutated };
  });
}

/** Between the parentheses of each `if`. */
function listConditions(masked: string): { start: number; end: number }[] {
  return [...masked.matchAll(/\bif \(/g)].map(({ index, 0: { length } }) => {
    const start = index + length;
    let end = start;
    for (let depth = 1; depth > 0; end++) depth += masked[end] === "(" ? 1 : masked[end] === ")" ? -1 : 0;
    return { start, end: end - 1 };
  });
}

const loader = createLoader();
const judge = (vector: Vector): readonly string[] =>
  (loader.load(JUDGE)["listComplaints"] as (vector: Vector) => string[])(vector);
const vectors = loader.load(VECTORS)["VECTORS"] as readonly Vector[];

/** Those of the checks that the file declares; all for what it shares with others. */
function vectorsOf(path: string): readonly Vector[] {
  const source = readFileSync(path, "utf8");
  const own = vectors.filter(({ check }) => source.includes(`"${check}"`));
  return own.length > 0 ? own : vectors;
}

function isNoticed(mutant: Mutant, path: string): boolean {
  try {
    loader.replace(path, mutant.source);
    return vectorsOf(path).some((vector) => judge(vector).length > 0);
  } catch {
    return true;
  }
}

const wanted = process.argv.slice(2).map((word) => basename(word));
const all = readdirSync(CHECKS);
const unknown = wanted.find((name) => !all.includes(name));
if (unknown !== undefined) throw new Error(`${relative(top, CHECKS)} has no ${unknown}`);
const files = wanted.length === 0 ? all : wanted;
const explained = JSON.parse(
  readFileSync(join(top, "scripts/equivalent-mutants.json"), "utf8"),
) as readonly Explained[];
let unexplained = 0;
let count = 0;
for (const name of files) {
  const path = join(CHECKS, name);
  loader.replace(path);
  const red = vectorsOf(path).filter((vector) => judge(vector).length > 0);
  if (red.length > 0) throw new Error(`${name}: ${red[0]?.check} ${red[0]?.name} is red without any mutant`);
  const mutants = listMutants(path);
  const survivors = mutants.filter((mutant) => !isNoticed(mutant, path));
  loader.replace(path);
  count += mutants.length;
  for (const { file, line, from, to } of survivors) {
    if (explained.some((known) => known.file === file && known.from === from && known.to === to)) continue;
    unexplained += 1;
    console.log(`${file}:${line}\n  - ${from}\n  + ${to}`);
  }
}
console.log(`${count} mutants, ${unexplained} that nothing notices or explains`);
process.exitCode = unexplained > 0 ? 1 : 0;
