/** The other ways of looking that `gvt doctor` has: at a repository, at a process, or in a hurry. */
import { GvtError } from "../../errors.js";
import { escapeText } from "../../go/escape.js";
import type { Arguments } from "../command.js";

type Mode = "repo" | "quick" | "pid";

interface ModeRow {
  /** Words that are no options. */
  readonly words: number;
  /** Options of the whole doctor that mean nothing here. */
  readonly refuses: readonly string[];
}

const ALWAYS_REFUSED = ["fix", "from", "save"];
const BASELINE = ["baseline", "write-baseline"];

const MODES: Readonly<Record<Mode, ModeRow>> = {
  repo: { words: 1, refuses: [...ALWAYS_REFUSED, "quick", "pid"] },
  quick: { words: 0, refuses: [...ALWAYS_REFUSED, ...BASELINE, "repo", "pid", "format", "only"] },
  pid: { words: 0, refuses: [...ALWAYS_REFUSED, ...BASELINE, "repo", "quick", "format"] },
};

/** Undefined for the whole doctor. Throws `USAGE` where options contradict each other. */
export function findMode(args: Arguments): Mode | undefined {
  const [first] = args.words;
  const mode = (["repo", "quick", "pid"] as const).find((name) => args.options[name] !== undefined);
  const row = mode && MODES[mode];
  const isAction = !mode && (first !== undefined || args.options["fix"] === true);
  const other = (row?.refuses ?? (isAction ? BASELINE : [])).find((name) => args.options[name] !== undefined);
  if (other !== undefined) throw contradiction(other, mode ?? (first === undefined ? "fix" : undefined));
  if (row && args.words.length > row.words) throw strayWord(args.words[row.words] ?? "");
  return mode;
}

function contradiction(option: string, mode: string | undefined): GvtError {
  const other = mode === undefined ? "with words" : `with \`--${mode}\``;
  return new GvtError("USAGE", `\`--${option}\` does not go ${other}`, {
    hint: "`gvt help doctor` shows its arguments",
  });
}

function strayWord(word: string): GvtError {
  return new GvtError("USAGE", `unexpected argument \`${escapeText(word)}\``, {
    hint: "`gvt help doctor` shows its arguments",
  });
}
