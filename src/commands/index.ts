/**
 * The table of commands: adding one is one file and one row. A command is loaded when it is asked for, because loading
 * them all would take longer than most of them run.
 */
import { GvtError } from "../errors.js";
import { escapeText } from "../go/escape.js";
import type { Command } from "./command.js";

interface CommandRow {
  readonly name: string;
  readonly load: () => Promise<Command>;
}

const COMMANDS: readonly CommandRow[] = [
  { name: "install", load: async () => (await import("./install.js")).install },
  { name: "uninstall", load: async () => (await import("./uninstall.js")).uninstall },
  { name: "list", load: async () => (await import("./list.js")).list },
  { name: "local", load: async () => (await import("./local.js")).local },
  { name: "global", load: async () => (await import("./global.js")).global },
  { name: "shell", load: async () => (await import("./shell.js")).shell },
  { name: "current", load: async () => (await import("./current.js")).current },
  { name: "which", load: async () => (await import("./which.js")).which },
  { name: "why", load: async () => (await import("./why.js")).why },
  { name: "exec", load: async () => (await import("./exec.js")).exec },
  { name: "exec-plan", load: async () => (await import("./exec-plan.js")).execPlan },
  { name: "env", load: async () => (await import("./env.js")).env },
  { name: "root", load: async () => (await import("./root.js")).root },
  { name: "prefix", load: async () => (await import("./prefix.js")).prefix },
  { name: "doctor", load: async () => (await import("./doctor.js")).doctor },
  { name: "init", load: async () => (await import("./init.js")).init },
  { name: "rehash", load: async () => (await import("./rehash.js")).rehash },
  { name: "config", load: async () => (await import("./config.js")).config },
  { name: "help", load: async () => (await import("./help.js")).helpFor(loadCommands, requireCommand) },
];

export function loadCommands(): Promise<Command[]> {
  return Promise.all(COMMANDS.map(({ load }) => load()));
}

/** Throws `USAGE` for a name that is none, with the one that was most likely meant. */
export async function requireCommand(name: string): Promise<Command> {
  const row = COMMANDS.find((candidate) => candidate.name === name);
  if (row) return row.load();
  const commands = await loadCommands();
  const command = commands.find(({ aliases }) => aliases?.includes(name));
  if (!command) throw unknownCommand(name, findNearest(name, commands));
  return command;
}

/** The beginning of a name, else a name at most two letters off. */
function findNearest(name: string, commands: readonly Command[]): Command | undefined {
  const offered = commands.filter(({ hidden }) => !hidden);
  if (name.length < 2) return undefined;
  const begun = offered.find((command) => command.name.startsWith(name));
  if (begun) return begun;
  const ranked = offered.map((command) => ({ command, distance: editDistance(name, command.name) }));
  ranked.sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best && best.distance <= Math.min(2, name.length - 1) ? best.command : undefined;
}

/** Letters to insert, drop or change to get from one word to the other. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column++) {
      const change = (row[column - 1] ?? 0) + (to[column - 1] === letter ? 0 : 1);
      next.push(Math.min(change, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

function unknownCommand(name: string, nearest: Command | undefined): GvtError {
  const what = name.startsWith("-")
    ? `gvt has no option \`${escapeText(name)}\` before a command`
    : `there is no command \`gvt ${escapeText(name)}\``;
  return new GvtError("USAGE", what, {
    hint: nearest ? `did you mean \`gvt ${nearest.name}\`?` : "`gvt help` lists the commands",
  });
}
