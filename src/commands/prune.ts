/** `gvt prune`: what interrupted work has left behind. */
import { escapePath } from "../go/escape.js";
import type { Leftover } from "../install/prune.js";
import { type Command, isSet } from "./command.js";

const WHAT: Readonly<Record<Leftover["kind"], string>> = {
  stage: "staging or trash of a gvt that is no more",
  download: "a partial download",
  lock: "a lock that nobody holds",
};

export const prune: Command = {
  name: "prune",
  summary: "remove what interrupted installations have left behind",
  arity: [0, 0],
  description:
    "Removes staging, trash, locks and partial downloads that no running gvt owns. Installed toolchains stay as they are. " +
    "Partial downloads stay while another gvt is at work.",
  options: {
    "dry-run": { type: "boolean", alias: "n", summary: "only show what would be removed" },
    json: { type: "boolean", summary: "print JSON" },
  },
  examples: [
    { command: "gvt prune --dry-run", summary: "what there is, and how much" },
    { command: "gvt prune", summary: "remove it" },
  ],
  run: async ({ layout, clock, output }, args) => {
    const { listLeftovers, removeLeftover } = await import("../install/prune.js");
    const dryRun = isSet(args, "dry-run");
    const leftovers = await listLeftovers(layout, clock());
    if (!dryRun) for (const leftover of leftovers) await removeLeftover(leftover);
    const bytes = leftovers.reduce((sum, leftover) => sum + leftover.bytes, 0);
    if (isSet(args, "json")) {
      output.print(JSON.stringify({ removed: !dryRun, bytes, leftovers }));
      return 0;
    }
    for (const { path, kind, bytes: own } of leftovers) {
      output.print(`${renderBytes(own).padStart(9)}  ${escapePath(path)}  (${WHAT[kind]})`);
    }
    const what = leftovers.length === 1 ? "1 thing" : `${leftovers.length} things`;
    if (leftovers.length === 0) output.note("there is nothing to remove");
    else output.note(`${what}, ${renderBytes(bytes)}, ${dryRun ? "would be removed" : "removed"}`);
    return 0;
  },
};

function renderBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
