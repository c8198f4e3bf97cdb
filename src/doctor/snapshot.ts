/**
 * The snapshot: everything a check may know, as plain data. Made by collect() alone, saved and replayed as JSON; what
 * is optional is absent where it could not be seen. Paths are as the machine spells them.
 */
import type { Platform } from "../go/platform.js";
import type { Selection } from "../select/selection.js";
import type { ToolchainPolicy } from "../store/config.js";
import type { EntryState, PathEntry, ToolDirectory, Tree } from "./program-facts.js";
import type { Repository } from "./repository-facts.js";
import type { EditorSetting, GoEnvFile, StartupFile } from "./setting-facts.js";

/** Raised when a member changes its meaning; a new optional member needs no new schema. */
export const SNAPSHOT_SCHEMA = 1;

export interface Snapshot {
  readonly schema: typeof SNAPSHOT_SCHEMA;
  /** ISO 8601. */
  readonly taken: string;
  /** The version of gvt that took it. */
  readonly gvt: string;
  /** Of this machine, whatever GOOS and GOARCH say. */
  readonly platform: Platform;
  readonly host: Host;
  readonly user: User;
  readonly cwd: string;
  /** The variables that Go, gvt and the checks read; others are left out. */
  readonly env: Variables;
  readonly root: RootFacts;
  /** The entries of PATH, in order. */
  readonly path: readonly PathEntry[];
  /** The directory that `go install` writes to, where it is absolute. */
  readonly tools?: ToolDirectory | undefined;
  readonly trees: readonly Tree[];
  readonly goEnvFile: GoEnvFile;
  readonly startupFiles: readonly StartupFile[];
  readonly editors: readonly EditorSetting[];
  readonly repository: Repository;
  /** Directories that a setting names, each once. */
  readonly directories: readonly DirectoryFacts[];
  readonly certificates: Certificates;
  /** The program that GOCACHEPROG names by a path. */
  readonly cacheProgram?: { readonly path: string; readonly executable: boolean } | undefined;
  readonly selection: SelectionOutcome;
  /** What the release table that ships with gvt knows. */
  readonly releases?: ReleaseFacts | undefined;
  /** What only the hook in a shell can see. */
  readonly shell?: ShellFacts | undefined;
  /** What did not answer in time, and was not looked at. */
  readonly unanswered: readonly string[];
}

export interface ReleaseFacts {
  /** The newest release that is no prerelease: `1.27.0`. */
  readonly newest: string;
  /** `YYYY-MM-DD`: when that was known. */
  readonly date: string;
}

export type Variables = Readonly<Record<string, string | undefined>>;

export interface Host {
  /** Of the kernel: `6.8.0-45-generic`, `23.1.0`. */
  readonly release: string;
  readonly wsl: boolean;
  /** GOARCHs besides its own whose programs this kernel starts: by nature (386 on amd64), binfmt_misc or Rosetta. */
  readonly foreignArchs: readonly string[];
  /** An x64 Node on an arm64 Mac. */
  readonly translated?: boolean | undefined;
  readonly windowsPath?: { readonly user: string; readonly system: string } | undefined;
}

export interface User {
  readonly uid?: number | undefined;
  readonly home?: string | undefined;
  /** The name of the login shell: `bash`, `fish`. */
  readonly shell?: string | undefined;
}

/** gvt's own directory. */
export interface RootFacts {
  readonly path: string;
  readonly shims: string;
  readonly realShims?: string | undefined;
  readonly versions: string;
  readonly realVersions?: string | undefined;
  /** Where env.sh and env.fish lie. */
  readonly shell: string;
  readonly policy: ToolchainPolicy;
  /** Canonical versions that hold a receipt, oldest first. */
  readonly installed: readonly string[];
  readonly defaultVersion?: string | undefined;
  readonly leftovers: readonly Leftover[];
}

/** Staging, trash or a lock that no living process owns. */
export interface Leftover {
  readonly path: string;
  readonly kind: "stage" | "lock" | "partial";
  readonly ageSeconds: number;
}

export interface DirectoryFacts {
  readonly path: string;
  /** What leads here: `GOPATH`, `GOCACHE`, `GOMODCACHE`, `GVT_ROOT`, `tmp`, `GOTMPDIR`, `GOROOT`, `install`. */
  readonly roles: readonly string[];
  readonly state: EntryState;
  readonly realpath?: string | undefined;
  readonly symlink: boolean;
  /** Where it is missing: whether it can be created. */
  readonly writable: boolean;
  readonly uid?: number | undefined;
  readonly fileSystem?: FileSystemFacts | undefined;
  readonly holdsGoMod: boolean;
  /** Names of toolchains that Go itself has downloaded into a GOMODCACHE. */
  readonly toolchains?: readonly string[] | undefined;
  readonly size?: DirectorySize | undefined;
}

export interface DirectorySize {
  /** Of the files that were counted before time ran out. */
  readonly bytes: number;
  readonly complete: boolean;
  /** Of a directory whose parts are alike in size, the part that was counted. */
  readonly share?: number | undefined;
}

export interface FileSystemFacts {
  readonly mountPoint: string;
  readonly type: string;
  readonly noexec: boolean;
  readonly readOnly: boolean;
  readonly freeBytes?: number | undefined;
}

export interface Certificates {
  /** The file or directory that holds certificates; absent where there is none. */
  readonly found?: string | undefined;
  readonly searched: readonly string[];
  /** Where variables lead elsewhere: what Go would find without them. */
  readonly usual?: string | undefined;
}

/** The Selection, or why there is none. */
export type SelectionOutcome =
  /** A place that it depends on does not answer. */
  | { readonly kind: "unanswered" }
  | { readonly kind: "selected"; readonly selection: Selection }
  | {
      readonly kind: "failed";
      readonly code: string;
      readonly message: string;
      readonly hint?: string | undefined;
    };

/** What the shell that `gvt doctor` was typed in says of `go`. */
export interface ShellFacts {
  readonly syntax: "sh" | "fish";
  /** The program that it starts, found now or remembered. */
  readonly starts?: string | undefined;
  /** What `go` is to it instead of a program. */
  readonly instead?: { readonly kind: "alias" | "function"; readonly says: string } | undefined;
}
