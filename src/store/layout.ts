/**
 * Every path under GVT_ROOT, as one literal tree; nothing else joins names onto the root.
 *
 *     versions/1.22.6/.gvt.json   a GOROOT and its receipt
 *     shims/                      go, gofmt, go1.22.6 …
 *     shell/                      env.sh, env.fish and what they source
 *     bin/gvt                     the launcher
 *     lib/                        the CLI that the launcher starts
 *     cache/                      partial downloads, index snapshots, tiles
 *     tmp/                        staging and trash, on the file system of versions/
 *     sumdb/71769961-3b48e523c4706f66   the newest tree head of the transparency log seen
 *     fixes/3/                    what the doctor has changed: a journal, and each file as it was
 *     locks/                      one per version, and one for the doctor's fixes
 *     version                     the default
 *     config.toml
 */
import { join } from "node:path";
import { formatGoVersion, type GoVersion } from "../go/version.js";

/** The file whose presence in a version's directory means that the version is installed. */
export const RECEIPT = ".gvt.json";

export interface Layout {
  readonly root: string;
  readonly versions: string;
  readonly shims: string;
  readonly shell: string;
  readonly bin: string;
  readonly launcher: string;
  readonly lib: string;
  readonly cache: string;
  readonly downloads: string;
  readonly indexes: string;
  readonly tiles: string;
  readonly tmp: string;
  readonly sumdb: string;
  readonly fixes: string;
  readonly fixLock: string;
  readonly locks: string;
  readonly defaultVersion: string;
  readonly config: string;
  goroot(version: GoVersion): string;
  receipt(version: GoVersion): string;
  lock(version: GoVersion): string;
}

export function layoutOf(root: string): Layout {
  const versions = join(root, "versions");
  const cache = join(root, "cache");
  const sumdb = join(root, "sumdb");
  const bin = join(root, "bin");
  const locks = join(root, "locks");
  return {
    root,
    versions,
    shims: join(root, "shims"),
    shell: join(root, "shell"),
    bin,
    launcher: join(bin, "gvt"),
    lib: join(root, "lib"),
    cache,
    downloads: join(cache, "downloads"),
    indexes: join(cache, "indexes"),
    tiles: join(cache, "tiles"),
    tmp: join(root, "tmp"),
    sumdb,
    fixes: join(root, "fixes"),
    fixLock: join(locks, "fix"),
    locks,
    defaultVersion: join(root, "version"),
    config: join(root, "config.toml"),
    goroot: (version) => join(versions, formatGoVersion(version)),
    receipt: (version) => join(versions, formatGoVersion(version), RECEIPT),
    lock: (version) => join(locks, formatGoVersion(version)),
  };
}
