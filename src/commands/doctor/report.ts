/** `gvt doctor` proper: a snapshot taken now or read from a file, and the report on it in the form asked for. */

import { resolve } from "node:path";
import type { Context } from "../../context.js";
import type { Check } from "../../doctor/check.js";
import { findNewestRelease } from "../../doctor/collect/releases.js";
import { collect } from "../../doctor/collect.js";
import { thisHost } from "../../doctor/host.js";
import type { Format } from "../../doctor/report/formats.js";
import { FORMATS, findFormat } from "../../doctor/report/formats.js";
import type { Report } from "../../doctor/report/report.js";
import { makeReport } from "../../doctor/report/report.js";
import { redact } from "../../doctor/save/redact.js";
import { formatSnapshot, readSnapshot, saveSnapshot } from "../../doctor/save/save.js";
import type { Snapshot } from "../../doctor/snapshot.js";
import { GvtError } from "../../errors.js";
import { escapePath, escapeText } from "../../go/escape.js";
import { formatPlatform } from "../../go/platform.js";
import { pickWidth } from "../../io/lines.js";
import { type Arguments, findOption, isSet } from "../command.js";
import { withBaseline } from "./baseline.js";
import { findingStatus } from "./finding-status.js";
import { requireIgnored } from "./ignored.js";

export async function examine(context: Context, args: Arguments, checks: readonly Check[]): Promise<number> {
  const format = pickFormat(args);
  const taken = await takeSnapshot(context, args);
  const isSaved = await save(context, args, taken);
  // What is read elsewhere tells no secrets; remedies to be pasted here must name things as they are.
  const snapshot = format.travels ? redact(taken) : taken;
  const report = await withBaseline(context, args, judge(context, args, snapshot, checks), checks);
  if (isSaved !== "to stdout") {
    for (const line of await format.render(report, pickWidth(context.output))) context.output.print(line);
  }
  return findingStatus(report.findings, args);
}

export async function takeReport(
  context: Context,
  args: Arguments,
  checks: readonly Check[],
): Promise<Report> {
  return judge(context, args, await takeSnapshot(context, args), checks);
}

/** As it was when `--from` was made, else as it is now. */
export async function takeSnapshot(context: Context, args: Arguments): Promise<Snapshot> {
  const from = findOption(args, "from");
  if (from !== undefined) {
    const snapshot = await readSnapshot(resolve(context.cwd, from));
    const { taken, gvt, platform } = snapshot;
    context.output.note(
      `as gvt ${escapeText(gvt)} saw it on ${escapeText(formatPlatform(platform))}, ${taken}`,
    );
    return snapshot;
  }
  return collect(context, { ...thisHost(), releases: findNewestRelease() });
}

/** Findings, without those that config.toml says to ignore: of this machine, not of one that a file tells about. */
export function judge(
  context: Context,
  args: Arguments,
  snapshot: Snapshot,
  checks: readonly Check[],
): Report {
  if (findOption(args, "from") !== undefined) return makeReport(snapshot, checks);
  return makeReport(snapshot, checks, requireIgnored(context));
}

async function save(
  context: Context,
  args: Arguments,
  snapshot: Snapshot,
): Promise<"to a file" | "to stdout" | undefined> {
  const file = findOption(args, "save");
  if (file === undefined) return undefined;
  if (file === "-") {
    context.output.print(formatSnapshot(snapshot).trimEnd());
    return "to stdout";
  }
  await saveSnapshot(resolve(context.cwd, file), snapshot);
  context.output.note(
    `saved to \`${escapePath(file)}\`, without secrets; look through it before you send it`,
  );
  return "to a file";
}

export function pickFormat(args: Arguments): Format {
  const named = findOption(args, "format");
  const name = named ?? (isSet(args, "json") ? "json" : "text");
  const format = findFormat(name);
  if (!format || (isSet(args, "json") && name !== "json"))
    throw noFormat(name, Object.keys(FORMATS), isSet(args, "json"));
  return format;
}

function noFormat(name: string, known: readonly string[], json: boolean): GvtError {
  const message = known.includes(name)
    ? `\`--json\` and \`--format ${name}\` contradict each other`
    : `there is no format \`${escapeText(name)}\``;
  return new GvtError("USAGE", message, {
    hint: json && known.includes(name) ? "give one of them" : `the formats are ${known.join(", ")}`,
  });
}
