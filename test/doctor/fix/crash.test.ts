import { mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildFixer, type Fixer, type Run } from "../support/fixer.js";

const OLD = "# rc\nexport GOROOT=/x\n# end\n";
const NEW = "# rc\n# end\n";
const NAMES = [".bashrc", ".profile"];

let fixer: Fixer;
let homes: string;

beforeAll(async () => {
  fixer = await buildFixer();
  homes = await realpath(await mkdtemp(join(tmpdir(), "gvt-crash-")));
});

afterAll(async () => {
  await fixer.remove();
  await rm(homes, { recursive: true });
});

interface Home {
  fix(killAt?: string): Run;
  undo(killAt?: string): Run;
  read(): Promise<string[]>;
  /** Each file is the old one or the new one, whole. */
  expectWhole(): Promise<void>;
  /** Nothing beside people's files, nothing under way. */
  expectTidy(): Promise<void>;
}

/** One for each fix that is killed, so that all can be killed side by side. */
async function createHome(): Promise<Home> {
  const home = await mkdtemp(join(homes, "home-"));
  const paths = NAMES.map((name) => join(home, name));
  await Promise.all(paths.map((path) => writeFile(path, OLD)));
  const start = (words: readonly string[], killAt = ""): Run =>
    fixer.start({ HOME: home, GVT_ROOT: join(home, ".gvt"), KILL_AT: killAt }, words);
  const read = () => Promise.all(paths.map((path) => readFile(path, "utf8")));
  return {
    fix: (killAt) => start(["fix", ...paths.map((path) => `${path}:2:export GOROOT=/x`)], killAt),
    undo: (killAt) => start(["undo"], killAt),
    read,
    expectWhole: async () => {
      for (const text of await read()) expect([OLD, NEW]).toContain(text);
    },
    expectTidy: async () => {
      expect((await readdir(home)).sort()).toEqual([".bashrc", ".gvt", ".profile"]);
      expect(await readdir(join(home, ".gvt/tmp"))).toEqual([]);
      expect(await readdir(join(home, ".gvt/locks"))).toEqual([]);
    },
  };
}

const POINTS = ["recorded:1", "staged:1", "replaced:1", "staged:2", "replaced:2"];
const atEach = (work: (home: Home, point: string) => Promise<void>) => async () => {
  await Promise.all(POINTS.map(async (point) => work(await createHome(), point)));
};

describe("a fix that is killed", () => {
  test(
    "at any step leaves old files or new ones, which undo takes back",
    atEach(async (home, point) => {
      expect((await home.fix(point).ended).signal).toBe("SIGKILL");
      await home.expectWhole();
      const changed = (await home.read()).filter((text) => text === NEW);
      const { result } = await home.undo().ended;
      expect(result?.obstacles).toEqual([]);
      expect(result?.changed ?? []).toHaveLength(changed.length);
      expect(await home.read()).toEqual([OLD, OLD]);
    }),
    60_000,
  );

  test(
    "at any step is completed by the next one, and both can be undone",
    atEach(async (home, point) => {
      await home.fix(point).ended;
      const { result } = await home.fix().ended;
      expect(result?.code).toBeUndefined();
      expect(await home.read()).toEqual([NEW, NEW]);
      for (let times = 0; times < 2; times += 1) await home.undo().ended;
      expect(await home.read()).toEqual([OLD, OLD]);
      expect((await home.undo().ended).result?.number).toBeUndefined();
      if (point !== "replaced:2") await home.expectTidy();
    }),
    60_000,
  );

  test("at any time leaves old files or new ones, which undo takes back", async () => {
    const begun = performance.now();
    await (await createHome()).fix().ended;
    const duration = performance.now() - begun;
    const moments = Array.from({ length: 10 }, () => duration * (0.5 + Math.random()));
    await Promise.all(
      moments.map(async (moment) => {
        const home = await createHome();
        const run = home.fix();
        await delay(moment);
        run.child.kill("SIGKILL");
        await run.ended;
        await home.expectWhole();
        const { result } = await home.undo().ended;
        expect(result?.obstacles).toEqual([]);
        expect(await home.read()).toEqual([OLD, OLD]);
      }),
    );
  }, 60_000);
});

test(
  "an undo that is killed at any step is completed by the next one",
  atEach(async (home, point) => {
    if (point.startsWith("recorded")) return;
    await home.fix().ended;
    expect((await home.undo(point).ended).signal).toBe("SIGKILL");
    await home.expectWhole();
    await home.undo().ended;
    expect(await home.read()).toEqual([OLD, OLD]);
    expect((await home.undo().ended).result?.number).toBeUndefined();
  }),
  60_000,
);

test("two fixes at one time make one change, which can be undone", async () => {
  const home = await createHome();
  const ended = await Promise.all([home.fix().ended, home.fix().ended]);
  expect(await home.read()).toEqual([NEW, NEW]);
  expect(ended.flatMap(({ result }) => result?.changed ?? [])).toHaveLength(2);
  await home.undo().ended;
  expect(await home.read()).toEqual([OLD, OLD]);
  await home.expectTidy();
});
