/**
 * The doctor for a repository: the checks of what its files say, once from its top and once from each module, and the
 * map of its modules. What only this machine has, and another would not, is left out.
 */
import { join } from "node:path";
import type { Context } from "../context.js";
import type { Check, Finding, Observation, Where } from "./check.js";
import { createLook, type Look } from "./collect/look.js";
import { findModules } from "./collect/module-walk.js";
import { readMounts } from "./collect/mounts.js";
import { collectRepository } from "./collect/repository.js";
import { collectSelection } from "./collect/selection.js";
import { findSilentMounts } from "./collect/silent-mounts.js";
import { deriveFacts } from "./facts.js";
import type { HostFacts } from "./host.js";
import { findInMap } from "./module-findings.js";
import { isForOpenShell, quoteWord, type Step } from "./remedy.js";
import { type IgnoreReasons, makeReport, type Report } from "./report/report.js";
import { mapModules, type RepositoryMap } from "./repository-map.js";
import type { Snapshot } from "./snapshot.js";

export type RepositoryReport = Report & { readonly map: RepositoryMap };

export interface RepositoryInspection {
  readonly context: Context;
  readonly host: HostFacts;
  /** Taken at the top. */
  readonly snapshot: Snapshot;
  readonly checks: readonly Check[];
  readonly ignore: IgnoreReasons;
  /** Done to every snapshot before it is judged: what travels is rid of secrets. */
  readonly prepare: (snapshot: Snapshot) => Snapshot;
}

/** What a shell says of its own, and a repository does not: the same outcome for everybody. */
export function withoutOverrides(context: Context): Context {
  const { GVT_VERSION: _version, GOTOOLCHAIN: _toolchain, ...env } = context.env;
  return { ...context, env };
}

export async function inspectRepository(inspection: RepositoryInspection): Promise<RepositoryReport> {
  const { context, host, snapshot } = inspection;
  const mounts = readMounts(join(host.filesystemRoot, "/proc/self/mountinfo"));
  const look = createLook({
    filesystemRoot: host.filesystemRoot,
    silentMounts: await findSilentMounts(mounts, context.self.node),
    patience: host.patience,
  });
  const top = context.cwd;
  const modcache = deriveFacts(snapshot).effective("GOMODCACHE").value;
  const found = await findModules(look, top, [context.layout.root, modcache]);
  const atTop = reportFrom(snapshot, top, inspection);
  const reports = [atTop];
  const outcomes = new Map([[top, snapshot.selection]]);
  for (const directory of found.directories) {
    if (directory === top) continue;
    const there = await snapshotFrom(directory, look, inspection);
    outcomes.set(directory, there.selection);
    reports.push(reportFrom(there, directory, inspection));
  }
  const map = await mapModules(context, { top, found, outcomes });
  const findings = reports.flatMap((report) => report.findings);
  const ignored = reports.flatMap((report) => report.ignored);
  const isAsked = ({ id }: Finding): boolean =>
    inspection.checks.some((check) => check.id === id) && !Object.hasOwn(inspection.ignore, id);
  const inMap = findInMap(map, findings).filter(isAsked);
  return {
    snapshot: atTop.snapshot,
    findings: bySeverity([...findings, ...inMap]),
    ignored,
    map,
  };
}

/** The same machine, seen from a module. */
async function snapshotFrom(
  directory: string,
  look: Look,
  { context, host, snapshot }: RepositoryInspection,
): Promise<Snapshot> {
  const there = { ...context, cwd: directory };
  const { effective } = deriveFacts(snapshot);
  return {
    ...snapshot,
    cwd: directory,
    selection: await collectSelection(there, look),
    repository: await collectRepository({
      look,
      cwd: directory,
      home: context.home,
      env: snapshot.env,
      uid: host.uid,
      gowork: effective("GOWORK").value,
      versions: context.layout.versions,
    }),
  };
}

function reportFrom(
  snapshot: Snapshot,
  directory: string,
  { checks, ignore, context, prepare }: RepositoryInspection,
): Report {
  const own = checks
    .filter(({ id }) => id !== "version-not-installed") // which the map shows
    .map(
      (check): Check => ({
        ...check,
        run: (facts) => check.run(facts).filter((found) => isOf(directory, context.cwd, found)),
      }),
    );
  const report = makeReport(prepare(snapshot), own, ignore);
  const place = directory === context.cwd ? undefined : directory;
  return { ...report, findings: report.findings.map((finding) => remediedIn(place, finding)) };
}

/** A statement of the repository that concerns what is in a directory: seen first in a file of the former. */
function isOf(directory: string, top: string, { evidence }: Observation): boolean {
  return isSeenIn(top, evidence[0]?.at) && evidence.some(({ at }) => isSeenIn(directory, at));
}

function isSeenIn(directory: string, at: Where | undefined): boolean {
  return at?.kind === "file" && at.path.startsWith(directory === "/" ? "/" : `${directory}/`);
}

/** Files are mended, and not shells; what depends on where it is typed is typed in the module. */
function remediedIn(directory: string | undefined, finding: Finding): Finding {
  const { summary, steps } = finding.remedy;
  const own = steps.filter((step) => !isForOpenShell(step) && !isRun(step, /^gvt init /));
  const enter: Step[] =
    directory !== undefined && own.some((step) => isRun(step, /^(?:gvt local|go) /))
      ? [{ kind: "run", command: `cd ${quoteWord(directory)}` }]
      : [];
  return { ...finding, remedy: { summary, steps: [...enter, ...own] } };
}

function isRun(step: Step, command: RegExp): boolean {
  return step.kind === "run" && command.test(step.command);
}

function bySeverity(findings: readonly Finding[]): Finding[] {
  return (["error", "warning", "info"] as const).flatMap((severity) =>
    findings.filter((finding) => finding.severity === severity),
  );
}
