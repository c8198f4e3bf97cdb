/** `gvt help`: the command table as text; the overview, and a page for each command. */
import { wrap } from "../io/lines.js";
import type { Command } from "./command.js";

/** Columns: what a page of the reference shows, and few terminals lack. */
const WIDTH = 100;

/** Made for a table of commands, because that table holds this command too. */
export function helpFor(
  loadCommands: () => Promise<readonly Command[]>,
  requireCommand: (name: string) => Promise<Command>,
): Command {
  return {
    name: "help",
    summary: "show this overview, or the page of one command",
    operands: "[COMMAND]",
    arity: [0, 1],
    examples: [{ command: "gvt help install", summary: "what `install` takes, with examples" }],
    text: async ({ words: [name] }) =>
      name === undefined
        ? renderOverview(await loadCommands())
        : renderCommandHelp(await requireCommand(name)),
  };
}

/** The commands by what people come for, in the order a newcomer meets them. */
const GROUPS: readonly (readonly [string, readonly string[]])[] = [
  ["Toolchains", ["install", "uninstall", "list"]],
  ["Choosing a version", ["local", "global", "shell"]],
  ["What runs here", ["current", "which", "why", "check", "exec", "env", "root", "prefix"]],
  ["When it is broken", ["doctor", "verify", "repair", "prune"]],
  ["gvt itself", ["init", "rehash", "config", "help"]],
];

export function renderOverview(commands: readonly Command[]): string {
  const lines = [
    "usage: gvt COMMAND [ARG…]",
    "",
    "Installs verified Go toolchains and runs the one each directory asks for.",
  ];
  for (const [title, names] of GROUPS) {
    const rows = names.flatMap((name) => commands.filter((command) => command.name === name));
    lines.push("", `${title}:`, ...renderRows(rows.map(({ name, summary }) => [name, summary])));
  }
  lines.push(
    "",
    "Options:",
    ...renderRows([
      ["-h, --help", "show this overview; after a command, its page"],
      ["-V, --version", "print the version of gvt"],
    ]),
    "",
    'A SPEC is a version (1.22.6, 1.23rc1), a line (1.22), a range (">=1.21 <1.23", ^1.21),',
    "latest, oldstable, system, or an alias. `gvt help COMMAND` has examples.",
  );
  return lines.join("\n");
}

export function renderCommandHelp(command: Command): string {
  const options = Object.entries(command.options ?? {});
  const usage = [
    "usage: gvt",
    command.name,
    ...(options.length > 0 ? ["[OPTION…]"] : []),
    command.operands ?? "",
  ];
  const lines = [usage.join(" ").trimEnd(), "", sentence(command.summary)];
  if (command.description !== undefined) lines.push("", ...wrap(command.description, "", "", WIDTH));
  const rows = options.map(([name, { alias, value, summary }]): [string, string] => [
    `${alias === undefined ? "    " : `-${alias}, `}--${name}${value === undefined ? "" : ` ${value}`}`,
    summary,
  ]);
  lines.push("", "Options:", ...renderRows([...rows, ["-h, --help", "show this page"]]));
  lines.push("", "Examples:");
  for (const example of command.examples) lines.push(`  # ${example.summary}`, `  ${example.command}`);
  return lines.join("\n");
}

function renderRows(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  const margin = " ".repeat(width + 4);
  return rows.flatMap(([name, summary]) => wrap(summary, `  ${name.padEnd(width)}  `, margin, WIDTH));
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
