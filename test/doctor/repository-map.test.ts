import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CHECKS } from "../../src/doctor/catalogue.js";
import { collect } from "../../src/doctor/collect.js";
import { inspectRepository } from "../../src/doctor/inspect-repository.js";
import { createDisk, type Disk, install } from "./support/disk.js";

let disk: Disk;

beforeEach(async () => {
  disk = await createDisk();
});
afterEach(() => disk.remove());

describe("the map of a repository", () => {
  it("leaves alone what lies on a mount that does not answer, and blames no file for that", async () => {
    await install(disk, "1.22.96");
    const [repo, dead] = [join(disk.directory, "repo"), join(disk.directory, "dead")];
    await disk.write(join(repo, ".go-version"), "1.22.96\n");
    await disk.write(join(repo, "go.mod"), "module example.com/top\n\ngo 1.22\n");
    await disk.write(join(dead, "go.mod"), "module example.com/far\n\ngo 1.99\n");
    await mkdir(join(repo, "far"));
    await symlink(join(dead, "go.mod"), join(repo, "far/go.mod"));
    await disk.write(
      join(disk.system, "proc/self/mountinfo"),
      `30 1 0:30 / ${dead} rw - nfs4 server:/x rw\n`,
    );

    const plain = await disk.context({ env: { PATH: `${disk.root}/shims` } });
    // Without a Node to try them with, no remote mount is known to answer.
    const context = { ...plain, cwd: repo, self: { ...plain.self, node: join(disk.directory, "none") } };
    const host = { filesystemRoot: disk.system, release: "6.8.0", uid: process.getuid?.(), patience: 400 };
    const { map, findings } = await inspectRepository({
      context,
      host,
      snapshot: await collect(context, host),
      checks: CHECKS,
      ignore: {},
      prepare: (snapshot) => snapshot,
    });
    expect(map.modules).toEqual([
      expect.objectContaining({ directory: ".", state: "ready", version: "1.22.96" }),
      { directory: "far", state: "no go", problem: "what is read to choose its Go did not answer in time" },
    ]);
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  });
});
