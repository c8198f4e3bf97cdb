/**
 * A remedy as data: steps that a person pastes, `--fix` carries out and a test follows to the letter. Pure.
 */
import { SHELLS, type Shell } from "../env/shells.js";

export interface Remedy {
  /** One line, imperative, lower case. */
  readonly summary: string;
  readonly steps: readonly Step[];
}

export type Step =
  /** A command that means the same in every shell. */
  | { readonly kind: "run"; readonly command: string }
  /** What must happen in the shell that is open. */
  | { readonly kind: "unset"; readonly variable: string }
  | { readonly kind: "set"; readonly variable: string; readonly value: string }
  | { readonly kind: "extend-path"; readonly directory: string; readonly where: "front" | "back" }
  | { readonly kind: "drop-path"; readonly entry: string }
  /** Reads gvt's shell file from this directory. */
  | { readonly kind: "source"; readonly directory: string }
  /** Replaces one line of a file, or takes it out where there is no `after`. */
  | {
      readonly kind: "edit";
      readonly path: string;
      readonly line: number;
      readonly before: string;
      readonly after?: string | undefined;
    }
  /** What only a person can decide, one sentence. */
  | { readonly kind: "advise"; readonly text: string };

export type LineEdit = Extract<Step, { kind: "edit" }>;

/**
 * What `--fix` does by itself: edits of single lines, which a backup undoes. Where commands belong to them it does
 * nothing: a setting that is taken back and not made anew may be worse than the bad one.
 */
export function listSafeEdits({ steps }: Remedy): LineEdit[] {
  return steps.some(({ kind }) => kind === "run") ? [] : steps.filter((step) => step.kind === "edit");
}

/** The steps that mend a shell which is already open; `--fix` cannot. */
export function isForOpenShell({ kind }: Step): boolean {
  return ["unset", "set", "extend-path", "drop-path", "source"].includes(kind);
}

/** A line to paste, or undefined where the step is no command. */
export function renderCommand(step: Step, shell: Shell): string | undefined {
  switch (step.kind) {
    case "run":
      return step.command;
    case "unset":
      return shell.renderUnset(step.variable);
    case "set":
      return shell.renderSet(step.variable, step.value);
    case "extend-path":
      return renderExtension(step.directory, step.where, shell);
    case "drop-path":
      return renderDrop(step.entry, shell);
    case "source":
      return shell.name === "fish"
        ? `source ${quoteWord(`${step.directory}/env.fish`, shell)}`
        : `. ${quoteWord(`${step.directory}/env.sh`, shell)}`;
    case "edit":
    case "advise":
      return undefined;
  }
}

/** Quoted only where it must be: most paths are plain, and people read these lines. */
export function quoteWord(text: string, shell: Shell = SHELLS.sh): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : shell.quote(text);
}

function renderExtension(directory: string, where: "front" | "back", shell: Shell): string {
  if (shell.name === "fish") {
    return `set -gx PATH ${where === "front" ? `${quoteWord(directory, shell)} $PATH` : `$PATH ${quoteWord(directory, shell)}`}`;
  }
  const word = /^[A-Za-z0-9_@%+=:,./ -]+$/.test(directory) ? directory : undefined;
  // Between double quotes these characters stand for themselves; other directories stand between single ones.
  if (word !== undefined) return `export PATH="${where === "front" ? `${word}:$PATH` : `$PATH:${word}`}"`;
  return where === "front"
    ? `export PATH=${shell.quote(directory)}:"$PATH"`
    : `export PATH="$PATH":${shell.quote(directory)}`;
}

function renderDrop(entry: string, shell: Shell): string {
  if (shell.name === "fish") return `set -gx PATH (string match -v -- ${shell.quote(entry)} $PATH)`;
  return `export PATH="$(printf %s "$PATH" | tr ':' '\\n' | grep -vxF -e ${quoteWord(entry, shell)} | paste -sd: -)"`;
}
