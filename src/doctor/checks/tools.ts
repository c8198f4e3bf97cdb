/** Checks of the programs that `go install` has written: which of them run, and whether they fit what they are for. */
import { about, type Check } from "../check.js";
import { type Facts, findBuiltVersion, type PlacedProgram } from "../facts.js";
import type { PathEntry, Program } from "../program-facts.js";
import { quoteWord, type Step } from "../remedy.js";
import {
  describeTool,
  listInstalled,
  listShadowing,
  listTools,
  OF_GO,
  SYSTEM_DIRECTORIES,
} from "../shadowing.js";
import { entryEvidence, fileEvidence, runsHere } from "./common.js";

/** Tools that type-check with the library of the Go that built them. Delve is none: its own version is what counts. */
const TYPE_CHECKERS: readonly RegExp[] = [
  /^golang\.org\/x\/tools\/gopls$/,
  /^honnef\.co\/go\/tools\/cmd\/staticcheck$/,
  /^github\.com\/golangci\/golangci-lint(?:\/v\d+)?\/cmd\/golangci-lint$/,
];

export const TOOL_CHECKS: readonly Check[] = [
  {
    id: "gobin-shadowed",
    priority: 0,
    severity: "warning",
    title: "another program runs instead of an installed tool",
    yieldsTo: ["goroot-equals-gopath"],
    run: (facts) =>
      listShadowing(facts).map(({ tool, runs, meant }) => ({
        summary: `\`${tool}\` runs ${runs.program.path}, not what \`go install\` has written`,
        about: [about.program(tool), about.directory(facts.installDirectory)],
        evidence: [
          entryEvidence(runs, describeTool(runs.program)),
          fileEvidence(meant.path, describeTool(meant)),
        ],
        remedy: {
          summary: "decide which one is meant; this puts the other aside",
          steps: [stepAside(meant, runs)],
        },
      })),
  },
  {
    id: "gobin-shadows-system",
    priority: 0,
    severity: "warning",
    title: "an installed tool hides a program of the system",
    yieldsTo: ["gobin-has-go"],
    run: (facts) => {
      const position = facts.findPosition(facts.installDirectory) ?? Infinity;
      return listInstalled(facts).flatMap((tool) => {
        if (OF_GO.has(tool.name)) return [];
        const hidden = facts
          .listPrograms(tool.name)
          .find(
            ({ program, entry, position: later }) =>
              program.executable &&
              later > position &&
              program.realpath !== tool.realpath &&
              isSystemDirectory(entry),
          );
        if (!hidden || isSameTool(tool, hidden.program)) return [];
        return [
          {
            summary: `\`${tool.name}\` in ${facts.installDirectory} hides ${hidden.program.path}`,
            about: [about.program(tool.name), about.directory(facts.installDirectory)],
            evidence: [
              fileEvidence(tool.path, describeTool(tool)),
              entryEvidence(hidden, describeTool(hidden.program)),
            ],
            remedy: {
              summary: "rename or remove the one that is not meant",
              steps: [
                { kind: "run", command: `mv ${quoteWord(tool.path)} ${quoteWord(`${tool.path}-unused`)}` },
              ],
            },
          },
        ];
      });
    },
  },
  {
    id: "tool-built-with-older-go",
    priority: 1,
    severity: "warning",
    title: "a tool was built with a Go that is older than the module",
    run: (facts) => {
      const { governing } = facts;
      if (!governing?.go) return [];
      const { file, go: stated } = governing;
      const { minor } = stated.version;
      return listTools(facts).flatMap((tool) => {
        const built = findBuiltVersion(tool.build?.go);
        const path = tool.build?.path ?? "";
        if (!built || built.minor >= minor || !TYPE_CHECKERS.some((pattern) => pattern.test(path))) return [];
        return [
          {
            summary: `${tool.name} was built with ${tool.build?.go}, and ${file.path} says ${stated.text}`,
            about: [about.program(tool.name)],
            evidence: [
              fileEvidence(tool.path, describeTool(tool)),
              fileEvidence(file.path, stated.text, stated.line),
            ],
            remedy: {
              summary: "build it again, with a Go that is new enough for both",
              steps: [{ kind: "run", command: reinstallCommand(facts, path, minor) }],
            },
          },
        ];
      });
    },
  },
  {
    id: "tool-wrong-platform",
    priority: 2,
    severity: "warning",
    title: "an installed tool is for another machine",
    run: (facts) =>
      listTools(facts)
        .filter((tool) => !tool.name.endsWith(".exe") && !runsHere(facts.snapshot, tool))
        .map((tool) => {
          const { os, archs } = tool;
          const { platform } = facts.snapshot;
          const path = tool.build?.path;
          const again: Step[] = path?.includes(".")
            ? [{ kind: "run", command: `go install ${quoteWord(`${path}@latest`)}` }]
            : [];
          return {
            summary: `${tool.path} is for ${[os ?? tool.format, archs?.join("+") ?? ""].join(" ").trim()}, and this machine is ${platform.os}/${platform.arch}`,
            about: [about.program(tool.name)],
            evidence: [fileEvidence(tool.path, describeTool(tool))],
            remedy: {
              summary: again.length > 0 ? "remove it, and install it for this machine" : "remove it",
              steps: [{ kind: "run", command: `rm ${quoteWord(tool.path)}` }, ...again],
            },
          };
        }),
  },
];

/** What the tool itself needs may be newer still than what the module says: then Go fetches that. */
function reinstallCommand({ selected }: Facts, path: string, minor: number): string {
  const enough = selected !== undefined && selected.version.minor >= minor;
  const toolchain = enough ? "auto" : `go1.${minor}.0+auto`;
  return `GOTOOLCHAIN=${toolchain} go install ${quoteWord(`${path}@latest`)}`;
}

/** A program of the system is not to be touched; then it is the tool that goes. */
function stepAside(tool: Program, { program, entry }: PlacedProgram): Step {
  const spared = isSystemDirectory(entry) && !isSameTool(tool, program);
  const path = spared ? tool.path : program.path;
  return { kind: "run", command: `mv ${quoteWord(path)} ${quoteWord(`${path}-unused`)}` };
}

function isSystemDirectory({ text, realpath }: PathEntry): boolean {
  return SYSTEM_DIRECTORIES.includes(text) || SYSTEM_DIRECTORIES.includes(realpath ?? "");
}

/** Built from the same main package: another version of it, but the same program. */
function isSameTool(a: Program, b: Program): boolean {
  return a.build?.path !== undefined && a.build.path === b.build?.path;
}
