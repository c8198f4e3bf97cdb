/**
 * From what was asked for to toolchains with shims, and everything else that asks the sources. The network, the archive
 * formats and the transparency log are behind this module alone, which the build keeps in a file of its own: a command
 * that needs none of them never loads them.
 */
import type { Context } from "../context.js";
import { GvtError } from "../errors.js";
import { resolveAlias, type VersionSelector } from "../go/selector.js";
import { type GoVersion, isSameVersion } from "../go/version.js";
import { type InstallResult, installVersions } from "../install/install.js";
import { hasShellSide, writeShellSide, writeShims } from "../shim/shims.js";
import { type Availability, listAvailable, resolveVersion } from "../sources/resolve.js";
import { openSources } from "../sources/sources.js";
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
  const sources = await openSources(context, { source, offline });
  const versions: GoVersion[] = [];
  for (const selector of selectors) {
    const resolved = resolveAlias(selector, context.config.aliases);
    if (resolved.kind === "system") throw systemIsNotOurs();
    const { version, notes } = await resolveVersion(context, sources.list, resolved);
    for (const note of notes) context.output.note(`note: ${note}`);
    if (!versions.some((known) => isSameVersion(known, version))) versions.push(version);
  }
  const results = await installVersions(context, versions, {
    sources: sources.list,
    log: sources.log && { transport: sources.log, store: openLogStore(context.layout) },
    onEvent: report.onEvent,
  });
  // Also after a crash between publishing and this: whoever installs next makes up for it.
  if (await hasShellSide(context)) await writeShims(context);
  else await writeShellSide(context);
  for (const result of results) report.finish(result);
  return results;
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

function systemIsNotOurs(): GvtError {
  return new GvtError("USAGE", "`system` is the Go of this machine, which gvt does not install", {
    hint: "`gvt local system` lets a directory use it",
  });
}
