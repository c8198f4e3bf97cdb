/** The table of commands: adding one is one file and one row. */
import type { Command } from "./command.js";
import { config } from "./config.js";
import { current } from "./current.js";
import { env } from "./env.js";
import { exec } from "./exec.js";
import { execPlan } from "./exec-plan.js";
import { global } from "./global.js";
import { helpFor } from "./help.js";
import { init } from "./init.js";
import { install } from "./install.js";
import { list } from "./list.js";
import { local } from "./local.js";
import { prefix } from "./prefix.js";
import { rehash } from "./rehash.js";
import { root } from "./root.js";
import { shell } from "./shell.js";
import { uninstall } from "./uninstall.js";
import { which } from "./which.js";
import { why } from "./why.js";

export const COMMANDS: readonly Command[] = [
  install,
  uninstall,
  list,
  local,
  global,
  shell,
  current,
  which,
  why,
  exec,
  execPlan,
  env,
  root,
  prefix,
  init,
  rehash,
  config,
  helpFor(() => COMMANDS),
];

export function findCommand(name: string): Command | undefined {
  return COMMANDS.find((command) => command.name === name || command.aliases?.includes(name));
}

/** The command a mistyped name most likely meant: at most two letters off. */
export function nearestCommand(name: string): Command | undefined {
  const ranked = COMMANDS.map((command) => ({ command, distance: editDistance(name, command.name) }));
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
