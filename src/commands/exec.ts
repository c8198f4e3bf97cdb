/**
 * `gvt exec`: a command in the environment of the selected toolchain. The launcher does this by itself, by exec; this is
 * for a gvt that was started without it.
 */
import type { Context, Environment } from "../context.js";
import { applyChanges, planEnvironment } from "../env/environment.js";
import { GvtError } from "../errors.js";
import { escapePath, escapeText } from "../go/escape.js";
import { describeSystemError } from "../io/files.js";
import type { Command } from "./command.js";
import { findOnPath } from "./find-on-path.js";
import type { InstalledSelection } from "./select-installed.js";

export const exec: Command = {
  name: "exec",
  summary: "run a command with the Go that is selected here",
  operands: "[+SPEC] COMMAND [ARG…]",
  arity: [1, Number.POSITIVE_INFINITY],
  passThrough: true,
  description:
    "GOROOT, PATH and GOTOOLCHAIN are set as a shim sets them; the exit status is the command's own.",
  examples: [
    { command: "gvt exec make test", summary: "where shims cannot be first on PATH" },
    { command: "gvt exec +1.21.13 go vet ./...", summary: "with another version, this once" },
  ],
  run: async (context, { words }) => {
    const { override, program, args } = splitWords(words);
    if (program === undefined) throw new GvtError("USAGE", "`gvt exec` needs a command to run");
    const { selectInstalled } = await import("./select-installed.js");
    const selection = await selectInstalled(context, { override });
    const env = await environmentOf(selection, context);
    const path = await findStarted(program, selection, { ...context, env });
    const { runProgram } = await import("../io/spawn.js");
    try {
      return await runProgram(path, args, { env, signal: context.signal });
    } catch (cause) {
      throw cannotStart(path, cause);
    }
  },
};

/** `[+SPEC] [--] COMMAND [ARG…]`, as the launcher reads it. */
function splitWords(words: readonly string[]) {
  const override = words[0]?.startsWith("+") ? words[0].slice(1) : undefined;
  const rest = override === undefined ? words : words.slice(1);
  const [program, ...args] = rest[0] === "--" ? rest.slice(1) : rest;
  return { override, program, args };
}

async function environmentOf(selection: InstalledSelection, context: Context): Promise<Environment> {
  const { readUserGoEnv } = await import("../store/user-go-env.js");
  const goEnvToolchain = readUserGoEnv(context).get("GOTOOLCHAIN")?.value;
  const { env, config } = context;
  return applyChanges(env, planEnvironment({ selection, env, goEnvToolchain, policy: config.toolchain }));
}

/** The system's own `go` and `gofmt` stand behind the shims on PATH. */
async function findStarted(
  program: string,
  selection: InstalledSelection,
  context: Context,
): Promise<string> {
  if (selection.kind === "system" && (program === "go" || program === "gofmt")) {
    const [{ findSystemProgram }, { noSystemError }] = await Promise.all([
      import("../select/system.js"),
      import("../select/selection.js"),
    ]);
    const path = findSystemProgram(context, program);
    if (path === undefined) throw noSystemError(selection, program);
    return path;
  }
  const path = findOnPath(program, context);
  if (path === undefined) throw programNotFound(program);
  return path;
}

function programNotFound(program: string): GvtError {
  return new GvtError("PROGRAM_NOT_FOUND", `there is no program \`${escapeText(program)}\` to run`, {
    hint: "`gvt which` shows the programs of the selected toolchain",
  });
}

function cannotStart(path: string, cause: unknown): GvtError {
  return new GvtError(
    "PROGRAM_NOT_FOUND",
    `cannot start \`${escapePath(path)}\`: ${describeSystemError(cause)}`,
    {
      hint: "its first line names the interpreter it needs, or it is for another machine",
      cause,
    },
  );
}
