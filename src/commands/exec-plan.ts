/**
 * `gvt exec-plan`: what the launcher asks when sh alone cannot decide. One line, `VERSION GOTOOLCHAIN`, or
 * `system -`; the launcher then becomes the program itself, so that argv, stdio, signals and exit status pass through.
 */
import type { Context } from "../context.js";
import { pickToolchainVariable } from "../env/environment.js";
import { formatGoVersion } from "../go/version.js";
import { select } from "../select/select.js";
import { type MissingSelection, missingError, noSystemError, type Selection } from "../select/selection.js";
import { findSystemProgram } from "../select/system.js";
import { readUserGoEnv } from "../store/user-go-env.js";
import type { RunningCommand } from "./command.js";

export interface ExecPlanRequest {
  /** What stands behind `+`. */
  readonly override: string | undefined;
  /** `go` or `gofmt`, where it is one of them that will be started. */
  readonly program: string | undefined;
  /** Installs what is missing, where the user wants that done unasked. */
  readonly install?: (missing: MissingSelection) => Promise<void>;
}

/** Throws where there is nothing to start. */
export async function planExec(context: Context, request: ExecPlanRequest): Promise<string> {
  const selection = await selectInstalled(context, request);
  const { program } = request;
  if (selection.kind === "missing") throw missingError(selection);
  if (selection.kind === "system") {
    if (program !== undefined && (await findSystemProgram(context, program)) === undefined) {
      throw noSystemError(selection, program);
    }
    return "system -";
  }
  const toolchain = pickToolchainVariable({
    selection,
    env: context.env,
    goEnvToolchain: (await readUserGoEnv(context)).get("GOTOOLCHAIN")?.value,
    policy: context.config.toolchain,
  });
  return `${formatGoVersion(selection.version)} ${toolchain ?? "-"}`;
}

async function selectInstalled(context: Context, { override, install }: ExecPlanRequest): Promise<Selection> {
  const selection = await select({ ...context, override });
  if (selection.kind !== "missing" || !install || !context.config.autoInstall) return selection;
  await install(selection);
  return select({ ...context, override });
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
    const install = (missing: MissingSelection): Promise<void> => installMissing(context, missing);
    context.output.print(await planExec(context, { override, program, install }));
    return 0;
  },
};

/** `auto_install`: the report goes to stderr, as everything here that is not the plan. */
async function installMissing(context: Context, { wanted }: MissingSelection): Promise<void> {
  const [{ obtainOne }, { textReport }] = await Promise.all([
    import("./obtain.js"),
    import("./install-report.js"),
  ]);
  await obtainOne(context, wanted, { report: textReport(context) });
}
