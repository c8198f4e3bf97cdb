/** Manual pages of the checks of single platforms and of editors. */
import type { Manuals } from "./manual.js";

const ON_SNAPSHOTS = "tried on recorded snapshots, not on Windows";

export const PLATFORM_MANUALS: Manuals = {
  "wsl-windows-go-on-path": {
    looksAt:
      "under WSL, whether the first `go` on PATH is go.exe or lies on a drive of Windows, such as /mnt/c",
    messages: [],
    why: "it builds programs for Windows, and knows Windows paths only",
    remedy: "`appendWindowsPath=false` under `[interop]` in /etc/wsl.conf keeps the PATH of Windows out",
    ignore: "where you mean to build for Windows from this shell",
    unverified: ON_SNAPSHOTS,
  },
  "wslenv-go-vars": {
    looksAt:
      "under WSL, GOROOT, GOPATH, GOBIN and PATH in WSLENV, unless the flag `w` sends them to Windows only",
    messages: [],
    why: "values of Windows come into WSL, where their paths lead nowhere",
    remedy: "take them out of WSLENV",
    ignore: "where both sides mean the same directories",
    unverified: ON_SNAPSHOTS,
  },
  "wsl-drvfs-paths": {
    looksAt: "under WSL, the file systems of GVT_ROOT, GOPATH, GOCACHE and GOMODCACHE: drvfs, 9p, virtiofs",
    messages: [],
    why: "files on a drive of Windows are slow to reach from WSL, and do not keep the bit that makes a program",
    remedy: "keep them in your home directory of WSL",
    ignore: "where WSL's own disk is too small",
    unverified: ON_SNAPSHOTS,
  },
  "windows-path-length": {
    looksAt:
      "on Windows, the PATH of the user and that of the system: 1024 characters, 32767 together, entries of the system in the user's",
    messages: [],
    why: "`setx` cuts PATH at 1024 characters, and `setx PATH \"%PATH%;…\"` copies the system's entries into the user's",
    remedy: "edit PATH in the settings of Windows, and delete what is there twice or gone",
    ignore: "where nothing uses `setx`",
    unverified: ON_SNAPSHOTS,
  },
  "rosetta-arch": {
    looksAt: "on an arm64 Mac, whether the chosen toolchain's `go` is for amd64 only",
    messages: [],
    why: "it runs through Rosetta, slowly, and builds programs for Intel",
    remedy: "install that version for arm64; a Node for Intel makes gvt take the machine for one",
    ignore: "where you build for Intel on purpose",
    unverified: "tried on recorded snapshots, not on a Mac",
  },
  "vscode-goroot-pinned": {
    looksAt:
      "`go.goroot`, `go.alternateTools.go` and `go.toolsEnvVars.GOROOT` in the settings of VS Code and its kin, the user's and the repository's, against the chosen toolchain",
    messages: [],
    why: "the editor builds, checks and tests with another Go than the terminal, and stays there when the version changes",
    remedy: "delete the setting: the editor finds `go` on PATH, and gvt's shim behind it",
    ignore: "where the editor is meant to use another version",
  },
};
