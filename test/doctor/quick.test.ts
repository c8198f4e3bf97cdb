import { spawnSync } from "node:child_process";
import { mkdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CHECKS, findCheck } from "../../src/doctor/catalogue.js";
import type { Finding } from "../../src/doctor/check.js";
import { diagnose } from "../../src/doctor/diagnose.js";
import { findGoverning, nameOfStated } from "../../src/doctor/governing.js";
import { collectQuick, isQuick, QUICK_IDS } from "../../src/doctor/quick.js";
import type { Snapshot } from "../../src/doctor/snapshot.js";
import { createDisk, type Disk, install, writeTree } from "./support/disk.js";
import { machine } from "./support/machine.js";
import { VECTORS } from "./vectors/all.js";

const QUICK = CHECKS.filter(isQuick);

function listIds({ id, consequences }: Finding): string[] {
  return [id, ...consequences.flatMap(listIds)];
}

/** What of a machine the quick doctor sees. */
function narrow(snapshot: Snapshot): Snapshot {
  const { repository, selection, root, user } = snapshot;
  const wanted = findGoverning(snapshot)?.wanted;
  const names = ["go", "gofmt", ...(wanted ? [nameOfStated(wanted)] : [])];
  const chosen = selection.kind === "selected" ? selection.selection : undefined;
  const near = ["path", "GOROOT", "go-env file"] as const;
  return {
    ...snapshot,
    user: { home: user.home, uid: user.uid },
    root: {
      ...root,
      realVersions: undefined,
      leftovers: [],
      installed: selection.kind === "selected" ? root.installed : [],
    },
    path: snapshot.path.map((entry) => ({
      ...entry,
      holdsGoroot: false,
      programs: entry.programs.filter(({ name }) => names.includes(name)),
    })),
    tools: undefined,
    trees: snapshot.trees
      .filter(
        ({ places, goroot }) =>
          (chosen?.kind === "toolchain" && goroot === chosen.goroot) ||
          near.some((place) => places.includes(place)),
      )
      .map((tree) => ({ ...tree, comparison: undefined })),
    startupFiles: [],
    editors: [],
    directories: [],
    certificates: { searched: [] },
    repository: {
      governing: repository.governing,
      moduleFiles: repository.moduleFiles.filter(({ path }) => path === repository.governing),
      versionFiles: [],
      ci: [],
      docker: [],
    },
  };
}

describe("the quick doctor", () => {
  it("says nothing that the whole doctor would not say", () => {
    for (const { snapshot, check, name } of VECTORS) {
      const all = diagnose(snapshot).flatMap(listIds);
      const quick = diagnose(narrow(snapshot), QUICK).flatMap(listIds);
      expect({ check, name, more: quick.filter((id) => !all.includes(id)) }).toEqual({
        check,
        name,
        more: [],
      });
    }
  });

  it("sees what each of its checks is there for", () => {
    const seen = VECTORS.flatMap(({ snapshot }) => diagnose(narrow(snapshot), QUICK).flatMap(listIds));
    expect(QUICK.map(({ id }) => id).filter((id) => !seen.includes(id))).toEqual([]);
  });

  it("names only checks that there are", () => {
    expect(QUICK_IDS.filter((id) => !findCheck(id))).toEqual([]);
    expect(diagnose(narrow(machine()), QUICK)).toEqual([]);
  });
});

describe("on a disk", () => {
  let disk: Disk;
  beforeEach(async () => {
    disk = await createDisk();
    await install(disk, "1.22.6");
    await disk.write(join(disk.directory, ".go-version"), "1.22.6\n");
  });
  afterEach(() => disk.remove());

  async function look(env: Readonly<Record<string, string>> = {}): Promise<string[]> {
    const context = await disk.context({ env: { PATH: `${disk.root}/shims`, ...env } });
    const host = { filesystemRoot: disk.system, release: "6.8.0", uid: process.getuid?.(), patience: 400 };
    return diagnose(await collectQuick(context, host), QUICK).flatMap(listIds);
  }

  it("a healthy machine has no finding", async () => {
    expect(await look()).toEqual([]);
    await disk.write(join(disk.directory, "go.mod"), "module m\n\ngo 1.22.0\n");
    expect(await look()).toEqual([]);
  });

  it("a module that is met by a toolchain on PATH has none that a switch would end", async () => {
    await install(disk, "1.23.4");
    await disk.write(join(disk.directory, "go.mod"), "module m\n\ngo 1.23.4\n");
    expect(await look({ GOTOOLCHAIN: "path" })).toEqual(["toolchain-switches-away"]);
    expect(await look()).toEqual(["version-below-go-directive"]);
  });

  it.each([
    [{ GOROOT: "/nowhere" }, ["goroot-env-missing-dir"]],
    [{ GOFLAGS: "mod=mod" }, ["goflags-invalid"]],
    [{ PATH: "/nowhere" }, ["shims-not-on-path", "go-not-found"]],
    [{ GOBIN: "bin" }, ["gobin-relative"]],
    [{ GVT_VERSION: "1.21.0" }, ["version-not-installed"]],
    [{ GVT_VERSION: ".." }, ["version-file-invalid"]],
    [{ GOWORK: "relative" }, ["version-file-invalid"]],
  ])("%j is %j", async (env: Readonly<Record<string, string>>, ids) => {
    expect(await look(env)).toEqual(ids);
  });

  it("another Go before gvt's, and a tree of another version, are found", async () => {
    const goroot = join(disk.directory, "old");
    await writeTree(goroot, "1.21.0");
    expect(await look({ PATH: `${goroot}/bin:${disk.root}/shims` })).toEqual(["shims-shadowed"]);
    await disk.write(join(disk.home, ".config/go/env"), `GOROOT=${goroot}\n`);
    expect(await look()).toEqual(["goroot-in-goenv-file"]);
  });

  it("a tree without its compiler is found", async () => {
    await rm(join(disk.root, "versions/1.22.6/pkg/tool/linux_amd64/compile"));
    expect(await look()).toEqual(["goroot-incomplete"]);
  });

  it("what would hold a reader up is passed over", async () => {
    const bin = join(disk.directory, "bin");
    await mkdir(bin);
    spawnSync("mkfifo", [join(bin, "go"), join(disk.directory, "go.mod")]);
    await symlink("circle", join(disk.directory, "circle"));
    const PATH = `${bin}:${disk.directory}/circle::.:${disk.root}/shims`;
    expect(await look({ PATH })).toEqual([]);
  });

  it("a mount of somebody else's is not touched, but where the shell is", async () => {
    const far = join(disk.directory, "far");
    await writeTree(far, "1.21.0");
    const mountinfo = (point: string) => `30 1 0:30 / ${point} rw - nfs4 server:/x rw\n`;
    const PATH = `${far}/bin:${disk.root}/shims`;
    await disk.write(join(disk.system, "proc/self/mountinfo"), mountinfo(far));
    expect(await look({ PATH })).toEqual([]);
    await disk.write(join(disk.system, "proc/self/mountinfo"), mountinfo(disk.directory));
    expect(await look({ PATH })).toEqual(["shims-shadowed"]);
  });
});
