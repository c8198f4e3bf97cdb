import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readProcess } from "../../src/doctor/collect/process.js";
import { compareEnvironments, compareRunning } from "../../src/doctor/process-differences.js";
import { renderDifferences } from "../../src/doctor/report/difference-table.js";
import { createDisk, type Disk } from "./support/disk.js";
import { machine, useSystemGo } from "./support/machine.js";

describe("what a process and this shell see differently", () => {
  it("is every variable of Go and gvt, empty ones as unset ones, and nothing of anybody else's", () => {
    const here = { GOFLAGS: "-mod=mod", GOBIN: "/a", GOPATH: "", AWS_SECRET: "x", PWD: "/a" };
    const there = { GOFLAGS: "-mod=vendor", GOBIN: "/a", GVT_VERSION: "1.22", EDITOR: "vi", PWD: "/b" };
    expect(compareEnvironments(here, there)).toEqual([
      { name: "GOFLAGS", here: "-mod=mod", there: "-mod=vendor" },
      { name: "GVT_VERSION", here: undefined, there: "1.22" },
    ]);
  });

  it("is not the root that goes without saying", () => {
    expect(
      compareEnvironments({ HOME: "/h", GVT_ROOT: "/h/.gvt", GVT_DEFERRED: "1" }, { HOME: "/h" }),
    ).toEqual([]);
    expect(compareEnvironments({ HOME: "/h", GVT_ROOT: "/opt/gvt" }, { HOME: "/h" })).toEqual([
      { name: "GVT_ROOT", here: "/opt/gvt", there: "/h/.gvt" },
    ]);
  });

  it("is of PATH what only one of them has, else its order", () => {
    const compare = (here: string, there: string) => compareEnvironments({ PATH: here }, { PATH: there });
    expect(compare("/a:/b:/c", "/b:/d:/a")).toEqual([{ name: "PATH, only", here: "/c", there: "/d" }]);
    expect(compare("/a:/b", "/b:/a")).toEqual([{ name: "PATH, order", here: "/a:/b", there: "/b:/a" }]);
    expect(compare("/a:/b:/a", "/a:/b")).toEqual([]);
    expect(compareEnvironments({}, { PATH: "/a" })).toEqual([
      { name: "PATH, only", here: undefined, there: "/a" },
    ]);
  });

  it("tells that secrets differ without telling them", () => {
    const [difference] = compareEnvironments(
      { GOPROXY: "https://me:hunter2@proxy.example" },
      { GOPROXY: "https://me:swordfish@proxy.example" },
    );
    expect(JSON.stringify(difference)).not.toMatch(/hunter2|swordfish/);
    expect(difference?.here).not.toBe(difference?.there);
  });

  it("is the go that each starts", () => {
    const other = machine((draft) => useSystemGo(draft, "go1.24.4"));
    expect(compareRunning(machine(), machine())).toEqual([]);
    expect(compareRunning(machine(), other)).toEqual([
      { name: "go", here: "/home/me/.gvt/shims/go, go1.22.6", there: "/usr/local/go/bin/go, go1.24.4" },
    ]);
  });

  it("is a table of what, whose and which", () => {
    expect(
      renderDifferences([
        { name: "GOFLAGS", here: undefined, there: "-v\u001b[2J" },
        { name: "go", here: "/a", there: "/b" },
      ]),
    ).toEqual([
      "  GOFLAGS  here   -",
      "           there  -v\\x1b[2J",
      "  go       here   /a",
      "           there  /b",
    ]);
  });
});

describe("a process", () => {
  let disk: Disk;
  beforeEach(async () => {
    disk = await createDisk();
  });
  afterEach(() => disk.remove());

  /** A /proc with process 7 in it. */
  async function writeProc({ root = "/", mounts = "mnt:[1]" } = {}): Promise<string> {
    const proc = join(disk.directory, "proc");
    await disk.write(join(proc, "7/environ"), "GOFLAGS=-v\0GOFLAGS=-x\0junk\0=\0__proto__=x\0GOBIN=a=b\0");
    for (const [name, target] of [
      ["7/cwd", "/work"],
      ["7/exe", "/usr/bin/gopls"],
      ["7/root", root],
      ["7/ns/mnt", mounts],
      ["self/ns/mnt", "mnt:[1]"],
    ] as const) {
      await mkdir(join(proc, name, ".."), { recursive: true });
      await symlink(target, join(proc, name));
    }
    return proc;
  }

  it("is read as it was started; of a name that comes twice the first counts", async () => {
    const process = await readProcess("7", await writeProc());
    expect(process).toMatchObject({ pid: 7, cwd: "/work", executable: "/usr/bin/gopls", elsewhere: false });
    expect(Object.entries(process.env)).toEqual([
      ["GOFLAGS", "-v"],
      ["__proto__", "x"],
      ["GOBIN", "a=b"],
    ]);
  });

  it.each([{ root: "/srv/jail" }, { mounts: "mnt:[2]" }])("with %j is elsewhere", async (where) => {
    expect(await readProcess("7", await writeProc(where))).toMatchObject({ elsewhere: true });
  });

  it("that is not there is an error", async () => {
    await expect(readProcess("8", await writeProc())).rejects.toMatchObject({
      message: expect.stringContaining("there is no process 8"),
    });
  });

  it.each(["", "0", "-1", "self", "../1", "99999999999"])("%j is no number of one", async (text) => {
    await expect(readProcess(text)).rejects.toMatchObject({ code: "USAGE" });
  });
});
