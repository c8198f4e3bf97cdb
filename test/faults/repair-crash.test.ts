import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseGoVersion } from "../../src/go/version.js";
import { type Inspection, inspectToolchain, isWhole } from "../../src/store/comparison.js";
import { layoutOf } from "../../src/store/layout.js";
import { listToolchains } from "../../src/store/store.js";
import { buildInstaller, type Installer } from "../support/installer.js";
import type { Toy } from "../support/toy-archive.js";
import { startToySite, type ToySite } from "../support/toy-site.js";

let installer: Installer;
let toys: ToySite;
let toy: Toy;
const version = parseGoVersion("1.22.96");

beforeAll(async () => {
  [installer, toys] = await Promise.all([buildInstaller(), startToySite()]);
  toy = await toys.add({ version: "1.22.96", ballast: 3_000_000 });
});

afterAll(async () => {
  await installer.remove();
  await toys.close();
});

const start = (root: string, { source = `${toys.site.url}/dl`, ...env }: Record<string, string> = {}) =>
  installer.start({ ...toys.env, HOME: toys.world.home, GVT_ROOT: root, ...env }, source, ["1.22.96"]);

/** A root with a toolchain that lacks a file. */
async function damagedRoot(name: string): Promise<string> {
  const root = join(toys.world.directory, name);
  await mkdir(root);
  await start(root).ended;
  await rm(join(root, "versions/1.22.96/src/fmt/print.go"));
  return root;
}

const inspect = (root: string): Promise<Inspection> =>
  inspectToolchain(layoutOf(root), version, new AbortController().signal);

/** Before the old tree is moved away nothing has changed; after it there is nothing, or the new one. */
const STEPS: Readonly<Record<string, "as it was" | "not installed" | "whole">> = {
  lock: "as it was",
  resolve: "as it was",
  download: "as it was",
  verify: "as it was",
  unpack: "as it was",
  check: "as it was",
  publish: "as it was",
  replace: "not installed",
  done: "whole",
};

describe("a repair killed", () => {
  test.each(Object.entries(STEPS))(
    "at %s leaves the toolchain %s, and the next command mends it",
    async (step, state) => {
      const root = await damagedRoot(step);
      const repair = start(root, { REPAIR: "1", STOP_AT: step });
      await repair.reached(step);
      repair.child.kill("SIGKILL");
      expect((await repair.ended).lines.at(-1)?.step).toBe(step);

      const entries = listToolchains(layoutOf(root));
      expect(entries.map(({ kind }) => kind)).toEqual(state === "not installed" ? [] : ["ok"]);
      if (state === "as it was")
        expect(await inspect(root)).toMatchObject({ comparison: { missing: ["src/fmt/print.go"] } });
      if (state === "whole") expect(isWhole(await inspect(root))).toBe(true);

      const { status, stderr } = await start(root, state === "not installed" ? {} : { REPAIR: "1" }).ended;
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(isWhole(await inspect(root))).toBe(true);
      expect(await readdir(join(root, "versions"))).toEqual(["1.22.96"]);
      // A repair that has nothing to do does not sweep either.
      if (state !== "whole") expect(await readdir(join(root, "tmp"))).toEqual([]);
    },
    60_000,
  );

  test("by SIGINT leaves the toolchain as it was, and nothing else", async () => {
    const root = await damagedRoot("interrupted");
    const path = `/mod/golang.org/toolchain/@v/${toy.moduleVersion}.zip`;
    toys.site.fault(path, { kind: "stall", after: 1_500_000, times: 1 });
    const repair = start(root, { REPAIR: "1", source: "goproxy" });
    await repair.reached("download");
    repair.child.kill("SIGINT");
    const { status, lines } = await repair.ended;
    expect([status, lines.at(-1)?.code]).toEqual([1, "INTERRUPTED"]);
    expect(await inspect(root)).toMatchObject({ comparison: { missing: ["src/fmt/print.go"] } });
    for (const directory of ["tmp", "locks"]) expect(await readdir(join(root, directory))).toEqual([]);
  }, 60_000);
});
