/**
 * From what was asked for to toolchains with shims, and everything else that asks the sources. The network, the archive
 * formats and the transparency log are behind this module alone, which the build keeps in a file of its own: a command
 * that needs none of them never loads them.
 */
import type { Context } from "../context.js";
import { GvtError } from "../errors.js";
import { resolveAlias, type VersionSelector } from "../go/selector.js";
import { type GoVersion, isSameVersion } from "../go/version.js";
import type { OnInstallEvent } from "../install/events.js";
import { type InstallResult, installVersions } from "../install/install.js";
import type { InstallOptions } from "../install/job.js";
import { type AddedPrograms, needsRepair, type RepairOutcome, repairToolchain } from "../install/repair.js";
import { hasShellSide, writeShellSide, writeShims } from "../shim/shims.js";
import { type Availability, listAvailable, resolveVersion } from "../sources/resolve.js";
import { openSources } from "../sources/sources.js";
import type { Inspection } from "../store/comparison.js";
import { openLogStore } from "../trust/log-store.js";
import type { InstallReport } from "./install-report.js";

/** Where to look, as options of commands say it. */
export interface SourceChoice {
  readonly source?: string | undefined;
  readonly offline?: boolean;
}

export interface ObtainOptions extends SourceChoice {
  readonly report: InstallReport;
}

/**
 * Installs what the selectors mean today, each version once, and gives every installed version its shims. A failure of
 * one version is its result; a selector that means nothing throws before anything is downloaded.
 */
export async function obtain(
  context: Context,
  selectors: readonly VersionSelector[],
  { source, offline = false, report }: ObtainOptions,
): Promise<readonly InstallResult[]> {
  const { sources, log } = await askedSources(context, { source, offline });
  const versions: GoVersion[] = [];
  for (const selector of selectors) {
    const resolved = resolveAlias(selector, context.config.aliases);
    if (resolved.kind === "system") throw systemIsNotOurs();
    const { version, notes } = await resolveVersion(context, sources, resolved);
    for (const note of notes) context.output.note(`note: ${note}`);
    if (!versions.some((known) => isSameVersion(known, version))) versions.push(version);
  }
  const results = await installVersions(context, versions, { sources, log, onEvent: report.onEvent });
  await ensureShims(context);
  for (const result of results) report.finish(result);
  return results;
}

/** What became of each toolchain that was to be repaired. */
export type RepairResult =
  | RepairOutcome
  | { readonly kind: "failed"; readonly version: GoVersion; readonly error: unknown };

/** Repairs one toolchain after the other, as they were found; a failure of one does not stop the others. */
export async function repairToolchains(
  context: Context,
  inspections: readonly Inspection[],
  { source, offline = false, onEvent, addedPrograms }: SourceChoice & RepairOptions,
): Promise<readonly RepairResult[]> {
  // What needs no source is not to fail for want of one.
  const damaged = inspections.some((inspection) => needsRepair(inspection, addedPrograms));
  const sources = damaged
    ? await askedSources(context, { source, offline })
    : { sources: [], log: undefined };
  const results: RepairResult[] = [];
  for (const inspection of inspections) {
    const { version } = inspection;
    const request = { version, inspection, addedPrograms, ...sources, onEvent };
    results.push(
      await repairToolchain(context, request).catch(
        (error: unknown): RepairResult => ({ kind: "failed", version, error }),
      ),
    );
  }
  if (damaged) await ensureShims(context);
  return results;
}

export interface RepairOptions {
  readonly onEvent: OnInstallEvent;
  readonly addedPrograms: AddedPrograms;
}

/** The one version a single selector led to. Throws what kept it from being installed. */
export async function obtainOne(
  context: Context,
  selector: VersionSelector,
  options: ObtainOptions,
): Promise<GoVersion> {
  const [result] = await obtain(context, [selector], options);
  if (!result) throw new Error("a selector without a result");
  if (result.kind === "failed") throw result.error;
  return result.version;
}

/** What the sources offer for this machine. */
export async function listOffered(
  context: Context,
  { source, offline = false }: SourceChoice,
): Promise<Availability> {
  const { list } = await openSources(context, { source, offline });
  return listAvailable(list, context.platform);
}

/** The exact version a selector means today, without installing it. */
export async function resolveOffered(
  context: Context,
  selector: VersionSelector,
  { source, offline = false }: SourceChoice,
): Promise<GoVersion> {
  const { list } = await openSources(context, { source, offline });
  const { version, notes } = await resolveVersion(context, list, selector);
  for (const note of notes) context.output.note(`note: ${note}`);
  return version;
}

/** The sources of a choice, and the log as it can be asked through them. */
async function askedSources(
  context: Context,
  { source, offline = false }: SourceChoice,
): Promise<Pick<InstallOptions, "sources" | "log">> {
  const { list, log } = await openSources(context, { source, offline });
  return {
    sources: list,
    log: log && { transport: log, store: openLogStore(context.layout) },
  };
}

/** Also after a crash between publishing and this: whoever installs next makes up for it. */
async function ensureShims(context: Context): Promise<void> {
  if (await hasShellSide(context)) await writeShims(context);
  else await writeShellSide(context);
}

function systemIsNotOurs(): GvtError {
  return new GvtError("USAGE", "`system` is the Go of this machine, which gvt does not install", {
    hint: "`gvt local system` lets a directory use it",
  });
}
