/** The shell that is open while files are mended: what it must be told, and what it is like once it was. Pure. */
import { dirname, join } from "node:path";
import type { Finding } from "../check.js";
import { isForOpenShell, type LineEdit, listSafeEdits, type Step } from "../remedy.js";
import type { Variables } from "../snapshot.js";
import type { FixedFile } from "./journal.js";

/** What the remedies that were carried out ask for besides: commands for the open shell, and advice. Each once. */
export function listFollowUps(mended: readonly Finding[]): Step[] {
  const steps = mended.flatMap(({ remedy }) =>
    remedy.steps.filter((step) => isForOpenShell(step) || step.kind === "advise"),
  );
  return [...new Map(steps.map((step) => [JSON.stringify(step), step])).values()];
}

/** Findings whose every edit was made. Where two wanted different things of one line, one of them got its way. */
export function listCarriedOut(
  findings: readonly Finding[],
  changed: readonly Pick<FixedFile, "path" | "target" | "changes">[],
): Finding[] {
  const isMade = ({ path, line, after }: LineEdit): boolean =>
    changed
      .filter((file) => [file.path, file.target].includes(path))
      .some(({ changes }) => changes.some((change) => change.line === line && change.after === after));
  return findings.filter(({ remedy }) => {
    const edits = listSafeEdits(remedy);
    return edits.length > 0 && edits.every(isMade);
  });
}

/** The environment after these steps, as the shells would make it. */
export function planOpenShell(env: Variables, steps: readonly Step[]): Variables {
  return steps.reduce(afterStep, env);
}

function afterStep(env: Variables, step: Step): Variables {
  const entries = (env["PATH"] ?? "").split(":");
  switch (step.kind) {
    case "unset":
      return { ...env, [step.variable]: undefined };
    case "set":
      return { ...env, [step.variable]: step.value };
    case "drop-path":
      return withPath(
        env,
        entries.filter((entry) => entry !== step.entry),
      );
    case "extend-path":
      return withPath(
        env,
        step.where === "front" ? [step.directory, ...entries] : [...entries, step.directory],
      );
    case "source": {
      const own = ["shims", "bin"].map((name) => join(dirname(step.directory), name));
      return withPath(env, [...own, ...entries.filter((entry) => !own.includes(entry))]);
    }
    case "run":
    case "edit":
    case "advise":
      return env;
  }
}

function withPath(env: Variables, entries: readonly string[]): Variables {
  return { ...env, PATH: entries.join(":") };
}
