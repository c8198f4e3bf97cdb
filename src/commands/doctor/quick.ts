/**
 * `gvt doctor --quick`: for a shell's start. Silent where all is well; one line for each finding where it is not. A
 * bundle of its own: loading all that the doctor can do takes longer than what it does here.
 */
import type { Context } from "../../context.js";
import { CHECKS } from "../../doctor/catalogue.js";
import { diagnose } from "../../doctor/diagnose.js";
import { thisHost } from "../../doctor/host.js";
import { collectQuick, isQuick } from "../../doctor/quick.js";
import { escapePath } from "../../go/escape.js";
import { type Arguments, isSet } from "../command.js";
import { findingStatus } from "./finding-status.js";
import { findMode } from "./modes.js";

/** Throws `USAGE` where `--quick` does not go with what else is asked. */
export async function examineQuickly({ output, ...rest }: Context, args: Arguments): Promise<number> {
  findMode(args);
  const snapshot = await collectQuick({ output, ...rest }, thisHost());
  const findings = diagnose(snapshot, CHECKS.filter(isQuick)).filter(({ severity }) => severity !== "info");
  if (isSet(args, "json")) {
    output.print(JSON.stringify({ schema: 1, gvt: snapshot.gvt, taken: snapshot.taken, findings }));
  } else {
    for (const { severity, summary, id } of findings)
      output.print(escapePath(`gvt doctor: ${severity}: ${summary} [${id}]`));
  }
  return findingStatus(findings, args);
}
