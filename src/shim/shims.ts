/**
 * Writes what the user's shells run: shims, shell files, the launcher and the CLI behind it. All are copies of what
 * gvt was built with, byte for byte, so a stale one is found by comparing.
 */
import { lstat, readdir, readFile, readlink, rename, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import type { Context } from "../context.js";
import { GvtError } from "../errors.js";
import { escapePath } from "../go/escape.js";
import { findToolchainName, toolchainName } from "../go/version.js";
import {
  describeSystemError,
  ensureDirectory,
  randomName,
  systemCode,
  writeAtomically,
} from "../io/files.js";
import { runQuietly } from "../io/spawn.js";
import type { Layout } from "../store/layout.js";
import { findToolchain, listInstalled } from "../store/store.js";

/** The programs of a toolchain that have a shim of their own. */
const PROGRAMS = ["go", "gofmt"];
const SHELL_FILES = ["env.sh", "env.fish"];
const ENTRY = "main.js";
/** What V8 keeps compiled of a file stands beside it. */
const COMPILED = ".cache";
/** Files of a CLI replaced today stay: a gvt that is still running may yet load them. */
const OLD_FILE_MS = 86_400_000;

/** What was left alone because it is not gvt's. */
export interface ShimReport {
  readonly written: readonly string[];
  readonly foreign: readonly string[];
}

/** Writes everything anew where it differs: `gvt rehash`. Idempotent; foreign files stay and are reported. */
export function writeShellSide(context: Context): Promise<ShimReport> {
  return naming(context, () => writeAll(context));
}

/** Gives every installed version its shims and takes back those of versions that are gone. */
export function writeShims(context: Context): Promise<ShimReport> {
  return naming(context, () => writeShimsOnly(context));
}

async function writeAll(context: Context): Promise<ShimReport> {
  const { layout, self } = context;
  const source = join(self.dist, "shims");
  const shim = await readFile(join(source, "shim.sh"));
  // By this directory the launcher knows a root, as yet empty ones too.
  await ensureDirectory(layout.versions, 0o755);
  await writeCli(context);
  await writeIfDifferent(layout.launcher, shim, 0o755);
  for (const name of SHELL_FILES) {
    await writeIfDifferent(join(layout.shell, name), await readFile(join(source, name)), 0o644);
  }
  return writeShimsOnly(context);
}

async function writeShimsOnly({ layout, self }: Context): Promise<ShimReport> {
  const shim = await readFile(join(self.dist, "shims", "shim.sh"));
  const installed = listInstalled(layout);
  const names = new Set([...PROGRAMS, ...installed.map(toolchainName)]);
  const written: string[] = [];
  const foreign: string[] = [];
  await ensureDirectory(layout.shims);
  for (const name of await readdir(layout.shims)) {
    const path = join(layout.shims, name);
    if (!(await isShim(path))) {
      // A planted `go` must not keep gvt from working; anything else in there is somebody's own.
      if (!names.has(name)) foreign.push(path);
    } else if (!names.has(name) && !(await isStillInstalled(layout, name))) await rm(path, { force: true });
  }
  for (const name of names) {
    const path = join(layout.shims, name);
    if (await writeIfDifferent(path, shim, 0o755)) written.push(path);
  }
  return { written, foreign };
}

/** Asked again for one version: another gvt may have installed it since the versions were listed. */
async function isStillInstalled(layout: Layout, name: string): Promise<boolean> {
  const version = findToolchainName(name);
  return version === undefined || findToolchain(layout, version) !== undefined;
}

/** Whether a user's shells can find what gvt needs: false before the first install. */
export async function hasShellSide({ layout }: Context): Promise<boolean> {
  return (await isFile(layout.launcher)) && (await isFile(join(layout.lib, ENTRY)));
}

/**
 * Copies the running CLI into lib/, where the launcher finds it whatever becomes of the place it was installed from.
 * The entry comes last: the names of the others carry a hash, so an older entry keeps finding its own.
 */
async function writeCli(context: Context): Promise<void> {
  const { layout, self } = context;
  await ensureDirectory(layout.lib);
  await linkNode(join(layout.lib, "node"), self.node);
  if (self.dist === layout.lib) return;
  const files = (await readdir(self.dist, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.endsWith(COMPILED))
    .map((entry) => join(entry.parentPath, entry.name).slice(self.dist.length + 1))
    .sort((a, b) => Number(a === ENTRY) - Number(b === ENTRY));
  let changed = false;
  for (const file of files) {
    const content = await readFile(join(self.dist, file));
    changed = (await writeIfDifferent(join(layout.lib, file), content, 0o644)) || changed;
  }
  await removeOldFiles(context, files);
  // Compiled now, so that the first command is as quick as the next: `help` loads the code of every command.
  if (changed) await runQuietly(self.node, [join(layout.lib, ENTRY), "help"], context.env);
}

async function removeOldFiles({ layout, clock }: Context, present: readonly string[]): Promise<void> {
  for (const entry of await readdir(layout.lib, { withFileTypes: true })) {
    if (!entry.isFile() || present.includes(entry.name.replace(COMPILED, ""))) continue;
    const path = join(layout.lib, entry.name);
    if (clock().getTime() - (await lstat(path)).mtimeMs > OLD_FILE_MS) await rm(path, { force: true });
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

/** Names the file in what the system says. */
async function naming<T>({ layout }: Context, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    const { path = layout.root, dest = path } = error as { path?: string; dest?: string };
    // A file is written beside its place and then renamed: its place is what people know.
    throw cannotWrite(dest.replace(/\/\.([^/]+)\.[0-9a-f]{16}$/, "/$1"), error);
  }
}

function absentOnly(error: unknown): undefined {
  if (systemCode(error) === "ENOENT") return undefined;
  throw error;
}

function cannotWrite(path: string, cause: unknown): GvtError {
  return new GvtError("DISK", `cannot write \`${escapePath(path)}\`: ${describeSystemError(cause)}`, {
    hint: "once that is mended, `gvt rehash` writes what is missing",
    cause,
  });
}
