/** Checks of Gos that are not gvt's: other version managers, wrappers named go1.X.Y, a gofmt of another release. */
import { dirname } from "node:path";
import { findToolchainName, formatGoVersion } from "../../go/version.js";
import { about, type Check, type Observation } from "../check.js";
import type { Facts, PlacedProgram } from "../facts.js";
import type { Program, ProgramOwner } from "../program-facts.js";
import { quoteWord, type Step } from "../remedy.js";
import { evidenceOfLine } from "../settings.js";
import { describeGo, entryEvidence, fileEvidence, initSteps, isOwn, shellName } from "./common.js";

export const OTHER_GO_CHECKS: readonly Check[] = [
  {
    id: "gofmt-go-mismatch",
    priority: 1,
    severity: "warning",
    title: "`go` and `gofmt` belong to different Gos",
    yieldsTo: ["gobin-has-go", "other-version-manager", "shims-shadowed"],
    run: (facts) => {
      const [go, gofmt] = [facts.findProgram("go"), facts.findProgram("gofmt")];
      if (!go || !gofmt || !differ(facts, go, gofmt)) return [];
      const lacksShim = go.program.owner === "gvt-shim" && !facts.listPrograms("gofmt").some(isShim);
      return [
        {
          summary: `\`go\` is ${describeGo(go)}, and \`gofmt\` is ${describeGo(gofmt)}`,
          about: [
            about.program("go"),
            about.program("gofmt"),
            about.directory(go.entry.text),
            about.directory(gofmt.entry.text),
          ],
          evidence: [entryEvidence(go, describeGo(go)), entryEvidence(gofmt, describeGo(gofmt))],
          remedy: lacksShim
            ? { summary: "let gvt make its shims anew", steps: [{ kind: "run", command: "gvt rehash" }] }
            : {
                summary: "let one directory give both",
                steps: [
                  {
                    kind: "advise",
                    text: `remove ${gofmt.program.path}, or put ${go.entry.text} before ${gofmt.entry.text} on PATH`,
                  },
                ],
              },
        },
      ];
    },
  },
  {
    id: "other-version-manager",
    priority: 1,
    severity: "warning",
    title: "another version manager comes before gvt",
    run: (facts) => {
      const first = facts.findProgram("go");
      if (facts.ownPosition === undefined || !first || isOwn(facts, first)) return [];
      const name = MANAGERS[first.program.owner];
      return name === undefined ? [] : [observeManager(facts, first, name)];
    },
  },
  {
    id: "golang-dl-wrappers",
    priority: 2,
    severity: "info",
    title: "programs named go1.X.Y are not gvt's",
    run: (facts) => {
      const wrappers = listWrappers(facts).filter(({ program }) => program.sdk?.there !== false);
      const mismatched = wrappers.filter((placed) => findLie(facts, placed.program) !== undefined);
      const honest = wrappers.filter((placed) => !mismatched.includes(placed));
      return [
        ...mismatched.map((placed) => observeLie(facts, placed)),
        ...(honest.length === 0 ? [] : [observeWrappers(honest)]),
      ];
    },
  },
  {
    id: "dl-wrapper-not-downloaded",
    priority: 1,
    severity: "error",
    title: "a wrapper of golang.org/dl has nothing to run",
    run: (facts) =>
      listWrappers(facts)
        .filter(({ program }) => program.sdk?.there === false)
        .map((placed) => ({
          summary: `${placed.program.path} is a wrapper whose Go was never downloaded`,
          about: [about.program(placed.program.name), about.directory(placed.entry.text)],
          evidence: [
            entryEvidence(placed, "a wrapper of golang.org/dl"),
            fileEvidence(placed.program.sdk?.path ?? "", "no Go was unpacked here"),
          ],
          remedy: { summary: "let gvt give that name", steps: stepsToReplace([placed]) },
        })),
  },
];

/** Whom people know these owners as. */
const MANAGERS: Partial<Readonly<Record<ProgramOwner, string>>> = {
  goenv: "goenv",
  asdf: "asdf",
  mise: "mise",
  gvm: "gvm",
  g: "g",
  snap: "snap",
  alternatives: "the alternatives system",
};

function isShim({ program }: PlacedProgram): boolean {
  return program.owner === "gvt-shim";
}

/** Two places with programs of one release format alike, and what a script starts cannot be told. */
function differ(facts: Facts, go: PlacedProgram, gofmt: PlacedProgram): boolean {
  if (isOwn(facts, go) && isOwn(facts, gofmt)) return false;
  const programs = [go.program, gofmt.program];
  if (programs.some(({ format, owner }) => format === "script" && owner === "other")) return false;
  const [release, other] = programs.map(({ build }) => build?.go);
  if (release !== undefined && release === other) return false;
  return dirname(go.program.realpath) !== dirname(gofmt.program.realpath);
}

function observeManager(facts: Facts, first: PlacedProgram, name: string): Observation {
  const { owner } = first.program;
  const directory = first.entry.text;
  const lines = facts.snapshot.startupFiles.flatMap((file) =>
    file.statements.flatMap((statement) =>
      statement.kind === "manager" && statement.manager === owner ? [{ file, statement }] : [],
    ),
  );
  const edits = facts.pathEdits(directory);
  const unuse: Step = {
    kind: "advise",
    text: "mise puts its Go first again at every prompt, as long as its configuration names go: `mise unuse go`",
  };
  return {
    summary: `the \`go\` of ${name} in ${directory} comes before gvt's`,
    about: [about.directory(directory), about.program("go")],
    evidence: [
      entryEvidence(first, describeGo(first)),
      ...lines.map(({ file, statement }) => fileEvidence(file.path, statement.text.trim(), statement.line)),
      ...edits.map(evidenceOfLine),
    ],
    remedy: {
      summary: "let gvt's lines run last, or let only one of them manage Go",
      steps: [
        { kind: "run", command: `gvt init ${shellName(facts)} --remove --yes` },
        ...initSteps(facts),
        ...[...lines, ...edits].map(
          ({ file, statement }): Step => ({
            kind: "advise",
            text: `if ${name} is not to manage Go any more, delete line ${statement.line} of ${file.path}`,
          }),
        ),
        ...(owner === "mise" ? [unuse] : []),
      ],
    },
  };
}

/** Programs named as a release that a shell would start, and that are not gvt's. */
function listWrappers(facts: Facts): PlacedProgram[] {
  const names = new Set(
    facts.snapshot.path.flatMap(({ programs }) =>
      programs.map(({ name }) => name).filter((name) => findToolchainName(name) !== undefined),
    ),
  );
  return [...names].flatMap((name) => {
    const first = facts.findProgram(name);
    return first && !isShim(first) ? [first] : [];
  });
}

/** The release that runs under a name, where it is another than the name says. */
function findLie({ findTree }: Facts, { name, sdk, goroot, build, realpath }: Program): string | undefined {
  const isGo = build?.path === "cmd/go";
  const stated = findTree(sdk?.path ?? goroot ?? (isGo ? dirname(dirname(realpath)) : undefined))?.version;
  const runs = stated ?? (isGo ? build?.go : undefined);
  return runs === undefined || runs.split(" ")[0] === name ? undefined : runs;
}

function observeLie(facts: Facts, placed: PlacedProgram): Observation {
  const { name, path } = placed.program;
  const runs = findLie(facts, placed.program) ?? "";
  return {
    severity: "warning",
    summary: `${path} runs ${runs}, and not ${name}`,
    about: [about.program(name), about.directory(placed.entry.text)],
    evidence: [entryEvidence(placed, `its tree says ${runs}`)],
    remedy: { summary: "let gvt give that name", steps: stepsToReplace([placed]) },
  };
}

function observeWrappers(placed: readonly PlacedProgram[]): Observation {
  const names = placed.map(({ program }) => program.name).join(", ");
  return {
    summary: `PATH has programs named as a release that are not gvt's: ${names}`,
    about: placed.map(({ program }) => about.program(program.name)),
    evidence: placed.map((each) =>
      entryEvidence(each, `${each.program.name} at ${each.program.path}, ${each.program.owner}`),
    ),
    remedy: {
      summary: "let gvt give these names, where they are still wanted",
      steps: stepsToReplace(placed),
    },
  };
}

function stepsToReplace(placed: readonly PlacedProgram[]): Step[] {
  return placed.flatMap(({ program }): Step[] => {
    const version = findToolchainName(program.name);
    return [
      ...(version ? [{ kind: "run", command: `gvt install ${formatGoVersion(version)}` } as const] : []),
      { kind: "run", command: `rm ${quoteWord(program.path)}` },
    ];
  });
}
