import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatSelector } from "../../src/go/selector.js";
import { createSandbox, type RunResult, runJobs, type Sandbox, SHIM } from "../support/sandbox.js";
import {
  type Answer,
  answerOf,
  deferralOf,
  type Judgement,
  jobOf,
  judge,
  placeOf,
} from "../support/selection-world.js";
import { SHELLS } from "../support/shells.js";
import { callOf, VECTORS, type Vector } from "../support/vectors.js";

interface Run {
  readonly vector: Vector;
  readonly sandbox: Sandbox;
  readonly judged: Judgement;
  /** One per shell. */
  readonly results: readonly RunResult[];
}

const runs = new Map<Vector, Run>();

beforeAll(async () => {
  const worlds = await Promise.all(VECTORS.map(openWorld));
  const results = await runJobs(
    worlds.flatMap(({ vector, sandbox }) => SHELLS.map((shell) => jobOf(sandbox, shell, callOf(vector)))),
  );
  for (const [index, world] of worlds.entries()) {
    const own = results.slice(index * SHELLS.length, (index + 1) * SHELLS.length);
    runs.set(world.vector, { ...world, results: own });
  }
}, 240_000);

afterAll(async () => {
  await Promise.all([...runs.values()].map(({ sandbox }) => sandbox.remove()));
});

async function openWorld(vector: Vector): Promise<Omit<Run, "results">> {
  const sandbox = await createSandbox(vector);
  const { as } = callOf(vector);
  await copyFile(SHIM, join(sandbox.root, "shims", as));
  return { vector, sandbox, judged: await judge(sandbox, callOf(vector)) };
}

function runOf(vector: Vector): Run {
  const run = runs.get(vector);
  if (!run) throw new Error(`no run of ${vector.name}`);
  return run;
}

const titled = VECTORS.map((vector) => [`${vector.rule}: ${vector.name}`, vector] as const);

describe("select", () => {
  it.each(titled)("%s", (_, vector) => {
    const { judged, sandbox } = runOf(vector);
    const { outcome, origin, toolchain, wanted } = vector.expect;
    expect(judged.answer.outcome).toBe(outcome);
    const { selection } = judged;
    if (origin !== undefined) expect(selection && placeOf(sandbox, selection)).toBe(origin);
    if (toolchain !== undefined) expect(judged.answer.GOTOOLCHAIN).toBe(toolchain ?? undefined);
    if (wanted !== undefined) {
      expect(selection?.kind === "missing" && formatSelector(selection.wanted)).toBe(wanted);
    }
  });
});

describe.each(SHELLS.map((shell, index) => ({ ...shell, index })))("the shim under $name", ({ index }) => {
  it.each(titled)("%s", (_, vector) => {
    const { judged, results } = runOf(vector);
    const result = results[index];
    if (vector.expect.status !== undefined) {
      expect(result).toMatchObject({ status: vector.expect.status, stdout: "" });
      return;
    }
    const answer = result && answerOf(result);
    expect(result?.stderr).toBe("");
    if (vector.fast || answer?.outcome !== "DEFER") expect(answer).toEqual(expectedOf(judged));
    else expect(answer.args).toEqual(deferralOf(callOf(vector)));
  });
});

/** A shim has no words for what is wrong: it leaves them to the launcher. */
function expectedOf({ answer }: Judgement): Answer | { outcome: string } {
  return /^\d|^system$/.test(answer.outcome) ? answer : expect.objectContaining({ outcome: "DEFER" });
}
