/** Checks of Go trees: whether they are whole, and nothing but what was published. */
import { join } from "node:path";
import { parseGoEnvFile } from "../../go/go-env-file.js";
import { findToolchainName, parseGoVersion } from "../../go/version.js";
import { about, type Check, type Observation } from "../check.js";
import { type Facts, findBuiltVersion } from "../facts.js";
import type { Tree } from "../program-facts.js";
import { quoteWord, type Step } from "../remedy.js";
import { stepsToClear } from "../settings.js";
import type { Leftover } from "../snapshot.js";
import { SWITCHING_LINE } from "../switching.js";
import { fileEvidence, initSteps, listFirst, stepsToRaise, whyThoughCovered } from "./common.js";

export const TREE_CHECKS: readonly Check[] = [
  {
    id: "goroot-incomplete",
    priority: 0,
    severity: "error",
    title: "a Go tree lacks files",
    run: (facts) =>
      facts.snapshot.trees
        .filter(({ state }) => state === "directory")
        .flatMap((tree) => observeMissing(facts, tree)),
  },
  {
    id: "goroot-go-env-altered",
    priority: 1,
    severity: "warning",
    title: "a tree's go.env is not what was published",
    yieldsTo: ["goroot-incomplete"],
    run: ({ snapshot }) =>
      snapshot.trees.flatMap((tree) => {
        if (tree.installed === undefined || tree.state !== "directory") return [];
        if (parseGoVersion(tree.installed).minor < SWITCHING_LINE) return [];
        const stated = parseGoEnvFile(tree.goEnv ?? "");
        const lacking = DEFAULTS.filter((name) => !stated.get(name)?.value);
        if (lacking.length === 0) return [];
        const seen =
          tree.goEnv === undefined ? "go.env is not there" : `go.env does not set ${lacking.join(", ")}`;
        return [observeTree(tree, `${join(tree.goroot, "go.env")} has lost what Go needs from it`, seen)];
      }),
  },
  {
    id: "goroot-overlaid",
    priority: 0,
    severity: "error",
    title: "two releases lie in one tree",
    run: (facts) => {
      const tree = facts.selected?.tree;
      if (!tree) return [];
      const added = tree.comparison?.added;
      if (added && added.count > 0) {
        return [
          observeTree(
            tree,
            `${tree.goroot} holds source files that were not published with it`,
            listFirst(added),
          ),
        ];
      }
      const built = tree.program?.build?.go;
      const [stated, embedded] = [tree.version, built].map((name) => findBuiltVersion(name));
      if (tree.installed !== undefined || !stated || !embedded || tree.version === built?.split(" X:")[0])
        return [];
      return [
        observeTree(
          tree,
          `${tree.goroot} holds files of two releases`,
          `VERSION says ${tree.version}, bin/go is ${built}`,
        ),
      ];
    },
  },
  {
    id: "goroot-polluted",
    priority: 1,
    severity: "warning",
    title: "a toolchain's bin holds other programs",
    yieldsTo: ["goroot-equals-gopath", "gobin-is-shims-or-goroot"],
    run: (facts) => {
      const tree = facts.selected?.tree ?? facts.running?.tree;
      const names = tree ? listAddedPrograms(tree) : [];
      return tree && names.length > 0 ? [observePollution(facts, tree, names)] : [];
    },
  },
  {
    id: "install-corrupt",
    priority: 0,
    severity: "error",
    title: "programs of the toolchain are not what was installed",
    run: (facts) => {
      const tree = facts.selected?.tree;
      const altered = tree?.comparison?.altered;
      if (!tree || !altered || altered.count === 0) return [];
      return [
        observeTree(
          tree,
          `${tree.goroot} is damaged`,
          `changed since it was installed: ${listFirst(altered)}`,
        ),
      ];
    },
  },
  {
    id: "install-leftovers",
    priority: 1,
    severity: "info",
    title: "interrupted work has left files",
    run: ({ snapshot: { root } }) => {
      const [first] = root.leftovers;
      if (!first) return [];
      return [
        {
          summary: `${root.path} holds ${root.leftovers.length === 1 ? "a leftover" : `${root.leftovers.length} leftovers`} of interrupted work`,
          about: [about.directory(root.path)],
          evidence: root.leftovers.map((left) => fileEvidence(left.path, describeLeftover(left))),
          remedy: { summary: "remove them", steps: [{ kind: "run", command: "gvt prune" }] },
        },
      ];
    },
  },
  {
    id: "go-loader-missing",
    priority: 0,
    severity: "error",
    title: "the loader that `go` needs is missing",
    run: (facts) => {
      const program = facts.running?.program;
      const interpreter = program?.interpreter;
      if (program?.format !== "elf" || !interpreter || interpreter.there) return [];
      return [
        {
          summary: `${program.path} needs ${interpreter.path}, which is not there`,
          about: [about.program("go"), about.file(interpreter.path)],
          evidence: [fileEvidence(program.path, `its loader is ${interpreter.path}`)],
          remedy: {
            summary: "use Go 1.21 or newer, whose programs need no loader",
            steps: [
              ...stepsToRaise(facts, { version: { minor: STATIC_LINE } }),
              // What shadows gvt's shims is another finding, and this one stays as long as that does.
              ...(facts.managed && !facts.running?.behindShim ? initSteps(facts) : []),
            ],
          },
        },
      ];
    },
  },
];

/** From this line on the go command needs no loader. */
const STATIC_LINE = 21;

/** Places that matter to what runs; a tree that lies somewhere unused hurts nobody. */
const IN_USE = new Set(["store", "path", "GOROOT", "go-env file"]);

function observeMissing(facts: Facts, tree: Tree): Observation[] {
  if (!tree.places.some((place) => IN_USE.has(place))) return [];
  const missing = tree.comparison?.missing ?? { count: tree.missing.length, first: tree.missing };
  if (missing.count === 0) return [];
  const observation = observeTree(tree, `${tree.goroot} lacks files`, `missing: ${listFirst(missing)}`);
  // Where only a variable leads to it, the variable is what is wrong.
  if (tree.installed !== undefined || tree.places.includes("path")) return [observation];
  const steps = stepsToClear(facts, "GOROOT", (value) => facts.findTree(value) === tree);
  return [
    {
      ...observation,
      about: [...observation.about, about.variable("GOROOT")],
      ...whyThoughCovered(facts),
      remedy: { summary: "let nothing name it", steps },
    },
  ];
}

function observeTree(tree: Tree, summary: string, seen: string): Observation {
  const steps: Step[] =
    tree.installed === undefined
      ? [{ kind: "advise", text: `remove ${tree.goroot}, and install that Go anew into an empty place` }]
      : [{ kind: "run", command: `gvt repair ${tree.installed}` }];
  return {
    summary,
    about: [about.tree(tree.realpath)],
    evidence: [fileEvidence(tree.goroot, seen)],
    remedy: { summary: "restore the tree", steps },
  };
}

/** What go.env has said since there is one. */
const DEFAULTS = ["GOPROXY", "GOSUMDB", "GOTOOLCHAIN"];
/** From this line on the archive brings these and no more; godoc went with 1.13. */
const FEW_PROGRAMS_LINE = 13;
const PUBLISHED = new Set(["go", "gofmt", "go.exe", "gofmt.exe"]);
const SHARED_BIN = new Set(["/", "/usr", "/usr/local"]);

function listAddedPrograms(tree: Tree): readonly string[] {
  if (tree.installed !== undefined)
    return (tree.comparison?.addedPrograms.first ?? []).map((path) => path.replace(/^bin\//, ""));
  const line = findToolchainName((tree.version ?? "").split(" ")[0] ?? "")?.minor ?? 0;
  if (line < FEW_PROGRAMS_LINE || SHARED_BIN.has(tree.realpath)) return [];
  // A tree that was built for several platforms keeps their programs in directories: linux_arm64.
  return tree.bin.filter(
    (name) => !PUBLISHED.has(name) && !name.startsWith(".") && !/^[a-z0-9]+_[a-z0-9]+$/.test(name),
  );
}

/** Takes the programs that did not come with the tree to where `go install` is to write. */
export function stepsToMovePrograms(facts: Facts, tree: Tree, target: string): Step[] {
  const files = listAddedPrograms(tree).map((name) => quoteWord(join(tree.goroot, "bin", name)));
  if (files.length === 0) return [];
  return [
    { kind: "run", command: `mkdir -p ${quoteWord(target)}` },
    { kind: "run", command: `mv -n ${files.join(" ")} ${quoteWord(target)}` },
    ...(facts.findPosition(target) === undefined
      ? [{ kind: "extend-path", directory: target, where: "back" } as const]
      : []),
  ];
}

function observePollution(facts: Facts, tree: Tree, names: readonly string[]): Observation {
  const bin = join(tree.goroot, "bin");
  const target = facts.installDirectory;
  const isOwn = !target.startsWith("/") || target.startsWith(`${tree.goroot}/`);
  const steps: Step[] = isOwn
    ? [
        {
          kind: "advise",
          text: `move ${names.join(", ")} out of ${bin}, to where \`go install\` should write`,
        },
      ]
    : stepsToMovePrograms(facts, tree, target);
  return {
    summary: `${bin} holds programs that did not come with Go: ${names.slice(0, 3).join(", ")}${names.length > 3 ? ", …" : ""}`,
    about: [about.tree(tree.realpath), about.directory(tree.goroot), about.directory(bin)],
    evidence: names.map((name) => fileEvidence(join(bin, name), "not of the archive")),
    remedy: { summary: "move them to where `go install` writes", steps },
  };
}

const KINDS: Readonly<Record<Leftover["kind"], string>> = {
  stage: "an unfinished installation, whose process is gone",
  lock: "a lock that nobody holds",
  partial: "a download that nobody went on with",
};

function describeLeftover({ kind, ageSeconds }: Leftover): string {
  const hours = Math.floor(ageSeconds / 3600);
  const age = hours < 1 ? "less than an hour" : hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
  return `${KINDS[kind]}, ${age} old`;
}
