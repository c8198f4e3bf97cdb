/** Checks of GOROOT: where it is set, and what it names. */
import { join } from "node:path";
import { about, type Check } from "../check.js";
import { splitList } from "../effective.js";
import type { Facts } from "../facts.js";
import type { Step } from "../remedy.js";
import {
  evidenceOf,
  evidenceOfVariable,
  stepsToClear,
  stepsToDrop,
  stepsToReplace,
  stepsToUnset,
} from "../settings.js";
import { fileEvidence, whyThoughCovered } from "./common.js";
import { stepsToMovePrograms } from "./trees.js";

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
          ...whyThoughCovered(facts),
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
      const named = facts.findTree(facts.snapshot.env["GOROOT"] || undefined);
      const stated = named?.version;
      if (stated === undefined) return [];
      const runs = findRunningRelease(facts);
      // Until gvt's shims come first, what is chosen does not run; GOROOT must suit both.
      const other = [runs, findChosenRelease(facts)].find((release) => release && release !== stated);
      if (other === undefined) return [];
      const [verb, place] =
        other === runs ? ["runs", facts.running?.program.path] : ["is chosen", facts.selected?.tree?.goroot];
      return [
        {
          summary: `GOROOT names a tree of ${stated}, and the \`go\` that ${verb} is ${other}`,
          about: [about.variable("GOROOT")],
          evidence: [
            ...evidenceOfVariable(facts, "GOROOT"),
            fileEvidence(join(named?.goroot ?? "", "VERSION"), stated, 1),
            fileEvidence(place ?? "", other),
          ],
          ...whyThoughCovered(facts),
          remedy: { summary: "unset GOROOT: Go finds its own tree", steps: stepsToUnset(facts, "GOROOT") },
        },
      ];
    },
  },
  {
    id: "goroot-env-redundant",
    priority: 1,
    severity: "warning",
    title: "GOROOT is set to what Go finds by itself",
    yieldsTo: ["rc-exports-go-vars"],
    run: (facts) => {
      const value = facts.snapshot.env["GOROOT"];
      const named = facts.findTree(value || undefined);
      const runs = findRunningRelease(facts);
      // Whatever starts a program with gvt's or another manager's environment sets it anew at every switch.
      const lines = facts.assignments("GOROOT").filter(({ statement }) => statement.value === value);
      if (!value || named?.state !== "directory" || lines.length === 0) return [];
      if (named.version === undefined || named.version !== runs) return [];
      if (named.version !== (findChosenRelease(facts) ?? runs)) return [];
      return [
        {
          summary: `GOROOT is ${value}, which Go finds without it as long as ${runs} runs`,
          about: [about.variable("GOROOT")],
          evidence: evidenceOfVariable(facts, "GOROOT"),
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
          ...whyThoughCovered(
            facts,
            "and Go 1.21 and later still read go.env from the tree that the line names",
          ),
          remedy: { summary: "delete that line", steps: stepsToDrop(facts, "GOROOT") },
        },
      ];
    },
  },
  {
    id: "goroot-equals-gopath",
    priority: 0,
    severity: "warning",
    title: "GOROOT and GOPATH are one directory",
    run: (facts) => {
      const gopath = facts.effective("GOPATH");
      const clean = findLastingGoroot(facts);
      if (clean === "" || !splitList(gopath.value).some((entry) => trimSlashes(entry) === clean)) return [];
      const isStated = gopath.origin.kind !== "default";
      const home = facts.snapshot.user.home ?? "/";
      const [fallback, moved] = [join(home, "go"), join(home, "gopath")];
      const tree = facts.findTree(clean);
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
              ...(clean === fallback
                ? stepsToReplace(facts, "GOPATH", moved)
                : stepsToClear(facts, "GOPATH", (value) =>
                    splitList(value).some((entry) => trimSlashes(entry) === clean),
                  )),
              ...(tree
                ? stepsToMovePrograms(facts, tree, join(clean === fallback ? moved : fallback, "bin"))
                : []),
            ],
          },
        },
      ];
    },
  },
  {
    id: "goroot-gopath-nested",
    priority: 2,
    severity: "warning",
    title: "GOROOT and GOPATH lie in one another",
    run: (facts) => {
      const goroot = findLastingGoroot(facts);
      const modules = trimSlashes(facts.effective("GOMODCACHE").value);
      // Go itself puts the toolchains that it downloads there.
      if (!goroot.startsWith("/") || (modules !== "" && isBelow(goroot, modules))) return [];
      const entries = splitList(facts.effective("GOPATH").value).map(trimSlashes);
      const nested = entries.find((entry) => isBelow(goroot, entry) || isBelow(entry, goroot));
      if (nested === undefined) return [];
      const isNested = (value: string): boolean =>
        splitList(value).some((entry) => trimSlashes(entry) === nested);
      const isInside = isBelow(nested, goroot);
      const move: Step = {
        kind: "advise",
        text: `move ${goroot} to a directory of its own, outside ${nested}`,
      };
      return [
        {
          summary: isInside
            ? `GOPATH ${nested} lies in the Go tree ${goroot}`
            : `the Go tree ${goroot} lies in GOPATH ${nested}`,
          about: [about.variable("GOPATH"), about.directory(nested), about.directory(goroot)],
          evidence: [
            fileEvidence(goroot, "holds the tree of the `go` that runs"),
            ...evidenceOf(facts, "GOPATH", isNested),
          ],
          remedy: {
            summary: "keep Go's tree and GOPATH apart",
            steps: [
              ...stepsToClear(facts, "GOPATH", isNested),
              ...(facts.effective("GOPATH").origin.kind === "default" ? [move] : []),
            ],
          },
        },
      ];
    },
  },
];

/** `go1.22.6`, without what it was built to experiment with. */
function findRunningRelease({ running }: Facts): string | undefined {
  return running?.builtAs?.split(" X:")[0];
}

function findChosenRelease({ selected }: Facts): string | undefined {
  return selected?.own === true ? selected.tree?.version : undefined;
}

/** Where the `go` that runs is, once a variable that names another release is taken away. */
function findLastingGoroot(facts: Facts): string {
  const { value } = facts.effective("GOROOT");
  const isOther = facts.findTree(value)?.version !== findRunningRelease(facts);
  return trimSlashes((isOther ? facts.running?.tree?.goroot : undefined) ?? value);
}

function trimSlashes(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, "") : path;
}

function isBelow(path: string, directory: string): boolean {
  return path !== directory && path.startsWith(directory === "/" ? "/" : `${directory}/`);
}
