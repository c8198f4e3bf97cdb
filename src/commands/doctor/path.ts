/** `gvt doctor path`: every entry of PATH, and what hides what. */
import type { Context } from "../../context.js";
import { deriveFacts } from "../../doctor/facts.js";
import { formatJson } from "../../doctor/json.js";
import { picturePath } from "../../doctor/path-picture.js";
import { renderPath } from "../../doctor/report/picture.js";
import { redact } from "../../doctor/save/redact.js";
import { pickWidth } from "../../io/lines.js";
import { type Arguments, isSet } from "../command.js";
import { takeSnapshot } from "./report.js";

export async function showPath(context: Context, args: Arguments): Promise<number> {
  const taken = await takeSnapshot(context, args);
  if (isSet(args, "json")) {
    context.output.print(formatJson({ schema: 1, path: picturePath(deriveFacts(redact(taken))) }));
    return 0;
  }
  for (const line of renderPath(deriveFacts(taken), pickWidth(context.output))) context.output.print(line);
  return 0;
}
