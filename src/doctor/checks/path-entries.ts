/** Checks of the entries of PATH themselves: dead, doubled, not absolute, or one directory too high. */
import { join } from "node:path";
import { about, type Check, type Evidence, type Observation } from "../check.js";
import { splitList } from "../effective.js";
import type { Facts } from "../facts.js";
import type { PathEntry } from "../program-facts.js";
import type { Step } from "../remedy.js";
import { evidenceOfLine, stepToDelete } from "../settings.js";

export const PATH_ENTRY_CHECKS: readonly Check[] = [
  {
    id: "path-goroot-without-bin",
    priority: 1,
    severity: "warning",
    title: "PATH names a Go tree instead of its bin",
    run: (facts) =>
      distinct(facts)
        .filter(({ entry }) => entry.holdsGoroot && !entry.programs.some(({ name }) => name === "go"))
        .map((placed) => observeTreeOnPath(facts, placed)),
  },
  {
    id: "path-dead-go-entry",
    priority: 1,
    severity: "info",
    title: "PATH names a Go that is gone",
    run: (facts) =>
      distinct(facts)
        .filter(({ entry }) => entry.state === "missing" && wasOfGo(facts, entry.text))
        .map((placed) => ({
          summary: `${placed.entry.text} is on PATH and is not there`,
          about: [about.directory(placed.entry.text)],
          evidence: [evidenceOfEntry(placed, "no such directory"), ...linesOf(facts, placed.entry.text)],
          remedy: { summary: "take it off PATH", steps: stepsToDropEntry(facts, placed.entry.text) },
        })),
  },
  {
    id: "path-relative-or-empty",
    priority: 1,
    severity: "warning",
    title: "PATH has an entry that is not absolute",
    run: (facts) => {
      const relative = distinct(facts).filter(({ entry }) => entry.state === "relative");
      if (relative.length === 0) return [];
      const names = relative.map(({ entry }) => nameOfEntry(entry.text)).join(", ");
      return [
        {
          summary: `PATH has ${relative.length > 1 ? "entries that are" : "an entry that is"} no absolute path: ${names}`,
          about: [
            about.variable("PATH"),
            ...relative.flatMap(({ entry }) => {
              const meant = expandTilde(facts, entry.text);
              return meant === undefined ? [] : [about.directory(meant)];
            }),
          ],
          evidence: [
            ...relative.map((placed) => evidenceOfEntry(placed, explainRelative(placed.entry.text))),
            ...relative.flatMap(({ entry }) => linesOf(facts, expandTilde(facts, entry.text))),
          ],
          remedy: {
            summary: "let PATH hold absolute paths only",
            steps: relative.flatMap(({ entry }) => stepsToMakeAbsolute(facts, entry.text)),
          },
        },
      ];
    },
  },
  {
    id: "path-duplicate-entries",
    priority: 2,
    severity: "info",
    title: "PATH names a directory of Go's twice",
    run: (facts) => {
      const groups = new Map<string, Placed[]>();
      for (const placed of placedEntries(facts)) {
        const { realpath } = placed.entry;
        if (realpath === undefined) continue;
        groups.set(realpath, [...(groups.get(realpath) ?? []), placed]);
      }
      return [...groups]
        .filter(([realpath, placed]) => placed.length > 1 && isOfGo(facts, realpath, placed))
        .map(([realpath, placed]) => observeDuplicates(facts, realpath, placed));
    },
  },
];

interface Placed {
  readonly entry: PathEntry;
  readonly position: number;
}

function placedEntries({ snapshot }: Facts): Placed[] {
  return snapshot.path.map((entry, index) => ({ entry, position: index + 1 }));
}

/** Each entry once, however often it comes. */
function distinct(facts: Facts): Placed[] {
  const seen = new Set<string>();
  return placedEntries(facts).filter(({ entry }) => {
    if (seen.has(entry.text)) return false;
    seen.add(entry.text);
    return true;
  });
}

function evidenceOfEntry({ entry, position }: Placed, seen: string): Evidence {
  return { seen, at: { kind: "path-entry", position, directory: entry.text } };
}

function linesOf(facts: Facts, directory: string | undefined): Evidence[] {
  return directory === undefined ? [] : facts.pathEdits(directory).map(evidenceOfLine);
}

/** Out of the shell that is open, and out of the lines that put it there. */
function stepsToDropEntry(facts: Facts, text: string): Step[] {
  const lines = facts.pathEdits(text);
  const unknown: Step = {
    kind: "advise",
    text: "no start-up file that gvt reads puts it there: whatever starts this shell does",
  };
  return [
    ...lines.map((line) => stepToDelete(line, text)),
    { kind: "drop-path", entry: text },
    ...(lines.length === 0 ? [unknown] : []),
  ];
}

function observeTreeOnPath(facts: Facts, { entry, position }: Placed): Observation {
  const bin = join(entry.text, "bin");
  const found = facts.findProgram("go") !== undefined;
  const isThere = facts.findPosition(bin) !== undefined;
  const lines = facts.pathEdits(entry.text);
  return {
    ...(isThere && { severity: "info" }),
    summary: `${entry.text} is on PATH, and the programs are in ${bin}`,
    about: [about.directory(entry.text), ...(found ? [] : [about.program("go")])],
    evidence: [
      evidenceOfEntry({ entry, position }, `it holds bin/go, and no go`),
      ...lines.map(evidenceOfLine),
    ],
    remedy: {
      summary: found ? "take it off PATH: another entry has a `go`" : "name its bin",
      steps: found
        ? stepsToDropEntry(facts, entry.text)
        : [
            ...lines.map(
              ({ file, statement }): Step => ({
                kind: "advise",
                text: `write ${bin} in line ${statement.line} of ${file.path}`,
              }),
            ),
            { kind: "drop-path", entry: entry.text },
            { kind: "extend-path", directory: bin, where: "front" },
          ],
    },
  };
}

/** A directory as Go's archives, distributions and managers name theirs. */
const GO_BIN = /\/\.?go(?:lang|env|root)?(?:[-@]?\d[^/]*)?\/(?:.*\/)?bin$/;

function wasOfGo(facts: Facts, text: string): boolean {
  const { root, user, env } = facts.snapshot;
  if (facts.findPosition(facts.installDirectory) === facts.findPosition(text)) return false;
  // Where `go install` would write with another setting: people name it before it is there.
  const gopaths = [...splitList(facts.effective("GOPATH").value), join(user.home ?? "/", "go")];
  if (gopaths.some((gopath) => join(gopath, "bin") === join(text, "."))) return false;
  if (env["GOROOT"] && join(env["GOROOT"], "bin") === join(text, ".")) return true;
  return text.startsWith(`${root.versions}/`) || (GO_BIN.test(text) && !text.includes("/src/"));
}

function nameOfEntry(text: string): string {
  return text === "" ? "an empty one" : `\`${text}\``;
}

function expandTilde({ snapshot: { user } }: Facts, text: string): string | undefined {
  if (user.home === undefined || !/^~(?:\/|$)/.test(text)) return undefined;
  return join(user.home, text.slice(1));
}

function explainRelative(text: string): string {
  if (text === "") return "a shell takes the current directory for it";
  if (text.startsWith("~")) return `${text}: only some shells take \`~\` in PATH for the home directory`;
  return `${text}: means another directory wherever you are`;
}

function stepsToMakeAbsolute(facts: Facts, text: string): Step[] {
  const meant = expandTilde(facts, text);
  const drop: Step = { kind: "drop-path", entry: text };
  if (meant === undefined) {
    const advice =
      text === ""
        ? "look for `::` in PATH, or a `:` at either end of it"
        : `write a whole path in place of ${text}`;
    return [drop, { kind: "advise", text: `in your start-up files, ${advice}` }];
  }
  const lines = facts.pathEdits(meant).map(
    ({ file, statement }): Step => ({
      kind: "advise",
      text: `write $HOME in place of ~ in line ${statement.line} of ${file.path}`,
    }),
  );
  const isThere = facts.findPosition(meant) !== undefined;
  return [
    ...lines,
    drop,
    ...(isThere ? [] : [{ kind: "extend-path", directory: meant, where: "back" } as const]),
  ];
}

/** gvt's own, where `go install` writes, and bin of a tree; system directories may have two names on purpose. */
function isOfGo(facts: Facts, realpath: string, placed: readonly Placed[]): boolean {
  const { root, tools } = facts.snapshot;
  if ([root.realShims, join(root.path, "bin"), tools?.realpath].includes(realpath)) return true;
  return placed
    .flatMap(({ entry }) => entry.programs)
    .some(({ goroot }) => goroot !== undefined && join(goroot, "bin") === realpath);
}

function observeDuplicates(facts: Facts, realpath: string, placed: readonly Placed[]): Observation {
  const [first, ...others] = placed;
  const texts = [...new Set(placed.map(({ entry }) => entry.text))];
  const kept = first?.entry.text ?? realpath;
  const isFront = (first?.position ?? 0) <= (facts.ownPosition ?? Infinity);
  const again: Step[] =
    kept === facts.snapshot.root.shims
      ? [{ kind: "source", directory: facts.snapshot.root.shell }]
      : [{ kind: "extend-path", directory: kept, where: isFront ? "front" : "back" }];
  const lines = texts.flatMap((text) => facts.pathEdits(text));
  return {
    summary: `${realpath} is on PATH ${placed.length} times`,
    about: [about.directory(realpath)],
    evidence: [
      ...placed.map((each) => evidenceOfEntry(each, each === first ? "counts" : "is never reached")),
      ...lines.map(evidenceOfLine),
    ],
    remedy: {
      summary: "let one of them stay",
      steps: [
        ...(others.every(({ entry }) => entry.text !== kept)
          ? others.map(({ entry }): Step => ({ kind: "drop-path", entry: entry.text }))
          : [...texts.map((entry): Step => ({ kind: "drop-path", entry })), ...again]),
        {
          kind: "advise",
          text: "leave one line that puts it on PATH in your start-up files, or let each look first whether it is there",
        },
      ],
    },
  };
}
