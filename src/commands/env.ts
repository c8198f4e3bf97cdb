/** `gvt env`: the environment of the selected toolchain, as shell code or explained. */
import { join } from "node:path";
import type { Context } from "../context.js";
import { planEnvironment } from "../env/environment.js";
import { requireShell } from "../env/shells.js";
import { escapePath } from "../go/escape.js";
import type { Selection } from "../select/selection.js";
import type { GoEnvFile } from "../store/user-go-env.js";
import { type Arguments, type Command, findOption, isSet } from "./command.js";
import { findOnPath } from "./find-on-path.js";

export const env: Command = {
  name: "env",
  summary: "print what a shim would set here, or explain every Go variable",
  operands: "",
  arity: [0, 0],
  description:
    "Prints shell code that sets GOROOT, PATH and GOTOOLCHAIN together, for scripts in which shims cannot be first " +
    "on PATH. With --explain, lists each Go variable with its value and where it was set.",
  options: {
    explain: { type: "boolean", summary: "each Go variable, its value, and where it was set" },
    shell: {
      type: "string",
      value: "SHELL",
      summary: "code for sh (the default), bash, zsh or fish",
    },
    json: { type: "boolean", summary: "print JSON" },
  },
  examples: [
    { command: 'eval "$(gvt env)"', summary: "use this directory's Go for the rest of a script" },
    { command: "gvt env --shell fish | source", summary: "the same in fish" },
    { command: "gvt env --explain", summary: "who set GOFLAGS?" },
  ],
  run: async (context, args) => {
    const [{ select }, { missingError }, { findUserGoEnv }] = await Promise.all([
      import("../select/select.js"),
      import("../select/selection.js"),
      import("../store/user-go-env.js"),
    ]);
    const selection = select(context);
    if (selection.kind === "missing") throw missingError(selection);
    const userFile = findUserGoEnv(context);
    const changes = planEnvironment({
      selection,
      env: context.env,
      goEnvToolchain: userFile?.settings.get("GOTOOLCHAIN")?.value,
      policy: context.config.toolchain,
    });
    if (isSet(args, "explain")) return explain(context, args, selection, changes, userFile);
    if (isSet(args, "json")) {
      context.output.print(
        JSON.stringify(Object.fromEntries(changes.map(({ variable, value }) => [variable, value]))),
      );
      return 0;
    }
    const shell = requireShell(findOption(args, "shell") ?? "sh");
    for (const { variable, value } of changes) context.output.print(shell.renderSet(variable, value));
    return 0;
  },
};

async function explain(
  context: Context,
  args: Arguments,
  selection: Selection,
  changes: ReturnType<typeof planEnvironment>,
  userFile: GoEnvFile | undefined,
): Promise<number> {
  const { env: environment, home, platform, output } = context;
  const [{ explainVariables }, { findGoEnvFile }] = await Promise.all([
    import("../env/explain.js"),
    import("../store/user-go-env.js"),
  ]);
  const toolchainFile =
    selection.kind === "toolchain" ? findGoEnvFile(join(selection.goroot, "go.env")) : undefined;
  const compiler = platform.os === "darwin" ? "clang" : "gcc";
  const rows = explainVariables({
    env: environment,
    changes,
    userFile,
    toolchainFile,
    home,
    platform,
    version: selection.kind === "toolchain" ? selection.version : undefined,
    compiler,
    hasCompiler: findOnPath(compiler, context) !== undefined,
  });
  if (isSet(args, "json")) {
    output.print(JSON.stringify({ variables: rows }));
    return 0;
  }
  const width = Math.max(...rows.map(({ name, value }) => name.length + value.length));
  for (const { name, value, origin } of rows) {
    output.print(`${name}=${escapePath(value)}${" ".repeat(width - name.length - value.length)}  ${origin}`);
  }
  return 0;
}
