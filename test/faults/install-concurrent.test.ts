import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parseGoVersion } from "../../src/go/version.js";
import { uninstallVersion } from "../../src/install/uninstall.js";
import { listToolchains } from "../../src/store/store.js";
import { buildInstaller, type Installer } from "../support/installer.js";
import type { Toy } from "../support/toy-archive.js";
import { startToySite, type ToySite } from "../support/toy-site.js";

let installer: Installer;
let toys: ToySite;
let toy: Toy;

beforeAll(async () => {
  installer = await buildInstaller();
});

afterAll(() => installer.remove());

beforeEach(async () => {
  toys = await startToySite();
  toy = await toys.add({ version: "1.22.96", ballast: 1_000_000 });
});

afterEach(() => toys.close());

const start = (...versions: string[]) =>
  installer.start({ ...toys.env, HOME: toys.world.home }, `${toys.site.url}/dl`, versions);

const downloads = () =>
  toys.site.requests.filter(({ method, url }) => method === "GET" && url.endsWith(".tar.gz")).length;

async function expectOneSoundTree(): Promise<void> {
  const { layout } = await toys.context();
  expect(listToolchains(layout).map(({ kind }) => kind)).toEqual(["ok"]);
  expect(await readdir(layout.tmp)).toEqual([]);
  expect(await readdir(layout.downloads)).toEqual([]);
}

describe("one version installed at once", () => {
  test.each([2, 10])(
    "by %i processes is downloaded once, and all succeed",
    async (count) => {
      const ended = await Promise.all(Array.from({ length: count }, () => start("1.22.96").ended));
      expect(ended.map(({ status }) => status)).toEqual(Array(count).fill(0));
      const results = ended.map(({ lines }) => lines.at(-1)?.result);
      expect(results.filter((result) => result === "installed")).toHaveLength(1);
      expect(downloads()).toBe(1);
      await expectOneSoundTree();
    },
    60_000,
  );

  test("by processes that find the lock occupied by something else comes out right all the same", async () => {
    await mkdir(join(toys.root, "locks/1.22.96.lock"), { recursive: true });
    await writeFile(join(toys.root, "locks/1.22.96.lock/foreign"), "");
    const ended = await Promise.all(Array.from({ length: 4 }, () => start("1.22.96").ended));
    expect(ended.map(({ status }) => status)).toEqual([0, 0, 0, 0]);
    await expectOneSoundTree();
  }, 60_000);
});

test("several processes that install different versions share the root", async () => {
  const versions = ["1.22.91", "1.22.92", "1.22.93", "1.22.94"];
  for (const version of versions) await toys.add({ version });
  const ended = await Promise.all(
    [start("1.22.91", "1.22.92"), start("1.22.92", "1.22.93"), start("1.22.93", "1.22.94")].map(
      ({ ended }) => ended,
    ),
  );
  expect(ended.map(({ status }) => status)).toEqual([0, 0, 0]);
  const { layout } = await toys.context();
  expect(await readdir(layout.versions)).toEqual(versions);
}, 60_000);

test("installing and uninstalling against each other ends in a whole tree or none", async () => {
  const context = await toys.context();
  const version = parseGoVersion("1.22.96");
  for (let round = 0; round < 10; round++) {
    const outcomes = await Promise.allSettled([
      toys.install(context, toy),
      toys.install(context, toy),
      uninstallVersion(context, version),
    ]);
    expect(outcomes.slice(0, 2).map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
    expect(listToolchains(context.layout).filter(({ kind }) => kind !== "ok")).toEqual([]);
  }
}, 60_000);
