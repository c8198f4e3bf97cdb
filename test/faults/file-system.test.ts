import { execFileSync } from "node:child_process";
import { chmod, chown, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { layoutOf } from "../../src/store/layout.js";
import { listToolchains } from "../../src/store/store.js";
import { buildInstaller, type Ended, type Installer } from "../support/installer.js";
import { requires } from "../support/requirements.js";
import { startToySite, type ToySite } from "../support/toy-site.js";

const NOBODY = 65534;

let installer: Installer;
let toys: ToySite;
let mounts: string[];

beforeAll(async () => {
  installer = await buildInstaller();
});

afterAll(() => installer.remove());

beforeEach(async () => {
  mounts = [];
  toys = await startToySite();
  await toys.add({ version: "1.22.95" });
  await toys.add({ version: "1.22.96", ballast: 3_000_000 });
});

afterEach(async () => {
  for (const path of mounts.reverse()) execFileSync("umount", [path]);
  await toys.close();
});

function mount(path: string, options: string): void {
  execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", path]);
  mounts.push(path);
}

const install = (version: string, uid?: number): Promise<Ended> =>
  installer.start({ ...toys.env, HOME: toys.world.home }, `${toys.site.url}/dl`, [version], uid).ended;

const kinds = async () => listToolchains(layoutOf(toys.root)).map(({ kind }) => kind);

describe("a full disk", () => {
  test.each([1, 2, 3, 4, 5, 6])(
    "of %i MB is a clear error, and loses nothing",
    async (megabytes) => {
      if (!requires("mount", `a disk of ${megabytes} MB that fills up`)) return;
      await mkdir(toys.root);
      mount(toys.root, `size=${megabytes}m,mode=755`);
      expect((await install("1.22.95")).status).toBe(0);
      const { lines, stderr } = await install("1.22.96");
      expect(stderr).toBe("");
      expect(lines.at(-1)).toMatchObject({ code: "DISK", message: expect.stringContaining("no space left") });
      expect(await kinds()).toEqual(["ok"]);
      expect(await readdir(join(toys.root, "tmp"))).toEqual([]);
      execFileSync("mount", ["-o", "remount,size=32m", toys.root]);
      expect((await install("1.22.96")).status).toBe(0);
      expect(await kinds()).toEqual(["ok", "ok"]);
    },
    30_000,
  );
});

describe("a root that cannot be written to", () => {
  test("because its file system is read-only", async () => {
    if (!requires("mount", "a read-only file system")) return;
    await mkdir(toys.root);
    mount(toys.root, "size=8m,mode=755");
    expect((await install("1.22.95")).status).toBe(0);
    execFileSync("mount", ["-o", "remount,ro", toys.root]);
    const { lines } = await install("1.22.96");
    expect(lines.at(-1)).toMatchObject({ code: "DISK", message: expect.stringContaining("read-only") });
    expect(await kinds()).toEqual(["ok"]);
    expect((await install("1.22.95")).lines.at(-1)).toEqual({ result: "already-installed" });
  });

  test("because it is another user's is refused, and nothing of it touched", async () => {
    if (!requires("root", "a root that belongs to another user")) return;
    await mkdir(toys.root);
    await chmod(toys.world.directory, 0o755);
    const { lines } = await install("1.22.96", NOBODY);
    expect(lines.at(-1)).toMatchObject({
      code: "DISK",
      message: expect.stringContaining("permission denied"),
    });
    expect(await readdir(toys.root)).toEqual([]);
  });

  test("in versions/ alone", async () => {
    if (!requires("root", "a user without write permission")) return;
    await chmod(toys.world.directory, 0o755);
    for (const directory of ["", "versions", "tmp", "cache", "cache/downloads", "locks"]) {
      await mkdir(join(toys.root, directory), { recursive: true });
      if (directory !== "versions") await chown(join(toys.root, directory), NOBODY, NOBODY);
    }
    const { lines } = await install("1.22.96", NOBODY);
    expect(lines.at(-1)).toMatchObject({
      code: "DISK",
      message: expect.stringContaining("versions/1.22.96"),
    });
    expect(await readdir(join(toys.root, "versions"))).toEqual([]);
    expect(await readdir(join(toys.root, "tmp"))).toEqual([]);
  });
});

test("tmp/ on another file system than versions/ is a clear error", async () => {
  if (!requires("mount", "a root across two file systems")) return;
  await mkdir(join(toys.root, "tmp"), { recursive: true });
  mount(join(toys.root, "tmp"), "size=32m,mode=755");
  const { lines } = await install("1.22.96");
  expect(lines.at(-1)).toMatchObject({
    code: "DISK",
    message: expect.stringContaining("cross file systems"),
  });
  expect(await readdir(join(toys.root, "versions"))).toEqual([]);
  expect(await readdir(join(toys.root, "tmp"))).toEqual([]);
});
