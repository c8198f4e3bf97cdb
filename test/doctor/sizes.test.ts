import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLook } from "../../src/doctor/collect/look.js";
import { measureDirectory } from "../../src/doctor/collect/sizes.js";
import { createDisk, type Disk } from "./support/disk.js";

let disk: Disk;
beforeEach(async () => {
  disk = await createDisk();
});
afterEach(() => disk.remove());

const look = createLook({ filesystemRoot: "", silentMounts: [], patience: 400 });

describe("the size of a cache", () => {
  it("is that of all files below it, and links lead nowhere", async () => {
    const cache = join(disk.directory, "cache");
    await disk.write(join(cache, "00", "a-d"), Buffer.alloc(1000));
    await disk.write(join(cache, "m@v1", "deep", "down", "file"), Buffer.alloc(500));
    await disk.write(join(cache, "README"), Buffer.alloc(24));
    await mkdir(join(disk.directory, "other"));
    await disk.write(join(disk.directory, "other", "big"), Buffer.alloc(9000));
    await symlink("../other", join(cache, "l"));
    expect(await measureDirectory(cache, look)).toEqual({ bytes: 1524 + "../other".length, complete: true });
  });

  it("is that of the directory where a link to it is named", async () => {
    await disk.write(join(disk.directory, "real", "00", "a"), Buffer.alloc(10));
    await symlink("real", join(disk.directory, "link"));
    expect(await measureDirectory(join(disk.directory, "link"), look)).toEqual({ bytes: 10, complete: true });
  });

  it("is not known where there is nothing, or what does not answer", async () => {
    expect(await measureDirectory(join(disk.directory, "nothing"), look)).toBeUndefined();
    const blind = createLook({ filesystemRoot: "", silentMounts: [disk.directory], patience: 400 });
    expect(await measureDirectory(disk.directory, blind)).toBeUndefined();
  });
});
