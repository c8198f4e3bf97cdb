/**
 * A snapshot without secrets, which gives the same findings: values that differ still differ, lines keep their places,
 * and the user's name stays in paths. Pure.
 */
import { isKeptVariable } from "../kept-variables.js";
import type { StartupFile, Statement } from "../setting-facts.js";
import type { Snapshot } from "../snapshot.js";
import { createRedactor, type Redactor } from "./secrets.js";

export function redact(snapshot: Snapshot): Snapshot {
  const redactor = createRedactor();
  const { env, goEnvFile, startupFiles, ...rest } = snapshot;
  const hidden: Snapshot = {
    ...mapTexts(rest, redactor.text),
    env: Object.fromEntries(
      Object.entries(env).map(([name, value]) => [name, value && redactor.variable(name, value)]),
    ),
    goEnvFile: { ...mapTexts(goEnvFile, redactor.text), text: redactLines(goEnvFile.text, redactor) },
    startupFiles: startupFiles.map((file) => redactStartupFile(file, redactor)),
  };
  return mapTexts(hidden, redactor.everywhere);
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

/** The same value with every text in it mapped; names of members stay. */
function mapTexts<T>(value: T, map: (text: string) => string): T {
  if (typeof value === "string") return map(value) as T;
  if (Array.isArray(value)) return value.map((item) => mapTexts<unknown>(item, map)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, mapTexts<unknown>(member, map)]),
  ) as T;
}
