import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Context } from "../../src/context.js";
import { findShell } from "../../src/env/shells.js";
import { applyEdit, planInit, planRemoval } from "../../src/shim/startup-files.js";
import { createWorld, type World } from "../support/world.js";

let world: World;
let context: Context;

beforeEach(async () => {
  world = await createWorld();
  context = await world.context();
});

afterEach(() => world.remove());

const profile = () => join(world.home, ".profile");

async function plan(planner: typeof planInit) {
  const shell = findShell("sh");
  if (!shell) throw new Error("no sh");
  const [edit] = await planner(context, shell);
  if (!edit) throw new Error("no edit");
  return edit;
}

test.each(["export A=1\n", undefined])("an edit of %j is refused once the file has changed", async (text) => {
  if (text !== undefined) await writeFile(profile(), text);
  const edit = await plan(planInit);
  await writeFile(profile(), "export B=2\n");
  await expect(applyEdit(edit)).rejects.toMatchObject({
    code: "DISK",
    message: `\`${profile()}\` was changed meanwhile`,
  });
  expect(await readFile(profile(), "utf8")).toBe("export B=2\n");
});

test("a file that gained a line since the removal was planned is not deleted", async () => {
  await applyEdit(await plan(planInit));
  const removal = await plan(planRemoval);
  expect(removal.after).toBeUndefined();
  await writeFile(profile(), `${await readFile(profile(), "utf8")}export B=2\n`);
  await expect(applyEdit(removal)).rejects.toMatchObject({ code: "DISK" });
  expect(await readFile(profile(), "utf8")).toContain("export B=2\n");
});
