import { spawnSync } from "node:child_process";
import { chmod, mkdir, readdir, readFile, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Layout, layoutOf } from "../../src/store/layout.js";
import { ensureRoot } from "../../src/store/root.js";
import { sweepStages, withStage } from "../../src/store/staging.js";
import { createWorld, type World } from "../support/world.js";

let world: World;
let layout: Layout;
const self = { pid: process.pid };
const now = () => new Date();

beforeEach(async () => {
  world = await createWorld();
  layout = layoutOf(join(world.directory, "root"));
  await ensureRoot(layout);
});

afterEach(() => world.remove());

/** The stage of a process that has ended without removing it. */
async function leaveStage(): Promise<string> {
  const { pid } = spawnSync("true");
  const name = await withStage(layout, self, async (stage) => stage.slice(layout.tmp.length + 1));
  const path = join(layout.tmp, name.replace(/^\d+/, `${pid}`));
  await mkdir(path);
  return path;
}

describe("a stage", () => {
  test("is private, and gone afterwards with all that is in it", async () => {
    await withStage(layout, self, async (stage) => {
      await mkdir(join(stage, "a/b"), { recursive: true });
      await writeFile(join(stage, "a/b/c"), "");
    });
    expect(await readdir(layout.tmp)).toEqual([]);
  });

  test("is gone when the work in it fails, read-only directories included", async () => {
    const failing = withStage(layout, self, async (stage) => {
      await mkdir(join(stage, "a/b"), { recursive: true });
      await writeFile(join(stage, "a/b/c"), "");
      await chmod(join(stage, "a/b"), 0o555);
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await readdir(layout.tmp)).toEqual([]);
  });
});

describe("sweeping", () => {
  test("removes the stages of the dead, and follows no link out of them", async () => {
    const path = await leaveStage();
    const kept = join(world.directory, "kept");
    await writeFile(kept, "mine");
    await symlink(world.directory, join(path, "link"));
    await sweepStages(layout, now);
    expect(await readdir(layout.tmp)).toEqual([]);
    expect(await readFile(kept, "utf8")).toBe("mine");
  });

  test("leaves the stages of the living", async () => {
    await withStage(layout, self, async () => {
      await sweepStages(layout, now);
      expect(await readdir(layout.tmp)).toHaveLength(1);
    });
  });

  test("does not take a new process with an old number for the owner", async () => {
    const name = await withStage(layout, self, async (stage) => stage.slice(layout.tmp.length + 1));
    await mkdir(join(layout.tmp, name.replace(/^(\d+)-\d+/, "$1-1")));
    await sweepStages(layout, now);
    expect(await readdir(layout.tmp)).toEqual([]);
  });

  test("leaves what it does not know until it is a day old", async () => {
    await mkdir(join(layout.tmp, "something"));
    await symlink("/etc", join(layout.tmp, "link"));
    await sweepStages(layout, now);
    expect(await readdir(layout.tmp)).toHaveLength(2);
    await utimes(join(layout.tmp, "something"), new Date(0), new Date(0));
    await sweepStages(layout, () => new Date(Date.now() + 25 * 3_600_000));
    expect(await readdir(layout.tmp)).toEqual([]);
    expect((await readdir("/etc")).length).toBeGreaterThan(0);
  });
});
