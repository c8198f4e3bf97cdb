/** The GOOS/GOARCH pairs that the go command of each line builds for. Pure. */
import { formatPlatform, type Platform } from "../go/platform.js";

/**
 * Whatever `go build -n` of one release of each line, 1.17 to 1.27, does not refuse as an unsupported pair. That is
 * `go tool dist list` and a few pairs that work so badly that the list leaves them out.
 */
const OF_EVERY_LINE: Readonly<Record<string, string>> = {
  aix: "ppc64",
  android: "386 amd64 arm arm64",
  darwin: "amd64 arm64",
  dragonfly: "amd64",
  freebsd: "386 amd64 arm arm64",
  illumos: "amd64",
  ios: "amd64 arm64",
  js: "wasm",
  linux: "386 amd64 arm arm64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x sparc64",
  netbsd: "386 amd64 arm arm64",
  openbsd: "386 amd64 arm arm64",
  plan9: "386 amd64 arm",
  solaris: "amd64",
  windows: "386 amd64 arm64",
};
const OF_SOME_LINES: Readonly<Record<string, { readonly since?: number; readonly until?: number }>> = {
  "linux/loong64": { since: 19 },
  "freebsd/riscv64": { since: 20 },
  "openbsd/ppc64": { since: 21 },
  "wasip1/wasm": { since: 21 },
  "openbsd/riscv64": { since: 22 },
  "windows/arm": { until: 25 },
  "openbsd/mips64": { until: 26 },
};
const OLDEST_LINE = 17;
const NEWEST_LINE = 27;

/** Whether the go command of this line builds for it; undefined of lines that nobody has asked. */
export function isBuildTarget(platform: Platform, minor: number): boolean | undefined {
  if (minor < OLDEST_LINE || minor > NEWEST_LINE) return undefined;
  const { os, arch } = platform;
  if (Object.hasOwn(OF_EVERY_LINE, os) && OF_EVERY_LINE[os]?.split(" ").includes(arch)) return true;
  const pair = formatPlatform(platform);
  if (!Object.hasOwn(OF_SOME_LINES, pair)) return false;
  const { since = OLDEST_LINE, until = NEWEST_LINE } = OF_SOME_LINES[pair] ?? {};
  return minor >= since && minor <= until;
}
