import { chmod, mkdir, readdir, readFile, readlink, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Cli, createCli } from "../support/cli.js";

let cli: Cli;

beforeEach(async () => {
  cli = await createCli({ installed: ["1.20.0", "1.22.6"] });
});

afterEach(() => cli.remove());

const shims = () => readdir(cli.path("$ROOT/shims"));
const expectWhole = async () => {
  const built = cli.path("$ROOT/lib/shims");
  const shim = await readFile(join(built, "shim.sh"));
  const names = ["shims/go", "shims/gofmt", "shims/go1.20", "shims/go1.22.6", "bin/gvt"];
  for (const path of names.map((name) => cli.path(`$ROOT/${name}`))) {
    expect((await readFile(path)).equals(shim)).toBe(true);
    expect((await stat(path)).mode & 0o777).toBe(0o755);
  }
  for (const name of ["env.sh", "env.fish"])
    expect(await cli.read(`$ROOT/shell/${name}`)).toBe(await readFile(join(built, name), "utf8"));
};

test("gives every installed version its shim, in silence, and a second time has nothing to do", async () => {
  expect(await cli.gvt("rehash")).toMatchObject({ stdout: "", stderr: "", status: 0 });
  expect(await shims()).toEqual(["go", "go1.20", "go1.22.6", "gofmt"]);
  await expectWhole();
  const before = (await stat(cli.path("$ROOT/shims/go"))).ino;
  expect(await cli.gvt("rehash", "--json")).toMatchObject({ stdout: '{"written":[],"foreign":[]}\n' });
  expect((await stat(cli.path("$ROOT/shims/go"))).ino).toBe(before);
});

test.each<[string, () => Promise<unknown>]>([
  ["a damaged shim", () => writeFile(cli.path("$ROOT/shims/go"), "#!/bin/sh\n")],
  ["an emptied shim", () => writeFile(cli.path("$ROOT/shims/go1.22.6"), "")],
  ["a shim that lost its mode", () => chmod(cli.path("$ROOT/shims/gofmt"), 0o644)],
  [
    "a shim of an older gvt",
    () => writeFile(cli.path("$ROOT/shims/go1.22.6"), "#!/bin/sh\n# gvt shim: an older one\n"),
  ],
  ["a missing launcher's shell file", () => rm(cli.path("$ROOT/shell"), { recursive: true })],
  ["missing shims", () => rm(cli.path("$ROOT/shims"), { recursive: true })],
  [
    "a link planted in a shim's place",
    async () => {
      await writeFile(cli.path("target"), "mine\n");
      await rm(cli.path("$ROOT/shims/go"));
      await symlink(cli.path("target"), cli.path("$ROOT/shims/go"));
    },
  ],
])("mends %s", async (_, damage) => {
  await cli.gvt("rehash");
  await damage();
  expect(await cli.gvt("rehash")).toMatchObject({ stdout: "", stderr: "", status: 0 });
  await expectWhole();
  expect([undefined, "mine\n"]).toContain(await cli.read("target"));
});

test("takes away the shims of versions that are gone, and leaves what is not gvt's, naming it", async () => {
  await cli.gvt("rehash");
  await rm(cli.path("$ROOT/versions/1.22.6"), { recursive: true });
  await writeFile(cli.path("$ROOT/shims/mytool"), "#!/bin/sh\n");
  await mkdir(cli.path("$ROOT/shims/folder"));
  await writeFile(cli.path("$ROOT/shims/go1.99"), "somebody's own\n");
  const { stdout, stderr, status } = await cli.gvt("rehash");
  expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
  expect(stderr.trim().split("\n").sort()).toEqual(
    ["folder", "go1.99", "mytool"].map(
      (name) => `left alone, it is not gvt's: ${cli.path(`$ROOT/shims/${name}`)}`,
    ),
  );
  expect(await shims()).toEqual(["folder", "go", "go1.20", "go1.99", "gofmt", "mytool"]);
});

test("a directory in the place of a shim is named, and stays", async () => {
  await rm(cli.path("$ROOT/shims"), { recursive: true });
  await mkdir(cli.path("$ROOT/shims/go"), { recursive: true });
  const { stderr, status } = await cli.gvt("rehash");
  expect(status).toBe(5);
  expect(stderr).toContain(cli.path("$ROOT/shims/go"));
  expect(stderr).not.toContain("bug in gvt");
});

test("remembers the Node it runs with, for shells whose PATH has none", async () => {
  await rm(cli.path("$ROOT/lib/node"));
  const run = await cli.run([process.execPath, cli.path("$ROOT/lib/main.js"), "rehash"]);
  expect(run).toMatchObject({ stderr: "", status: 0 });
  expect(await readlink(cli.path("$ROOT/lib/node"))).toBe(process.execPath);
});

test("makes of an empty directory a root that its launcher finds by where it lies", async () => {
  const root = join(cli.home, "empty");
  await cli.run([process.execPath, cli.path("$ROOT/lib/main.js"), "rehash"], { env: { GVT_ROOT: root } });
  const { stdout } = await cli.run([join(root, "bin/gvt"), "root"], { env: { GVT_ROOT: "" } });
  expect(stdout).toBe(`${root}\n`);
});
