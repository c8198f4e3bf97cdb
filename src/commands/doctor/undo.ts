/** `gvt doctor undo`: changes back what the newest `--fix` that still stands has changed. */

import type { Context } from "../../context.js";
import { applyUndo, planUndo } from "../../doctor/fix/undo.js";
import { formatJson } from "../../doctor/json.js";
import { redactTexts } from "../../doctor/save/redact.js";
import { EXIT_STATUS } from "../../errors.js";
import { type Arguments, isSet } from "../command.js";
import { agree, announce, describeFiles, obstacleStatus, showDiffs, showObstacles } from "./files.js";

/** Ends with 1 where nothing could be changed back, or not all of it. */
export async function undo(context: Context, args: Arguments): Promise<number> {
  const { output } = context;
  const { fix, files, obstacles } = await planUndo(context.layout);
  const shown = files.map(({ file, rows }) => ({ ...file, rows }));
  const asJson = isSet(args, "json");
  const printJson = (number: number | undefined, changed: Parameters<typeof describeFiles>[0]): void =>
    output.print(
      formatJson({ schema: 1, fix: redactTexts({ number, files: describeFiles(changed), obstacles }) }),
    );

  showObstacles(output, obstacles);
  if (!fix) {
    if (asJson) printJson(undefined, []);
    output.note("there is no fix to change back");
    return obstacleStatus(obstacles) ?? EXIT_STATUS.NEGATIVE;
  }
  const isPlan = isSet(args, "dry-run");
  if (isPlan && asJson) printJson(fix.number, shown);
  else showDiffs(output, shown, isPlan ? "stdout" : "stderr");
  if (isPlan) return obstacleStatus(obstacles) ?? 0;

  const question = `change back what was changed on ${describeTime(fix.time)}?`;
  if (!(await agree(context, args, { question, command: "gvt doctor undo" }))) return EXIT_STATUS.NEGATIVE;
  const applied = await applyUndo(context, fix, files, announce(output, "changed back"));
  showObstacles(output, applied.obstacles);
  if (asJson) printJson(fix.number, applied.changed);
  const all = [...obstacles, ...applied.obstacles];
  return obstacleStatus(all) ?? (all.length > 0 ? EXIT_STATUS.NEGATIVE : 0);
}

/** `2026-11-20 at 14:05 UTC`. */
function describeTime(time: string): string {
  return `${time.slice(0, 10)} at ${time.slice(11, 16)} UTC`;
}
