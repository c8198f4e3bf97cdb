/** What `gvt doctor` does with its words and options: the entry of a bundle of its own, as no other command needs it. */
import type { Context } from "../../context.js";
import { CHECKS } from "../../doctor/catalogue.js";
import type { Check } from "../../doctor/check.js";
import { isGvtError } from "../../errors.js";
import { type Arguments, findOption } from "../command.js";
import { showError } from "../error-text.js";
import { findCauses } from "./causes.js";
import { explain } from "./explain.js";
import { fix } from "./fix.js";
import { requireMode } from "./modes.js";
import { requireCheck } from "./named-check.js";
import { showPath } from "./path.js";
import { examineProcess } from "./process.js";
import { examineQuicklyAsJson } from "./quick-json.js";
import { examine } from "./report.js";
import { examineRepository } from "./repository.js";
import { undo } from "./undo.js";

/** The doctor's own: it could not look. */
const COULD_NOT_LOOK = 2;

/** Resolves to the exit status. Throws `USAGE` where words and options make no sense together. */
export async function runDoctor(context: Context, args: Arguments): Promise<number> {
  const mode = requireMode(args);
  const [first = "", second] = args.words;
  if (mode === "explain") return explain(context, second);
  if (mode === "undo") return undo(context, args);
  const checks = pickChecks(findOption(args, "only"));
  if (mode === "fix") return fix(context, args, checks);
  try {
    if (mode === "repo") return await examineRepository(context, args, checks);
    if (mode === "quick") return await examineQuicklyAsJson(context, args);
    if (mode === "pid") return await examineProcess(context, args, checks);
    if (mode === "path") return await showPath(context, args);
    if (mode === "message") return await findCauses(context, args, first);
    return await examine(context, args, checks);
  } catch (error) {
    if (!isGvtError(error) || error.code === "USAGE") throw error;
    showError(error, context.output);
    return COULD_NOT_LOOK;
  }
}

/** For settings that name a check. Throws `USAGE` where there is none. */
export function verifyCheckId(id: string): void {
  requireCheck(id);
}

function pickChecks(only: string | undefined): readonly Check[] {
  return only === undefined ? CHECKS : [...new Set(only.split(",").map(requireCheck))];
}
