/** What a snapshot says of the repository around the current directory, as plain data. */

/** What lies in and above the current directory. */
export interface Repository {
  readonly git?: GitFacts | undefined;
  /** The path of the go.work or go.mod that decides for the go command here. */
  readonly governing?: string | undefined;
  /** The path that GOWORK names. */
  readonly namedWorkspace?: { readonly path: string; readonly there: boolean } | undefined;
  /** The nearest go.mod, the go.work that governs, and the go.mod of each module that it uses. */
  readonly moduleFiles: readonly ModuleFile[];
  /** From the current directory up. */
  readonly versionFiles: readonly VersionFileFacts[];
  readonly ci: readonly CiStatement[];
  readonly docker: readonly DockerStatement[];
  /** The lines of vendor/modules.txt that name modules: `# example.com/m v1.2.3`, `## explicit`. */
  readonly vendored?: readonly string[] | undefined;
}

export interface GitFacts {
  /** What holds `.git`. */
  readonly directory: string;
  /** As git spells it when it asks whether it is safe. */
  readonly realpath?: string | undefined;
  /** Whose it is. */
  readonly uid?: number | undefined;
  /** Whether git works here for this user: it is theirs, or named in safe.directory. */
  readonly trusted: boolean;
}

export interface ModuleFile {
  readonly path: string;
  readonly kind: "go.mod" | "go.work";
  /** The first of each: go, toolchain, godebug, tool, ignore, … */
  readonly directives: readonly { readonly key: string; readonly text: string; readonly line: number }[];
  readonly uses: readonly { readonly directory: string; readonly line: number }[];
  readonly requires: readonly { readonly module: string; readonly version: string; readonly line: number }[];
}

export interface VersionFileFacts {
  readonly path: string;
  readonly line?: number | undefined;
  /** The word that counts. */
  readonly text?: string | undefined;
  /** Why it cannot be read as a version file. */
  readonly problem?: string | undefined;
  /** A directory, a pipe or their like: nothing that can be written over. */
  readonly irregular?: boolean | undefined;
}

export interface CiStatement {
  readonly path: string;
  readonly line: number;
  /** An assignment of GOROOT or GOTOOLCHAIN; a `go-version` of setup-go; an image `golang:X`; a version file named. */
  readonly kind: "GOROOT" | "GOTOOLCHAIN" | "go-version" | "image" | "go-version-file";
  /** One for each value of a list or matrix. */
  readonly values: readonly string[];
}

export interface DockerStatement {
  readonly path: string;
  readonly line: number;
  readonly instruction: "FROM" | "ENV" | "ARG" | "RUN";
  readonly text: string;
}
