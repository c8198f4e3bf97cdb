/**
 * The table of commands: adding one is one file and one row. A command is loaded when it is asked for, because loading
 * them all would take longer than most of them run.
 */
import { GvtError } from "../errors.js";
import { escapeText } from "../go/escape.js";
import { findNearestWord } from "../go/nearest-word.js";
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
  { name: "check", load: async () => (await import("./check.js")).check },
  { name: "verify", load: async () => (await import("./verify.js")).verify },
  { name: "repair", load: async () => (await import("./repair.js")).repair },
  { name: "prune", load: async () => (await import("./prune.js")).prune },
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
  if (!command) throw unknownCommand(name, listMeant(name, commands));
  return command;
}

/** What other version managers call it, and what it is here. */
const CALLED_ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  versions: ["gvt list"],
  "ls-remote": ["gvt list --remote"],
  "list-remote": ["gvt list --remote"],
  "list-all": ["gvt list --remote"],
  version: ["gvt current"],
  use: ["gvt local", "gvt shell"],
  pin: ["gvt local"],
  set: ["gvt local"],
  default: ["gvt global"],
  run: ["gvt exec"],
  remove: ["gvt uninstall"],
  rm: ["gvt uninstall"],
  "-v": ["gvt --version"],
};

/** What may have been meant, as commands to type. */
function listMeant(name: string, commands: readonly Command[]): readonly string[] {
  if (Object.hasOwn(CALLED_ELSEWHERE, name)) return CALLED_ELSEWHERE[name] ?? [];
  const offered = commands.filter(({ hidden }) => !hidden).map((command) => command.name);
  const nearest = findNearestWord(name, offered);
  return nearest === undefined ? [] : [`gvt ${nearest}`];
}

function unknownCommand(name: string, meant: readonly string[]): GvtError {
  const what = name.startsWith("-")
    ? `gvt has no option \`${escapeText(name)}\` before a command`
    : `there is no command \`gvt ${escapeText(name)}\``;
  return new GvtError("USAGE", what, {
    hint:
      meant.length === 0
        ? "`gvt help` lists the commands"
        : `did you mean ${meant.map((command) => `\`${command}\``).join(" or ")}?`,
  });
}
