/** Manual pages of the checks of single platforms and of editors. */
import type { Manuals } from "./manual.js";

export const PLATFORM_MANUALS: Manuals = {
  "wsl-windows-go-on-path": {
    looksAt: "under WSL, whether the first `go` on PATH is go.exe or lies under /mnt",
    messages: [],
    why: "it builds programs for Windows, and knows Windows paths only",
    remedy: "`appendWindowsPath=false` under `[interop]` in /etc/wsl.conf keeps the PATH of Windows out",
    ignore: "where you mean to build for Windows from this shell",
    unverified: "tried on recorded snapshots, not on Windows",
  },
};
