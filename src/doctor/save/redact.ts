/**
 * A snapshot without secrets, which gives the same findings: values that differ still differ, lines keep their places,
 * and the user's name stays in paths. Pure.
 */
import { isKeptVariable } from "../kept-variables.js";
import type { DockerStatement } from "../repository-facts.js";
import type { StartupFile, Statement } from "../setting-facts.js";
import type { Snapshot } from "../snapshot.js";
import { createRedactor, type Redactor } from "./secrets.js";

export function redact(snapshot: Snapshot): Snapshot {
  return redactWith(snapshot, undefined).snapshot;
}

/** With what else is told of that machine, in which equal secrets get the same word. */
export function redactWith<T>(snapshot: Snapshot, told: T): { snapshot: Snapshot; told: T } {
  const redactor = createRedactor();
  const hidden = { snapshot: redactSnapshot(snapshot, redactor), told: mapTexts(told, redactor.text) };
  return mapTexts(hidden, redactor.everywhere);
}

/** What is told of no snapshot. */
export function redactTexts<T>(told: T): T {
  const redactor = createRedactor();
  return mapTexts(mapTexts(told, redactor.text), redactor.everywhere);
}

function redactSnapshot(snapshot: Snapshot, redactor: Redactor): Snapshot {
  const { env, goEnvFile, startupFiles, repository, ...rest } = snapshot;
  return {
    ...mapTexts(rest, redactor.text),
    env: Object.fromEntries(
      Object.entries(env).map(([name, value]) => [name, value && redactor.variable(name, value)]),
    ),
    goEnvFile: { ...mapTexts(goEnvFile, redactor.text), text: redactLines(goEnvFile.text, redactor) },
    startupFiles: startupFiles.map((file) => redactStartupFile(file, redactor)),
    repository: {
      ...mapTexts(repository, redactor.text),
      docker: repository.docker.map((statement) => redactDocker(statement, redactor)),
    },
  };
}

function redactLines(text: string, redactor: Redactor): string {
  return text
    .split("\n")
    .map((line) => {
      const equals = line.indexOf("=");
      if (equals < 0) return redactor.text(line);
      const [name, value] = [line.slice(0, equals), line.slice(equals + 1)];
      return `${name}=${redactor.variable(name.trim(), value)}`;
    })
    .join("\n");
}

function redactStartupFile({ statements, ...file }: StartupFile, redactor: Redactor): StartupFile {
  return {
    ...mapTexts(file, redactor.text),
    statements: statements.filter(isKept).map((statement) => redactStatement(statement, redactor)),
  };
}

/** What a start-up file says of other programs is no business of a bug report. */
function isKept(statement: Statement): boolean {
  return (statement.kind !== "assign" && statement.kind !== "unset") || isKeptVariable(statement.variable);
}

function redactStatement(statement: Statement, redactor: Redactor): Statement {
  const hidden = mapTexts(statement, redactor.text);
  if (statement.kind !== "assign" || statement.value === undefined) return hidden;
  return { ...hidden, value: redactor.variable(statement.variable, statement.value) } as Statement;
}

/** `ENV NAME value` gives the rest of the line to the name. */
function redactDocker(statement: DockerStatement, redactor: Redactor): DockerStatement {
  const hidden = mapTexts(statement, redactor.text);
  const [, name, gap, value] = /^(\w+)(\s+)(.*)$/s.exec(statement.text) ?? [];
  if (statement.instruction !== "ENV" || !name || value === undefined) return hidden;
  return { ...hidden, text: `${name}${gap}${redactor.variable(name, value)}` };
}

/** The same value with every text in it mapped; names of members stay. */
function mapTexts<T>(value: T, map: (text: string) => string): T {
  if (typeof value === "string") return map(value) as T;
  if (Array.isArray(value)) return value.map((item) => mapTexts<unknown>(item, map)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, mapTexts<unknown>(member, map)]),
  ) as T;
}
