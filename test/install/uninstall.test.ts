import { spawn } from "node:child_process";
import { chmod, lstat, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "../../src/context.js";
import { parseGoVersion } from "../../src/go/version.js";
import { uninstallVersion } from "../../src/install/uninstall.js";
import { startToySite, type ToySite } from "../support/toy-site.js";

let toys: ToySite;
let context: Context;
const version = parseGoVersion("1.22.96");

beforeEach(async () => {
  toys = await startToySite();
  context = await toys.context();
});

afterEach(() => toys.close());

const goroot = () => context.layout.goroot(version);

async function expectGone(): Promise<void> {
  expect(await readdir(context.layout.versions)).toEqual([]);
  expect(await readdir(context.layout.tmp)).toEqual([]);
}

describe("uninstalling", () => {
  test("takes the version away and nothing else", async () => {
    await toys.install(context, await toys.add({ version: "1.22.97" }));
    await toys.install(context, await toys.add({ version: "1.22.96" }));
    await uninstallVersion(context, version);
    expect(await readdir(context.layout.versions)).toEqual(["1.22.97"]);
    expect(await readdir(context.layout.tmp)).toEqual([]);
  });

  test("copes with a tree that is read-only throughout", async () => {
    await toys.install(context, await toys.add({ version: "1.22.96" }));
    for (const path of ["src/fmt", "src", "bin", "."]) await chmod(join(goroot(), path), 0o555);
    await uninstallVersion(context, version);
    await expectGone();
  });

  test("takes away what is damaged", async () => {
    await mkdir(join(goroot(), "bin"), { recursive: true });
    await mkdir(context.layout.tmp);
    await uninstallVersion(context, version);
    await expectGone();
  });

  test("of a link takes only the link", async () => {
    const elsewhere = join(toys.world.directory, "elsewhere");
    await mkdir(elsewhere);
    await writeFile(join(elsewhere, "kept"), "mine");
    await mkdir(context.layout.versions, { recursive: true });
    await mkdir(context.layout.tmp);
    await symlink(elsewhere, goroot());
    await uninstallVersion(context, version);
    await expectGone();
    expect(await readFile(join(elsewhere, "kept"), "utf8")).toBe("mine");
  });

  test("follows no link inside the tree", async () => {
    const kept = join(toys.world.directory, "kept");
    await mkdir(kept, { mode: 0o500 });
    await toys.install(context, await toys.add({ version: "1.22.96" }));
    await symlink(kept, join(goroot(), "src/link"));
    await chmod(join(goroot(), "src"), 0o555);
    await uninstallVersion(context, version);
    await expectGone();
    expect((await lstat(kept)).mode & 0o777).toBe(0o500);
  });

  test("of what is not there says so", async () => {
    await expect(uninstallVersion(context, version)).rejects.toMatchObject({ code: "NOT_INSTALLED" });
  });

  test("leaves a program that runs from it running", async () => {
    const sleeper = await readFile("/bin/sleep");
    await toys.install(context, await toys.add({ version: "1.22.96", files: { "bin/go": sleeper } }));
    const child = spawn(join(goroot(), "bin/go"), ["60"]);
    await uninstallVersion(context, version);
    expect(child.exitCode).toBeNull();
    const ended = new Promise((resolve) => child.once("exit", (_, signal) => resolve(signal)));
    child.kill("SIGTERM");
    expect(await ended).toBe("SIGTERM");
  });

  test("and installing again brings the same tree", async () => {
    const toy = await toys.add({ version: "1.22.96" });
    await toys.install(context, toy);
    await uninstallVersion(context, version);
    expect(await toys.install(context, toy)).toMatchObject({ kind: "installed" });
  });
});
