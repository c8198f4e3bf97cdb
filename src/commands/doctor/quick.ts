/** `gvt doctor --quick`: for a shell's start. Silent where all is well; one line for each finding where it is not. */
import type { Context } from "../../context.js";
import { CHECKS } from "../../doctor/catalogue.js";
import { diagnose } from "../../doctor/diagnose.js";
import { thisHost } from "../../doctor/host.js";
import { collectQuick, isQuick } from "../../doctor/quick.js";
import { escapePath } from "../../go/escape.js";
import { type Arguments, isSet } from "../command.js";
import { findingStatus } from "./finding-status.js";

export async function examineQuickly({ output, ...rest }: Context, args: Arguments): Promise<number> {
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
