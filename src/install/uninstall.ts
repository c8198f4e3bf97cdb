/** Takes a toolchain away: it disappears at once, by a rename, and is deleted afterwards. */
import { chmod, lstat, rename, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { Context } from "../context.js";
import { GvtError, isGvtError } from "../errors.js";
import { formatGoVersion, type GoVersion } from "../go/version.js";
import { describeSystemError, systemCode } from "../io/files.js";
import { sweepStages, withStage } from "../store/staging.js";

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
    else await withStage(layout, self, (stage) => moveAway(goroot, join(stage, "trash"), version));
  } catch (error) {
    throw isGvtError(error) ? error : cannotRemove(goroot, error);
  }
  await sweepStages(layout, clock);
}

async function moveAway(goroot: string, trash: string, version: GoVersion): Promise<void> {
  try {
    await rename(goroot, trash);
  } catch (error) {
    if (systemCode(error) === "ENOENT") throw notInstalled(version);
    if (systemCode(error) !== "EACCES" && systemCode(error) !== "EPERM") throw error;
    // To move a directory is to change its entry `..`, which a read-only one does not allow.
    await chmod(goroot, 0o700);
    await rename(goroot, trash);
  }
}

function notInstalled(version: GoVersion): GvtError {
  return new GvtError("NOT_INSTALLED", `Go ${formatGoVersion(version)} is not installed`, {
    hint: "`gvt list` shows what is",
  });
}

function cannotRemove(goroot: string, cause: unknown): GvtError {
  return new GvtError("DISK", `cannot remove \`${goroot}\`: ${describeSystemError(cause)}`, { cause });
}
