/** The selection of whoever starts a program: what is missing is installed first, where the user wants that unasked. */
import type { Context } from "../context.js";
import { select } from "../select/select.js";
import { type MissingSelection, missingError, type Selection } from "../select/selection.js";

export type InstalledSelection = Exclude<Selection, MissingSelection>;

export interface InstalledRequest {
  /** What stands behind `+`. */
  readonly override: string | undefined;
  /** How what is missing is installed. */
  readonly install?: (context: Context, missing: MissingSelection) => Promise<void>;
}

/** Throws `NOT_INSTALLED`, and whatever keeps an installation from succeeding. */
export async function selectInstalled(
  context: Context,
  { override, install = installMissing }: InstalledRequest,
): Promise<InstalledSelection> {
  let selection = select({ ...context, override });
  if (selection.kind === "missing" && context.config.autoInstall) {
    await install(context, selection);
    selection = select({ ...context, override });
  }
  if (selection.kind === "missing") throw missingError(selection);
  return selection;
}

/** The report goes to stderr: stdout is the program's, or the launcher's. */
async function installMissing(context: Context, { wanted }: MissingSelection): Promise<void> {
  const [{ obtainOne }, { textReport }] = await Promise.all([
    import("./obtain.js"),
    import("./install-report.js"),
  ]);
  await obtainOne(context, wanted, { report: textReport(context) });
}
