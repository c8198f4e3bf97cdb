/** `gvt doctor path`: every entry of PATH, and what hides what. */
import type { Context } from "../../context.js";
import { deriveFacts } from "../../doctor/facts.js";
import { formatJson } from "../../doctor/json.js";
import { picturePath } from "../../doctor/path-picture.js";
import { renderPath } from "../../doctor/report/picture.js";
import { redact } from "../../doctor/save/redact.js";
import { GvtError } from "../../errors.js";
import { pickWidth } from "../../io/lines.js";
import { type Arguments, findOption, isSet } from "../command.js";
import { takeSnapshot } from "./report.js";
export async function showPath(context: Context, args: Arguments): Promise<number> {
  if (findOption(args, "format") !== undefined) throw noPathFormat();
  const taken = await takeSnapshot(context, args);
  if (isSet(args, "json")) {
    context.output.print(formatJson({ schema: 1, path: picturePath(deriveFacts(redact(taken))) }));
    return 0;
  }
  for (const line of renderPath(deriveFacts(taken), pickWidth(context.output))) context.output.print(line);
  return 0;
}

function noPathFormat(): GvtError {
  return new GvtError("USAGE", "`gvt doctor path` is text or, with `--json`, JSON", {
    hint: "`gvt doctor --format html` shows PATH, too",
  });
}
