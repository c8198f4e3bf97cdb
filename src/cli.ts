/**
 * The command table made into a command line: finds the command, reads its arguments, runs it, and turns whatever
 * comes back into text and an exit status. The only importer of yargs-parser, and the one place that catches.
 */
import type { Arguments, Command, OptionSpec, OptionValue } from "./commands/command.js";
import { showError } from "./commands/error-text.js";
import { loadCommands, requireCommand } from "./commands/index.js";
import { createContext, type ProcessEdge } from "./context.js";
import { EXIT_STATUS, exitStatusOf, GvtError, isGvtError } from "./errors.js";
import { escapePath, escapeText } from "./go/escape.js";
import { findNearestWord } from "./go/nearest-word.js";
import { describeSystemError, systemCode } from "./io/files.js";
import type { Output } from "./io/terminal.js";

/** Runs one command line; resolves to the exit status and never rejects. */
export async function runCli(argv: readonly string[], edge: ProcessEdge): Promise<number> {
  const { output } = edge;
  try {
    return await dispatch(argv, edge);
  } catch (error) {
    const failure = isFileSystemError(error) ? fileSystemFailure(error) : error;
    if (isGvtError(failure)) showError(failure, output);
    else showBug(failure, output, edge);
    return exitStatusOf(failure);
  }
}

async function dispatch(argv: readonly string[], edge: ProcessEdge): Promise<number> {
  const { output } = edge;
  const [first, ...rest] = argv;
  if (first === undefined || first === "--help" || first === "-h") {
    const { renderOverview } = await import("./commands/help.js");
    output.print(renderOverview(await loadCommands()));
    return first === undefined ? EXIT_STATUS.USAGE : 0;
  }
  if (first === "--version" || first === "-V") {
    output.print(edge.self.version);
    return 0;
  }
  const command = await requireCommand(first);
  if (asksForHelp(command, rest)) {
    const { renderCommandHelp } = await import("./commands/help.js");
    output.print(renderCommandHelp(command));
    return 0;
  }
  const args = await parseArguments(command, rest);
  if ("text" in command) {
    output.print(await command.text(args));
    return 0;
  }
  const settings = command.bearsBadSettings ? "default-where-bad" : "required";
  return command.run(await createContext(edge, { settings }), args);
}

/** Words behind the program of a pass-through command are that program's, `--help` included. */
function asksForHelp(command: Command, argv: readonly string[]): boolean {
  const own = command.passThrough
    ? argv.slice(0, argv.findIndex((word) => !word.startsWith("-")) >>> 0)
    : argv;
  const end = own.indexOf("--");
  return (end < 0 ? own : own.slice(0, end)).some((word) => word === "--help" || word === "-h");
}

async function parseArguments(command: Command, argv: readonly string[]): Promise<Arguments> {
  const { default: parser } = await import("yargs-parser");
  const options = command.options ?? {};
  const named = (wanted: (spec: OptionSpec) => boolean): string[] =>
    Object.keys(options).filter((name) => {
      const spec = options[name];
      return spec !== undefined && wanted(spec);
    });
  refuseValues(command, argv);
  const { _: words, ...parsed } = parser(
    joinDashes(
      argv,
      named(({ type }) => type !== "boolean"),
    ),
    {
      alias: Object.fromEntries(
        Object.entries(options).flatMap(([name, { alias }]) => (alias ? [[name, alias]] : [])),
      ),
      boolean: named(({ type }) => type === "boolean"),
      string: ["_", ...named(({ type }) => type !== "boolean")],
      configuration: {
        "boolean-negation": false,
        "camel-case-expansion": false,
        "dot-notation": false,
        "halt-at-non-option": command.passThrough === true,
        "parse-numbers": false,
        "strip-aliased": true,
      },
    },
  );
  // The parser drops a leading `--`, which keeps `+1.22` behind it from being an override.
  const ended = command.passThrough && argv[0] === "--" ? ["--"] : [];
  const args = { words: [...ended, ...words.map(String)], options: readOptions(command, parsed) };
  const [least, most] = command.arity;
  if (args.words.length < least)
    throw usageError(command, `\`gvt ${command.name}\` needs ${command.operands}`);
  if (args.words.length > most)
    throw usageError(command, `unexpected argument \`${escapeText(args.words[most] ?? "")}\``);
  return args;
}

/** `--dry-run=1`: to the parser that is no, and to whoever types it, yes. */
function refuseValues(command: Command, argv: readonly string[]): void {
  for (const word of argv) {
    if (word === "--" || (command.passThrough && !word.startsWith("-"))) return;
    const name = /^--([^=]+)=(?!(?:true|false)$)/.exec(word)?.[1];
    if (name !== undefined && command.options?.[name]?.type === "boolean")
      throw usageError(command, `\`--${name}\` takes no value`);
  }
}

/** `--save -`: a lone dash is a value, which the parser would take for a word. */
function joinDashes(argv: readonly string[], names: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of argv) {
    const before = joined.at(-1) ?? "";
    if (word === "-" && names.some((name) => before === `--${name}`)) joined.splice(-1, 1, `${before}=-`);
    else joined.push(word);
  }
  return joined;
}

/** Holds what the parser made of the options against what the command declares. */
function readOptions(command: Command, parsed: Readonly<Record<string, unknown>>): Arguments["options"] {
  const read: Record<string, OptionValue> = {};
  for (const [name, value] of Object.entries(parsed)) {
    const spec = Object.hasOwn(command.options ?? {}, name) ? command.options?.[name] : undefined;
    const dashed = `\`${name.length === 1 ? "-" : "--"}${escapeText(name)}\``;
    if (!spec) throw noSuchOption(command, name, dashed);
    const values = (Array.isArray(value) ? value : [value]) as (boolean | string)[];
    if (values.includes("")) throw usageError(command, `${dashed} needs a value: ${spec.value}`);
    const [first] = values;
    if (first === undefined) continue;
    if (values.length > 1) throw usageError(command, `${dashed} is given twice`);
    read[name] = first;
  }
  for (const name of Object.keys(read)) {
    const needed = command.options?.[name]?.needs;
    if (needed !== undefined && !read[needed])
      throw usageError(command, `\`--${name}\` means nothing without \`--${needed}\``);
  }
  return read;
}

/** What no code can foresee at every file: a disk that is full, read-only or broken. */
function isFileSystemError(error: unknown): boolean {
  return systemCode(error) !== undefined && error instanceof Error && "syscall" in error;
}

function fileSystemFailure(cause: unknown): GvtError {
  const { path } = cause as { readonly path?: string };
  const what = path === undefined ? "gvt cannot go on" : `cannot use \`${escapePath(path)}\``;
  return new GvtError("DISK", `${what}: ${describeSystemError(cause)}`, { cause });
}

function showBug(error: unknown, output: Output, { self }: ProcessEdge): void {
  output.note(`${output.style("red", "error:")} this is a bug in gvt ${self.version}`);
  output.note(error instanceof Error && error.stack !== undefined ? error.stack : String(error));
  output.note("");
  output.note(
    `${output.style("cyan", "hint:")} report it with the lines above and the command that led to it`,
  );
}

function noSuchOption(command: Command, name: string, dashed: string): GvtError {
  const meant = findNearestWord(name, Object.keys(command.options ?? {}));
  const message = `\`gvt ${command.name}\` has no option ${dashed}`;
  if (meant === undefined) return usageError(command, message);
  return new GvtError("USAGE", message, { hint: `did you mean \`--${meant}\`?` });
}

function usageError(command: Command, message: string): GvtError {
  return new GvtError("USAGE", message, { hint: `\`gvt help ${command.name}\` shows its arguments` });
}
