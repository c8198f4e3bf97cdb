/** The directories that settings name: whether they are there and writable, and what lies under them. */
import { dirname, join } from "node:path";
import type { DirectoryFacts, FileSystemFacts } from "../snapshot.js";
import type { Look } from "./look.js";
import { findMount, type Mount } from "./mounts.js";
import { measureDirectory } from "./sizes.js";

/** Where whoever may write still cannot keep anything. */
const PSEUDO = /^(?:proc|sysfs|cgroup2?|devpts|debugfs|tracefs|securityfs|bpf|efivarfs)$/;

/** What grows without bounds, and is therefore measured. */
const MEASURED = ["GOCACHE", "GOMODCACHE"];

/** A directory and what leads to it. */
export interface NamedDirectory {
  readonly role: string;
  readonly path: string;
}

export async function collectDirectories(
  named: readonly NamedDirectory[],
  look: Look,
  mounts: readonly Mount[],
): Promise<DirectoryFacts[]> {
  const roles = new Map<string, string[]>();
  for (const { role, path } of named) if (path !== "") roles.set(path, [...(roles.get(path) ?? []), role]);
  return Promise.all([...roles].map(([path, leading]) => describe(path, leading, look, mounts)));
}

async function describe(
  path: string,
  roles: readonly string[],
  look: Look,
  mounts: readonly Mount[],
): Promise<DirectoryFacts> {
  const base = { path, roles, symlink: false, writable: false, holdsGoMod: false };
  if (!path.startsWith("/")) return { ...base, state: "relative" };
  const found = await look.stat(path);
  if (!(await look.reaches(path))) return { ...base, state: "unanswered" };
  const symlink = (await look.lstat(path))?.isSymbolicLink() ?? false;
  const existing = found ? path : await findExisting(dirname(path), look);
  const realpath = existing === undefined ? undefined : await look.realpath(existing);
  const fileSystem = realpath === undefined ? undefined : await describeFileSystem(realpath, look, mounts);
  return {
    ...base,
    state: found ? (found.isDirectory() ? "directory" : "no directory") : "missing",
    realpath: found ? realpath : undefined,
    symlink,
    writable:
      (!found || found.isDirectory()) &&
      existing !== undefined &&
      !PSEUDO.test(fileSystem?.type ?? "") &&
      (await mayCreateIn(existing, look)),
    uid: found?.uid,
    fileSystem,
    holdsGoMod: roles.includes("GOPATH") && (await look.stat(join(path, "go.mod"))) !== undefined,
    toolchains: roles.includes("GOMODCACHE") ? await listToolchains(path, look) : undefined,
    size: MEASURED.some((role) => roles.includes(role)) ? await measureDirectory(path, look) : undefined,
  };
}

/** The nearest directory above that is there: where the missing ones would be created. */
async function findExisting(path: string, look: Look): Promise<string | undefined> {
  const found = await look.stat(path);
  if (found) return path;
  return path === dirname(path) ? undefined : findExisting(dirname(path), look);
}

async function mayCreateIn(path: string, look: Look): Promise<boolean> {
  return ((await look.stat(path))?.isDirectory() ?? false) && look.may(path, "write");
}

async function describeFileSystem(
  path: string,
  look: Look,
  mounts: readonly Mount[],
): Promise<FileSystemFacts> {
  const mount = findMount(mounts, path) ?? {
    mountPoint: "/",
    type: "unknown",
    noexec: false,
    readOnly: false,
  };
  return PSEUDO.test(mount.type) ? mount : { ...mount, freeBytes: await look.freeBytes(path) };
}

/** `toolchain@v0.0.1-go1.24.4.linux-amd64` in golang.org/. */
async function listToolchains(path: string, look: Look): Promise<readonly string[] | undefined> {
  const names = ((await look.list(join(path, "golang.org"))) ?? []).filter((name) =>
    name.startsWith("toolchain@"),
  );
  return names.length === 0 ? undefined : names;
}
