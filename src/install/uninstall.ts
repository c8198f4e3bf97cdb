/** Takes a toolchain away: it disappears at once, by a rename, and is deleted afterwards. */
import { lstat, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { Context } from "../context.js";
import { GvtError, isGvtError } from "../errors.js";
import type { GoVersion } from "../go/version.js";
import { describeSystemError, systemCode } from "../io/files.js";
import { sweepStages, withStage } from "../store/staging.js";
import { notInstalled } from "../store/store.js";
import { moveAway } from "./publish.js";

/**
 * Removes what versions/ holds under this version, damaged or whole; of a link, only the link. Throws `NOT_INSTALLED`
 * where there is nothing. Programs that run from it go on running.
 */
export async function uninstallVersion({ layout, self, clock }: Context, version: GoVersion): Promise<void> {
  const goroot = layout.goroot(version);
  const found = await lstat(goroot).catch((error: unknown) => {
    throw systemCode(error) === "ENOENT" ? notInstalled(version) : cannotRemove(goroot, error);
  });
  try {
    if (found.isSymbolicLink()) await unlink(goroot);
    else await withStage(layout, self, (stage) => moveAway(goroot, join(stage, "trash")));
  } catch (error) {
    // Another process was faster.
    if (systemCode(error) === "ENOENT") throw notInstalled(version);
    throw isGvtError(error) ? error : cannotRemove(goroot, error);
  }
  await sweepStages(layout, clock);
}

function cannotRemove(goroot: string, cause: unknown): GvtError {
  return new GvtError("DISK", `cannot remove \`${goroot}\`: ${describeSystemError(cause)}`, { cause });
}
