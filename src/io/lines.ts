/** Text in lines of at most 80 columns, or what the terminal has. Pure. */

export const WIDTH = 80;
/** Longer lines are hard to read, however wide the terminal. */
const MAX_WIDTH = 100;
const MIN_WIDTH = 40;

/** Words are never cut: a path that is too long has a line of its own. */
export function wrap(text: string, first: string, rest: string, width = WIDTH): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(" ")) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = rest;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}

/** What suits a terminal; 80 where nobody watches. */
export function pickWidth({
  interactive,
  columns,
}: {
  readonly interactive: boolean;
  readonly columns: number;
}): number {
  return interactive ? Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, columns)) : WIDTH;
}
