/** `gvt shell`: the version of the current shell. Prints code for gvt's function in that shell to run. */
import { requireShell, type Shell } from "../env/shells.js";
import { EXIT_STATUS, GvtError } from "../errors.js";
import { findFileSelector, parseSelector, pickVersion, resolveAlias } from "../go/selector.js";
import { formatGoVersion } from "../go/version.js";
import { installCommand } from "../select/selection.js";
import { listInstalled } from "../store/store.js";
import { type Arguments, type Command, findOption, isSet, refuseSpecWith } from "./command.js";

const VARIABLE = "GVT_VERSION";

export const shell: Command = {
  name: "shell",
  summary: "pin the version of this shell only",
  operands: "[SPEC]",
  arity: [0, 1],
  description:
    "Sets GVT_VERSION in the shell it is typed in, which is why it needs gvt's function there (`gvt init`). " +
    "A SPEC is met by what is installed, `latest` and `oldstable` too. Without a SPEC, prints it.",
  options: {
    unset: { type: "boolean", summary: "take it back" },
    emit: { type: "string", value: "SHELL", summary: "print code for this shell; gvt's function passes it" },
  },
  examples: [
    { command: "gvt shell 1.21.13", summary: "until this shell ends" },
    { command: "gvt shell --unset", summary: "back to what the directory says" },
  ],
  run: async (context, args) => {
    const { env, output, config, layout } = context;
    const [word] = args.words;
    refuseSpecWith(args, "unset");
    if (word === undefined && !isSet(args, "unset")) {
      const set = env[VARIABLE];
      if (set === undefined) throw notSet();
      // Inside the function stdout is code to run.
      if (findOption(args, "emit") === undefined) output.print(set);
      else output.print(`printf '%s\\n' ${callingShell(args).quote(set)}`);
      return 0;
    }
    const target = callingShell(args);
    if (word === undefined) {
      if (env[VARIABLE] === undefined) {
        output.note("nothing to take back: this shell pins no version");
        return EXIT_STATUS.NEGATIVE;
      }
      output.print(target.renderUnset(VARIABLE));
      return 0;
    }
    const selector = resolveAlias(parseSelector(word), config.aliases);
    const version = pickVersion(selector, listInstalled(layout));
    if (!version && selector.kind !== "system") throw notInstalled(word);
    const text = findFileSelector(word.trim()) || !version ? word.trim() : formatGoVersion(version);
    output.print(target.renderSet(VARIABLE, text));
    return 0;
  },
};

/** gvt's function in a shell says which one it is. */
function callingShell(args: Arguments): Shell {
  const name = findOption(args, "emit");
  if (name === undefined) throw noFunction();
  return requireShell(name);
}

function noFunction(): GvtError {
  return new GvtError("USAGE", "`gvt shell` needs gvt's function in the shell, and it is not there", {
    hint: "run `gvt init` and open a new shell, or set the variable yourself: `export GVT_VERSION=1.22.6`",
  });
}

function notSet(): GvtError {
  return new GvtError("NEGATIVE", "this shell pins no version", { hint: "`gvt why` tells what runs here" });
}

function notInstalled(word: string): GvtError {
  return new GvtError("NOT_INSTALLED", `nothing that is installed meets \`${word}\``, {
    hint: `\`${installCommand(word)}\``,
  });
}
