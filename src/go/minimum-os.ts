/** The oldest operating system that a Go release runs on (https://go.dev/wiki/MinimumRequirements). Pure. */
import type { Platform } from "./platform.js";
import type { GoVersion } from "./version.js";

/** From this line of Go on, a kernel (`uname -r`) of at least this version is needed. */
interface OsFloor {
  readonly minor: number;
  readonly kernel: readonly [number, number];
  /** What people call it: `Linux 3.2`, `macOS 12`. */
  readonly name: string;
}

/** Newest first. macOS's kernel counts for itself: Darwin 20 is macOS 11. */
const FLOORS: Readonly<Record<string, readonly OsFloor[]>> = {
  linux: [
    { minor: 24, kernel: [3, 2], name: "Linux 3.2" },
    { minor: 18, kernel: [2, 6], name: "Linux 2.6" },
  ],
  darwin: [
    { minor: 27, kernel: [22, 0], name: "macOS 13" },
    { minor: 25, kernel: [21, 0], name: "macOS 12" },
    { minor: 23, kernel: [20, 0], name: "macOS 11" },
    { minor: 21, kernel: [19, 0], name: "macOS 10.15" },
  ],
};

/**
 * What a release needs that this system does not have; undefined where it runs, and where the system's release
 * (`6.8.0-45-generic`) cannot be read.
 */
export function findMissingOs(version: GoVersion, { os }: Platform, release: string): string | undefined {
  const [major, minor] = /^(\d+)\.(\d+)/.exec(release)?.slice(1).map(Number) ?? [];
  if (major === undefined || minor === undefined) return undefined;
  const floor = FLOORS[os]?.find((candidate) => version.minor >= candidate.minor);
  if (!floor) return undefined;
  const [neededMajor, neededMinor] = floor.kernel;
  const met = major > neededMajor || (major === neededMajor && minor >= neededMinor);
  return met ? undefined : floor.name;
}
