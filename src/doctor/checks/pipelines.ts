/** Checks of CI files: the Go that they name, against the module and each other. */
import { dirname, relative } from "node:path";
import { about, type Check, type Observation } from "../check.js";
import type { Facts } from "../facts.js";
import type { Governing, StatedVersion } from "../governing.js";
import type { CiStatement } from "../repository-facts.js";
import { agree, findPin, findTagPin, isBelow, type StatedPin } from "../stated-pins.js";
import { fileEvidence } from "./common.js";

/** `$(go env GOROOT)` finds it anew; an empty one is an unset one. */
const NO_GOROOT = /^["']?(?:$|\$[({]|\$GOROOT)/;
export const PIPELINE_CHECKS: readonly Check[] = [
  {
    id: "ci-hardcoded-goroot",
    priority: 1,
    severity: "warning",
    title: "CI names a GOROOT",
    run: ({ snapshot }) =>
      snapshot.repository.ci
        .filter(({ kind, values }) => kind === "GOROOT" && values.some((value) => !NO_GOROOT.test(value)))
        .map(({ path, line, values }) => ({
          summary: `${path}:${line} sets GOROOT to ${values.join(", ")}`,
          about: [about.file(path)],
          evidence: [fileEvidence(path, `GOROOT is ${values.join(", ")}`, line)],
          remedy: {
            summary: "let Go find its own tree",
            steps: [{ kind: "advise", text: `take GOROOT out of line ${line} of ${path}` }],
          },
        })),
  },
  {
    id: "ci-version-drift",
    priority: 1,
    severity: "warning",
    title: "CI builds with another Go than the module asks for",
    run: (facts) => {
      const stated = listPipelinePins(facts);
      const floor = facts.governing?.go;
      const low = floor ? stated.filter((each) => isTooLow(each, floor)) : [];
      // In a directory below, another pin may be this module's.
      const isElsewhere = !isAtTop(facts) && low.length < stated.length;
      return [
        ...(floor && !isElsewhere ? low.map((each) => observeLow(each, floor, facts)) : []),
        ...observeDrift(
          stated.filter((each) => !low.includes(each)),
          isAtTop(facts) ? facts.governing : undefined,
        ),
      ];
    },
  },
];

interface PipelinePin {
  readonly statement: CiStatement;
  /** Of every value, undefined where one leaves it open. */
  readonly pins: readonly (StatedPin | undefined)[];
}

/** What CI files say of the version, where it is said there. */
export function listPipelinePins({ snapshot }: Facts): PipelinePin[] {
  const { ci } = snapshot.repository;
  // Where Go may switch, what it starts from decides nothing.
  const switching = ci.filter(
    ({ kind, values }) => kind === "GOTOOLCHAIN" && values.some((value) => /auto|path/.test(value)),
  );
  return ci
    .filter(({ kind }) => kind === "go-version" || kind === "image")
    .filter(({ path }) => !switching.some((each) => each.path === path))
    .map((statement) => ({
      statement,
      pins: statement.values.map((value) =>
        statement.kind === "image" ? findTagPin(value.split(":")[1] ?? "") : findPin(value),
      ),
    }));
}

/** Of a matrix, no entry fits. */
function isTooLow({ pins }: PipelinePin, floor: StatedVersion): boolean {
  return pins.length > 0 && pins.every((pin) => pin !== undefined && isBelow(pin, floor));
}

function isAtTop({ snapshot, governing }: Facts): boolean {
  const top = snapshot.repository.git?.directory;
  return top === undefined || (governing !== undefined && dirname(governing.file.path) === top);
}

function observeLow({ statement }: PipelinePin, floor: StatedVersion, { governing }: Facts): Observation {
  const { path, line, values, kind } = statement;
  const file = governing?.file.path ?? "go.mod";
  return {
    summary: `${path}:${line} builds with ${values.join(", ")}, and ${file} needs \`${floor.text}\``,
    about: [about.file(path)],
    evidence: [
      fileEvidence(path, `${kind} is ${values.join(", ")}`, line),
      fileEvidence(file, floor.text, floor.line),
    ],
    remedy: {
      summary: "say the version in one place",
      steps: [
        {
          kind: "advise",
          text: describeOneSource(statement, `${floor.text.replace(/^go /, "")} or newer`, governing),
        },
      ],
    },
  };
}

/** setup-go looks for the file from the top of the repository. */
function describeOneSource(
  { kind, path, line }: CiStatement,
  wanted: string,
  governing: Governing | undefined,
): string {
  if (kind === "image") return `name an image of that version in line ${line} of ${path}`;
  const [top, workflow] = path.split("/.github/workflows/");
  const file = governing?.go && workflow && relative(top ?? "", governing.file.path);
  return file && !file.startsWith("..")
    ? `write \`go-version-file: ${file}\` in place of line ${line} of ${path}`
    : `write ${wanted} in line ${line} of ${path}`;
}

/** Two that name one version each, and not the same. */
function observeDrift(stated: readonly PipelinePin[], governing: Governing | undefined): Observation[] {
  const single = stated.flatMap(({ statement, pins: [pin, ...more] }) =>
    pin !== undefined && more.length === 0 ? [{ statement, pin }] : [],
  );
  const different = single.filter(({ pin }) => single.some((other) => !agree(pin, other.pin)));
  const [first] = different;
  const second = different.find(({ pin }) => first && !agree(pin, first.pin));
  if (!first || !second) return [];
  const name = ({ statement: { values, path, line } }: typeof first): string =>
    `${values.join()} (${path}:${line})`;
  return [
    {
      summary: `CI builds with ${name(first)} and with ${name(second)}`,
      about: different.map(({ statement }) => about.file(statement.path)),
      evidence: different.map(({ statement: { path, line, kind, values } }) =>
        fileEvidence(path, `${kind} is ${values.join(", ")}`, line),
      ),
      remedy: {
        summary: "say the version in one place",
        steps: [
          {
            kind: "advise",
            text: describeOneSource(second.statement, first.statement.values.join(), governing),
          },
        ],
      },
    },
  ];
}
