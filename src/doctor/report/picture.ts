/** The picture of PATH in lines of text. Pure. */
import { escapePath } from "../../go/escape.js";
import { wrap } from "../../io/lines.js";
import type { Facts } from "../facts.js";
import { type PicturedProgram, type PictureEntry, picturePath } from "../path-picture.js";
import { renderShadowTable } from "./shadow-table.js";

export interface PictureOptions {
  readonly width?: number;
  /** Every entry, also those that hold nothing of Go's. */
  readonly whole?: boolean;
}

export function renderPicture(facts: Facts, { width, whole = false }: PictureOptions = {}): string[] {
  const entries = picturePath(facts);
  if (entries.length === 0) return ["PATH is empty"];
  const digits = String(entries.length).length;
  const groups = whole ? entries.map((entry) => [entry]) : foldEmpty(entries);
  return [
    "PATH, in order; `>` is where `go` is found:",
    ...groups.flatMap(([first, ...rest]) => {
      if (!first) return [];
      const last = rest.at(-1);
      if (!whole && isEmpty(first) && last) return [`  ${first.position}-${last.position}  nothing of Go's`];
      return renderEntry(first, digits, width);
    }),
  ].map(escapePath);
}

/** All there is to say of PATH. */
export function renderPath(facts: Facts, width: number): string[] {
  const table = renderShadowTable(facts, width);
  return [
    ...renderPicture(facts, { width, whole: true }),
    ...(table.length > 0 ? ["", "tools that others hide:", ...table] : []),
  ];
}

function renderEntry(entry: PictureEntry, digits: number, width: number | undefined): string[] {
  const mark = entry.wins.some(({ name }) => name === "go") ? ">" : " ";
  const indent = " ".repeat(digits + 5);
  const rows: readonly (readonly [string, string])[] = [
    ["from", entry.from.join(", ")],
    ["wins", entry.wins.map(describeWinner).join(", ")],
    ["hidden", entry.hidden.map(describeHidden).join(", ")],
  ];
  return [
    `${mark} ${String(entry.position).padStart(digits)}  ${describeEntry(entry)}`,
    ...rows
      .filter(([, text]) => text !== "")
      .flatMap(([name, text]) =>
        wrap(text, `${indent}${name.padEnd(8)}`, `${indent}${" ".repeat(8)}`, width),
      ),
  ];
}

/** The entry and what is the matter with it: `/opt/x (missing)`. */
export function describeEntry({ text, state, repeats }: PictureEntry): string {
  const name = text === "" ? "(empty)" : text;
  if (repeats !== undefined) return `${name} (the same as ${repeats})`;
  return state === "directory" ? name : `${name} (${state})`;
}

/** `go (go1.22.6; hides that of 2, 4)`. */
export function describeWinner({ name, owner, others }: PicturedProgram): string {
  const notes = [
    ...(owner === undefined ? [] : [owner]),
    ...(others.length === 0 ? [] : [`hides that of ${others.join(", ")}`]),
  ];
  return notes.length === 0 ? name : `${name} (${notes.join("; ")})`;
}

/** `go (gvt) by 1`. */
export function describeHidden({ name, owner, others }: PicturedProgram): string {
  return `${name}${owner === undefined ? "" : ` (${owner})`} by ${others.join(", ")}`;
}

function isEmpty({ wins, hidden }: PictureEntry): boolean {
  return wins.length === 0 && hidden.length === 0;
}

/** Neighbours that hold nothing of Go's make one group. */
function foldEmpty(entries: readonly PictureEntry[]): PictureEntry[][] {
  const groups: PictureEntry[][] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    if (last?.[0] && isEmpty(last[0]) && isEmpty(entry)) last.push(entry);
    else groups.push([entry]);
  }
  return groups;
}
