import { chmod, link, readFile, writeFile } from "node:fs/promises";
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

test("a root that is not ASCII is written as a shell reads it, once, and can be taken away again", async () => {
  const root = join(world.directory, "Gö/wørld");
  context = await world.context({ env: { GVT_ROOT: root } });
  const before = Buffer.from("# caf\xe9\n", "latin1");
  await writeFile(profile(), before);
  const edit = await plan(planInit);
  expect(edit.block).toContain(`export GVT_ROOT='${root}'`);
  await applyEdit(edit);
  const written = await readFile(profile());
  expect(written.subarray(0, before.length).equals(before)).toBe(true);
  expect(written.toString("utf8")).toContain(`\nexport GVT_ROOT='${root}'\n`);
  const shell = findShell("sh");
  expect(shell && (await planInit(context, shell))).toEqual([]);
  const removal = await plan(planRemoval);
  expect(removal.block).toEqual(edit.block);
  await applyEdit(removal);
  expect((await readFile(profile())).equals(before)).toBe(true);
});

test.each<[string, () => Promise<void>]>([
  ["it is read-only", () => chmod(profile(), 0o444)],
  ["it has 2 names (hard links)", () => link(profile(), join(world.directory, "other-name"))],
])("a file that cannot be replaced with all that it has stays: %s", async (reason, prepare) => {
  await writeFile(profile(), "export A=1\n");
  await prepare();
  await expect(applyEdit(await plan(planInit))).rejects.toMatchObject({
    code: "DISK",
    message: expect.stringContaining(reason),
  });
  expect(await readFile(profile(), "utf8")).toBe("export A=1\n");
});
