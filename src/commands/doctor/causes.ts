/** `gvt doctor MESSAGE`: from what Go has said to the checks that explain it, and whether they fire here. */
import type { Context } from "../../context.js";
import { CHECKS, MANUALS } from "../../doctor/catalogue.js";
import type { Finding } from "../../doctor/check.js";
import { findByMessage } from "../../doctor/manual/manual.js";
import { renderFindings } from "../../doctor/report/text.js";
import { EXIT_STATUS, GvtError } from "../../errors.js";
import { escapeText } from "../../go/escape.js";
import { pickWidth } from "../../io/lines.js";
import type { Arguments } from "../command.js";
import { takeReport } from "./report.js";

/** Ends with 1 where one of them does. */
export async function findCauses(context: Context, args: Arguments, message: string): Promise<number> {
  const { output } = context;
  const ids = findByMessage(MANUALS, message);
  if (ids.length === 0) throw unknownMessage(message);
  const { snapshot, findings } = await takeReport(context, args, CHECKS);
  const explaining = findings.filter((finding) => listIds(finding).some((id) => ids.includes(id)));
  if (explaining.length > 0) {
    for (const line of renderFindings(snapshot, explaining, pickWidth(output))) output.print(line);
    output.print("`gvt doctor explain ID` tells more");
    return EXIT_STATUS.NEGATIVE;
  }
  output.print("nothing here explains it now; it comes from one of these:");
  for (const { id, title } of CHECKS.filter((check) => ids.includes(check.id)))
    output.print(`  ${id}  ${title}`);
  return 0;
}

function listIds({ id, consequences }: Finding): string[] {
  return [id, ...consequences.map((consequence) => consequence.id)];
}

function unknownMessage(message: string): GvtError {
  return new GvtError("USAGE", `no check knows the message \`${escapeText(message)}\``, {
    hint: "`gvt doctor` looks at everything; `gvt help doctor` lists its arguments",
  });
}
