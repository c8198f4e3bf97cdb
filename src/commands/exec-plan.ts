/**
 * `gvt exec-plan`: what the launcher asks when sh alone cannot decide. One line, `VERSION GOTOOLCHAIN`, or
 * `system -`; the launcher then becomes the program itself, so that argv, stdio, signals and exit status pass through.
 */
import type { Context } from "../context.js";
import { pickToolchainVariable } from "../env/environment.js";
import { formatGoVersion } from "../go/version.js";
import { noSystemError } from "../select/selection.js";
import { findSystemProgram } from "../select/system.js";
import { readUserGoEnv } from "../store/user-go-env.js";
import type { RunningCommand } from "./command.js";
import { type InstalledRequest, selectInstalled } from "./select-installed.js";

export interface ExecPlanRequest extends InstalledRequest {
  /** `go` or `gofmt`, where it is one of them that will be started. */
  readonly program: string | undefined;
}

/** Throws where there is nothing to start. */
export async function planExec(context: Context, request: ExecPlanRequest): Promise<string> {
  const selection = await selectInstalled(context, request);
  const { program } = request;
  if (selection.kind === "system") {
    if (program !== undefined && findSystemProgram(context, program) === undefined) {
      throw noSystemError(selection, program);
    }
    return "system -";
  }
  const toolchain = pickToolchainVariable({
    selection,
    env: context.env,
    goEnvToolchain: readUserGoEnv(context).get("GOTOOLCHAIN")?.value,
    policy: context.config.toolchain,
  });
  return `${formatGoVersion(selection.version)} ${toolchain ?? "-"}`;
}

export const execPlan: RunningCommand = {
  name: "exec-plan",
  summary: "say for the launcher what `gvt exec` starts",
  operands: "[+SPEC] [PROGRAM]",
  arity: [0, 2],
  hidden: true,
  examples: [],
  run: async (context, { words }) => {
    const override = words.find((word) => word.startsWith("+"))?.slice(1);
    const program = words.find((word) => !word.startsWith("+"));
    context.output.print(await planExec(context, { override, program }));
    return 0;
  },
};
