/** Worlds on disk for the doctor's reader: real files, toolchains whose programs are heads only, a file system of its own. */
import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Finding } from "../../../src/doctor/check.js";
import { collect } from "../../../src/doctor/collect.js";
import { diagnose } from "../../../src/doctor/diagnose.js";
import type { Snapshot } from "../../../src/doctor/snapshot.js";
import { parseGoVersion } from "../../../src/go/version.js";
import { formatReceipt, type ManifestFile } from "../../../src/store/receipt.js";
import { SHIM } from "../../support/sandbox.js";
import { createWorld, type World } from "../../support/world.js";
import { elf } from "./elf.js";

export interface Disk extends World {
  readonly root: string;
  /** Where /etc, /proc and /usr/local/go are looked for. */
  readonly system: string;
  write(path: string, content: string | Buffer, mode?: number): Promise<void>;
  look(env?: Readonly<Record<string, string>>): Promise<{ snapshot: Snapshot; findings: readonly Finding[] }>;
}

export async function createDisk(): Promise<Disk> {
  const world = await createWorld();
  const system = join(world.directory, "system");
  const root = join(world.home, ".gvt");
  await mkdir(join(system, "proc"), { recursive: true });
  await writeFileIn(join(system, "etc/ssl/certs/ca-certificates.crt"), "-----BEGIN CERTIFICATE-----\n");
  return {
    ...world,
    root,
    system,
    write: writeFileIn,
    look: async (env = {}) => {
      const context = await world.context({ env: { PATH: `${root}/shims`, SHELL: "/bin/bash", ...env } });
      const host = { filesystemRoot: system, release: "6.8.0", uid: process.getuid?.(), patience: 400 };
      const snapshot = await collect(context, host);
      return { snapshot, findings: diagnose(snapshot) };
    },
  };
}

async function writeFileIn(path: string, content: string | Buffer, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content, { mode });
}

const GO_ENV = "GOPROXY=https://proxy.example\nGOSUMDB=sum.golang.org\nGOTOOLCHAIN=auto\n";

/** A tree with all that a check looks for. */
export async function writeTree(goroot: string, version: string): Promise<void> {
  const files: readonly (readonly [string, string | Buffer, number?])[] = [
    ["VERSION", `go${version}\ntime 2026-11-20T00:00:00Z\n`],
    ["go.env", GO_ENV],
    ["bin/go", elf({ go: `go${version}`, path: "cmd/go", trimmed: true }), 0o755],
    ["bin/gofmt", elf({ go: `go${version}`, path: "cmd/gofmt", trimmed: true }), 0o755],
    ...["compile", "link", "asm"].map(
      (tool) => [`pkg/tool/linux_amd64/${tool}`, elf({ go: `go${version}` }), 0o755] as const,
    ),
    ["src/fmt/print.go", "package fmt\n"],
    ["src/runtime/proc.go", "package runtime\n"],
  ];
  for (const [path, content, mode] of files) await writeFileIn(join(goroot, path), content, mode);
}

/** Installed by gvt: the same with a receipt, and the shims. */
export async function install(disk: Disk, version: string): Promise<string> {
  const goroot = join(disk.root, "versions", version);
  await writeTree(goroot, version);
  const manifest: ManifestFile[] = [];
  for (const entry of await readdir(goroot, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const { size, mode } = await stat(path);
    const sha256 = createHash("sha256")
      .update(await readFile(path))
      .digest("hex");
    manifest.push({ path: path.slice(goroot.length + 1), size, mode: mode & 0o777, sha256 });
  }
  const receipt = formatReceipt({
    version: parseGoVersion(version),
    platform: { os: "linux", arch: "amd64" },
    archive: { filename: "x.tar.gz", location: "https://mirror.example", size: 1, sha256: "0".repeat(64) },
    evidence: [],
    installed: new Date(0),
    gvt: "1.2.3",
    manifest,
  });
  await writeFileIn(join(goroot, ".gvt.json"), receipt);
  await mkdir(join(disk.root, "shims"), { recursive: true });
  for (const name of ["go", "gofmt", `go${version}`]) await copyFile(SHIM, join(disk.root, "shims", name));
  return goroot;
}
