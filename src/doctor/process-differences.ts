/** How what a process sees of Go differs from what is seen here. Pure. */
import { join } from "node:path";
import { toolchainName } from "../go/version.js";
import { deriveFacts, findBuiltVersion } from "./facts.js";
import { isKeptVariable } from "./kept-variables.js";
import { createRedactor } from "./save/secrets.js";
import type { Snapshot, Variables } from "./snapshot.js";

/** One thing that differs; `undefined` is what is not set. */
export interface Difference {
  readonly name: string;
  readonly here: string | undefined;
  readonly there: string | undefined;
}

/** Of a shell's own moment, or of the launcher's, and no setting of Go. */
const OF_THE_MOMENT = new Set(["PATH", "PWD", "SHELL", "GVT_DEFERRED"]);

/** Variables that Go, gvt and the checks read, and PATH. Secrets are compared, and not shown. */
export function compareEnvironments(here: Variables, there: Variables): Difference[] {
  const redactor = createRedactor();
  const hide = (name: string, value: string | undefined): string | undefined =>
    value && redactor.variable(name, value);
  const variables = compareVariables(withRoot(here), withRoot(there));
  return [...comparePaths(here["PATH"], there["PATH"]), ...variables].map(
    ({ name, here: ours, there: theirs }) => ({ name, here: hide(name, ours), there: hide(name, theirs) }),
  );
}

/** The `go` that each starts, and what that is. */
export function compareRunning(here: Snapshot, there: Snapshot): Difference[] {
  const [ours, theirs] = [describeRunning(here), describeRunning(there)];
  return ours === theirs ? [] : [{ name: "go", here: ours, there: theirs }];
}

/** The launcher states the root that it has found; unsaid, it is the same. */
function withRoot(env: Variables): Variables {
  const { HOME } = env;
  return { ...env, GVT_ROOT: env["GVT_ROOT"] || (HOME && join(HOME, ".gvt")) };
}

/** Empty is unset. */
function compareVariables(here: Variables, there: Variables): Difference[] {
  const names = new Set([...Object.keys(here), ...Object.keys(there)]);
  return [...names]
    .filter((name) => isKeptVariable(name) && !OF_THE_MOMENT.has(name))
    .map((name) => ({ name, here: here[name] || undefined, there: there[name] || undefined }))
    .filter((difference) => difference.here !== difference.there)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The entries that one has and the other has not; where both have the same, their order. */
function comparePaths(here: string | undefined, there: string | undefined): Difference[] {
  const [ours, theirs] = [splitPath(here), splitPath(there)];
  const onlyHere = ours.filter((entry) => !theirs.includes(entry));
  const onlyThere = theirs.filter((entry) => !ours.includes(entry));
  if (onlyHere.length + onlyThere.length > 0)
    return [{ name: "PATH, only", here: joinPath(onlyHere), there: joinPath(onlyThere) }];
  return joinPath(ours) === joinPath(theirs)
    ? []
    : [{ name: "PATH, order", here: joinPath(ours), there: joinPath(theirs) }];
}

function describeRunning(snapshot: Snapshot): string | undefined {
  const { findProgram, running } = deriveFacts(snapshot);
  const first = findProgram("go");
  if (!first) return undefined;
  const version = findBuiltVersion(running?.builtAs);
  return `${first.program.path}, ${version ? toolchainName(version) : "of no version that can be told"}`;
}

/** Each entry once: a second one of the same name changes nothing. */
function splitPath(path: string | undefined): string[] {
  return path ? [...new Set(path.split(":"))] : [];
}

function joinPath(entries: readonly string[]): string | undefined {
  return entries.length === 0 ? undefined : entries.join(":");
}
