/**
 * The snapshot: everything a check may know, as plain data. Made by collect() alone, saved and replayed as JSON; what
 * is optional is absent where it could not be seen. Paths are as the machine spells them.
 */
import type { Platform } from "../go/platform.js";
import type { Selection } from "../select/selection.js";
import type { ToolchainPolicy } from "../store/config.js";
import type { Repository } from "./repository-facts.js";

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

export type EntryState =
  | "directory"
  | "missing"
  | "no directory"
  | "unreadable"
  | "unanswered"
  /** Empty, or not absolute: means something else in every directory. */
  | "relative";

export interface PathEntry {
  /** As it stands in PATH. */
  readonly text: string;
  readonly state: EntryState;
  readonly realpath?: string | undefined;
  /** Only those that a check asks for: Go's, tools that `go install` has put elsewhere, git, the C compiler. */
  readonly programs: readonly Program[];
  /** `bin/go` lies below it. */
  readonly holdsGoroot: boolean;
}

/** Whose a program is, as far as its links, its head and its place tell. */
export type ProgramOwner =
  | "gvt-shim"
  | "goenv"
  | "asdf"
  | "mise"
  | "gvm"
  | "g"
  | "snap"
  | "alternatives"
  /** A wrapper of golang.org/dl. */
  | "golang-dl"
  /** `bin/go` or `bin/gofmt` of a tree. */
  | "toolchain"
  | "other";

export interface Program {
  readonly name: string;
  readonly path: string;
  readonly realpath: string;
  /** A regular file that this user may execute. */
  readonly executable: boolean;
  readonly owner: ProgramOwner;
  readonly format: "elf" | "mach-o" | "pe" | "script" | "other";
  /** GOARCHs that a native program is for; several in a universal one. */
  readonly archs?: readonly string[] | undefined;
  /** GOOS, as far as the format tells. */
  readonly os?: string | undefined;
  /** What `#!` or PT_INTERP names, and whether it is there. */
  readonly interpreter?: { readonly path: string; readonly there: boolean } | undefined;
  readonly build?: BuildFacts | undefined;
  /** The tree around it: the nearest directory above whose `pkg/tool` is there. */
  readonly goroot?: string | undefined;
  /** Where a wrapper of golang.org/dl keeps its tree, and whether that was downloaded. */
  readonly sdk?: { readonly path: string; readonly there: boolean } | undefined;
}

/** What the Go linker has written into a program. */
export interface BuildFacts {
  /** `go1.22.6`. */
  readonly go: string;
  /** The main package: `golang.org/x/tools/gopls`. */
  readonly path?: string | undefined;
  readonly version?: string | undefined;
  readonly trimmed: boolean;
  /** The GOROOT that an untrimmed `go` falls back to, and whether it is there. */
  readonly goroot?: { readonly path: string; readonly there: boolean } | undefined;
}

export interface ToolDirectory {
  readonly path: string;
  readonly realpath?: string | undefined;
  readonly programs: readonly Program[];
}

export type TreePlace = "store" | "path" | "GOROOT" | "go-env file" | "start-up file" | "usual place";

/** A directory that is, or is said to be, a GOROOT. */
export interface Tree {
  readonly goroot: string;
  readonly realpath: string;
  readonly places: readonly TreePlace[];
  readonly state: Exclude<EntryState, "relative">;
  /** The version that gvt installed it as. */
  readonly installed?: string | undefined;
  /** Line 1 of VERSION: `go1.22.6`. */
  readonly version?: string | undefined;
  /** What the linker has written into `bin/go`. */
  readonly program?: Program | undefined;
  /** Those of the files every tree has that this one lacks: `src/fmt`. */
  readonly missing: readonly string[];
  /** Names in `bin`. */
  readonly bin: readonly string[];
  /** `go.env`, as it stands there. */
  readonly goEnv?: string | undefined;
  /** Made for the selected tree of gvt's. */
  readonly comparison?: ManifestComparison | undefined;
}

/** A tree held against its receipt; each list is cut at ten, its count is not. */
export interface ManifestComparison {
  readonly missing: Counted;
  /** Files of another size or checksum; of the go command, the compiler and the linker only. */
  readonly altered: Counted;
  /** Go and assembler files under src that were not published with it. */
  readonly added: Counted;
  /** Programs in bin that were not published with it. */
  readonly addedPrograms: Counted;
}

export interface Counted {
  readonly count: number;
  readonly first: readonly string[];
}

/** The file that `go env -w` writes. */
export interface GoEnvFile {
  /** Absent for `GOENV=off`, and where no directory is configured. */
  readonly path?: string | undefined;
  readonly state: "off" | "none" | "missing" | "read" | "unreadable";
  readonly text: string;
  readonly writable: boolean;
  readonly uid?: number | undefined;
  /** Whether it is a link: then somebody keeps it elsewhere, as managers of home directories do. */
  readonly link?: boolean | undefined;
}

export interface StartupFile {
  readonly path: string;
  /** Whose syntax it has; `environment` is plain `NAME=value`. */
  readonly syntax: "sh" | "fish" | "powershell" | "environment" | "launchd";
  readonly state: "read" | "unreadable" | "too large" | "unanswered";
  readonly statements: readonly Statement[];
  /** The line on which gvt's own block, or a line that sources gvt's shell file, stands. */
  readonly gvtLine?: number | undefined;
}

/**
 * One line of a start-up file that matters to Go. Removable where the statement is the whole line, and no block is left
 * empty without it.
 */
export type Statement =
  | {
      readonly kind: "assign";
      readonly line: number;
      readonly text: string;
      readonly variable: string;
      /** With quotes taken off and what is known put in; absent where it takes a running shell. */
      readonly value?: string | undefined;
      readonly exported: boolean;
      readonly removable: boolean;
    }
  | { readonly kind: "unset"; readonly line: number; readonly text: string; readonly variable: string }
  | {
      readonly kind: "path";
      readonly line: number;
      readonly text: string;
      readonly removable: boolean;
      readonly where: "front" | "back";
      readonly directories: readonly string[];
    }
  /** A line that hands PATH to another version manager. */
  | {
      readonly kind: "manager";
      readonly line: number;
      readonly text: string;
      readonly manager: ProgramOwner;
    };

export interface EditorSetting {
  readonly path: string;
  readonly line: number;
  /** `go.goroot`, `go.toolsEnvVars.GOROOT`. */
  readonly key: string;
  /** As written, without the quotes. */
  readonly value: string;
  /** Where the value leads, if it names a path that is there. */
  readonly realpath?: string | undefined;
  /** The whole line, where it can be taken out and the file stays well-formed. */
  readonly removable?: string | undefined;
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
