/** What somebody most likely meant by a word that means nothing. Pure. */

/** The word that begins like it, else one at most two letters off. */
export function findNearestWord(typed: string, words: readonly string[]): string | undefined {
  if (typed.length < 2) return undefined;
  const begun = words.find((word) => word.startsWith(typed));
  if (begun !== undefined) return begun;
  const ranked = words.map((word) => ({ word, distance: editDistance(typed, word) }));
  ranked.sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best && best.distance <= Math.min(2, typed.length - 1) ? best.word : undefined;
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
