/** Checks of the version that is chosen: whether it is there, and whether the module can live with it. */
import { join } from "node:path";
import { formatSelector, type VersionSelector } from "../../go/selector.js";
import { parseGoVersion, toolchainName } from "../../go/version.js";
import { describeOrigin, installCommand } from "../../select/selection.js";
import { about, type Check } from "../check.js";
import type { Facts } from "../facts.js";
import { findUnreadable } from "../governing.js";
import { quoteWord, type Step } from "../remedy.js";
import type { VersionFileFacts } from "../repository-facts.js";
import { findUnmet, switchesAway } from "../switching.js";
import { fileEvidence, originEvidence, stepsToRaise, toolchainEvidence } from "./common.js";

export const SELECTION_CHECKS: readonly Check[] = [
  {
    id: "version-not-installed",
    priority: 0,
    severity: "error",
    title: "the version that is asked for is not installed",
    run: (facts) => {
      const { selection, managed, running } = facts;
      if (selection?.kind !== "missing") return [];
      // A go.mod asks the Go that is there, where gvt has no say yet.
      if (selection.basis === "requirement" && !managed && running) return [];
      const wanted = formatSelector(selection.wanted);
      return [
        {
          summary: `${describeOrigin(selection.origin)} asks for ${wanted}, which is not installed`,
          about: [about.program("go"), ...originFiles(facts).map(about.file)],
          evidence: originEvidence(facts),
          remedy: {
            summary: "install it",
            steps: [
              { kind: "run", command: installCommand(wanted) },
              ...adviseOnUnknown(facts, selection.wanted),
            ],
          },
        },
      ];
    },
  },
  {
    id: "version-file-invalid",
    priority: 0,
    severity: "error",
    title: "what should name a version cannot be read",
    yieldsTo: ["toolchain-line-invalid", "gowork-missing"],
    run: ({ snapshot }) => {
      const outcome = snapshot.selection;
      if (outcome.kind !== "failed") return [];
      const faults = snapshot.repository.versionFiles.filter(({ problem }) => problem !== undefined);
      const variable = snapshot.env["GVT_VERSION"] || undefined; // empty is unset
      // Where no version file is at fault, the module file is.
      const module =
        variable === undefined && faults.length === 0 ? snapshot.repository.governing : undefined;
      const isDefault = module === undefined && snapshot.root.defaultVersion !== undefined;
      const usable = snapshot.root.installed.at(-1) ?? "latest";
      const steps: Step[] =
        variable !== undefined
          ? [{ kind: "unset", variable: "GVT_VERSION" }]
          : faults.length > 0
            ? [
                ...faults.filter(({ irregular }) => irregular).map(stepToPutAway),
                { kind: "run", command: `gvt local ${usable}` },
              ]
            : isDefault
              ? [{ kind: "run", command: `gvt global ${usable}` }]
              : [{ kind: "advise", text: outcome.hint ?? "mend or remove the file that is named" }];
      return [
        {
          summary: outcome.message,
          about: [
            ...faults.map(({ path }) => about.file(path)),
            ...(module === undefined ? [] : [about.file(module)]),
            ...(snapshot.env["GOWORK"] ? [about.variable("GOWORK")] : []),
          ],
          evidence:
            variable !== undefined
              ? [{ seen: `GVT_VERSION=${variable}`, at: { kind: "variable", name: "GVT_VERSION" } }]
              : [
                  ...faults.map(({ path, problem = "", line }) => fileEvidence(path, problem, line)),
                  ...(module === undefined ? [] : [fileEvidence(module, outcome.message)]),
                  ...(isDefault ? [fileEvidence(join(snapshot.root.path, "version"), outcome.message)] : []),
                ],
          remedy: { summary: "say which version is meant", steps },
        },
      ];
    },
  },
  {
    id: "version-below-go-directive",
    priority: 0,
    severity: "error",
    title: "the chosen Go is too old for this module",
    run: (facts) => {
      const { selected, governing } = facts;
      const needed = selected && governing && findUnmet(facts, selected.version, governing);
      if (!needed || !governing) return [];
      return [
        {
          summary: `${governing.file.path} needs \`${needed.text}\`, and ${toolchainName(selected.version)} is chosen`,
          about: [about.file(governing.file.path)],
          evidence: [
            fileEvidence(governing.file.path, needed.text, needed.line),
            ...originEvidence(facts),
            toolchainEvidence(facts),
          ],
          remedy: { summary: "choose a version that is new enough", steps: stepsToRaise(facts, needed) },
        },
      ];
    },
  },
  {
    id: "go-line-too-new-for-parser",
    priority: 0,
    severity: "error",
    title: "the chosen Go cannot read this module file",
    yieldsTo: ["version-below-go-directive", "toolchain-switches-away"],
    run: (facts) => {
      const { selected, governing } = facts;
      if (!selected || !governing || switchesAway(facts, selected.version, governing)) return [];
      const unreadable = findUnreadable(selected.version, governing);
      if (!unreadable) return [];
      const { text, line, needed } = unreadable;
      return [
        {
          summary: `${toolchainName(selected.version)} cannot read \`${text}\` in ${governing.file.path}`,
          about: [about.file(governing.file.path)],
          evidence: [fileEvidence(governing.file.path, text, line), ...originEvidence(facts)],
          remedy: { summary: "choose a version that knows it", steps: stepsToRaise(facts, needed) },
        },
      ];
    },
  },
];

function stepToPutAway({ path }: VersionFileFacts): Step {
  return { kind: "run", command: `mv ${quoteWord(path)} ${quoteWord(`${path}.away`)}` };
}

function originFiles({ selection }: Facts): string[] {
  return selection?.origin.kind === "file" ? [selection.origin.path] : [];
}

/** A release that nobody has heard of may be out by now, or be a slip of the pen. */
function adviseOnUnknown({ snapshot: { releases } }: Facts, wanted: VersionSelector): Step[] {
  const line = wanted.kind === "exact" ? wanted.version : wanted.kind === "line" ? wanted.line : undefined;
  if (!line || !releases || line.minor <= parseGoVersion(releases.newest).minor) return [];
  const known = `the newest Go that this gvt knows is ${releases.newest}, of ${releases.date}`;
  return [
    { kind: "advise", text: `${known}: where there is no ${formatSelector(wanted)} yet, ask for less` },
  ];
}
