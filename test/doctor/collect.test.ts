import { spawnSync } from "node:child_process";
import { appendFile, chmod, mkdir, rm, symlink, truncate } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { diagnose } from "../../src/doctor/diagnose.js";
import { createDisk, type Disk, install, writeTree } from "./support/disk.js";
import { elf } from "./support/elf.js";

let disk: Disk;
beforeEach(async () => {
  disk = await createDisk();
});
afterEach(() => disk.remove());

async function outline(env?: Readonly<Record<string, string>>): Promise<string[]> {
  const { findings } = await disk.look(env);
  return findings.map(({ severity, id, consequences }) =>
    [`${severity} ${id}`, ...consequences.map((each) => each.id)].join(" < "),
  );
}

describe("a machine with gvt", () => {
  beforeEach(async () => {
    await install(disk, "1.22.6");
    await disk.write(join(disk.directory, ".go-version"), "1.22.6\n");
  });

  it("has no finding, and says what runs", async () => {
    const { snapshot, findings } = await disk.look();
    expect(findings).toEqual([]);
    expect(snapshot.unanswered).toEqual([]);
    expect(snapshot.path[0]?.programs.map(({ name, owner }) => `${name} ${owner}`)).toEqual([
      "go gvt-shim",
      "go1.22.6 gvt-shim",
      "gofmt gvt-shim",
    ]);
    expect(snapshot.trees.find(({ installed }) => installed === "1.22.6")).toMatchObject({
      version: "go1.22.6",
      missing: [],
      comparison: { missing: { count: 0 }, altered: { count: 0 }, added: { count: 0 } },
    });
  });

  it("keeps its findings when the snapshot has been through JSON", async () => {
    const { snapshot, findings } = await disk.look({ GOROOT: "/nowhere", GOCACHE: "off" });
    expect(findings).toHaveLength(2);
    expect(diagnose(JSON.parse(JSON.stringify(snapshot)))).toEqual(findings);
  });

  it("finds a damaged program, a missing file and an added one", async () => {
    const goroot = join(disk.root, "versions", "1.22.6");
    await appendFile(join(goroot, "pkg/tool/linux_amd64/link"), "x");
    await rm(join(goroot, "src/fmt/print.go"));
    await disk.write(join(goroot, "src/os/old.go"), "package os\n");
    expect(await outline()).toEqual([
      "error goroot-incomplete",
      "error goroot-overlaid",
      "error install-corrupt",
    ]);
  });

  it("names the line of the start-up file behind GOROOT, read through another file", async () => {
    await writeTree(join(disk.directory, "old"), "1.21.0");
    await disk.write(join(disk.home, ".bashrc"), "alias x=y\n. ~/.config/shell/go.sh\n");
    await disk.write(join(disk.home, ".config/shell/go.sh"), `# Go\nexport GOROOT=${disk.directory}/old\n`);
    const { findings } = await disk.look({ GOROOT: join(disk.directory, "old") });
    expect(findings.map(({ id, consequences }) => [id, consequences.map((each) => each.id)])).toEqual([
      ["rc-exports-go-vars", ["goroot-env-mismatch"]],
    ]);
    const path = join(disk.home, ".config/shell/go.sh");
    expect(findings[0]?.evidence).toEqual([
      { seen: expect.any(String), at: { kind: "file", path, line: 2 } },
    ]);
    expect(findings[0]?.remedy.steps).toEqual([
      { kind: "edit", path, line: 2, before: `export GOROOT=${disk.directory}/old` },
      { kind: "unset", variable: "GOROOT" },
    ]);
  });

  it("finds a Go that a system-wide file puts first", async () => {
    await writeTree(join(disk.system, "usr/local/go"), "1.21.0");
    const bin = join(disk.system, "usr/local/go/bin");
    await disk.write(join(disk.system, "etc/profile.d/go.sh"), `export PATH=${bin}:$PATH\n`);
    expect(await outline({ PATH: `${bin}:${disk.root}/shims` })).toEqual([
      "error rc-exports-go-vars < shims-shadowed",
    ]);
  });

  it("finds shadowed and shadowing tools by what they were built from", async () => {
    const bin = join(disk.home, "go/bin");
    const other = join(disk.directory, "other");
    await disk.write(
      join(bin, "gopls"),
      elf({ go: "go1.22.6", path: "golang.org/x/tools/gopls", version: "v0.16.1" }),
      0o755,
    );
    await disk.write(
      join(other, "gopls"),
      elf({ go: "go1.20.1", path: "golang.org/x/tools/gopls", version: "v0.9.0" }),
      0o755,
    );
    const { findings } = await disk.look({ PATH: `${disk.root}/shims:${other}:${bin}` });
    expect(findings.map(({ id }) => id)).toEqual(["gobin-shadowed"]);
    expect(findings[0]?.evidence[0]?.seen).toBe("golang.org/x/tools/gopls v0.9.0, built with go1.20.1");
  });

  it("finds what the go-env file and go.mod ask for, with their lines", async () => {
    await disk.write(join(disk.home, ".config/go/env"), "GOFLAGS=-mod=mod\nGOOS=windows\n");
    await disk.write(join(disk.directory, "go.mod"), "module m\n\ngo 1.24.4\n");
    const { findings } = await disk.look();
    expect(
      findings.flatMap(({ evidence }) => evidence.map(({ at }) => ("line" in at ? at.line : 0))),
    ).toEqual([3, 1, 0, 2]);
    expect(findings.map(({ id }) => id)).toEqual(["version-below-go-directive", "goenv-cross-target"]);
  });

  it("finds a version file that says nothing", async () => {
    await disk.write(join(disk.directory, ".go-version"), "\n");
    expect(await outline()).toEqual(["error version-file-invalid"]);
  });

  it("sees that a cache cannot be written to", async () => {
    await disk.write(join(disk.home, "cache"), "no directory");
    expect(await outline({ GOCACHE: join(disk.home, "cache", "go") })).toEqual(["error gocache-invalid"]);
  });
});

describe("a machine without gvt", () => {
  it("with Go in the usual place is healthy, in a module too", async () => {
    const goroot = join(disk.system, "usr/local/go");
    await writeTree(goroot, "1.24.4");
    await disk.write(join(disk.directory, "go.mod"), "module m\n\ngo 1.22\n");
    await disk.write(join(disk.system, "usr/bin/gcc"), elf(), 0o755);
    const { findings, snapshot } = await disk.look({ PATH: `${goroot}/bin:${disk.system}/usr/bin` });
    expect(findings).toEqual([]);
    expect(snapshot.trees[0]?.places).toEqual(["path", "usual place"]);
  });

  it("with Go linked into another directory is healthy", async () => {
    const goroot = join(disk.system, "usr/lib/go-1.24");
    const bin = join(disk.directory, "bin");
    await writeTree(goroot, "1.24.4");
    await mkdir(bin);
    for (const name of ["go", "gofmt"]) await symlink(join(goroot, "bin", name), join(bin, name));
    expect(await outline({ PATH: bin })).toEqual([]);
  });

  it("with a copied go is not", async () => {
    const bin = join(disk.directory, "bin");
    await disk.write(join(bin, "go"), elf({ go: "go1.24.4", path: "cmd/go", trimmed: true }), 0o755);
    expect(await outline({ PATH: bin })).toEqual(["error go-binary-detached"]);
  });

  it("with a go for another machine, and without x bit, is not", async () => {
    const bin = join(disk.directory, "bin");
    await disk.write(join(bin, "go"), elf({ go: "go1.24.4", path: "m", machine: 183 }), 0o755);
    expect(await outline({ PATH: bin })).toEqual(["error go-not-executable"]);
    await chmod(join(bin, "go"), 0o644);
    expect(await outline({ PATH: bin })).toEqual(["error go-not-executable < go-not-found"]);
  });
});

describe("what would hold a reader up", () => {
  it("a FIFO, a directory, a huge file and a circle of links are passed over", async () => {
    spawnSync("mkfifo", [join(disk.home, ".bashrc")]);
    await mkdir(join(disk.home, ".profile"));
    await disk.write(join(disk.home, ".zshrc"), "");
    await truncate(join(disk.home, ".zshrc"), 2 ** 30);
    await symlink(".zshenv", join(disk.home, ".zshenv"));
    await mkdir(join(disk.home, "bin"));
    spawnSync("mkfifo", [join(disk.home, "bin", "go")]);
    await symlink("loop", join(disk.home, "loop"));
    const { snapshot } = await disk.look({ PATH: `${disk.home}/bin:${disk.home}/loop:` });
    expect(snapshot.startupFiles.map(({ path, state }) => [path.slice(disk.home.length), state])).toEqual([
      ["/.profile", "unreadable"],
      ["/.bashrc", "unreadable"],
      ["/.zshenv", "unreadable"],
      ["/.zshrc", "too large"],
    ]);
    expect(snapshot.path.map(({ state, programs }) => [state, programs.length])).toEqual([
      ["directory", 0],
      ["missing", 0],
      ["relative", 0],
    ]);
  });
});
