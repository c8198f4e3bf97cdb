/** Checks of start-up files: lines that pin one Go for every shell. */
import { about, type Check, type Observation } from "../check.js";
import type { Facts, InFile, PathEdit, PlacedProgram } from "../facts.js";
import { evidenceOfLine, stepsToDelete, stepsToUnset, stepToDelete } from "../settings.js";
import { describeGo, entryEvidence, isOwn } from "./common.js";

export const STARTUP_CHECKS: readonly Check[] = [
  {
    id: "rc-exports-go-vars",
    priority: 0,
    severity: "warning",
    title: "a start-up file pins one Go",
    yieldsTo: ["other-version-manager"],
    run: (facts) => [...observeGoroot(facts), ...observePathEdits(facts)],
  },
];

function observeGoroot(facts: Facts): Observation[] {
  const lines = facts.assignments("GOROOT");
  const [first] = lines;
  if (!first) return [];
  const decided = facts.selected?.tree;
  const differs = lines.some(
    ({ statement: { value } }) =>
      value !== undefined && decided !== undefined && facts.findTree(value) !== decided,
  );
  const place = `${first.file.path}:${first.statement.line}`;
  return [
    {
      ...(differs && { severity: "error" }),
      summary: `${place} sets GOROOT for every Go`,
      about: [about.variable("GOROOT"), about.file(first.file.path)],
      evidence: lines.map(evidenceOfLine),
      remedy: {
        summary: "delete that line: Go finds its own tree",
        steps: [
          ...stepsToDelete(facts, "GOROOT", lines),
          ...stepsToUnset(facts, "GOROOT").filter(({ kind }) => kind === "unset"),
        ],
      },
    },
  ];
}

/** A directory with a `go` that a start-up file has put before gvt's. */
function observePathEdits(facts: Facts): Observation[] {
  const { ownPosition = 0 } = facts;
  return facts
    .listPrograms("go")
    .filter((placed) => placed.program.executable && placed.position < ownPosition && !isOwn(facts, placed))
    .flatMap((placed) =>
      facts.pathEdits(placed.entry.text).map((found) => observePathEdit(facts, placed, found)),
    );
}

function observePathEdit(
  facts: Facts,
  placed: PlacedProgram,
  { file, statement }: InFile<PathEdit>,
): Observation {
  const directory = placed.entry.text;
  // A bin of a Go tree holds nothing else that the line may be there for.
  const onlyGo =
    placed.program.goroot !== undefined && placed.entry.realpath === `${placed.program.goroot}/bin`;
  const only = onlyGo && statement.removable;
  return {
    summary: `line ${statement.line} of ${file.path} puts ${directory} before gvt's shims`,
    about: [about.directory(directory), about.file(file.path)],
    evidence: [evidenceOfLine({ file, statement }), entryEvidence(placed, describeGo(placed))],
    remedy: {
      summary: only ? "delete that line" : "let that line run before gvt's",
      steps: [
        only
          ? stepToDelete({ file, statement }, directory)
          : { kind: "advise", text: `move line ${statement.line} of ${file.path} above gvt's` },
        { kind: "source", directory: facts.snapshot.root.shell },
      ],
    },
  };
}
