import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CHECKS } from "../../src/doctor/catalogue.js";
import type { Finding } from "../../src/doctor/check.js";
import { requires } from "../support/requirements.js";
import { type Laboratory, openLaboratory } from "./laboratory.js";
import type { OpenWorld } from "./open-world.js";
import { idsOf, outlineOf } from "./outline.js";
import type { LabWorld } from "./world.js";
import { WORLDS } from "./worlds/all.js";

const SUBJECT = "worlds with real toolchains";
const MINUTE = 60_000;

let laboratory: Laboratory;

beforeAll(async () => {
  if (requires("module proxy", SUBJECT)) laboratory = await openLaboratory();
}, 3 * MINUTE);

afterAll(async () => {
  if (requires("module proxy", SUBJECT)) await laboratory.close();
}, MINUTE);

describe("the worlds", () => {
  test("have names of their own, and name checks that exist", () => {
    const names = WORLDS.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    const ids = new Set(CHECKS.map(({ id }) => id));
    const named = WORLDS.flatMap(({ fires, silent }) => [fires, silent]).filter((id) => id !== undefined);
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
  });

  test("make every check fire that this machine can show, and have a near miss for each", () => {
    const covered = (key: "fires" | "silent") => new Set(WORLDS.flatMap((world) => world[key] ?? []));
    const missing = (seen: ReadonlySet<string>) =>
      CHECKS.map(({ id }) => id).filter((id) => !seen.has(id) && !ELSEWHERE.has(id));
    expect(missing(covered("fires"))).toEqual([]);
    expect(missing(covered("silent"))).toEqual([]);
  });
});

/** Shown on recorded snapshots only (test/doctor/vectors): another system, or what no test should do to a machine. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  "macos-too-new-for-go", // macOS: its loader
  "windows-path-length", // Windows: PATH as the registry has it
  "rosetta-arch", // macOS: a Mac with an arm64 processor
]);

describe.concurrent.each(WORLDS.map((world) => [world.name, world] as const))("%s", (_, world) => {
  test("is seen as it is, and mended by the remedy", { timeout: MINUTE }, async () => {
    for (const means of ["module proxy", ...(world.needs ? [world.needs] : [])] as const)
      if (!requires(means, `${SUBJECT}: ${world.name}`)) return;
    const open = await laboratory.open(world);
    try {
      await examine(world, open);
    } finally {
      await open.close();
    }
  });
});

/** True of every world that uses one of the store's older versions, and of no interest to any but its own. */
const BESIDE_THE_POINT = "version-eol";

type Look = () => Promise<readonly Finding[]>;

async function examine(world: LabWorld, open: OpenWorld): Promise<void> {
  const { symptom } = world;
  const look: Look = async () =>
    (await open.look()).filter(
      ({ id }) => id !== BESIDE_THE_POINT || [world.fires, world.silent].includes(id),
    );
  if (symptom) expect(await open.feel()).toMatch(symptom.says);
  const before = await look();
  if (world.outline) expect(outlineOf(before)).toEqual(world.outline);
  if (world.healthy) expect(idsOf(before.filter(({ severity }) => severity !== "info"))).toEqual([]);
  if (world.silent !== undefined) expect(idsOf(before)).not.toContain(world.silent);
  if (world.fires !== undefined && !(await followRemedy(world, open, look, before))) return;
  if (world.inTurn) await mendInTurn(open);
  if (symptom && (world.fires !== undefined || world.inTurn))
    expect(await open.feel()).not.toMatch(symptom.says);
}

/** False where it only advises, and nobody does it by hand. */
async function followRemedy(
  { fires = "", byHand }: LabWorld,
  open: OpenWorld,
  look: Look,
  before: readonly Finding[],
): Promise<boolean> {
  const finding = before.find((each) => idsOf([each]).includes(fires));
  expect(finding, `found: ${outlineOf(before).join("; ") || "nothing"}`).toBeDefined();
  const advised = finding?.remedy.steps.every(({ kind }) => kind === "advise");
  if (!finding || (advised && byHand === undefined)) return false;
  await open.carryOut(finding.remedy);
  const after = await look();
  // What is said to go away with it goes, too.
  expect(idsOf([finding]).filter((id) => idsOf(after).includes(id))).toEqual([]);
  expect(idsOf(after).filter((id) => !idsOf(before).includes(id))).toEqual([]);
  return true;
}

async function mendInTurn(open: OpenWorld): Promise<void> {
  const pressing: Look = async () => (await open.look()).filter(({ severity }) => severity !== "info");
  const turns: string[] = [];
  for (let [first] = await pressing(); first && turns.length < 6; [first] = await pressing()) {
    turns.push(first.id);
    await open.carryOut(first.remedy);
  }
  expect(outlineOf(await pressing()), `after ${turns.join(", ")}`).toEqual([]);
}
