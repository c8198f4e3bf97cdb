/** What `gvt doctor` can be asked for, and the options that each of that takes: one that means nothing is refused. */
import { GvtError } from "../../errors.js";
import { escapeText } from "../../go/escape.js";
import type { Arguments } from "../command.js";

const BY_OPTION = ["repo", "quick", "pid", "fix"] as const;
const BY_WORD = ["explain", "path", "undo"] as const;

export type Mode = (typeof BY_OPTION)[number] | (typeof BY_WORD)[number] | "message" | "whole";

interface ModeRow {
  /** As people ask for it. */
  readonly name: string;
  /** The most words that are no options, its own among them. */
  readonly words: number;
  /** Options, besides its own. */
  readonly takes: readonly string[];
}

const BASELINE = ["baseline", "write-baseline"];
const REPORT = ["json", "only", "strict"];
const CHANGE = ["json", "dry-run", "yes"];

const MODES: Readonly<Record<Mode, ModeRow>> = {
  whole: { name: "the whole doctor", words: 0, takes: [...REPORT, ...BASELINE, "format", "save", "from"] },
  repo: { name: "`--repo`", words: 1, takes: [...REPORT, ...BASELINE, "format"] },
  quick: { name: "`--quick`", words: 0, takes: ["json", "strict"] },
  pid: { name: "`--pid`", words: 0, takes: REPORT },
  fix: { name: "`--fix`", words: 0, takes: [...REPORT, ...CHANGE] },
  undo: { name: "`undo`", words: 1, takes: CHANGE },
  path: { name: "`path`", words: 1, takes: ["json", "from"] },
  explain: { name: "`explain`", words: 2, takes: [] },
  message: { name: "a message", words: 1, takes: ["from"] },
};

/** Throws `USAGE` where options or words make no sense together. */
export function requireMode({ words, options }: Arguments): Mode {
  const given = Object.keys(options).filter((name) => options[name] !== undefined && options[name] !== false);
  const [first] = words;
  const mode =
    BY_OPTION.find((name) => given.includes(name)) ??
    BY_WORD.find((name) => name === first) ??
    (first === undefined ? "whole" : "message");
  const row = MODES[mode];
  const stray = given.find((name) => name !== mode && !row.takes.includes(name));
  if (stray !== undefined) throw strayOption(stray, mode);
  const word = words[row.words];
  if (word !== undefined) throw strayWord(word, mode);
  return mode;
}

function strayOption(option: string, mode: Mode): GvtError {
  if (mode === "whole") {
    const takers = Object.values(MODES).filter(({ takes }) => takes.includes(option));
    const names = takers.map(({ name }) => name).join(" or ");
    return new GvtError("USAGE", `\`--${option}\` goes with ${names}`, {
      hint: `\`gvt doctor --fix --${option}\``,
    });
  }
  return new GvtError("USAGE", `\`--${option}\` does not go with ${MODES[mode].name}`, {
    hint: "`gvt help doctor` shows its arguments",
  });
}

function strayWord(word: string, mode: Mode): GvtError {
  return new GvtError("USAGE", `unexpected argument \`${escapeText(word)}\``, {
    hint:
      mode === "message"
        ? "put a message between quotes, or say `gvt doctor explain ID`"
        : "`gvt help doctor` shows its arguments",
  });
}
