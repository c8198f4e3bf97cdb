/** Checks of the repository: version files that disagree, git, vendor. */
import { basename, dirname } from "node:path";
import { about, type Check, type Observation } from "../check.js";
import type { Facts } from "../facts.js";
import { splitQuoted } from "../go-flags.js";
import type { StatedVersion } from "../governing.js";
import { quoteWord, type Step } from "../remedy.js";
import type { VersionFileFacts } from "../repository-facts.js";
import { agree, findPin, isBelow, type StatedPin } from "../stated-pins.js";
import { fileEvidence, stepsToRaise } from "./common.js";
import { listPipelinePins } from "./pipelines.js";

/** The first line whose go command writes what git says into programs. */
const STAMPING_LINE = 18;
/** From this `go` line on, Go holds vendor/modules.txt against go.mod. */
const VENDOR_LINE = 14;

export const REPOSITORY_CHECKS: readonly Check[] = [
  {
    id: "versions-file-conflict",
    priority: 1,
    severity: "warning",
    title: "files of the repository name different versions",
    yieldsTo: ["version-below-go-directive", "toolchain-switches-away"],
    run: (facts) => {
      const pins = listVersionFilePins(facts);
      const floor = facts.governing?.go;
      return [
        ...observeNeighbours(pins),
        ...observePipelines(pins, facts),
        ...(floor ? observeBelow(pins, floor, facts) : []),
      ];
    },
  },
  {
    id: "vcs-stamp-refused",
    priority: 1,
    severity: "warning",
    title: "git refuses to work in this repository, and so does `go build`",
    run: (facts) => {
      const { snapshot, governing, selected } = facts;
      const { git } = snapshot.repository;
      if (!git || git.trusted || !governing || !facts.findProgram("git")) return [];
      if (
        (selected?.version.minor ?? 0) < STAMPING_LINE ||
        !governing.file.path.startsWith(`${git.directory}/`)
      )
        return [];
      if (listFlags(facts).includes("-buildvcs=false")) return [];
      const directory = git.realpath ?? git.directory;
      return [
        {
          summary: `${git.directory} belongs to user ${git.uid ?? "unknown"}, and git does not trust it`,
          about: [about.directory(git.directory)],
          evidence: [
            fileEvidence(
              `${git.directory}/.git`,
              `belongs to user ${git.uid ?? "unknown"}; you are ${snapshot.user.uid}`,
            ),
          ],
          remedy: {
            summary: "tell git that it is yours to use",
            steps: [
              { kind: "run", command: `git config --global --add safe.directory ${quoteWord(directory)}` },
            ],
          },
        },
      ];
    },
  },
  {
    id: "vendor-inconsistent",
    priority: 2,
    severity: "error",
    title: "vendor is not what go.mod asks for",
    run: (facts) => {
      const { governing, snapshot } = facts;
      const { vendored } = snapshot.repository;
      if (!vendored || governing?.file.kind !== "go.mod") return [];
      if ((governing.go?.version.minor ?? 0) < VENDOR_LINE || usesNoVendor(facts)) return [];
      const { path, requires } = governing.file;
      const explicit = listExplicit(vendored);
      const required = requires.map(({ module, version }) => `${module}@${version}`);
      const differences = [
        ...requires
          .filter(({ module, version }) => !explicit.has(`${module}@${version}`))
          .map(({ module, version, line }) =>
            fileEvidence(path, `${module} ${version}, and not in vendor/modules.txt`, line),
          ),
        ...[...explicit]
          .filter((module) => !required.includes(module))
          .map((module) =>
            fileEvidence(
              `${dirname(path)}/vendor/modules.txt`,
              `${module.replace("@", " ")}, and not in go.mod`,
            ),
          ),
      ];
      if (differences.length === 0) return [];
      return [
        {
          summary: `${dirname(path)}/vendor is not what ${basename(path)} asks for`,
          about: [about.file(path), about.directory(`${dirname(path)}/vendor`)],
          evidence: differences,
          remedy: { summary: "fill it anew", steps: [{ kind: "run", command: "go mod vendor" }] },
        },
      ];
    },
  },
];

interface FilePin {
  readonly file: VersionFileFacts;
  readonly pin: StatedPin;
}

/** Of the repository; without one, of the nearest directory that has any. */
function listVersionFilePins({ snapshot }: Facts): FilePin[] {
  const { git, versionFiles } = snapshot.repository;
  const nearest = versionFiles[0] && dirname(versionFiles[0].path);
  return versionFiles
    .filter(({ path }) => (git ? path.startsWith(`${git.directory}/`) : dirname(path) === nearest))
    .flatMap((file) => {
      const pin = file.text === undefined ? undefined : findPin(file.text);
      return pin ? [{ file, pin }] : [];
    });
}

function describePin({ file }: FilePin): string {
  return `${file.path} says ${file.text}`;
}

function pinEvidence({ file }: FilePin) {
  return fileEvidence(file.path, file.text ?? "", file.line);
}

/** A file further up is meant for other directories; one beside it is not. */
function observeNeighbours(pins: readonly FilePin[]): Observation[] {
  return pins.flatMap((first, index) =>
    pins
      .slice(index + 1)
      .filter(
        (second) => dirname(first.file.path) === dirname(second.file.path) && !agree(first.pin, second.pin),
      )
      .map((second) => ({
        summary: `${describePin(first)}, and ${describePin(second)}`,
        about: [about.file(first.file.path), about.file(second.file.path)],
        evidence: [pinEvidence(first), pinEvidence(second)],
        remedy: {
          summary: "choose one",
          steps: [stepToWrite(second.file.path, second.file.line ?? 1, first.file.text ?? "")],
        },
      })),
  );
}

function observePipelines(pins: readonly FilePin[], facts: Facts): Observation[] {
  const top = facts.snapshot.repository.git?.directory ?? facts.snapshot.cwd;
  const [own] = pins.filter(({ file }) => dirname(file.path) === top);
  if (!own) return [];
  return listPipelinePins(facts).flatMap(({ statement, pins: [pin, ...more] }) => {
    if (!pin || more.length > 0 || agree(pin, own.pin)) return [];
    const { path, line, kind, values } = statement;
    return [
      {
        summary: `${describePin(own)}, and ${path}:${line} says ${values.join()}`,
        about: [about.file(own.file.path), about.file(path)],
        evidence: [pinEvidence(own), fileEvidence(path, `${kind} is ${values.join()}`, line)],
        remedy: {
          summary: "choose one",
          steps: [
            kind === "image"
              ? stepToWrite(path, line, own.file.text ?? "")
              : {
                  kind: "advise" as const,
                  text: `write \`go-version-file: ${basename(own.file.path)}\` in place of line ${line} of ${path}`,
                },
          ],
        },
      },
    ];
  });
}

/** What stands further up than another is not meant for this module. */
function observeBelow(pins: readonly FilePin[], floor: StatedVersion, facts: Facts): Observation[] {
  const { selection, governing } = facts;
  const file = governing?.file.path ?? "";
  const origin = selection?.origin;
  const nearest = dirname(facts.snapshot.repository.versionFiles[0]?.path ?? "");
  return pins
    .filter(({ file: { path }, pin }) => dirname(path) === nearest && isBelow(pin, floor))
    .map((low) => {
      const decides = origin?.kind === "file" && origin.path === low.file.path;
      return {
        summary: `${describePin(low)}, and ${file} needs \`${floor.text}\``,
        about: [about.file(low.file.path), about.file(file)],
        evidence: [pinEvidence(low), fileEvidence(file, floor.text, floor.line)],
        remedy: {
          summary: "name a version that is new enough",
          steps: decides
            ? stepsToRaise(facts, floor)
            : [stepToWrite(low.file.path, low.file.line ?? 1, floor.text.replace(/^go /, ""))],
        },
      };
    });
}

function stepToWrite(path: string, line: number, version: string): Step {
  return { kind: "advise", text: `write ${version} in line ${line} of ${path}, or take that line out` };
}

function listFlags({ effective }: Facts): readonly string[] {
  return splitQuoted(effective("GOFLAGS").value)?.map((flag) => flag.replace(/^--/, "-")) ?? [];
}

/** Where a flag decides where modules come from, Go compares nothing, or another file. */
function usesNoVendor(facts: Facts): boolean {
  return listFlags(facts).some((flag) => /^-(?:mod=(?:mod|readonly)$|modfile=)/.test(flag));
}

/** Modules that vendor/modules.txt calls required by go.mod: a line `## explicit` behind that of the module. */
function listExplicit(vendored: readonly string[]): ReadonlySet<string> {
  const explicit = new Set<string>();
  let module = "";
  for (const line of vendored) {
    const [mark, path, version] = line.split(/\s+/);
    if (mark === "#") module = `${path}@${version}`;
    else if (/^## (?:.*; ?)?explicit\b/.test(line)) explicit.add(module);
  }
  return explicit;
}
