/** Go trees: those that gvt has installed, and those that PATH, a setting or the usual places lead to. */
import { join } from "node:path";
import { type Platform, toolDirectory } from "../../go/platform.js";
import { findToolchainName } from "../../go/version.js";
import type { Layout } from "../../store/layout.js";
import type { Tree, TreePlace } from "../program-facts.js";
import type { Look } from "./look.js";
import { findProgram, type PathInput } from "./programs.js";

const TEXT_BYTES = 64 << 10;
/** The first lines with these names, and with a go.env. */
const [COMPILE, GO_ENV] = [5, 21];
const MAX_FOREIGN = 40;

/** Places where distributions, installers and other managers put Go; `*` is any one name. */
const USUAL: readonly string[] = [
  "/usr/local/go",
  "/usr/lib/go",
  "/usr/lib/go-*",
  "/usr/lib/golang",
  "/opt/go",
];
const USUAL_IN_HOME: readonly string[] = [
  "go",
  "sdk/go*",
  ".goenv/versions/*",
  ".asdf/installs/golang/*/go",
  ".local/share/mise/installs/go/*",
  ".gvm/gos/*",
];

/** A directory and why it is looked at. */
export interface Candidate {
  readonly goroot: string;
  readonly place: TreePlace;
}

/** Directories in the usual places that have a bin/go. */
export async function listUsual(look: Look, home: string | undefined): Promise<Candidate[]> {
  const patterns = [
    ...USUAL.map((path) => look.system(path)),
    ...(home === undefined ? [] : USUAL_IN_HOME.map((path) => join(home, path))),
  ];
  const found = (await Promise.all(patterns.map((pattern) => expand(look, pattern)))).flat();
  const holding = await Promise.all(found.map((goroot) => look.stat(join(goroot, "bin", "go"))));
  return found
    .filter((_, index) => holding[index]?.isFile())
    .slice(0, MAX_FOREIGN)
    .map((goroot) => ({ goroot, place: "usual place" }));
}

async function expand(look: Look, pattern: string): Promise<string[]> {
  const star = pattern.indexOf("*");
  if (star < 0) return [pattern];
  const slash = pattern.lastIndexOf("/", star);
  const directory = pattern.slice(0, slash);
  const [wanted = "", ...rest] = pattern.slice(slash + 1).split("/");
  const prefix = wanted.slice(0, -1);
  const names = ((await look.list(directory)) ?? [])
    .filter((name) => name.startsWith(prefix))
    .slice(0, MAX_FOREIGN);
  return names.map((name) => join(directory, name, ...rest));
}

/** Each tree once, however many ways lead to it. */
export async function collectTrees(
  candidates: readonly Candidate[],
  input: PathInput & {
    readonly platform: Platform;
    readonly layout: Layout;
    readonly installed: readonly string[];
  },
): Promise<Tree[]> {
  const { look } = input;
  const merged = new Map<string, { goroot: string; realpath: string; places: Set<TreePlace> }>();
  const reals = await Promise.all(candidates.map(({ goroot }) => look.realpath(goroot)));
  for (const [index, { goroot, place }] of candidates.entries()) {
    const realpath = reals[index] ?? goroot;
    const known = merged.get(realpath) ?? { goroot, realpath, places: new Set() };
    merged.set(realpath, { ...known, places: known.places.add(place) });
  }
  return Promise.all([...merged.values()].map((found) => describeTree(found, input)));
}

async function describeTree(
  { goroot, realpath, places }: { goroot: string; realpath: string; places: ReadonlySet<TreePlace> },
  input: Parameters<typeof collectTrees>[1],
): Promise<Tree> {
  const { look, layout, installed } = input;
  const found = await look.stat(goroot);
  const base = { goroot, realpath, places: [...places], missing: [], bin: [] };
  if (!found) return { ...base, state: (await look.reaches(goroot)) ? "missing" : "unanswered" };
  if (!found.isDirectory()) return { ...base, state: "no directory" };
  const version = await readFirstLine(look, join(goroot, "VERSION"));
  // A tree built from a checkout of Go's repository keeps its version here.
  const stated = version ?? (await readFirstLine(look, join(goroot, "VERSION.cache")));
  const program = await findProgram(join(goroot, "bin"), "go", input);
  const goEnv = await look.read(join(goroot, "go.env"), TEXT_BYTES);
  const line = findToolchainName((stated ?? program?.build?.go ?? "").split(" ")[0] ?? "")?.minor;
  return {
    ...base,
    state: "directory",
    installed: places.has("store")
      ? installed.find((name) => join(layout.versions, name) === goroot)
      : undefined,
    version: stated,
    program,
    missing: await listMissing(look, goroot, input.platform, line ?? GO_ENV, stated !== undefined),
    bin: (await look.list(join(goroot, "bin"))) ?? [],
    goEnv: goEnv.kind === "text" ? goEnv.bytes.toString("utf8") : undefined,
  };
}

async function listMissing(
  look: Look,
  goroot: string,
  platform: Platform,
  line: number,
  hasVersion: boolean,
): Promise<string[]> {
  if (line < COMPILE || !(await look.reaches(goroot))) return [];
  const tools = toolDirectory(platform);
  const wanted = [
    "bin/go",
    ...["compile", "link", "asm"].map((tool) => `${tools}/${tool}`),
    "src/fmt",
    "src/runtime",
    ...(line >= GO_ENV ? ["go.env"] : []),
  ];
  const found = await Promise.all(wanted.map((name) => look.stat(join(goroot, name))));
  return [...(hasVersion ? [] : ["VERSION"]), ...wanted.filter((_, index) => !found[index])];
}

async function readFirstLine(look: Look, path: string): Promise<string | undefined> {
  const file = await look.read(path, TEXT_BYTES);
  if (file.kind !== "text") return undefined;
  const line = file.bytes.toString("utf8").split("\n", 1)[0]?.trim();
  return line === "" ? undefined : line;
}
