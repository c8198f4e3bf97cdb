import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isDirectory, isProgram, syncDirectory, writeAtomically } from "../../src/io/files.js";
import { measureTree, syncFiles } from "../../src/io/trees.js";

let directory: string;
const path = (name: string) => join(directory, name);

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "gvt-files-"));
});

afterEach(() => rm(directory, { recursive: true }));

test("a file system that cannot sync directories is no fault", async () => {
  // /proc answers EINVAL.
  await expect(syncDirectory("/proc")).resolves.toBeUndefined();
  await expect(syncFiles("/proc", [])).resolves.toBeUndefined();
  await expect(syncDirectory(path("none"))).rejects.toMatchObject({ code: "ENOENT" });
  await expect(syncFiles(directory, ["none"])).rejects.toMatchObject({ code: "ENOENT" });
});

test("a file is written whole, with its mode, over whatever a planted link leads to", async () => {
  await writeFile(path("kept"), "mine");
  await symlink("kept", path("link"));
  await writeAtomically(path("link"), "new", 0o600);
  expect(await readFile(path("kept"), "utf8")).toBe("mine");
  expect(await readFile(path("link"), "utf8")).toBe("new");
});

test("directories and programs are known for what they are, through links too", async () => {
  await mkdir(path("directory"));
  await writeFile(path("text"), "");
  await writeFile(path("program"), "");
  await chmod(path("program"), 0o755);
  await symlink("nowhere", path("dangling"));
  await symlink("program", path("link"));
  const names = ["directory", "text", "program", "dangling", "link", "none", "text/below"];
  expect(names.filter((name) => isDirectory(path(name)))).toEqual(["directory"]);
  expect(names.filter((name) => isProgram(path(name)))).toEqual(["program", "link"]);
});

test("a tree is measured by the sizes of its files", async () => {
  await mkdir(path("a/b"), { recursive: true });
  await writeFile(path("a/b/c"), "12345");
  await writeFile(path("a/d"), "123");
  expect(await measureTree(path("a"))).toBe(8);
  expect(await measureTree(path("none"))).toBe(0);
});
