/** The parts of a snapshot that tell of PATH, of programs on it, and of trees. */

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
