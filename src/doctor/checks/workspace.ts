/** Checks of workspaces: a go.work that is missing, that nobody expects, or that asks for less than its modules. */
import { dirname, resolve } from "node:path";
import { compareInGoOrder, findGoVersion, findLanguageVersion } from "../../go/version.js";
import { about, type Check } from "../check.js";
import type { Facts } from "../facts.js";
import { isOlder, type StatedVersion } from "../governing.js";
import { quoteWord, type Remedy, type Step } from "../remedy.js";
import type { ModuleFile } from "../repository-facts.js";
import { evidenceOf, stepsToClear } from "../settings.js";
import { SWITCHING_LINE } from "../switching.js";
import { fileEvidence, stepsToRaise } from "./common.js";

/** The first line whose go command knows workspaces. */
const WORKSPACE_LINE = 18;
/** What a go.work without a `go` line asks for, and what a module may ask for beyond it. */
const [IMPLIED, TOLERATED] = [{ minor: 18 }, { minor: 21 }];

const LEAVE: Remedy = {
  summary: "leave the workspace, where it is not meant",
  steps: [{ kind: "set", variable: "GOWORK", value: "off" }],
};

export const WORKSPACE_CHECKS: readonly Check[] = [
  {
    id: "gowork-missing",
    priority: 1,
    severity: "error",
    title: "GOWORK names no workspace",
    run: (facts) => {
      const { value } = facts.effective("GOWORK");
      const named = facts.snapshot.repository.namedWorkspace;
      if (isIndifferent(facts) || ["", "off", "auto"].includes(value)) return [];
      const isMissing = value.startsWith("/") && named?.path === value && !named.there;
      if (value.startsWith("/") && !isMissing) return [];
      const isBad = (text: string): boolean => text === value;
      return [
        {
          summary: `GOWORK is ${value}, which is ${isMissing ? "not there" : "no absolute path"}`,
          about: [about.variable("GOWORK"), about.file(value)],
          evidence: evidenceOf(facts, "GOWORK", isBad),
          remedy: {
            summary: "let Go look for a go.work by itself",
            steps: stepsToClear(facts, "GOWORK", isBad),
          },
        },
      ];
    },
  },
  {
    id: "gowork-parent-surprise",
    priority: 1,
    severity: "info",
    title: "a go.work further up decides here",
    run: (facts) => {
      const work = findWorkspace(facts);
      const module = findNearestModule(facts);
      if (!work || !module || isIndifferent(facts)) return [];
      // A module above the workspace is not the one that somebody works on here.
      if (work.path !== facts.effective("GOWORK").value && !isWithin(module.path, dirname(work.path)))
        return [];
      const top = facts.snapshot.repository.git?.directory;
      const isUsed = listUsed(facts, work).includes(module);
      const isOutside =
        top !== undefined && !facts.effective("GOWORK").value && !isWithin(dirname(work.path), top);
      if (isUsed && !isOutside) return [];
      const reason = isUsed ? `lies outside the repository ${top}` : `does not use ${dirname(module.path)}`;
      return [
        {
          ...(!isUsed && {
            severity: "warning",
            why: "Go builds no module that the workspace around it leaves out",
          }),
          summary: `${work.path} decides for ${module.path}, and ${reason}`,
          about: [about.file(work.path)],
          evidence: [fileEvidence(work.path, reason), fileEvidence(module.path, "the module here")],
          remedy:
            isUsed || isOutside || !isWithin(module.path, dirname(work.path))
              ? LEAVE
              : remedyToUse(dirname(module.path)),
        },
      ];
    },
  },
  {
    id: "gowork-go-too-low",
    priority: 1,
    severity: "error",
    title: "go.work asks for less than a module in it",
    yieldsTo: ["version-below-go-directive"],
    run: (facts) => {
      const work = findWorkspace(facts);
      const { selected } = facts;
      if (!work || !selected || selected.version.minor < SWITCHING_LINE) return [];
      const lists = findGoLine(work);
      const asking = listUsed(facts, work)
        .flatMap((file) => {
          const go = findGoLine(file);
          return go ? [{ file, go }] : [];
        })
        .filter(
          ({ go }) =>
            compareInGoOrder(go.version, lists?.version ?? IMPLIED) > 0 &&
            compareInGoOrder(go.version, TOLERATED) >= 0,
        )
        .sort((a, b) => compareInGoOrder(b.go.version, a.go.version));
      const [most] = asking;
      if (!most) return [];
      const raise: Step[] = isOlder(selected.version, most.go) ? stepsToRaise(facts, most.go) : [];
      return [
        {
          summary: `${work.path} ${lists ? `says \`${lists.text}\`` : "has no `go` line"}, and ${most.file.path} needs \`${most.go.text}\``,
          about: [about.file(work.path)],
          evidence: [
            fileEvidence(work.path, lists?.text ?? "no go line: Go takes 1.18", lists?.line),
            ...asking.map(({ file, go }) => fileEvidence(file.path, go.text, go.line)),
          ],
          remedy: {
            summary: "let go.work ask for as much as its modules",
            steps: [...raise, { kind: "run", command: "go work use" }],
          },
        },
      ];
    },
  },
];

/** Modules are off, or the go command is older than workspaces. */
function isIndifferent({ effective, selected }: Facts): boolean {
  return (
    effective("GO111MODULE").value === "off" ||
    (selected !== undefined && selected.version.minor < WORKSPACE_LINE)
  );
}

function findWorkspace({ governing }: Facts): ModuleFile | undefined {
  return governing?.file.kind === "go.work" ? governing.file : undefined;
}

/** The go.mod that would govern without the workspace. */
function findNearestModule({ snapshot: { cwd, repository } }: Facts): ModuleFile | undefined {
  return repository.moduleFiles
    .filter(({ path, kind }) => kind === "go.mod" && isWithin(cwd, dirname(path)))
    .sort((a, b) => b.path.length - a.path.length)[0];
}

function listUsed({ snapshot }: Facts, work: ModuleFile): ModuleFile[] {
  const paths = work.uses.map(({ directory }) => resolve(dirname(work.path), directory, "go.mod"));
  return snapshot.repository.moduleFiles.filter(({ path }) => paths.includes(path));
}

function findGoLine({ directives }: ModuleFile): StatedVersion | undefined {
  const directive = directives.find(({ key }) => key === "go");
  const version = directive && (findGoVersion(directive.text) ?? findLanguageVersion(directive.text));
  return version && { version, text: `go ${directive.text}`, line: directive.line };
}

function remedyToUse(directory: string): Remedy {
  return {
    summary: "let the workspace use the module",
    steps: [
      { kind: "run", command: `go work use ${quoteWord(directory)}` },
      { kind: "advise", text: "or, where the module is to stand alone, say GOWORK=off for commands in it" },
    ],
  };
}

function isWithin(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory === "/" ? "/" : `${directory}/`);
}
