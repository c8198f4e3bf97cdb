import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLook } from "../../src/doctor/collect/look.js";
import { findMount, readMounts } from "../../src/doctor/collect/mounts.js";
import { findSilentMounts } from "../../src/doctor/collect/silent-mounts.js";

let directory: string;
beforeEach(async () => {
  directory = await realpath(await mkdtemp(join(tmpdir(), "gvt-look-")));
});
afterEach(() => rm(directory, { recursive: true }));

describe("a mount that does not answer", () => {
  it("is not touched, not through a link and not through dots either", async () => {
    const dead = join(directory, "dead");
    await mkdir(join(dead, "bin"), { recursive: true });
    await writeFile(join(dead, "bin", "go"), "go");
    await mkdir(join(directory, "home"));
    await symlink("../dead/bin", join(directory, "home", "bin"));
    await symlink(join(directory, "home", "bin"), join(directory, "again"));
    const look = createLook({ filesystemRoot: "", silentMounts: [dead], patience: 400 });
    for (const path of ["dead/bin/go", "home/bin/go", "again/go", "home/../dead/bin/go"]) {
      expect(await look.stat(`${directory}/${path}`)).toBeUndefined();
      expect(await look.reaches(`${directory}/${path}`)).toBe(false);
      expect(await look.read(`${directory}/${path}`, 100)).toMatchObject({ kind: "unreadable" });
    }
    expect(await look.reaches(join(directory, "home"))).toBe(true);
    expect((await look.stat(join(directory, "home")))?.isDirectory()).toBe(true);
  });

  it("is given up with the time that was left for it", async () => {
    const look = createLook({ filesystemRoot: "", silentMounts: [], patience: 1 });
    expect(await look.wait("an answer", new Promise(() => undefined))).toBeUndefined();
    expect([...look.unanswered]).toEqual(["an answer"]);
  });

  it("is told from one that answers, an error being an answer", async () => {
    const mount = (mountPoint: string) => ({ mountPoint, type: "nfs4", noexec: false, readOnly: false });
    expect(
      await findSilentMounts([mount(directory), mount(join(directory, "gone"))], process.execPath),
    ).toEqual([]);
    expect(await findSilentMounts([mount(directory)], join(directory, "no-such-program"))).toEqual([
      directory,
    ]);
  });
});

describe("mountinfo", () => {
  it("tells the mount that a path lies on, spaces and flags included", async () => {
    const path = join(directory, "mountinfo");
    await writeFile(
      path,
      [
        "21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw",
        "30 21 0:26 / /tmp rw,nosuid,noexec - tmpfs tmpfs rw",
        "31 21 0:27 / /media/my\\040disk ro,relatime - vfat /dev/sdb1 rw",
        "",
      ].join("\n"),
    );
    const mounts = readMounts(path);
    expect(findMount(mounts, "/tmp/x")).toEqual({
      mountPoint: "/tmp",
      type: "tmpfs",
      noexec: true,
      readOnly: false,
    });
    expect(findMount(mounts, "/media/my disk")?.readOnly).toBe(true);
    expect(findMount(mounts, "/tmpx")?.mountPoint).toBe("/");
  });

  it("may be missing", async () => {
    expect(readMounts(join(directory, "none"))).toEqual([]);
  });
});
