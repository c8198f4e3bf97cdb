import { chmod, chown, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { layoutOf } from "../../src/store/layout.js";
import { ensureRoot } from "../../src/store/root.js";
import { requires } from "../support/requirements.js";
import { createWorld, type World } from "../support/world.js";

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.remove());

const ensure = (...path: string[]) => ensureRoot(layoutOf(join(world.directory, ...path)));

describe("a root is accepted", () => {
  test.each(["a b", 'it\'s "quoted"', "$(touch x);`x`", "-rf", "new\nline", "Þ"])(
    "at a path such as %j",
    async (name) => {
      await ensure(name);
      await ensure(name);
    },
  );

  test("behind a symbolic link", async () => {
    await mkdir(join(world.directory, "real"));
    await symlink("real", join(world.directory, "link"));
    await ensure("link");
  });

  test("below a sticky directory that all may write to", async () => {
    await mkdir(join(world.directory, "sticky"));
    await chmod(join(world.directory, "sticky"), 0o1777);
    await ensure("sticky", "root");
  });
});

describe("a root is refused", () => {
  test("where anyone may write to it", async () => {
    await mkdir(join(world.directory, "root"));
    await chmod(join(world.directory, "root"), 0o777);
    await expect(ensure("root")).rejects.toMatchObject({ code: "UNSAFE_ROOT" });
  });

  test("where anyone may write to it, sticky or not", async () => {
    await mkdir(join(world.directory, "root"));
    await chmod(join(world.directory, "root"), 0o1777);
    await expect(ensure("root")).rejects.toMatchObject({ code: "UNSAFE_ROOT" });
  });

  test("where anyone may rename a directory above it", async () => {
    await mkdir(join(world.directory, "open"));
    await chmod(join(world.directory, "open"), 0o777);
    await expect(ensure("open", "a", "root")).rejects.toMatchObject({
      code: "UNSAFE_ROOT",
      message: expect.stringContaining(join(world.directory, "open")),
    });
  });

  test("where a link leads to such a place", async () => {
    await mkdir(join(world.directory, "open", "root"), { recursive: true });
    await chmod(join(world.directory, "open"), 0o777);
    await symlink("open/root", join(world.directory, "link"));
    await expect(ensure("link")).rejects.toMatchObject({ code: "UNSAFE_ROOT" });
  });

  test("where it belongs to another user", async () => {
    if (!requires("root", "a root that belongs to another user")) return;
    await mkdir(join(world.directory, "root"));
    await chown(join(world.directory, "root"), 65534, 65534);
    await expect(ensure("root")).rejects.toMatchObject({ code: "UNSAFE_ROOT" });
  });

  test.each(["root", "root/versions"])("where %s is a file", async (path) => {
    if (path !== "root") await mkdir(join(world.directory, "root"));
    await writeFile(join(world.directory, path), "");
    await expect(ensure("root")).rejects.toMatchObject({ code: "DISK" });
  });
});
