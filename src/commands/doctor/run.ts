/** What `gvt doctor` does with its words and options: the entry of a bundle of its own, as no other command needs it. */
import type { Context } from "../../context.js";
import { CHECKS } from "../../doctor/catalogue.js";
import type { Check } from "../../doctor/check.js";
import { GvtError, isGvtError } from "../../errors.js";
import { escapeText } from "../../go/escape.js";
import { type Arguments, findOption, isSet } from "../command.js";
import { showError } from "../error-text.js";
import { findCauses } from "./causes.js";
import { explain } from "./explain.js";
import { fix } from "./fix.js";
import { findMode } from "./modes.js";
import { requireCheck } from "./named-check.js";
import { showPath } from "./path.js";
import { examineProcess } from "./process.js";
import { examine } from "./report.js";
import { examineRepository } from "./repository.js";
import { undo } from "./undo.js";

/** The doctor's own: it could not look. */
const COULD_NOT_LOOK = 2;

/** Resolves to the exit status. Throws `USAGE` where words and options make no sense together. */
export async function runDoctor(context: Context, args: Arguments): Promise<number> {
  const [first, second] = args.words;
  refuseStrayOptions(args);
  if (first === "explain") return explain(context, second);
  if (second !== undefined) throw tooManyWords(second);
  const mode = findMode(args);
  if (first === "undo" && !mode) return undo(context, args);
  const checks = pickChecks(findOption(args, "only"));
  if (isSet(args, "fix")) return fix(context, args, checks);
  try {
    if (mode === "repo") return await examineRepository(context, args, checks);
    if (mode === "pid") return await examineProcess(context, args, checks);
    if (first === undefined) return await examine(context, args, checks);
    if (first === "path") return await showPath(context, args);
    return await findCauses(context, args, first);
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
  return only === undefined ? CHECKS : only.split(",").map(requireCheck);
}

/** Nothing is to be taken for a fix, or for a plan of one, that is none. */
function refuseStrayOptions(args: Arguments): void {
  const [first] = args.words;
  if (isSet(args, "fix") && first !== undefined) throw tooManyWords(first);
  if (isSet(args, "fix") || first === "undo") {
    refuseReportOptions(args);
    return;
  }
  for (const name of ["dry-run", "yes"]) {
    if (!isSet(args, name)) continue;
    throw new GvtError("USAGE", `\`--${name}\` goes with \`--fix\` or \`undo\``, {
      hint: `\`gvt doctor --fix --${name}\``,
    });
  }
}

/** A fix is of this machine as it is now, and tells what it does in its own way. */
function refuseReportOptions(args: Arguments): void {
  const given = ["format", "save", "from"].find((name) => findOption(args, name) !== undefined);
  if (given === undefined) return;
  throw new GvtError("USAGE", `\`--${given}\` goes with neither \`--fix\` nor \`undo\``, {
    hint: `say \`gvt doctor --${given}\` by itself`,
  });
}

function tooManyWords(word: string): GvtError {
  return new GvtError("USAGE", `unexpected argument \`${escapeText(word)}\``, {
    hint: "put a message between quotes, or say `gvt doctor explain ID`",
  });
}
