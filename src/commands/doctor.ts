/** `gvt doctor`: why this Go is broken, where that was set, and what to type. */
import type { Context } from "../context.js";
import type { Check, Finding } from "../doctor/check.js";
import { EXIT_STATUS, GvtError, isGvtError } from "../errors.js";
import { escapeText } from "../go/escape.js";
import { type Arguments, type Command, findOption, isSet } from "./command.js";
import { showError } from "./error-text.js";

/** The doctor's own: it could not look. */
const COULD_NOT_LOOK = 2;

export const doctor: Command = {
  name: "doctor",
  summary: "tell what is wrong with Go here, where it was set, and what to type",
  operands: "[explain ID | MESSAGE]",
  arity: [0, 2],
  description:
    "Looks at the environment, PATH, start-up files, toolchains, caches and this repository; changes nothing, runs nothing and does not use the network.",
  options: {
    json: { type: "boolean", summary: "print JSON" },
    only: { type: "string", value: "ID,…", summary: "run only these checks" },
    strict: { type: "boolean", summary: "exit with 1 for warnings too" },
  },
  examples: [
    { command: "gvt doctor", summary: "look at everything" },
    { command: "gvt doctor explain goroot-env-mismatch", summary: "the manual page of a check" },
    { command: 'gvt doctor "go: no such tool \\"compile\\""', summary: "look for the causes of a message" },
  ],
  run: async (context, args) => {
    const [first, second] = args.words;
    if (first === "explain") return explain(context, second);
    if (second !== undefined) throw tooManyWords(second);
    try {
      return first === undefined ? await examine(context, args) : await findCauses(context, first);
    } catch (error) {
      if (!isGvtError(error) || error.code === "USAGE") throw error;
      showError(error, context.output);
      return COULD_NOT_LOOK;
    }
  },
};

async function examine(context: Context, args: Arguments): Promise<number> {
  const checks = await pickChecks(findOption(args, "only"));
  const { snapshot, findings } = await look(context, checks);
  if (isSet(args, "json")) {
    context.output.print(JSON.stringify({ schema: 1, gvt: snapshot.gvt, taken: snapshot.taken, findings }));
  } else {
    const { renderText } = await import("../doctor/report/text.js");
    for (const line of renderText(snapshot, findings)) context.output.print(line);
  }
  const counts = isSet(args, "strict") ? ["error", "warning"] : ["error"];
  return findings.some(({ severity }) => counts.includes(severity)) ? EXIT_STATUS.NEGATIVE : 0;
}

async function look(context: Context, checks: readonly Check[]) {
  const { collect } = await import("../doctor/collect.js");
  const { thisHost } = await import("../doctor/host.js");
  const { diagnose } = await import("../doctor/diagnose.js");
  const snapshot = await collect(context, thisHost());
  return { snapshot, findings: diagnose(snapshot, checks) };
}

async function explain({ output }: Context, id: string | undefined): Promise<number> {
  const { CHECKS, findCheck, findManual } = await import("../doctor/catalogue.js");
  const { renderManual } = await import("../doctor/report/manual-page.js");
  if (id === undefined) {
    const width = Math.max(...CHECKS.map((check) => check.id.length));
    for (const check of CHECKS) output.print(`${check.id.padEnd(width)}  ${check.title}`);
    return 0;
  }
  const [check, manual] = [findCheck(id), findManual(id)];
  if (!check || !manual) throw unknownCheck(id);
  for (const line of renderManual(check, manual)) output.print(line);
  return 0;
}

/** From the message that somebody has got to the checks that explain it, and whether they fire here. */
async function findCauses(context: Context, message: string): Promise<number> {
  const { CHECKS, MANUALS } = await import("../doctor/catalogue.js");
  const { findByMessage } = await import("../doctor/manual/manual.js");
  const ids = findByMessage(MANUALS, message);
  if (ids.length === 0) throw unknownMessage(message);
  const { snapshot, findings } = await look(context, CHECKS);
  const { renderText } = await import("../doctor/report/text.js");
  const explaining = findings.filter((finding) => listIds(finding).some((id) => ids.includes(id)));
  if (explaining.length > 0) {
    for (const line of renderText(snapshot, explaining)) context.output.print(line);
    return EXIT_STATUS.NEGATIVE;
  }
  context.output.print(`nothing here explains it now; it comes from one of these:`);
  for (const id of ids)
    context.output.print(`  ${id}  ${CHECKS.find((check) => check.id === id)?.title ?? ""}`);
  return 0;
}

function listIds({ id, consequences }: Finding): string[] {
  return [id, ...consequences.map((consequence) => consequence.id)];
}

async function pickChecks(only: string | undefined): Promise<readonly Check[]> {
  const { CHECKS, findCheck } = await import("../doctor/catalogue.js");
  if (only === undefined) return CHECKS;
  return only.split(",").map((id) => {
    const check = findCheck(id);
    if (!check) throw unknownCheck(id);
    return check;
  });
}

function unknownCheck(id: string): GvtError {
  return new GvtError("USAGE", `there is no check \`${escapeText(id)}\``, {
    hint: "`gvt doctor explain` lists them",
  });
}

function unknownMessage(message: string): GvtError {
  return new GvtError("USAGE", `no check knows the message \`${escapeText(message)}\``, {
    hint: "`gvt doctor` looks at everything; `gvt help doctor` lists its arguments",
  });
}

function tooManyWords(word: string): GvtError {
  return new GvtError("USAGE", `unexpected argument \`${escapeText(word)}\``, {
    hint: "put a message between quotes, or say `gvt doctor explain ID`",
  });
}
