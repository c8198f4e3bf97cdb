import type { LabWorld } from "../world.js";
import { PINNED, SEEMS } from "./fragments.js";

const WSL = `${PINNED}; echo 'Linux version 5.15.0-microsoft-standard-WSL2' >$SYSTEM/proc/version`;
const GO_EXE = "mkdir -p $HOME/windows; printf 'MZ' >$HOME/windows/go.exe; chmod +x $HOME/windows/go.exe";
const USER = "mkdir -p $HOME/.config/Code/User; settings=$HOME/.config/Code/User/settings.json";

/** Where WSL differs from Linux is what its kernel says; the rest is the same machine. */
export const PLATFORM_WORLDS: readonly LabWorld[] = [
  {
    name: "WSL finds the Go of Windows, and no other",
    fires: "wsl-windows-go-on-path",
    installed: [],
    made: `${WSL}; ${GO_EXE}; foreign 1.22.6 $HOME/go1.22`,
    env: { PATH: "$TOOLS:$HOME/windows" },
    byHand: 'export PATH="$HOME/go1.22/bin:$TOOLS"',
  },
  {
    name: "WSL finds gvt's go before that of Windows",
    silent: "wsl-windows-go-on-path",
    healthy: true,
    made: `${WSL}; ${GO_EXE}`,
    env: { PATH: "$ROOT/shims:$TOOLS:$HOME/windows" },
  },
  {
    name: "WSLENV takes over GOROOT of Windows",
    fires: "wslenv-go-vars",
    outline: ["warning wslenv-go-vars"],
    made: WSL,
    env: { WSLENV: "WT_SESSION:GOROOT/p" },
  },
  {
    name: "WSLENV takes over GOROOT of Windows, and it leads nowhere",
    fires: "wslenv-go-vars",
    outline: ["error goroot-env-missing-dir", "warning wslenv-go-vars"],
    made: WSL,
    env: { WSLENV: "GOROOT/p", GOROOT: "/mnt/c/gone/Go" },
  },
  {
    name: "WSLENV hands GOPATH to Windows",
    silent: "wslenv-go-vars",
    outline: [],
    made: WSL,
    env: { WSLENV: "WT_SESSION:GOPATH/w" },
  },
  {
    name: "GOPATH on a drive of Windows",
    fires: "wsl-drvfs-paths",
    outline: ["warning wsl-drvfs-paths"],
    made: `${WSL}; ${SEEMS}; seems $HOME/c 9p; echo 'export GOPATH=$HOME/c/go' >$HOME/.profile`,
    env: { GOPATH: "$HOME/c/go" },
  },
  {
    name: "GOCACHE on a drive of Windows",
    fires: "gocache-network-fs",
    outline: ["warning wsl-drvfs-paths < gocache-network-fs"],
    made: `${WSL}; ${SEEMS}; seems $HOME/c 9p`,
    env: { GOCACHE: "$HOME/c/cache" },
  },
  {
    name: "GOPATH on 9p, and no Windows",
    silent: "wsl-drvfs-paths",
    outline: [],
    made: `${PINNED}; ${SEEMS}; seems $HOME/c 9p`,
    env: { GOPATH: "$HOME/c/go" },
  },
];

export const EDITOR_WORLDS: readonly LabWorld[] = [
  {
    name: "the editor's own GOROOT, on a line of its own",
    fires: "vscode-goroot-pinned",
    outline: ["warning vscode-goroot-pinned"],
    made: `${PINNED}; foreign 1.21.13 $HOME/sdk/go; ${USER}
      printf '{\\n  "go.goroot": "%s",\\n  "editor.tabSize": 2\\n}\\n' $HOME/sdk/go >"$settings"`,
    symptom: {
      run: `root=$(sed -n 's/.*"go.goroot": "\\([^"]*\\)".*/\\1/p' $HOME/.config/Code/User/settings.json); "\${root:+$root/bin/}go" version`,
      says: /go1\.21\.13/,
    },
  },
  {
    name: "the repository lets the editor start another go",
    fires: "vscode-goroot-pinned",
    made: `${PINNED}; git init -q .; mkdir .vscode; foreign 1.21.13 $HOME/sdk/go
      echo '{ "go.alternateTools": { "go": "~/sdk/go/bin/go" } }' >.vscode/settings.json`,
    byHand: "echo '{}' >$WORK/.vscode/settings.json",
  },
  {
    name: "the editor starts gvt's shim",
    silent: "vscode-goroot-pinned",
    outline: [],
    made: `${PINNED}; ${USER}; echo '{ "go.alternateTools": { "go": "'$ROOT'/shims/go" } }' >"$settings"`,
  },
  {
    name: "the editor's GOROOT stands in a comment",
    silent: "vscode-goroot-pinned",
    outline: [],
    made: `${PINNED}; ${USER}; printf '{\\n  // "go.goroot": "/usr/local/go",\\n}\\n' >"$settings"`,
  },
  {
    name: "the editor's GOROOT is gone, and so is the shell's",
    fires: "vscode-goroot-pinned",
    outline: ["error goroot-env-missing-dir", "warning vscode-goroot-pinned"],
    made: `${PINNED}; ${USER}; printf '{\\n  "go.goroot": "/gone",\\n}\\n' >"$settings"`,
    env: { GOROOT: "/gone" },
  },
];
