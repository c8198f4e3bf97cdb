/** GOOS/GOARCH pairs, and how archives, modules and toolchain trees spell them. Pure. */

/** As the go command names it: `{os: "linux", arch: "amd64"}`. */
export interface Platform {
  readonly os: string;
  readonly arch: string;
}

/** `linux/amd64`, as `go tool dist list` prints it. */
export function formatPlatform({ os, arch }: Platform): string {
  return `${os}/${arch}`;
}

/** The part of an archive's name: release archives say `linux-armv6l` where Go says `linux/arm`. */
export function archivePlatform({ os, arch }: Platform): string {
  return `${os}-${os === "linux" && arch === "arm" ? "armv6l" : arch}`;
}

/** The part of a toolchain module's version: `linux-amd64`, `linux-arm`. */
export function modulePlatform({ os, arch }: Platform): string {
  return `${os}-${arch}`;
}

/** Where a tree keeps this platform's compiler: `pkg/tool/linux_amd64`. */
export function toolDirectory({ os, arch }: Platform): string {
  return `pkg/tool/${os}_${arch}`;
}

const GOOS: Readonly<Record<string, string>> = { win32: "windows", sunos: "solaris" };
const GOARCH: Readonly<Record<string, string>> = {
  x64: "amd64",
  ia32: "386",
  ppc64: "ppc64le",
  mipsel: "mipsle",
  loong64: "loong64",
};

/** Node's words for a machine (`process.platform`, `process.arch`) in Go's. */
export function platformOfNode(os: string, arch: string): Platform {
  return { os: GOOS[os] ?? os, arch: GOARCH[arch] ?? arch };
}
