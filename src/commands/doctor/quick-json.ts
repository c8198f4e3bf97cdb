/** `gvt doctor --quick --json`: what a quick look finds, in the form of the whole report; programs can wait for it. */
import type { Context } from "../../context.js";
import { renderJson } from "../../doctor/report/json.js";
import { redact } from "../../doctor/save/redact.js";
import type { Arguments } from "../command.js";
import { findingStatus } from "./finding-status.js";
import { takeQuickReport } from "./quick.js";

export async function examineQuicklyAsJson(context: Context, args: Arguments): Promise<number> {
  const report = await takeQuickReport(context, redact);
  context.output.print(renderJson(report));
  return findingStatus(report.findings, args);
}
