import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type ArbitraryWorld, arbitraryWorld } from "../support/arbitrary-world.js";
import { createSandbox, runJobs, SHIM } from "../support/sandbox.js";
import { answerOf, deferralOf, jobOf, judge } from "../support/selection-world.js";
import { SHELLS } from "../support/shells.js";

const RUNS = Number(process.env["GVT_FUZZ_RUNS"] ?? 300);
const SEED = Number(process.env["GVT_FUZZ_SEED"] ?? Date.now() % 2 ** 31);
/** Worlds on disk at a time. */
const BATCH = 150;

/** Where a shim answers something else than src/, with all that a row of selection.json needs. */
interface Disagreement {
  readonly shell: string;
  readonly world: ArbitraryWorld;
  readonly expected: unknown;
  readonly answered: unknown;
}

it(`whatever the shim answers, src/ answers too (${RUNS} worlds, GVT_FUZZ_SEED=${SEED})`, async () => {
  const worlds = fc.sample(arbitraryWorld, { numRuns: RUNS, seed: SEED });
  const disagreements: Disagreement[] = [];
  for (let start = 0; start < worlds.length; start += BATCH) {
    disagreements.push(...(await tryWorlds(worlds.slice(start, start + BATCH))));
  }
  // A counter-example becomes a row of selection.json before it is mended.
  expect(disagreements.map((one) => JSON.stringify(one))).toEqual([]);
}, 3_600_000);

async function tryWorlds(worlds: readonly ArbitraryWorld[]): Promise<Disagreement[]> {
  const opened = await Promise.all(
    worlds.map(async (world) => {
      const sandbox = await createSandbox(world.spec);
      await copyFile(SHIM, join(sandbox.root, "shims", world.call.as));
      return { world, sandbox, judged: await judge(sandbox, world.call) };
    }),
  );
  try {
    const results = await runJobs(
      opened.flatMap(({ sandbox, world }) => SHELLS.map((shell) => jobOf(sandbox, shell, world.call))),
    );
    return opened.flatMap(({ world, judged }, place) =>
      SHELLS.flatMap(({ name }, index) => {
        const result = results[place * SHELLS.length + index];
        if (!result) throw new Error("a job without a result");
        const answered = { ...answerOf(result), stderr: result.stderr };
        const deferred = answered.outcome === "DEFER";
        // The CLI reads all settings before it does anything; a shim reads the one it needs.
        if (!deferred && judged.answer.outcome === "error BAD_CONFIG") return [];
        const expected = deferred
          ? { ...answered, args: deferralOf(world.call), stderr: "" }
          : { ...judged.answer, stderr: "" };
        return JSON.stringify(answered) === JSON.stringify(expected)
          ? []
          : [{ shell: name, world, expected, answered }];
      }),
    );
  } finally {
    await Promise.all(opened.map(({ sandbox }) => sandbox.remove()));
  }
}
