/** Checks of what a shell finds on PATH. */
import { about, type Check, type Observation } from "../check.js";
import type { Facts, PlacedProgram } from "../facts.js";
import { quoteWord, type Step } from "../remedy.js";
import { evidenceOfLine } from "../settings.js";
import { describeGo, entryEvidence, fileEvidence, initSteps, isOwn, runsHere, shellName } from "./common.js";

export const PATH_CHECKS: readonly Check[] = [
  {
    id: "shims-shadowed",
    priority: 0,
    severity: "error",
    title: "another `go` comes before gvt's",
    yieldsTo: ["gobin-has-go", "other-version-manager", "rc-exports-go-vars", "go-binary-detached"],
    run: (facts) => {
      if (facts.ownPosition === undefined) return [];
      const winners = new Map<string, PlacedProgram[]>();
      for (const name of ["go", "gofmt"]) {
        const first = facts.findProgram(name);
        if (!first || isOwn(facts, first)) continue;
        // Shims without a gofmt come before nothing.
        if (name === "gofmt" && !facts.listPrograms(name).some((placed) => isOwn(facts, placed))) continue;
        winners.set(first.entry.text, [...(winners.get(first.entry.text) ?? []), first]);
      }
      return [...winners].map(([directory, found]) => observeShadow(facts, directory, found));
    },
  },
  {
    id: "multiple-go-on-path",
    priority: 0,
    severity: "info",
    title: "PATH has several Gos",
    yieldsTo: ["shims-shadowed", "other-version-manager", "rc-exports-go-vars", "gobin-has-go"],
    run: (facts) => {
      const others = facts
        .listPrograms("go")
        .filter(
          (placed) =>
            placed.program.executable && placed.program.owner !== "gvt-shim" && !isSelectedOwn(facts, placed),
        );
      const distinct = new Map(others.map((placed) => [placed.program.realpath, placed]));
      if (distinct.size < 2) return [];
      const winning = others.filter(({ position }) => position <= (facts.ownPosition ?? 0));
      return [
        {
          ...(winning.length > 0 && { severity: "warning" }),
          summary: `PATH has ${distinct.size} different \`go\` besides gvt's`,
          about: [about.program("go"), ...listExplaining(distinct.size, winning).map(about.directory)],
          evidence: [...distinct.values()].map((placed) => entryEvidence(placed, describeGo(placed))),
          remedy: {
            summary: "take the directories that you do not need off PATH",
            steps: [
              {
                kind: "advise",
                text: "which Go runs depends on the order of PATH; gvt's shims should come first",
              },
            ],
          },
        },
      ];
    },
  },
  {
    id: "go-not-executable",
    priority: 0,
    severity: "error",
    title: "the `go` on PATH cannot be executed",
    run: (facts) => [...observePlainGo(facts), ...observeForeignMachine(facts)],
  },
  {
    id: "go-binary-detached",
    priority: 0,
    severity: "error",
    title: "the `go` on PATH has lost its tree",
    run: (facts) => {
      const first = facts.findProgram("go");
      if (!first) return [];
      const { build, goroot, path } = first.program;
      const stated = facts.snapshot.env["GOROOT"] || facts.settings.get("GOROOT")?.value;
      if (build?.path !== "cmd/go" || goroot !== undefined || stated) return [];
      if (!build.trimmed && !build.goroot) return []; // whether it knows a tree could not be read
      const compiled = build.goroot?.there ? facts.findTree(build.goroot.path) : undefined;
      if (build.goroot?.there && (compiled?.version ?? build.go) === build.go) return [];
      const fallback = compiled
        ? `the tree it falls back to, ${compiled.goroot}, is ${compiled.version}`
        : "GOROOT is not set";
      return [
        {
          summary: `${path} is a copy of \`go\` without the tree that belongs to it`,
          about: [about.program("go"), about.directory(first.entry.text)],
          evidence: [entryEvidence(first, `${build.go}, no pkg/tool beside it, and ${fallback}`)],
          remedy: {
            summary: "delete the copy; a symbolic link to bin/go of a whole tree works",
            steps: [
              {
                kind: "run",
                command: `rm ${[path, ...listCopiedWith(facts, first)].map((file) => quoteWord(file)).join(" ")}`,
              },
            ],
          },
        },
      ];
    },
  },
];

/** A gofmt that was copied together with it, and hides gvt's. */
function listCopiedWith({ ownPosition = 0 }: Facts, { entry, position }: PlacedProgram): string[] {
  if (position >= ownPosition) return [];
  return entry.programs.filter(({ name }) => name === "gofmt").map(({ path }) => path);
}

/** Directories whose removal from the front of PATH leaves no more than one Go besides gvt's. */
function listExplaining(count: number, winning: readonly PlacedProgram[]): string[] {
  const places = winning.map(({ program }) => program.realpath);
  return count - new Set(places).size < 2 ? winning.map(({ entry }) => entry.text) : [];
}

function isSelectedOwn({ selected }: Facts, { program }: PlacedProgram): boolean {
  return selected?.own === true && program.goroot !== undefined && program.goroot === selected.tree?.realpath;
}

function observeShadow(facts: Facts, directory: string, found: readonly PlacedProgram[]): Observation {
  const names = found.map(({ program }) => `\`${program.name}\``).join(" and ");
  const shell = shellName(facts);
  return {
    summary: `${names} in ${directory} ${found.length > 1 ? "come" : "comes"} before gvt's`,
    about: [about.directory(directory), ...found.map(({ program }) => about.program(program.name))],
    evidence: [
      ...found.map((placed) => entryEvidence(placed, describeGo(placed))),
      ...facts.pathEdits(directory).map(evidenceOfLine),
    ],
    remedy: {
      summary: "let gvt's lines run last",
      steps: [
        { kind: "run", command: `gvt init ${shell} --remove --yes` },
        ...initSteps(facts),
        ...facts.pathEdits(directory).map(
          ({ file, statement }): Step => ({
            kind: "advise",
            text: `if that line runs after gvt's, move it up: ${file.path}:${statement.line}`,
          }),
        ),
      ],
    },
  };
}

function observePlainGo(facts: Facts): Observation[] {
  const plain = facts.listPrograms("go").filter(({ program }) => !program.executable);
  const [first] = plain;
  if (!first || facts.findProgram("go")) {
    const { running } = facts;
    if (!running?.behindShim || running.program.executable) return [];
    return [observeUnusable(facts, running.program.path, "it is not executable")];
  }
  return [
    {
      ...observeUnusable(facts, first.program.path, "it is not executable"),
      evidence: plain.map((placed) => entryEvidence(placed, `${placed.program.path} is not executable`)),
    },
  ];
}

function observeForeignMachine(facts: Facts): Observation[] {
  const program = facts.running?.program;
  if (!program || runsHere(facts.snapshot, program)) return [];
  const { os, arch } = facts.snapshot.platform;
  const machine = `${program.os ?? program.format}/${program.archs?.join(" ") ?? ""}`;
  return [observeUnusable(facts, program.path, `it is a program for ${machine}, and this is ${os}/${arch}`)];
}

function observeUnusable(facts: Facts, path: string, reason: string): Observation {
  const tree = facts.snapshot.trees.find(({ program }) => program?.path === path);
  const steps: Step[] =
    tree?.installed === undefined
      ? [{ kind: "advise", text: `remove ${path}, or put a Go for this machine in its place` }]
      : [{ kind: "run", command: `gvt repair ${tree.installed}` }];
  return {
    summary: `${path} cannot run here: ${reason}`,
    about: [about.program("go"), ...(tree ? [about.tree(tree.realpath)] : [])],
    evidence: [fileEvidence(path, reason)],
    remedy: { summary: "replace it", steps },
  };
}
