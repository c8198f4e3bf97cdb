/** The other ways of looking that `gvt doctor` has: at a repository, at a process, or in a hurry. */
import type { Context } from "../../context.js";
import type { Check } from "../../doctor/check.js";
import { GvtError } from "../../errors.js";
import { escapeText } from "../../go/escape.js";
import type { Arguments } from "../command.js";

type Mode = "repo" | "quick" | "pid";
type Examine = (context: Context, args: Arguments, checks: readonly Check[]) => Promise<number>;

interface ModeRow {
  readonly load: () => Promise<Examine>;
  /** Words that are no options. */
  readonly words: number;
  /** Options of the whole doctor that mean nothing here. */
  readonly refuses: readonly string[];
}

const ALWAYS_REFUSED = ["fix", "from", "save"];
const BASELINE = ["baseline", "write-baseline"];

const MODES: Readonly<Record<Mode, ModeRow>> = {
  repo: {
    load: async () => (await import("./repository.js")).examineRepository,
    words: 1,
    refuses: [...ALWAYS_REFUSED, "quick", "pid"],
  },
  quick: {
    load: async () => (await import("./quick.js")).examineQuickly,
    words: 0,
    refuses: [...ALWAYS_REFUSED, ...BASELINE, "repo", "pid", "format", "only"],
  },
  pid: {
    load: async () => (await import("./process.js")).examineProcess,
    words: 0,
    refuses: [...ALWAYS_REFUSED, ...BASELINE, "repo", "quick", "format"],
  },
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

export async function examineBy(
  mode: Mode,
  ...[context, args, checks]: Parameters<Examine>
): Promise<number> {
  return (await MODES[mode].load())(context, args, checks);
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
