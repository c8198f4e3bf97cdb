/** `gvt init`: the marked block in a shell's start-up files, shown first. */
import { basename, join } from "node:path";
import type { Context } from "../context.js";
import { requireShell, SHELLS, type Shell } from "../env/shells.js";
import { GvtError } from "../errors.js";
import { escapePath } from "../go/escape.js";
import type { StartupEdit } from "../shim/startup-files.js";
import { type Command, isSet } from "./command.js";

export const init: Command = {
  name: "init",
  summary: "make new shells find gvt and the right `go`",
  operands: "[sh|bash|zsh|fish]",
  arity: [0, 1],
  description:
    "Shows the lines it would add to the shell's start-up files and asks before it writes them. " +
    "Without a shell, the one that SHELL names is meant. dash, ash, ksh, mksh and yash are set up as sh is.",
  options: {
    yes: { type: "boolean", alias: "y", summary: "write without asking" },
    remove: { type: "boolean", summary: "take the lines away again" },
    json: { type: "boolean", summary: "print what would be written as JSON, and write nothing" },
  },
  examples: [
    { command: "gvt init bash", summary: "set up bash, after a look at what will be written" },
    { command: "gvt init zsh --yes", summary: "the same without a question, for scripts" },
    { command: "gvt init fish --remove", summary: "undo it" },
  ],
  run: async (context, args) => {
    const { output, signal } = context;
    const shell = chooseShell(args.words[0], context);
    const { applyEdit, planInit, planRemoval } = await import("../shim/startup-files.js");
    const remove = isSet(args, "remove");
    const edits = remove ? await planRemoval(context, shell) : await planInit(context, shell);
    if (isSet(args, "json")) {
      output.print(
        JSON.stringify({ shell: shell.name, edits: edits.map(({ path, block }) => ({ path, block })) }),
      );
      return 0;
    }
    if (edits.length === 0) {
      output.note(remove ? `${shell.name} has no lines of gvt's` : `${shell.name} is set up already`);
      return 0;
    }
    if (shell.name === "sh" && !remove) tellOfSh(context, args.words[0]);
    for (const edit of edits) showEdit(context, edit, remove ? "remove" : "add");
    if (!isSet(args, "yes")) {
      const question = remove ? "take these lines away?" : "write these lines?";
      const answer = await output.confirm(question, signal);
      if (answer === undefined) throw nobodyToAsk(`gvt init ${shell.name}${remove ? " --remove" : ""}`);
      if (!answer) {
        output.note("nothing was written");
        return 1;
      }
    }
    for (const edit of edits) await applyEdit(edit);
    output.note(remove ? "done; open shells keep their PATH until they end" : nextStep(context, shell));
    return 0;
  },
};

function showEdit({ output }: Context, edit: StartupEdit, change: "add" | "remove"): void {
  const { path, readBy, block } = edit;
  const [preposition, sign, colour] =
    change === "add" ? (["to", "+", "green"] as const) : (["from", "-", "red"] as const);
  output.note(`${preposition} ${escapePath(path)}, which ${readBy}`);
  for (const line of block) output.note(output.style(colour, `  ${sign} ${line}`));
  output.note("");
}

/** ksh, dash and their kin share one start-up file, and read no other in shells that are no login shells. */
function tellOfSh({ output, env, layout }: Context, asked: string | undefined): void {
  const name = basename(asked ?? env["SHELL"] ?? "sh").replace(/^-/, "");
  const is = name === "sh" ? "sh reads" : `${name} reads what sh reads:`;
  const file = escapePath(join(layout.shell, "env.sh"));
  output.note(`${is} ~/.profile, in login shells alone; for others, let ENV name ${file}`);
}

function nextStep({ layout }: Context, shell: Shell): string {
  const file = shell.quote(`${layout.shell}/${shell.name === "fish" ? "env.fish" : "env.sh"}`);
  return `done; a new ${shell.name} has it, this one after: ${shell.name === "fish" ? "source" : "."} ${file}`;
}

function chooseShell(name: string | undefined, { env, layout }: Context): Shell {
  const wanted = name ?? env["SHELL"] ?? "";
  if (wanted === "") throw shellNotSet();
  const [shims, bin] = [escapePath(layout.shims), escapePath(layout.bin)];
  return requireShell(wanted, `; for others, put \`${shims}\` and \`${bin}\` first on PATH`);
}

function shellNotSet(): GvtError {
  return new GvtError("USAGE", "SHELL is not set, so name a shell", {
    hint: `one of ${Object.keys(SHELLS).join(", ")}, as in \`gvt init bash\``,
  });
}

function nobodyToAsk(command: string): GvtError {
  return new GvtError("USAGE", "there is no terminal to ask on, so nothing was written", {
    hint: `\`${command} --yes\` writes without asking`,
  });
}
