import { spawnSync } from "node:child_process";
import { mkdir, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Snapshot } from "../../src/doctor/snapshot.js";
import { layoutOf } from "../../src/store/layout.js";
import { withStage } from "../../src/store/staging.js";
import { createDisk, type Disk, install, writeTree } from "./support/disk.js";
import { elf } from "./support/elf.js";

let disk: Disk;
beforeEach(async () => {
  disk = await createDisk();
});
afterEach(() => disk.remove());

function ownerOf(snapshot: Snapshot, name: string): string | undefined {
  return snapshot.path.flatMap(({ programs }) => programs).find((program) => program.name === name)?.owner;
}

async function listIds(env: Readonly<Record<string, string>>, wanted: RegExp): Promise<string[]> {
  const { findings } = await disk.look(env);
  return findings.map(({ severity, id }) => `${severity} ${id}`).filter((line) => wanted.test(line));
}

describe("a wrapper of golang.org/dl", () => {
  const wrapper = elf({ go: "go1.22.6", path: "golang.org/dl/go1.21.5" });

  it("fails until its tree was unpacked whole", async () => {
    const bin = join(disk.home, "bin");
    await disk.write(join(bin, "go1.21.5"), wrapper, 0o755);
    const sdk = join(disk.home, "sdk/go1.21.5");
    await writeTree(sdk, "1.21.5");
    expect(await listIds({ PATH: bin }, /dl/)).toEqual(["error dl-wrapper-not-downloaded"]);
    await disk.write(join(sdk, ".unpacked-success"), "");
    expect(await listIds({ PATH: bin }, /dl/)).toEqual(["info golang-dl-wrappers"]);
  });

  it("whose tree is of another release is told", async () => {
    const bin = join(disk.home, "bin");
    await disk.write(join(bin, "go1.21.5"), wrapper, 0o755);
    await writeTree(join(disk.home, "sdk/go1.21.5"), "1.21.0");
    await disk.write(join(disk.home, "sdk/go1.21.5/.unpacked-success"), "");
    expect(await listIds({ PATH: bin }, /dl/)).toEqual(["warning golang-dl-wrappers"]);
  });
});

describe("another manager's go", () => {
  it.each([
    [".goenv/versions/1.21.5", "goenv"],
    [".asdf/installs/golang/1.21.5/go", "asdf"],
    [".local/share/mise/installs/go/1.21.5", "mise"],
    [".gvm/gos/go1.21.5", "gvm"],
    [".g/go", "g"],
    ["sdk/go1.21.5", "toolchain"],
  ])("in %s is known to be of %s", async (place, owner) => {
    const goroot = join(disk.home, place);
    await writeTree(goroot, "1.21.5");
    const { snapshot } = await disk.look({ PATH: join(goroot, "bin") });
    expect(ownerOf(snapshot, "go")).toBe(owner);
  });

  it("in front of the shims is what hides them", async () => {
    await install(disk, "1.22.6");
    await disk.write(join(disk.directory, ".go-version"), "1.22.6\n");
    await disk.write(
      join(disk.home, ".asdf/shims/go"),
      '#!/usr/bin/env bash\nexec asdf exec "go" "$@"\n',
      0o755,
    );
    const { findings } = await disk.look({ PATH: `${disk.home}/.asdf/shims:${disk.root}/shims` });
    expect(findings[0]).toMatchObject({ id: "other-version-manager", severity: "error" });
  });
});

describe("what interrupted work has left", () => {
  const long = new Date(0);

  async function leave(path: string, directory: boolean, changed?: Date): Promise<void> {
    if (directory) await mkdir(path, { recursive: true });
    else await disk.write(path, "");
    if (changed) await utimes(path, changed, changed);
  }

  async function listLeft(): Promise<string[]> {
    const { snapshot } = await disk.look();
    return snapshot.root.leftovers.map(({ kind, path }) => `${kind} ${path.slice(disk.root.length + 1)}`);
  }

  it("is the stage of a dead process, and never that of a living one", async () => {
    const layout = layoutOf(disk.root);
    await withStage(layout, { pid: process.pid }, async (stage) => {
      expect(await listLeft()).toEqual([]);
      const { pid } = spawnSync("true");
      const dead = join(dirname(stage), stage.slice(layout.tmp.length + 1).replace(/^\d+/, `${pid}`));
      await leave(dead, true);
      expect(await listLeft()).toEqual([`stage ${dead.slice(disk.root.length + 1)}`]);
      const { findings } = await disk.look();
      expect(findings.map(({ id }) => id)).toContain("install-leftovers");
    });
  });

  it("is a lock that nobody renews, and a download that nobody goes on with", async () => {
    await leave(join(disk.root, "locks/1.22.6.lock"), true, long);
    await leave(join(disk.root, "cache/downloads/x.partial"), false, long);
    await leave(join(disk.root, "cache/downloads/y.partial"), false);
    await leave(join(disk.root, "cache/downloads/z.tar.gz"), false, long);
    expect(await listLeft()).toEqual(["lock locks/1.22.6.lock", "partial cache/downloads/x.partial"]);
  });

  it("is no download while somebody holds a lock", async () => {
    await leave(join(disk.root, "locks/1.22.6.lock"), true);
    await leave(join(disk.root, "cache/downloads/x.partial"), false, long);
    expect(await listLeft()).toEqual([]);
  });
});

describe("a workspace", () => {
  it("that GOWORK names and is not there is found, and one that is there is read", async () => {
    await install(disk, "1.22.6");
    await disk.write(join(disk.directory, ".go-version"), "1.22.6\n");
    await disk.write(join(disk.directory, "go.mod"), "module m\n\ngo 1.21.5\n");
    const path = join(disk.directory, "elsewhere/go.work");
    expect(await listIds({ GOWORK: path }, /gowork/)).toEqual(["error gowork-missing"]);
    await disk.write(path, `go 1.20\nuse ${disk.directory}\n`);
    expect(await listIds({ GOWORK: path }, /gowork/)).toEqual(["error gowork-go-too-low"]);
  });

  it("that GOWORK names by a relative path keeps a version from being chosen", async () => {
    await install(disk, "1.22.6");
    await disk.write(join(disk.directory, "go.mod"), "module m\n\ngo 1.21.5\n");
    const { findings } = await disk.look({ GOWORK: "go.work" });
    expect(findings[0]?.id).toBe("gowork-missing");
  });
});

describe("a toolchain line that names none", () => {
  it("is what keeps a version from being chosen, where the module decides", async () => {
    await install(disk, "1.22.6");
    await disk.write(join(disk.directory, "go.mod"), "module m\n\ngo 1.21\ntoolchain 1.22.1\n");
    const { findings } = await disk.look();
    expect(findings[0]).toMatchObject({
      id: "toolchain-line-invalid",
      evidence: [{ at: { path: join(disk.directory, "go.mod"), line: 4 } }],
    });
  });
});
