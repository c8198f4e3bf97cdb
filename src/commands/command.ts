/** What a subcommand is: data that help, completion and the reference page share, and one function. */
import type { Context } from "../context.js";
import { GvtError } from "../errors.js";

export interface OptionSpec {
  readonly type: "boolean" | "string";
  readonly summary: string;
  readonly alias?: string;
  /** The name of the value in usage lines: `DIR|URL`. */
  readonly value?: string;
  /** The option without which this one would mean nothing. */
  readonly needs?: string;
}

export type OptionValue = boolean | string;

export interface Arguments {
  /** Words that are no options, in order. */
  readonly words: readonly string[];
  /** Options by their long name. */
  readonly options: Readonly<Record<string, OptionValue | undefined>>;
}

export interface Example {
  readonly command: string;
  readonly summary: string;
}

interface Description {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** One line, lower case, no final stop. */
  readonly summary: string;
  /** What follows the name in the usage line: `[SPEC…]`. */
  readonly operands?: string;
  /** The fewest and the most words it takes. */
  readonly arity: readonly [number, number];
  readonly description?: string;
  readonly options?: Readonly<Record<string, OptionSpec>>;
  readonly examples: readonly Example[];
  /** Plumbing that gvt's own shell files call: no row in help, no page in the reference. */
  readonly hidden?: boolean;
  /** Words after the first operand belong to a program that is run, options and all; a `--` before them is one of them. */
  readonly passThrough?: boolean;
  /** Runs with the default settings where those of the user cannot be read: it is there to show and to mend them. */
  readonly bearsBadSettings?: boolean;
}

/** Does something in the world. */
export interface RunningCommand extends Description {
  /** Resolves to the exit status. Throws GvtError where it cannot do what was asked. */
  readonly run: (context: Context, args: Arguments) => Promise<number>;
}

/** Answers from the command table alone, whatever state the world is in. */
interface TextCommand extends Description {
  readonly text: (args: Arguments) => Promise<string>;
}

export type Command = RunningCommand | TextCommand;

/** Whether a boolean option was given. */
export function isSet(args: Arguments, name: string): boolean {
  return args.options[name] === true;
}

/** The value of an option that takes one, where it was given. */
export function findOption(args: Arguments, name: string): string | undefined {
  const value = args.options[name];
  return typeof value === "string" ? value : undefined;
}

/** `--unset 1.22` could mean two things, so it means neither. Throws `USAGE`. */
export function refuseSpecWith(args: Arguments, ...options: readonly string[]): void {
  const given = options.find((name) => isSet(args, name));
  if (given === undefined || args.words.length === 0) return;
  throw new GvtError("USAGE", `\`--${given}\` takes no SPEC`, { hint: "give one or the other" });
}
