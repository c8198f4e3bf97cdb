/** The newest release that this gvt knows of: its table is as old as itself, and names no release that is not out. */
import { TABLE_DATE, tableVersions } from "../../go/release-table.js";
import { formatGoVersion } from "../../go/version.js";
import type { ReleaseFacts } from "../snapshot.js";

export function findNewestRelease(): ReleaseFacts | undefined {
  const newest = tableVersions().find(({ prerelease }) => !prerelease);
  return newest && { newest: formatGoVersion(newest), date: TABLE_DATE };
}
