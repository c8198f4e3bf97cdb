import { chmod, link, lstat, mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "../../src/context.js";
import { changeSetting } from "../../src/store/settings.js";
import { createWorld, type World } from "../support/world.js";

let world: World;
let context: Context;

beforeEach(async () => {
  world = await createWorld();
  context = await world.context();
});
afterEach(() => world.remove());

const config = () => context.layout.config;
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

describe("a change of config.toml", () => {
  beforeEach(() => mkdir(context.layout.root));

  test.each(["600", "640", "644"])("keeps the mode %s that its owner gave it", async (mode) => {
    await writeFile(config(), 'verify = "strict"\n');
    await chmod(config(), mode);
    await changeSetting(context, "auto_install", "true");
    expect(await readFile(config(), "utf8")).toContain("auto_install = true\n");
    expect(await modeOf(config())).toBe(mode);
  });

  test("is made in the file that a link leads to", async () => {
    const target = join(world.directory, "dotfiles.toml");
    await writeFile(target, "# mine\n");
    await symlink(target, config());
    await changeSetting(context, "verify", "strict");
    expect((await lstat(config())).isSymbolicLink()).toBe(true);
    expect(await readFile(target, "utf8")).toBe('verify = "strict"\n# mine\n');
  });

  test("is refused where the file has another name that would keep the old text", async () => {
    await writeFile(config(), "# mine\n");
    await link(config(), join(world.directory, "other-name"));
    await expect(changeSetting(context, "verify", "strict")).rejects.toMatchObject({
      code: "DISK",
      message: expect.stringContaining("it has 2 names (hard links)"),
    });
    expect(await readFile(config(), "utf8")).toBe("# mine\n");
  });
});

test.each([
  ["https://user:secret@mirror.example/go", "600"],
  ["https://mirror.example/@go", "644"],
])("a new config.toml with sources = %s has mode %s", async (source, mode) => {
  await changeSetting(context, "sources", source);
  expect(await modeOf(config())).toBe(mode);
});
