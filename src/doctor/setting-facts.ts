/** The parts of a snapshot that tell of files with settings: the go-env file, start-up files, those of editors. */
import type { ProgramOwner } from "./program-facts.js";

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
