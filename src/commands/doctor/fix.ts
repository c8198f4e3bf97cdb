/** `gvt doctor --fix`: carries out what is safe of the remedies, diagnoses again, and ends as what remains demands. */

import type { Context } from "../../context.js";
import type { Check, Finding } from "../../doctor/check.js";
import type { Applied } from "../../doctor/fix/apply.js";
import { applyFix } from "../../doctor/fix/apply.js";
import { listCarriedOut, listFollowUps, planOpenShell } from "../../doctor/fix/open-shell.js";
import type { Outcome } from "../../doctor/fix/outcome.js";
import { judgeFix } from "../../doctor/fix/outcome.js";
import type { FixPlan } from "../../doctor/fix/plan.js";
import { planFix } from "../../doctor/fix/plan.js";
import { formatJson } from "../../doctor/json.js";
import { renderCommand } from "../../doctor/remedy.js";
import { documentOf } from "../../doctor/report/json.js";
import { renderFollowUps, renderMended } from "../../doctor/report/outcome.js";
import type { Report } from "../../doctor/report/report.js";
import { renderText } from "../../doctor/report/text.js";
import { redactWith } from "../../doctor/save/redact.js";
import type { Snapshot } from "../../doctor/snapshot.js";
import { findShell, SHELLS } from "../../env/shells.js";
import { EXIT_STATUS } from "../../errors.js";
import { pickWidth } from "../../io/lines.js";
import { type Arguments, findOption, isSet } from "../command.js";
import { agree, announce, describeFiles, obstacleStatus, showDiffs, showObstacles } from "./files.js";
import { findingStatus } from "./finding-status.js";
import { judge, takeReport } from "./report.js";

export async function fix(context: Context, args: Arguments, checks: readonly Check[]): Promise<number> {
  const before = await takeReport(context, args, checks);
  // Information hurts nobody: what it advises is done only where it was asked for by name.
  const isMeant = ({ severity }: Finding): boolean =>
    severity !== "info" || findOption(args, "only") !== undefined;
  const meant = before.findings.filter(isMeant);
  const plan = await planFix(meant);
  showObstacles(context.output, plan.obstacles);
  const printJson = (snapshot: Snapshot, done: object): void => {
    const hidden = redactWith(snapshot, done);
    const report = judge(context, args, hidden.snapshot, checks);
    context.output.print(formatJson({ ...documentOf(report), fix: hidden.told }));
  };
  if (isSet(args, "dry-run")) {
    if (isSet(args, "json")) printJson(before.snapshot, describePlan(plan));
    else showDiffs(context.output, plan.files, "stdout");
    return obstacleStatus(plan.obstacles) ?? findingStatus(before.findings, args);
  }
  if (!(await permit(context, args, plan))) return EXIT_STATUS.NEGATIVE;

  const applied = await applyFix(context, plan, announce(context.output, "changed"));
  showObstacles(context.output, applied.obstacles);
  if (applied.changed.length > 0) context.output.note("`gvt doctor undo` changes it back");
  const { after, outcome } = await lookAgain(context, { before, meant, applied }, (world) =>
    takeReport(world, args, checks),
  );
  if (isSet(args, "json")) {
    printJson(after.snapshot, describeOutcome(after.snapshot, plan, applied, outcome));
  } else printOutcome(context, after, outcome);
  const status = findingStatus([...outcome.lingering, ...after.findings], args);
  return obstacleStatus([...plan.obstacles, ...applied.obstacles]) ?? status;
}

async function permit(context: Context, args: Arguments, { files }: FixPlan): Promise<boolean> {
  const { output } = context;
  if (files.length === 0) {
    output.note("there is nothing that gvt can mend by itself");
    return true;
  }
  showDiffs(output, files, "stderr");
  return agree(context, args, { question: "change these files?", command: "gvt doctor --fix" });
}

/** With the environment as it is once the open shell was told, so that its old settings hide nothing. */
async function lookAgain(
  context: Context,
  { before, meant, applied }: { before: Report; meant: readonly Finding[]; applied: Applied },
  look: (context: Context) => Promise<Report>,
): Promise<{ after: Report; outcome: Outcome }> {
  const carriedOut = listCarriedOut(meant, applied.changed);
  const followUps = listFollowUps(carriedOut);
  const env = planOpenShell(context.env, followUps);
  const after = applied.changed.length === 0 ? before : await look({ ...context, env });
  return { after, outcome: judgeFix(before, after, { carriedOut, followUps }) };
}

function printOutcome({ output }: Context, report: Report, outcome: Outcome): void {
  const { snapshot, findings, ignored } = report;
  const width = pickWidth(output);
  const remaining = renderText(snapshot, findings, { ignored, width });
  for (const line of [...renderMended(outcome, width), ...remaining]) output.print(line);
  for (const line of renderFollowUps(outcome, { user: snapshot.user, width })) output.print(line);
}

function describePlan({ files, obstacles }: FixPlan): object {
  return { files: describeFiles(files), obstacles };
}

function describeOutcome(
  { user }: Snapshot,
  plan: FixPlan,
  applied: Applied,
  { mended, followUps }: Outcome,
): object {
  const shell = findShell(user.shell ?? "sh") ?? SHELLS.sh;
  return {
    number: applied.number,
    files: describeFiles(applied.changed),
    obstacles: [...plan.obstacles, ...applied.obstacles],
    mended: mended.map(({ id, summary }) => ({ id, summary })),
    shell: followUps.flatMap((step) => renderCommand(step, shell) ?? []),
  };
}
