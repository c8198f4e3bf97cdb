/** Whether this machine's system is new enough for a toolchain: one that is not would only crash. */
import { release } from "node:os";
import { GvtError } from "../errors.js";
import { findMissingOs } from "../go/minimum-os.js";
import { formatPlatform, type Platform } from "../go/platform.js";
import { type GoVersion, toolchainName } from "../go/version.js";

/** Throws `PLATFORM_UNSUPPORTED`, before anything is downloaded. */
export function verifyOs(version: GoVersion, platform: Platform): void {
  const missing = findMissingOs(version, platform, release());
  if (missing !== undefined) throw osTooOld(version, platform, missing);
}

function osTooOld(version: GoVersion, platform: Platform, missing: string): GvtError {
  return new GvtError("PLATFORM_UNSUPPORTED", `${toolchainName(version)} needs ${missing} or newer`, {
    facts: { platform: formatPlatform(platform), system: release() },
    hint: "an older line of Go runs here; https://go.dev/wiki/MinimumRequirements lists them",
  });
}
