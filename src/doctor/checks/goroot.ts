/** Checks of GOROOT and of the trees it may name. */
import { join } from "node:path";
import { about, type Check, type Observation } from "../check.js";
import { splitList } from "../effective.js";
import { type Facts, findBuiltVersion } from "../facts.js";
import type { Step } from "../remedy.js";
import { evidenceOf, evidenceOfVariable, stepsToClear, stepsToDrop, stepsToUnset } from "../settings.js";
import type { Tree } from "../snapshot.js";
import { fileEvidence, listFirst } from "./common.js";

export const GOROOT_CHECKS: readonly Check[] = [
  {
    id: "goroot-env-missing-dir",
    priority: 0,
    severity: "error",
    title: "GOROOT names no directory",
    yieldsTo: ["rc-exports-go-vars"],
    run: (facts) => {
      const value = facts.snapshot.env["GOROOT"];
      if (!value) return [];
      const state = value.startsWith("/") ? facts.findTree(value)?.state : "missing";
      if (state !== "missing" && state !== "no directory") return [];
      return [
        {
          summary: `GOROOT is ${value}, which is no directory`,
          about: [about.variable("GOROOT")],
          evidence: evidenceOfVariable(facts, "GOROOT"),
          remedy: { summary: "unset GOROOT: Go finds its own tree", steps: stepsToUnset(facts, "GOROOT") },
        },
      ];
    },
  },
  {
    id: "goroot-env-mismatch",
    priority: 0,
    severity: "error",
    title: "GOROOT names the tree of another version",
    yieldsTo: ["rc-exports-go-vars"],
    run: (facts) => {
      const value = facts.snapshot.env["GOROOT"];
      const stated = facts.findTree(value || undefined)?.version;
      const runs = facts.running?.builtAs?.split(" X:")[0];
      if (!value || stated === undefined || runs === undefined || stated === runs) return [];
      return [
        {
          summary: `GOROOT names a tree of ${stated}, and the \`go\` that runs is ${runs}`,
          about: [about.variable("GOROOT")],
          evidence: [
            ...evidenceOfVariable(facts, "GOROOT"),
            fileEvidence(join(value, "VERSION"), stated, 1),
            fileEvidence(facts.running?.program.path ?? "", runs),
          ],
          remedy: { summary: "unset GOROOT: Go finds its own tree", steps: stepsToUnset(facts, "GOROOT") },
        },
      ];
    },
  },
  {
    id: "goroot-in-goenv-file",
    priority: 0,
    severity: "error",
    title: "`go env -w` has pinned GOROOT",
    run: (facts) => {
      const setting = facts.settings.get("GOROOT");
      const { path } = facts.snapshot.goEnvFile;
      if (!setting?.value || path === undefined) return [];
      return [
        {
          summary: `${path} sets GOROOT for every Go`,
          about: [about.variable("GOROOT"), about.file(path)],
          evidence: [fileEvidence(path, `GOROOT=${setting.value}`, setting.line)],
          remedy: { summary: "delete that line", steps: stepsToDrop(facts, "GOROOT") },
        },
      ];
    },
  },
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
    id: "goroot-equals-gopath",
    priority: 0,
    severity: "warning",
    title: "GOROOT and GOPATH are one directory",
    run: (facts) => {
      const goroot = facts.effective("GOROOT");
      const gopath = facts.effective("GOPATH");
      const clean = trimSlashes(goroot.value);
      if (clean === "" || !splitList(gopath.value).some((entry) => trimSlashes(entry) === clean)) return [];
      const isStated = gopath.origin.kind !== "default";
      const home = facts.snapshot.user.home ?? "/";
      const [fallback, moved] = [join(home, "go"), join(home, "gopath")];
      return [
        {
          summary: `${clean} is both GOROOT and GOPATH`,
          about: [about.variable("GOPATH"), about.directory(clean)],
          evidence: [
            fileEvidence(clean, "holds the tree of the `go` that runs"),
            ...(isStated
              ? evidenceOf(facts, "GOPATH")
              : [
                  {
                    seen: "GOPATH is not set, and this is its default",
                    at: { kind: "variable", name: "GOPATH" },
                  } as const,
                ]),
          ],
          remedy: {
            summary: "give GOPATH a directory of its own, or move Go elsewhere",
            steps: [
              ...stepsToClear(facts, "GOPATH", (value) =>
                splitList(value).some((entry) => trimSlashes(entry) === clean),
              ),
              ...(clean === fallback
                ? [{ kind: "run", command: `GOTOOLCHAIN=local go env -w GOPATH=${moved}` } as const]
                : []),
            ],
          },
        },
      ];
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
            steps: [{ kind: "run", command: "gvt local 1.21" }],
          },
        },
      ];
    },
  },
];

/** Places that matter to what runs; a tree that lies somewhere unused hurts nobody. */
const IN_USE = new Set(["store", "path", "GOROOT", "go-env file"]);

function observeMissing(facts: Facts, tree: Tree): Observation[] {
  if (!tree.places.some((place) => IN_USE.has(place))) return [];
  const published = tree.comparison?.missing;
  const missing =
    published && published.count > 0 ? published : { count: tree.missing.length, first: tree.missing };
  if (missing.count === 0) return [];
  const observation = observeTree(tree, `${tree.goroot} lacks files`, `missing: ${listFirst(missing)}`);
  // Where only a variable leads to it, the variable is what is wrong.
  if (tree.installed !== undefined || tree.places.includes("path")) return [observation];
  const steps = stepsToClear(facts, "GOROOT", (value) => facts.findTree(value) === tree);
  return [
    {
      ...observation,
      about: [...observation.about, about.variable("GOROOT")],
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

function trimSlashes(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, "") : path;
}
