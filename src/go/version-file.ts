/**
 * The grammars of the files in which people pin a version: `.go-version`, `.tool-versions` and the default. Pure; the
 * same word is found by shims/shim.sh.
 */
import { GvtError } from "../errors.js";
import { escapeText } from "./escape.js";
import { type FileSelector, findFileSelector } from "./selector.js";

/** What a version file pins, and the line (from 1) that says so. */
export interface VersionStatement {
  readonly selector: FileSelector;
  readonly line: number;
  /** The word as it stands there. */
  readonly text: string;
}

interface Word {
  readonly text: string;
  readonly line: number;
}

/** Words are separated by what ASCII calls blank; a no-break space is part of a word, hence an error. */
const BLANKS = /[ \t\v\f\r]+/;
const BYTE_ORDER_MARK = /^\ufeff/;
/** asdf's name for Go in `.tool-versions`, and mise's. */
const TOOL_NAMES: readonly (string | undefined)[] = ["golang", "go"];

/**
 * Reads `.go-version` and the default: the first word of the first line that is neither blank nor a comment. Throws
 * `BAD_SELECTOR` where there is no word, or one that a file may not say.
 */
export function parseVersionFile(text: string): VersionStatement {
  const first = listLines(text)[0];
  if (!first) throw emptyVersionFile();
  return parseWord({ text: first.words[0] ?? "", line: first.line });
}

/** Reads the first `golang` or `go` line of `.tool-versions`: the first of its versions. Undefined without such a line. */
export function findToolVersion(text: string): VersionStatement | undefined {
  const tool = listLines(text).find(({ words }) => TOOL_NAMES.includes(words[0]));
  if (!tool) return undefined;
  const [name = "", version] = tool.words;
  if (version === undefined || version.startsWith("#")) throw noToolVersion(name, tool.line);
  return parseWord({ text: version, line: tool.line });
}

/** Lines that are neither blank nor comments, as words. */
function listLines(text: string): { readonly words: readonly string[]; readonly line: number }[] {
  return text
    .replace(BYTE_ORDER_MARK, "")
    .split("\n")
    .map((line, index) => ({ words: line.split(BLANKS).filter((word) => word !== ""), line: index + 1 }))
    .filter(({ words: [first] }) => first !== undefined && !first.startsWith("#"));
}

function parseWord({ text, line }: Word): VersionStatement {
  const selector = findFileSelector(text);
  if (!selector) throw notForFiles(text, line);
  return { selector, line, text };
}

function emptyVersionFile(): GvtError {
  return new GvtError("BAD_SELECTOR", "it names no version", {
    hint: "`gvt local 1.22.6` writes one, `gvt local --unset` removes the file",
  });
}

function noToolVersion(name: string, line: number): GvtError {
  return new GvtError("BAD_SELECTOR", `line ${line}: \`${name}\` is followed by no version`, {
    hint: `write a version behind it: \`${name} 1.22.6\``,
  });
}

function notForFiles(text: string, line: number): GvtError {
  return new GvtError(
    "BAD_SELECTOR",
    `line ${line}: \`${escapeText(text)}\` is not what a version file may say`,
    {
      hint: "write an exact version (`1.22.6`), a line (`1.22`), `system` or an alias",
    },
  );
}

/** The line (from 1) whose first word decides, whatever that word says; undefined where every line is blank or a comment. */
export function findVersionLine(text: string): number | undefined {
  return listLines(text)[0]?.line;
}
