import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "../../src/context.js";
import { type Leftover, listLeftovers, removeLeftover } from "../../src/install/prune.js";
import { withLock } from "../../src/io/lock.js";
import { withStage } from "../../src/store/staging.js";
import { createWorld, type World } from "../support/world.js";

let world: World;
let context: Context;
const NOW = new Date("2026-11-20T00:00:00Z");
const LONG_AGO = new Date("2026-11-01T00:00:00Z");

beforeEach(async () => {
  world = await createWorld();
  context = await world.context({ env: { GVT_ROOT: join(world.directory, "root") } });
  const { layout } = context;
  for (const directory of [layout.tmp, layout.downloads, layout.locks])
    await mkdir(directory, { recursive: true });
});

afterEach(() => world.remove());

async function leave(path: string, when = LONG_AGO): Promise<void> {
  await mkdir(path, { recursive: true });
  await utimes(path, when, when);
}

async function expectFound(...expected: [kind: Leftover["kind"], name: string, bytes: number][]) {
  const { layout } = context;
  const found = await listLeftovers(layout, NOW);
  expect(found.map(({ kind, path, bytes }) => [kind, path.slice(layout.root.length + 1), bytes])).toEqual(
    expected,
  );
  for (const one of found) await removeLeftover(one);
  expect(await listLeftovers(layout, NOW)).toEqual([]);
}

describe("leftovers", () => {
  test("are none in a root where nothing was interrupted", () => expectFound());

  test("are stages that nobody works in any more, with all that is in them", async () => {
    const stage = join(context.layout.tmp, "123-456-00000000-0123456789abcdef");
    await mkdir(join(stage, "trash/bin"), { recursive: true });
    await writeFile(join(stage, "trash/bin/go"), Buffer.alloc(5000));
    await writeFile(join(stage, "trash/VERSION"), "go1.22.6\n");
    await leave(stage);
    await withStage(context.layout, context.self, async (own) => {
      await expectFound(["stage", "tmp/123-456-00000000-0123456789abcdef", 5009]);
      expect(await readdir(context.layout.tmp)).toEqual([own.slice(context.layout.tmp.length + 1)]);
    });
  });

  test("are partial downloads, with their validators", async () => {
    await writeFile(join(context.layout.downloads, "go1.22.6.linux-amd64.tar.gz.0.partial"), "12345");
    await writeFile(join(context.layout.downloads, "go1.22.6.linux-amd64.tar.gz.0.partial.validator"), '"1"');
    await writeFile(join(context.layout.downloads, "mine.tar.gz"), "mine");
    await expectFound(
      ["download", "cache/downloads/go1.22.6.linux-amd64.tar.gz.0.partial", 5],
      ["download", "cache/downloads/go1.22.6.linux-amd64.tar.gz.0.partial.validator", 3],
    );
    expect(await readdir(context.layout.downloads)).toEqual(["mine.tar.gz"]);
  });

  test("are locks that nobody renews, and nothing that goes on under one that somebody does", async () => {
    const { layout, signal } = context;
    await writeFile(join(layout.downloads, "go1.22.6.linux-amd64.tar.gz.0.partial"), "12345");
    await leave(join(layout.locks, "1.21.5.lock"));
    const lock = { name: "go1.22.6", signal };
    await withLock(join(layout.locks, "1.22.6"), lock, async () => {
      const [found, ...rest] = await listLeftovers(layout, NOW);
      expect([found?.kind, found?.path, rest]).toEqual(["lock", join(layout.locks, "1.21.5.lock"), []]);
      if (found) await removeLeftover(found);
      expect(await readdir(layout.locks)).toEqual(["1.22.6.lock"]);
    });
  });

  test("of a lock's name that holds something are refused, and stay", async () => {
    const path = join(context.layout.locks, "1.21.5.lock");
    await mkdir(join(path, "mine"), { recursive: true });
    await leave(path);
    const [found] = await listLeftovers(context.layout, NOW);
    await expect(found && removeLeftover(found)).rejects.toMatchObject({ code: "DISK" });
    expect(await readdir(path)).toEqual(["mine"]);
  });
});
