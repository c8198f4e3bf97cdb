import { execFileSync } from "node:child_process";
import {
  chmod,
  chown,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findRefusal, type Replaced, replaceFile } from "../../src/io/replace-file.js";
import { findProgram } from "../support/programs.js";
import { requires } from "../support/requirements.js";

let directory: string;
let target: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "gvt-replace-"));
  target = join(directory, "file");
  await writeFile(target, "old");
});

afterEach(() => rm(directory, { recursive: true, force: true }));

const replace = (isCurrent = true): Promise<Replaced> =>
  replaceFile({
    target,
    staged: join(directory, ".staged"),
    content: Buffer.from("new"),
    isCurrent: () => Promise.resolve(isCurrent),
  });

/** Old or new, and nothing beside it. */
async function expectAlone(text: string): Promise<void> {
  expect(await readFile(target, "utf8")).toBe(text);
  expect(await readdir(directory)).toEqual(["file"]);
}

describe("a file that is replaced", () => {
  test.each([0o644, 0o600, 0o755, 0o664, 0o4755, 0o200])("keeps its mode %o", async (mode) => {
    await chmod(target, mode);
    expect(await replace()).toEqual({ kind: "replaced" });
    expect((await lstat(target)).mode & 0o7777).toBe(mode);
    await expectAlone("new");
  });

  test("keeps its owner and group", async () => {
    if (!requires("root", "files of another user's")) return;
    await chown(target, 12345, 23456);
    expect(await replace()).toEqual({ kind: "replaced" });
    expect(await lstat(target)).toMatchObject({ uid: 12345, gid: 23456 });
  });

  test("keeps its access list and extended attributes", async () => {
    const python = findProgram("python3", "that access lists and extended attributes are kept");
    if (!python) return;
    const run = (code: string): string =>
      execFileSync(python, ["-c", `import os,sys\nf=sys.argv[1]\n${code}`, target], { encoding: "utf8" });
    // Version 2: owner rw, user 65534 r, group r, mask r, others nothing.
    const entries = "[(1,6,-1),(2,4,65534),(4,4,-1),(16,4,-1),(32,0,-1)]";
    run(
      `import struct\nos.setxattr(f,"user.note",b"kept")\nacl=struct.pack("<I",2)+b"".join(struct.pack("<HHi",*e) for e in ${entries})\nos.setxattr(f,"system.posix_acl_access",acl)`,
    );
    const list = 'print({n: os.getxattr(f,n) for n in sorted(os.listxattr(f)) if n!="security.selinux"})';
    const before = run(list);
    expect(before).toContain("user.note");
    expect(await replace()).toEqual({ kind: "replaced" });
    expect(run(list)).toBe(before);
    await expectAlone("new");
  });
});

describe("a file that is not replaced", () => {
  test("was changed meanwhile", async () => {
    expect(await replace(false)).toEqual({ kind: "changed", reason: "it was changed meanwhile" });
    await expectAlone("old");
  });

  test("has another name, which would keep the old text", async () => {
    await mkdir(join(directory, "d"));
    await link(target, join(directory, "d/other"));
    expect(await replace()).toEqual({
      kind: "refused",
      reason: "it has 2 names (hard links), and one of them would keep the old text",
    });
    expect(await readFile(target, "utf8")).toBe("old");
  });

  test("is one that nobody may write, not even root", async () => {
    await chmod(target, 0o444);
    expect(await replace()).toEqual({ kind: "refused", reason: "it is read-only" });
    await expectAlone("old");
  });

  test.each([
    ["a FIFO", () => execFileSync("mkfifo", [target])],
    ["a directory", () => mkdir(target)],
    ["a link", () => symlink("nowhere", target)],
  ])("is %s", async (_name, make) => {
    await rm(target);
    await make();
    expect(await replace()).toEqual({ kind: "refused", reason: "it is no regular file" });
    expect(await readdir(directory)).toEqual(["file"]);
  });

  test("is not there", async () => {
    await rm(target);
    expect(await replace()).toMatchObject({ kind: "refused", reason: expect.stringContaining("ENOENT") });
    expect(await readdir(directory)).toEqual([]);
  });

  test("lies on a read-only file system", async () => {
    if (!requires("mount", "a read-only file system")) return;
    const mounted = join(directory, "mounted");
    await mkdir(mounted);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", mounted]);
    try {
      target = join(mounted, "file");
      await writeFile(target, "old");
      execFileSync("mount", ["-o", "remount,ro", mounted]);
      expect(await findRefusal(target)).toBe("the file system is read-only (EROFS)");
      expect(await replace()).toEqual({ kind: "refused", reason: "the file system is read-only (EROFS)" });
      expect(await readFile(target, "utf8")).toBe("old");
    } finally {
      execFileSync("umount", [mounted]);
    }
  });

  test("lies on a full file system", async () => {
    if (!requires("mount", "a full file system")) return;
    const mounted = join(directory, "mounted");
    await mkdir(mounted);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", mounted]);
    try {
      target = join(mounted, "file");
      await writeFile(target, "x".repeat(40_000));
      const content = Buffer.alloc(40_000);
      const isCurrent = (): Promise<boolean> => Promise.resolve(true);
      const staged = join(mounted, ".staged");
      expect(await replaceFile({ target, staged, content, isCurrent })).toMatchObject({
        kind: "refused",
        reason: "no space left on the file system (ENOSPC)",
      });
      expect(await readdir(mounted)).toEqual(["file"]);
      expect((await readFile(target)).length).toBe(40_000);
    } finally {
      execFileSync("umount", [mounted]);
    }
  });
});
