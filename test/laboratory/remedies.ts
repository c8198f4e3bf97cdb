/** Remedies carried out as a person would who does what the doctor says, to the letter. */
import { readFile, writeFile } from "node:fs/promises";
import { type Remedy, renderCommand, type Step } from "../../src/doctor/remedy.js";
import { SHELLS } from "../../src/env/shells.js";

type Edit = Extract<Step, { kind: "edit" }>;

/** The last lines first, so that the numbers of lines above stay. */
export async function carryOutEdits({ steps }: Remedy): Promise<void> {
  const edits = steps.filter((step) => step.kind === "edit").sort((a, b) => b.line - a.line);
  for (const edit of edits) await carryOutEdit(edit);
}

/** Its commands in bash's words, and by hand what it only advises. */
export function listCommands({ steps }: Remedy, byHand: string | undefined): string[] {
  const commands = steps.flatMap((step) => renderCommand(step, SHELLS.bash) ?? []);
  const isAdvised = steps.some(({ kind }) => kind === "advise");
  return byHand !== undefined && isAdvised ? [...commands, byHand] : commands;
}

async function carryOutEdit({ path, line, before, after }: Edit): Promise<void> {
  const lines = (await readFile(path, "utf8")).split("\n");
  const found = lines[line - 1];
  if (found?.replace(/\r$/, "") !== before.replace(/\r$/, "")) {
    throw new Error(`line ${line} of ${path} is \`${found}\`, not \`${before}\``);
  }
  lines.splice(line - 1, 1, ...(after === undefined ? [] : [after]));
  await writeFile(path, lines.join("\n"));
}
