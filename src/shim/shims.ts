/**
 * Writes what the user's shells run: shims, shell files, the launcher and the CLI behind it. All are copies of what
 * gvt was built with, byte for byte, so a stale one is found by comparing.
 */
import { lstat, mkdir, readdir, readFile, readlink, rename, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import type { Context } from "../context.js";
import { findToolchainName, toolchainName } from "../go/version.js";
import { randomName, systemCode, writeAtomically } from "../io/files.js";
import { listInstalled } from "../store/store.js";

/** The programs of a toolchain that have a shim of their own. */
const PROGRAMS = ["go", "gofmt"];
const SHELL_FILES = ["env.sh", "env.fish"];
const ENTRY = "main.js";
/** Chunks of a CLI replaced today stay: a gvt that is still running may yet load them. */
const OLD_CHUNK_MS = 86_400_000;

/** What was left alone because it is not gvt's. */
export interface ShimReport {
  readonly written: readonly string[];
  readonly foreign: readonly string[];
}

/** Writes everything anew where it differs: `gvt rehash`. Idempotent; foreign files stay and are reported. */
export async function writeShellSide(context: Context): Promise<ShimReport> {
  const { layout, self } = context;
  const source = join(self.dist, "shims");
  const shim = await readFile(join(source, "shim.sh"));
  await writeCli(context);
  await writeIfDifferent(layout.launcher, shim, 0o755);
  for (const name of SHELL_FILES) {
    await writeIfDifferent(join(layout.shell, name), await readFile(join(source, name)), 0o644);
  }
  return writeShims(context);
}

/** Gives every installed version its shims and takes back those of versions that are gone. */
export async function writeShims({ layout, self }: Context): Promise<ShimReport> {
  const shim = await readFile(join(self.dist, "shims", "shim.sh"));
  const installed = await listInstalled(layout);
  const names = new Set([...PROGRAMS, ...installed.map(toolchainName)]);
  const written: string[] = [];
  const foreign: string[] = [];
  await mkdir(layout.shims, { recursive: true });
  for (const name of await readdir(layout.shims)) {
    const path = join(layout.shims, name);
    if (!(await isShim(path))) {
      // A planted `go` must not keep gvt from working; anything else in there is somebody's own.
      if (!names.has(name)) foreign.push(path);
    } else if (!names.has(name) && findToolchainName(name)) await rm(path, { force: true });
  }
  for (const name of names) {
    const path = join(layout.shims, name);
    if (await writeIfDifferent(path, shim, 0o755)) written.push(path);
  }
  return { written, foreign };
}

/** Whether a user's shells can find what gvt needs: false before the first install. */
export async function hasShellSide({ layout }: Context): Promise<boolean> {
  return (await isFile(layout.launcher)) && (await isFile(join(layout.lib, ENTRY)));
}

/**
 * Copies the running CLI into lib/, where the launcher finds it whatever becomes of the place it was installed from.
 * The entry comes last: its chunks carry a hash in their names, so an older entry keeps finding its own.
 */
async function writeCli({ layout, self, clock }: Context): Promise<void> {
  await mkdir(layout.lib, { recursive: true });
  await linkNode(join(layout.lib, "node"), self.node);
  if (self.dist === layout.lib) return;
  const files = (await readdir(self.dist, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(self.dist.length + 1))
    .sort((a, b) => Number(a === ENTRY) - Number(b === ENTRY));
  for (const file of files) {
    await writeIfDifferent(join(layout.lib, file), await readFile(join(self.dist, file)), 0o644);
  }
  for (const entry of await readdir(layout.lib, { withFileTypes: true })) {
    if (!entry.isFile() || files.includes(entry.name)) continue;
    const path = join(layout.lib, entry.name);
    if (clock().getTime() - (await lstat(path)).mtimeMs > OLD_CHUNK_MS) await rm(path, { force: true });
  }
}

/** A link, not a copy: it names the Node that runs gvt now, for shells and services whose PATH has none. */
async function linkNode(path: string, node: string): Promise<void> {
  if ((await readlink(path).catch(() => undefined)) === node) return;
  const staged = `${path}.${randomName()}`;
  await symlink(node, staged);
  await rename(staged, path);
}

async function writeIfDifferent(path: string, content: Uint8Array, mode: number): Promise<boolean> {
  const present = await lstat(path).catch(absentOnly);
  if (present?.isFile() && (present.mode & 0o777) === mode && (await readFile(path)).equals(content))
    return false;
  await writeAtomically(path, content, mode);
  return true;
}

/** A shim says so in its second line, whichever version of gvt wrote it. */
async function isShim(path: string): Promise<boolean> {
  if (!(await isFile(path))) return false;
  const [, second = ""] = (await readFile(path, "latin1")).split("\n", 2);
  return second.startsWith("# gvt shim");
}

async function isFile(path: string): Promise<boolean> {
  return (await lstat(path).catch(absentOnly))?.isFile() === true;
}

function absentOnly(error: unknown): undefined {
  if (systemCode(error) === "ENOENT") return undefined;
  throw error;
}
