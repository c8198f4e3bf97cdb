import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { layoutOf } from "../../src/store/layout.js";
import { listToolchains } from "../../src/store/store.js";
import { buildInstaller, type Installer } from "../support/installer.js";
import type { Toy } from "../support/toy-archive.js";
import { startToySite, type ToySite } from "../support/toy-site.js";

let installer: Installer;
let toys: ToySite;
let toy: Toy;

beforeAll(async () => {
  [installer, toys] = await Promise.all([buildInstaller(), startToySite()]);
  toy = await toys.add({ version: "1.22.96", ballast: 3_000_000 });
});

afterAll(async () => {
  await installer.remove();
  await toys.close();
});

let roots = 0;

/** A root of its own for each installation that is killed, so that all can be killed side by side. */
async function freshRoot(): Promise<string> {
  roots += 1;
  const root = join(toys.world.directory, `root-${roots}`);
  await mkdir(root);
  return root;
}

const start = (root: string, { source = `${toys.site.url}/dl`, ...env }: Record<string, string> = {}) =>
  installer.start({ ...toys.env, HOME: toys.world.home, GVT_ROOT: root, ...env }, source, ["1.22.96"]);

/** Whatever happened: versions/ holds nothing or a whole toolchain. */
async function expectSound(root: string): Promise<void> {
  const entries = listToolchains(layoutOf(root));
  expect(entries.filter(({ kind }) => kind !== "ok")).toEqual([]);
}

/** The next installation succeeds, and nothing has piled up after it. */
async function expectHealing(root: string): Promise<void> {
  const { status, lines, stderr } = await start(root).ended;
  expect([status, stderr]).toEqual([0, ""]);
  expect(["installed", "already-installed"]).toContain(lines.at(-1)?.result);
  expect(await readdir(join(root, "versions"))).toEqual(["1.22.96"]);
  await expectSound(root);
  const left = await Promise.all(
    ["tmp", "cache/downloads"].map((directory) => readdir(join(root, directory))),
  );
  // Of what was installed before the kill there may be a download whose removal was still to come.
  if (lines.at(-1)?.result === "installed") expect(left).toEqual([[], []]);
}

const STEPS = ["lock", "resolve", "download", "verify", "unpack", "check", "publish", "done"];

describe("an installation killed", () => {
  test("at any step leaves the store sound, and the next one succeeds", async () => {
    const killed = STEPS.map(async (step) => {
      const root = await freshRoot();
      const installation = start(root, { STOP_AT: step });
      await installation.reached(step);
      installation.child.kill("SIGKILL");
      const { lines } = await installation.ended;
      expect(lines.at(-1)?.step).toBe(step);
      await expectSound(root);
      await expectHealing(root);
    });
    await Promise.all(killed);
  }, 120_000);

  test("at any time leaves the store sound, and the next one succeeds", async () => {
    const whole = performance.now();
    await start(await freshRoot()).ended;
    const duration = performance.now() - whole;
    const moments = Array.from({ length: 12 }, () => Math.random() * duration);
    const killed = moments.map(async (moment) => {
      const root = await freshRoot();
      const installation = start(root);
      await delay(moment);
      installation.child.kill("SIGKILL");
      await installation.ended;
      await expectSound(root);
      await expectHealing(root);
    });
    await Promise.all(killed);
  }, 120_000);

  test("and killed again and again on one root piles nothing up", async () => {
    const root = await freshRoot();
    for (const step of ["download", "unpack", "publish"]) {
      const installation = start(root, { STOP_AT: step });
      await installation.reached(step);
      installation.child.kill("SIGKILL");
      await installation.ended;
      expect((await readdir(join(root, "tmp"))).length).toBeLessThanOrEqual(1);
      expect((await readdir(join(root, "cache/downloads"))).length).toBeLessThanOrEqual(2);
    }
    await expectHealing(root);
  }, 120_000);

  test("by SIGINT tidies up and keeps the partial download", async () => {
    const root = await freshRoot();
    const path = `/mod/golang.org/toolchain/@v/${toy.moduleVersion}.zip`;
    toys.site.fault(path, { kind: "stall", after: 1_500_000, times: 1 });
    const installation = start(root, { source: "goproxy" });
    await installation.reached("download");
    installation.child.kill("SIGINT");
    const { status, lines } = await installation.ended;
    expect([status, lines.at(-1)?.code]).toEqual([1, "INTERRUPTED"]);
    expect(await readdir(join(root, "tmp"))).toEqual([]);
    expect(await readdir(join(root, "locks"))).toEqual([]);
    expect(await readdir(join(root, "cache/downloads"))).toHaveLength(2);
    const { status: next, lines: rest } = await start(root, { source: "goproxy" }).ended;
    expect([next, rest.at(-1)?.result]).toEqual([0, "installed"]);
    expect(await readdir(join(root, "cache/downloads"))).toEqual([]);
  }, 60_000);
});
