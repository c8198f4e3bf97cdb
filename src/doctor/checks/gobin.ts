/** Checks of GOBIN, GOPATH and the programs that `go install` has written. */
import { join } from "node:path";
import { about, type Check } from "../check.js";
import { splitList } from "../effective.js";
import type { Facts, PlacedProgram } from "../facts.js";
import { quoteWord, type Step } from "../remedy.js";
import { evidenceOf, stepsToClear } from "../settings.js";
import type { PathEntry, Program } from "../snapshot.js";
import { entryEvidence, fileEvidence } from "./common.js";

/** Where the system keeps programs that others rely on. */
const SYSTEM_DIRECTORIES: readonly string[] = ["/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin"];
const OF_GO: ReadonlySet<string> = new Set(["go", "gofmt"]);

export const GOBIN_CHECKS: readonly Check[] = [
  {
    id: "gobin-not-on-path",
    priority: 0,
    severity: "warning",
    title: "what `go install` writes is not on PATH",
    yieldsTo: ["gobin-is-shims-or-goroot"],
    run: (facts) => {
      const directory = facts.installDirectory;
      if (!directory.startsWith("/") || facts.findPosition(directory) !== undefined) return [];
      const tools = listTools(facts);
      const isStated = facts.effective("GOBIN").value !== "";
      if (tools.length === 0 && !isStated) return [];
      const examples = tools.slice(0, 3).map(({ name }) => name);
      return [
        {
          summary: `${directory} is not on PATH${examples.length > 0 ? `, so ${examples.join(", ")} cannot be found` : ""}`,
          about: [about.directory(directory)],
          evidence: [
            fileEvidence(directory, tools.length === 0 ? "GOBIN names it" : `holds ${tools.length} programs`),
            ...(isStated ? evidenceOf(facts, "GOBIN") : []),
          ],
          remedy: {
            summary: "append it to PATH",
            steps: [
              { kind: "extend-path", directory, where: "back" },
              { kind: "advise", text: "put that line into your shell's start-up file too" },
            ],
          },
        },
      ];
    },
  },
  {
    id: "gobin-shadowed",
    priority: 0,
    severity: "warning",
    title: "another program runs instead of an installed tool",
    yieldsTo: ["gobin-not-on-path", "goroot-equals-gopath"],
    run: (facts) =>
      listTools(facts).flatMap((tool) => {
        const first = facts.findProgram(tool.name);
        if (OF_GO.has(tool.name) || !first || first.program.owner === "gvt-shim") return [];
        if (first.program.realpath === tool.realpath || isInstallEntry(facts, first.position)) return [];
        return [
          {
            summary: `\`${tool.name}\` runs ${first.program.path}, not what \`go install\` has written`,
            about: [about.program(tool.name), about.directory(facts.installDirectory)],
            evidence: [
              entryEvidence(first, describeTool(first.program)),
              fileEvidence(tool.path, describeTool(tool)),
            ],
            remedy: {
              summary: "decide which one is meant; this puts the other aside",
              steps: [stepAside(tool, first)],
            },
          },
        ];
      }),
  },
  {
    id: "gobin-shadows-system",
    priority: 0,
    severity: "warning",
    title: "an installed tool hides a program of the system",
    yieldsTo: ["gobin-has-go"],
    run: (facts) => {
      const position = facts.findPosition(facts.installDirectory);
      if (position === undefined) return [];
      return listTools(facts).flatMap((tool) => {
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
    id: "gobin-has-go",
    priority: 0,
    severity: "error",
    title: "a `go` lies where `go install` writes, before gvt's",
    run: (facts) => {
      const position = facts.findPosition(facts.installDirectory);
      if (position === undefined || facts.ownPosition === undefined || position >= facts.ownPosition)
        return [];
      const found = listTools(facts).filter(({ name }) => OF_GO.has(name));
      if (found.length === 0) return [];
      return [
        {
          summary: `${found.map(({ path }) => path).join(" and ")} ${found.length > 1 ? "come" : "comes"} before gvt's shims`,
          about: [about.directory(facts.installDirectory)],
          evidence: found.map((tool) => fileEvidence(tool.path, describeTool(tool))),
          remedy: {
            summary: "remove it",
            steps: found.map(({ path }): Step => ({ kind: "run", command: `rm ${quoteWord(path)}` })),
          },
        },
      ];
    },
  },
  {
    id: "gobin-relative",
    priority: 0,
    severity: "error",
    title: "GOBIN is not absolute",
    run: (facts) => {
      const { value } = facts.effective("GOBIN");
      const isRelative = (text: string): boolean => !text.startsWith("/");
      if (value === "" || !isRelative(value)) return [];
      return [
        {
          summary: `GOBIN is ${value}, and \`go install\` needs an absolute path`,
          about: [about.variable("GOBIN")],
          evidence: evidenceOf(facts, "GOBIN", isRelative),
          remedy: {
            summary: "take it back, or write the whole path",
            steps: stepsToClear(facts, "GOBIN", isRelative),
          },
        },
      ];
    },
  },
  {
    id: "gobin-is-shims-or-goroot",
    priority: 0,
    severity: "error",
    title: "`go install` writes into gvt's own directories",
    yieldsTo: ["goroot-equals-gopath"],
    run: (facts) => {
      const { root, tools } = facts.snapshot;
      const real =
        (tools?.path === facts.installDirectory ? tools.realpath : undefined) ?? facts.installDirectory;
      const shims = real === (root.realShims ?? root.shims);
      const version = real.startsWith(`${root.realVersions ?? root.versions}/`);
      if (!shims && !version) return [];
      const name = facts.effective("GOBIN").value === "" ? "GOPATH" : "GOBIN";
      const leads = (value: string): boolean =>
        name === "GOBIN"
          ? value === facts.installDirectory
          : join(splitList(value)[0] ?? "", "bin") === facts.installDirectory;
      return [
        {
          summary: `${name} makes \`go install\` write into ${facts.installDirectory}, which is gvt's`,
          about: [about.variable(name), about.directory(facts.installDirectory)],
          evidence: evidenceOf(facts, name, leads),
          remedy: {
            summary: shims
              ? "a program named `go` there would overwrite the shim"
              : "what lies there goes with the version",
            steps: stepsToClear(facts, name, leads),
          },
        },
      ];
    },
  },
  {
    id: "gopath-invalid",
    priority: 0,
    severity: "error",
    title: "GOPATH holds an entry that is not absolute",
    run: (facts) => {
      const isInvalid = (value: string): boolean => splitList(value).some((entry) => !entry.startsWith("/"));
      const { value } = facts.effective("GOPATH");
      if (!isInvalid(value)) return [];
      const entry = splitList(value).find((candidate) => !candidate.startsWith("/")) ?? "";
      return [
        {
          summary: `GOPATH holds ${entry}, which is not absolute`,
          about: [about.variable("GOPATH")],
          evidence: evidenceOf(facts, "GOPATH", isInvalid),
          remedy: {
            summary: "take it back, or write the whole path",
            steps: stepsToClear(facts, "GOPATH", isInvalid),
          },
        },
      ];
    },
  },
];

function listTools({ snapshot, installDirectory }: Facts): readonly Program[] {
  if (snapshot.tools?.path !== installDirectory) return [];
  return snapshot.tools.programs.filter(({ executable }) => executable);
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

function isInstallEntry(facts: Facts, position: number): boolean {
  return facts.findPosition(facts.installDirectory) === position;
}

/** Built from the same main package: another version of it, but the same program. */
function isSameTool(a: Program, b: Program): boolean {
  return a.build?.path !== undefined && a.build.path === b.build?.path;
}

function describeTool({ path, build }: Program): string {
  if (!build) return path;
  const version = build.version === undefined ? "" : ` ${build.version}`;
  return `${build.path ?? path}${version}, built with ${build.go}`;
}
