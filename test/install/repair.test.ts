import { execFileSync, spawn } from "node:child_process";
import { chmod, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "../../src/context.js";
import { parseGoVersion } from "../../src/go/version.js";
import { type RepairRequest, repairToolchain } from "../../src/install/repair.js";
import { openSources } from "../../src/sources/sources.js";
import { inspectToolchain, isWhole } from "../../src/store/comparison.js";
import type { Toy } from "../support/toy-archive.js";
import { collectSteps, startToySite, type ToySite } from "../support/toy-site.js";

let toys: ToySite;
let context: Context;
let toy: Toy;
const version = parseGoVersion("1.22.96");
const path = (name = "") => join(context.layout.goroot(version), name);

beforeEach(async () => {
  toys = await startToySite();
  context = await toys.context();
  toy = await toys.add({ version: "1.22.96" });
  await toys.install(context, toy);
});

afterEach(() => toys.close());

const inspect = () => inspectToolchain(context.layout, version, context.signal);

async function repair(options: Partial<RepairRequest> = {}) {
  const { list } = await openSources(context, { source: `${toys.site.url}/dl`, offline: false });
  const inspection = await inspect();
  return repairToolchain(context, {
    version,
    inspection,
    sources: list,
    log: undefined,
    addedPrograms: "keep",
    ...options,
  });
}

async function expectNothingLeft(): Promise<void> {
  for (const directory of ["tmp", "locks", "cache/downloads"])
    expect(await readdir(join(toys.root, directory))).toEqual([]);
}

const DAMAGES: Readonly<Record<string, () => Promise<unknown>>> = {
  "a missing program": () => rm(path("bin/go")),
  "an altered file": () => writeFile(path("src/fmt/print.go"), "package fmu\n"),
  "a file added to the sources": () => writeFile(path("src/fmt/old.go"), "package fmt\n"),
  "a program without its x-bit": () => chmod(path("bin/go"), 0o644),
  "no receipt": () => rm(path(".gvt.json")),
  "a receipt of nonsense": () => writeFile(path(".gvt.json"), "nonsense"),
  "a tree that is read-only throughout": async () => {
    await rm(path("VERSION"));
    for (const directory of ["src/fmt", "src", "bin", ""]) await chmod(path(directory), 0o555);
  },
  "nothing but an empty directory": async () => {
    await rm(path(), { recursive: true });
    await mkdir(path());
  },
};

describe("a repair", () => {
  test.each(Object.keys(DAMAGES))("of %s brings back what was published", async (name) => {
    await DAMAGES[name]?.();
    const { steps, onEvent } = collectSteps();
    expect(await repair({ onEvent })).toMatchObject({ kind: "repaired", goroot: path() });
    expect(steps.slice(-3)).toEqual(["publish", "replace", "done"]);
    expect(isWhole(await inspect())).toBe(true);
    execFileSync(path("bin/go"));
    expect(await readdir(context.layout.versions)).toEqual(["1.22.96"]);
    await expectNothingLeft();
  });

  test("does not wait for a FIFO that somebody has put into bin", async () => {
    execFileSync("mkfifo", [path("bin/pipe")]);
    await rm(path("VERSION"));
    expect(await repair()).toMatchObject({ kind: "repaired", kept: [], removed: ["bin/pipe"] });
  });

  test("of a whole toolchain asks nobody and changes nothing", async () => {
    const [requests, before] = [toys.site.requests.length, await stat(path())];
    expect(await repair()).toEqual({ kind: "whole", version, goroot: path() });
    expect(toys.site.requests).toHaveLength(requests);
    expect((await stat(path())).ino).toBe(before.ino);
  });

  test("keeps programs that were added to bin, and tells what it removed", async () => {
    await writeFile(path("bin/stringer"), "#!/bin/sh\necho stringer\n", { mode: 0o755 });
    await symlink("stringer", path("bin/link"));
    await mkdir(path("bin/linux_arm64"));
    await writeFile(path("bin/linux_arm64/tool"), "tool");
    await writeFile(path("src/fmt/old.go"), "package fmt\n");
    expect(await repair()).toMatchObject({
      kept: ["bin/link", "bin/linux_arm64/tool", "bin/stringer"],
      removed: ["src/fmt/old.go"],
    });
    expect(execFileSync(path("bin/link"), { encoding: "utf8" })).toBe("stringer\n");
    expect(await readFile(path("bin/linux_arm64/tool"), "utf8")).toBe("tool");
    expect(await readdir(path("src/fmt"))).toEqual(["empty.go", "print.go"]);
  });

  test("leaves a toolchain alone that only has programs besides, unless they are to go", async () => {
    await writeFile(path("bin/stringer"), "", { mode: 0o755 });
    expect(await repair()).toMatchObject({ kind: "whole" });
    expect(await repair({ addedPrograms: "remove" })).toMatchObject({
      kind: "repaired",
      kept: [],
      removed: ["bin/stringer"],
    });
    expect(isWhole(await inspect())).toBe(true);
  });

  test("without a manifest of the old tree goes by the new one", async () => {
    await rm(path(".gvt.json"));
    await writeFile(path("bin/stringer"), "", { mode: 0o755 });
    await writeFile(path("src/old.go"), "");
    expect(await repair()).toMatchObject({ kept: ["bin/stringer"], removed: ["src/old.go"] });
  });

  test("with an archive that nobody vouches for changes nothing", async () => {
    await rm(path("VERSION"));
    await toys.vouch("");
    await expect(repair()).rejects.toMatchObject({ code: "UNVERIFIED" });
    expect(await inspect()).toMatchObject({ comparison: { missing: ["VERSION"] } });
    expect(await readdir(join(toys.root, "tmp"))).toEqual([]);
  });

  test("works from a directory of archives, without the network", async () => {
    const directory = join(toys.world.directory, "archives");
    await mkdir(directory);
    await writeFile(join(directory, toy.filename), toy.tarGz);
    await rm(path("VERSION"));
    const requests = toys.site.requests.length;
    const { list } = await openSources(context, { source: directory, offline: true });
    expect(await repair({ sources: list })).toMatchObject({ kind: "repaired" });
    expect(toys.site.requests).toHaveLength(requests);
  });

  test("of a link is refused: what it leads to is not gvt's", async () => {
    const elsewhere = join(toys.world.directory, "elsewhere");
    await mkdir(elsewhere);
    await rm(path(), { recursive: true });
    await symlink(elsewhere, path());
    await expect(repair()).rejects.toMatchObject({
      code: "DISK",
      message: expect.stringContaining("a symbolic link"),
    });
    expect(await readdir(elsewhere)).toEqual([]);
  });

  test("leaves a program that runs from the old tree running", async () => {
    await writeFile(path("bin/sleeper"), await readFile("/bin/sleep"), { mode: 0o755 });
    const child = spawn(path("bin/sleeper"), ["60"]);
    expect(await repair({ addedPrograms: "remove" })).toMatchObject({ kind: "repaired" });
    expect(child.exitCode).toBeNull();
    const ended = new Promise((resolve) => child.once("exit", (_, signal) => resolve(signal)));
    child.kill("SIGTERM");
    expect(await ended).toBe("SIGTERM");
  });

  test("of two at once is done by one, and the other finds it done", async () => {
    await rm(path("VERSION"));
    const outcomes = await Promise.all([repair(), repair()]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["repaired", "whole"]);
    expect(isWhole(await inspect())).toBe(true);
  });
});
