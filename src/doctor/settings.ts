/** Where a Go setting is made, as evidence, and what takes it back, as steps of a remedy. Pure. */
import { escapeText } from "../go/escape.js";
import type { Evidence } from "./check.js";
import type { Assignment, Facts, InFile, PathEdit } from "./facts.js";
import { quoteWord, type Step } from "./remedy.js";
import type { StartupFile, Statement } from "./setting-facts.js";

/** Which values are the bad ones. Without it, any value is. */
type IsBad = (value: string) => boolean;

const always: IsBad = () => true;

/** The sources of a setting that a person has made, environment first, whose value is bad. */
export function badSources(
  facts: Facts,
  name: string,
  isBad: IsBad = always,
): ("environment" | "go-env file")[] {
  const exported = facts.snapshot.env[name];
  const stated = facts.settings.get(name)?.value;
  return [
    ...(exported && isBad(exported) ? (["environment"] as const) : []),
    ...(stated && isBad(stated) ? (["go-env file"] as const) : []),
  ];
}

/** What was seen of a setting: the variable, the lines of start-up files that set it, the line of the go-env file. */
export function evidenceOf(facts: Facts, name: string, isBad: IsBad = always): Evidence[] {
  const sources = badSources(facts, name, isBad);
  return [
    ...(sources.includes("environment") ? evidenceOfVariable(facts, name) : []),
    ...(sources.includes("go-env file") ? evidenceOfSetting(facts, name) : []),
  ];
}

export function evidenceOfVariable(facts: Facts, name: string): Evidence[] {
  const value = facts.snapshot.env[name] ?? "";
  return [
    { seen: `${name}=${escapeText(value)}`, at: { kind: "variable", name } },
    ...linesBehind(facts, name).map(evidenceOfLine),
  ];
}

function evidenceOfSetting(facts: Facts, name: string): Evidence[] {
  const setting = facts.settings.get(name);
  const { path } = facts.snapshot.goEnvFile;
  if (!setting || path === undefined) return [];
  return [{ seen: `${name}=${escapeText(setting.value)}`, at: { kind: "file", path, line: setting.line } }];
}

export function evidenceOfLine({ file, statement }: InFile<Assignment | PathEdit>): Evidence {
  return { seen: statement.text.trim(), at: { kind: "file", path: file.path, line: statement.line } };
}

/** What takes the bad values of a setting back, wherever they stand. */
export function stepsToClear(facts: Facts, name: string, isBad: IsBad = always): Step[] {
  const sources = badSources(facts, name, isBad);
  return [
    ...(sources.includes("environment") ? stepsToUnset(facts, name) : []),
    ...(sources.includes("go-env file") ? stepsToDrop(facts, name) : []),
  ];
}

/** Lets the go-env file alone say it, with this value: that holds in every shell. */
export function stepsToReplace(facts: Facts, name: string, value: string): Step[] {
  const exported = facts.snapshot.env[name] ? stepsToUnset(facts, name) : [];
  if (facts.snapshot.goEnvFile.path === undefined)
    return [...exported, { kind: "set", variable: name, value }];
  const after = `${name}=${value}`;
  const stated = stepsToDrop(facts, name);
  const last = stated.at(-1);
  if (last?.kind !== "edit")
    return [...exported, { kind: "run", command: `GOTOOLCHAIN=local go env -w ${quoteWord(after)}` }];
  return [...exported, ...stated.slice(0, -1), ...(last.before === after ? [] : [{ ...last, after }])];
}

/** Takes a variable out of the start-up files that set it, and out of the shell that is open. */
export function stepsToUnset(facts: Facts, name: string): Step[] {
  const lines = linesBehind(facts, name);
  const edits = stepsToDelete(facts, name, lines);
  if (!facts.snapshot.env[name]) return edits;
  const unknown: Step = {
    kind: "advise",
    text: `no start-up file that gvt reads sets ${name}: whatever starts this shell does (an editor, a service, CI)`,
  };
  return [...edits, { kind: "unset", variable: name }, ...(lines.length === 0 ? [unknown] : [])];
}

/** Every line of the go-env file for a key: Go takes the last, and then the one before it. */
export function stepsToDrop(facts: Facts, name: string): Step[] {
  const { path, text } = facts.snapshot.goEnvFile;
  if (path === undefined) return [];
  return text
    .split("\n")
    .flatMap((before, index): Step[] =>
      before.startsWith(`${name}=`) ? [{ kind: "edit", path, line: index + 1, before }] : [],
    );
}

/**
 * Takes the lines away that set a variable. Lines that use it keep their meaning: its value is put in, as after
 * `export GOROOT=/opt/go` in `PATH=$GOROOT/bin:$PATH`; where that cannot be done, it is left to whoever knows the file.
 */
export function stepsToDelete(facts: Facts, name: string, lines: readonly InFile<Assignment>[]): Step[] {
  const uses = listUses(facts, name, lines);
  if (uses.length === 0) return lines.map((line) => stepToDelete(line, `the assignment of ${name}`));
  const edits = uses.map(({ file, statement }) => stepToPutIn(name, file.path, statement, lines));
  if (lines.every(({ statement }) => statement.removable) && edits.every((edit) => edit !== undefined))
    return [...edits, ...lines.map((line) => stepToDelete(line, name))];
  const places = uses.map(({ file, statement }) => `line ${statement.line} of ${file.path}`);
  return lines.map(({ file, statement }) => ({
    kind: "advise",
    text: `take the assignment of ${name} out of line ${statement.line} of ${file.path}, and its use out of ${places.join(", ")}`,
  }));
}

function listUses(
  { snapshot }: Facts,
  name: string,
  lines: readonly InFile<Assignment>[],
): { readonly file: StartupFile; readonly statement: Statement }[] {
  const isTaken = (path: string, line: number): boolean =>
    lines.some(({ file, statement }) => file.path === path && statement.line === line);
  return snapshot.startupFiles.flatMap((file) =>
    file.statements
      .filter(({ text, line }) => text.search(useOf(name)) >= 0 && !isTaken(file.path, line))
      .map((statement) => ({ file, statement })),
  );
}

function useOf(name: string): RegExp {
  return new RegExp(`\\$(?:env:)?(?:${name}(?![A-Za-z0-9_])|\\{${name}\\})`, "g");
}

/** The value is that of the last line above, else of the file that is read before. */
function stepToPutIn(
  name: string,
  path: string,
  { line, text }: Statement,
  lines: readonly InFile<Assignment>[],
): Step | undefined {
  const above = lines.findLast(({ file, statement }) => file.path === path && statement.line < line);
  const value = (above ?? lines[0])?.statement.value;
  // In single quotes nothing is a variable.
  if (value === undefined || !/^\/[\w./@+-]*$/.test(value) || text.includes("'")) return undefined;
  return { kind: "edit", path, line, before: text, after: text.replace(useOf(name), value) };
}

export function stepToDelete({ file, statement }: InFile<Assignment | PathEdit>, what: string): Step {
  const { line, text, removable } = statement;
  return removable
    ? { kind: "edit", path: file.path, line, before: text }
    : { kind: "advise", text: `take ${what} out of line ${line} of ${file.path}` };
}

/** Lines that set the variable to the value it has, as far as can be told without running them. */
function linesBehind(facts: Facts, name: string): readonly InFile<Assignment>[] {
  const value = facts.snapshot.env[name];
  return facts
    .assignments(name)
    .filter(({ statement }) => !value || statement.value === undefined || statement.value === value);
}
