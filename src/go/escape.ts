/** Text that somebody else wrote, made fit to print: it must not drive a terminal, nor hide what it is. Pure. */

/** As long as the longest selector: room for a range of several parts. */
const MAX_LENGTH = 64;

/** Control and non-ASCII characters as escapes, cut at 64 characters: text from a file must not drive a terminal. */
export function escapeText(text: string): string {
  const cut = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
  return cut.replace(/[^\x20-\x7e\u2026]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
  });
}

/** Control characters of a path as escapes; other letters stay, and nothing is cut. */
export function escapePath(path: string): string {
  return path.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, escapeText);
}
