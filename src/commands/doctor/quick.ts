/**
 * `gvt doctor --quick`: for a shell's start. Silent where all is well; one line for each finding where it is not. A
 * bundle of its own: loading all that the doctor can do takes longer than what it does here.
 */
import type { Context } from "../../context.js";
import { CHECKS } from "../../doctor/catalogue.js";
import { thisHost } from "../../doctor/host.js";
import { collectQuick, isQuick } from "../../doctor/quick.js";
import { makeReport, type Report } from "../../doctor/report/report.js";
import type { Snapshot } from "../../doctor/snapshot.js";
import { escapePath } from "../../go/escape.js";
import type { Arguments } from "../command.js";
import { findingStatus } from "./finding-status.js";
import { requireIgnored } from "./ignored.js";
import { requireMode } from "./modes.js";

/** Throws `USAGE` where `--quick` does not go with what else is asked. */
export async function examineQuickly(context: Context, args: Arguments): Promise<number> {
  requireMode(args);
  const { findings } = await takeQuickReport(context, (snapshot) => snapshot);
  for (const { severity, summary, id } of findings)
    context.output.print(escapePath(`gvt doctor: ${severity}: ${summary} [${id}]`));
  return findingStatus(findings, args);
}

/** Of errors and warnings. `prepare` is done to the snapshot before it is judged. */
export async function takeQuickReport(
  context: Context,
  prepare: (snapshot: Snapshot) => Snapshot,
): Promise<Report> {
  const ignore = requireIgnored(context);
  const snapshot = prepare(await collectQuick(context, thisHost()));
  const report = makeReport(snapshot, CHECKS.filter(isQuick), ignore);
  return { ...report, findings: report.findings.filter(({ severity }) => severity !== "info") };
}
