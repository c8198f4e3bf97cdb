/** The snapshot as it would be after a remedy: steps that change only settings are carried out to the letter. */
import type { Step } from "../../../src/doctor/remedy.js";
import type { Snapshot } from "../../../src/doctor/snapshot.js";
import { type Draft, takeOffPath } from "./machine.js";

/** Undefined where a step does more than change a setting: without GVT_VERSION the version is selected anew. */
export function withRemedy(snapshot: Snapshot, steps: readonly Step[]): Snapshot | undefined {
  const draft = structuredClone(snapshot) as Draft;
  const edits = steps.filter((step) => step.kind === "edit").sort((a, b) => b.line - a.line);
  for (const edit of edits) {
    if (edit.path === draft.goEnvFile.path) draft.goEnvFile.text = editLine(draft.goEnvFile.text, edit);
    draft.editors = draft.editors.filter(({ path, line }) => path !== edit.path || line !== edit.line);
    const file = draft.startupFiles.find(({ path }) => path === edit.path);
    if (file) file.statements = file.statements.filter(({ line }) => line !== edit.line);
  }
  for (const step of steps) {
    if (step.kind === "edit") continue;
    if (step.kind === "drop-path") takeOffPath(draft, step.entry);
    else if (step.kind === "unset" && step.variable !== "GVT_VERSION") delete draft.env[step.variable];
    else return undefined;
  }
  return draft as Snapshot;
}

function editLine(text: string, { line, before, after }: Extract<Step, { kind: "edit" }>): string {
  const lines = text.split("\n");
  if (lines[line - 1] !== before) throw new Error(`line ${line} is not \`${before}\``);
  lines.splice(line - 1, 1, ...(after === undefined ? [] : [after]));
  return lines.join("\n");
}
