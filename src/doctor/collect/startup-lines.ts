/**
 * The lines of a start-up file as a shell would cut them: what is quoted, a here-document or a comment is no command.
 * Tells which lines may be deleted without harm to others. Pure.
 */
import type { StartupFile } from "../setting-facts.js";

type Syntax = StartupFile["syntax"];

export interface StartupLine {
  /** As it stands in the file. */
  readonly text: string;
  /** Without its comment; empty where the line begins or ends within quotes, or is text of a here-document. */
  readonly command: string;
  /** What stands outside of quotes and comments, with the quotes left empty. */
  readonly code: string;
  /** Where that cannot be told, every line is taken for itself. */
  readonly understood: boolean;
}

interface State {
  /** The quote that is open: `'`, `"`, or `$'`. */
  quote: string;
  /** The last lines of here-documents that have begun. */
  readonly ends: { readonly word: string; readonly indented: boolean }[];
}

export function cutLines(text: string, syntax: Syntax): StartupLine[] {
  const lines = text
    .replace("\ufeff", "")
    .split("\n")
    .map((line) => line.replace(/\r$/, ""));
  const state: State = { quote: "", ends: [] };
  const isOne = syntax === "environment" || syntax === "launchd";
  const cut = isOne ? undefined : lines.map((line) => cutLine(line, syntax, state));
  // What is open at the end was misread: a quote that takes a shell to understand.
  if (cut && state.quote === "" && state.ends.length === 0) return cut;
  return lines.map((line) => ({
    ...cutLine(line, syntax, { quote: "", ends: [] }),
    command: line,
    understood: isOne,
  }));
}

function cutLine(text: string, syntax: Syntax, state: State): StartupLine {
  const inside = { text, command: "", code: "", understood: true };
  const [end] = state.ends;
  if (end && state.quote === "") {
    if ((end.indented ? text.replace(/^\t+/, "") : text) === end.word) state.ends.shift();
    return inside;
  }
  const began = state.quote;
  const { code, comment } = readCode(text, syntax, state);
  const whole = began === "" && state.quote === "";
  return { ...inside, code, command: whole ? text.slice(0, comment).trimEnd() : "" };
}

const HERE_DOCUMENT = /(?<!<)<<(-?)\s*(?:'([^']+)'|"([^"]+)"|\\?([A-Za-z_][\w.!-]*))/y;

/** Leaves in the state what the line leaves open. */
function readCode(text: string, syntax: Syntax, state: State): { code: string; comment: number } {
  const escaping = syntax === "powershell" ? "`" : "\\";
  let code = "";
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === escaping && (state.quote !== "'" || syntax === "fish")) {
      // What goes on in the next line ends with a backslash, whatever the shell.
      if (state.quote === "") code += `\\${text.charAt(at + 1)}`;
      at++;
    } else if (state.quote !== "") {
      if (char !== state.quote.at(-1)) continue;
      state.quote = "";
      code += char;
    } else if (char === '"' || char === "'") {
      state.quote = char === "'" && syntax === "sh" && text[at - 1] === "$" ? "$'" : char;
      code += char;
    } else if (char === "#" && /^[\s;&|(]?$/.test(text.charAt(at - 1))) {
      return { code, comment: at };
    } else {
      HERE_DOCUMENT.lastIndex = at;
      const here = syntax === "sh" ? HERE_DOCUMENT.exec(text) : null;
      const [whole = char, dash, ...words] = here ?? [];
      if (here) state.ends.push({ word: words.find((word) => word) ?? "", indented: dash === "-" });
      code += whole;
      at += whole.length - 1;
    }
  }
  return { code, comment: text.length };
}

/** The statement is the line, nothing is continued into it or out of it, and no block is empty without it. */
export function isRemovable(lines: readonly StartupLine[], index: number): boolean {
  const { command = "", code = "", understood = false } = lines[index] ?? {};
  if (!understood || /[;&|]|<<|\\$|\([^)]*$|^[^(]*\)/.test(code)) return false;
  if (/^\s*(?:if|then|else|elif|for|while|case)\b/.test(command)) return false;
  if ([...command.matchAll(/(?:^|\s)[A-Za-z_]\w*\+?=/g)].length > 1) return false;
  const before = findCode(lines, index, -1);
  const after = findCode(lines, index, 1);
  if (/(?:&&|\||\\)\s*$/.test(before) || /^\s*(?:and|or|&&|\|)(?:\s|$|\|)/.test(after)) return false;
  const opens =
    /(?:\b(?:then|do|else)|\{|\bin|\)|;)\s*$|^\s*(?:if|else|for|while|begin|function|switch|case)\b[^;]*$/.test(
      before,
    );
  const closes = /^\s*(?:fi|done|else|elif|esac|end|;;|\})/.test(after);
  return !(opens && closes);
}

/** Of the nearest line that has some. */
function findCode(lines: readonly StartupLine[], index: number, step: 1 | -1): string {
  let at = index + step;
  while (lines[at]?.code.trim() === "") at += step;
  return lines[at]?.code ?? "";
}
