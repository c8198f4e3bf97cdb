/** Worlds for the checks of single platforms and of editors. */
import { parseEditorSettings } from "../../../src/doctor/collect/editors.js";
import {
  addTree,
  type Draft,
  HOME,
  machine,
  program,
  putOnPath,
  ROOT,
  SHIMS,
  setDirectory,
  setVariable,
  takeOffPath,
  tree,
  useMissing,
  WORK,
} from "../support/machine.js";
import type { Vector } from "./vector.js";

const WINDOWS = "/mnt/c/Program Files/Go/bin";

const DRIVE = { mountPoint: "/mnt/c", type: "9p", noexec: false, readOnly: false, freeBytes: 2 ** 40 };
const USER_SETTINGS = `${HOME}/.config/Code/User/settings.json`;
const REPOSITORY_SETTINGS = `${WORK}/.vscode/settings.json`;

function useMac(draft: Draft, arch: string): void {
  draft.platform = { os: "darwin", arch };
}

function buildFor(draft: Draft, archs: string[]): void {
  for (const { program: go } of draft.trees) if (go) go.archs = archs;
}

function writeEditorSettings(draft: Draft, path: string, text: string): void {
  draft.editors.push(...parseEditorSettings(path, text));
}

export const PLATFORM_VECTORS: readonly Vector[] = [
  {
    check: "wsl-windows-go-on-path",
    name: "fires where only go.exe is there",
    expect: ["warning"],
    snapshot: machine((draft) => {
      draft.host.wsl = true;
      takeOffPath(draft, SHIMS);
      putOnPath(draft, WINDOWS, [program(`${WINDOWS}/go.exe`, { format: "pe", os: "windows" })], "back");
    }),
    mentions: [WINDOWS, "appendWindowsPath=false"],
  },
  {
    check: "wsl-windows-go-on-path",
    name: "is silent where gvt's shims come first",
    expect: [],
    snapshot: machine((draft) => {
      draft.host.wsl = true;
      putOnPath(draft, WINDOWS, [program(`${WINDOWS}/go.exe`, { format: "pe", os: "windows" })], "back");
    }),
  },
  {
    check: "wsl-windows-go-on-path",
    name: "is silent outside of WSL",
    expect: [],
    snapshot: machine((draft) => {
      takeOffPath(draft, SHIMS);
      putOnPath(draft, WINDOWS, [program(`${WINDOWS}/go.exe`, { format: "pe", os: "windows" })], "back");
    }),
  },
  {
    check: "wsl-windows-go-on-path",
    name: "is silent for a disk of WSL's own below /mnt",
    expect: [],
    snapshot: machine((draft) => {
      draft.host.wsl = true;
      takeOffPath(draft, SHIMS);
      addTree(draft, tree("/mnt/data/go", "go1.24.4"));
    }),
  },
  {
    check: "wslenv-go-vars",
    name: "fires for Go's directories, and keeps the rest",
    expect: ["warning"],
    snapshot: machine((draft) => {
      draft.host.wsl = true;
      setVariable(draft, "WSLENV", "WT_SESSION:GOPATH/p:GOROOT/up:GOBIN/w");
    }),
    mentions: ["WSLENV shares GOPATH, GOROOT", "export WSLENV='WT_SESSION:GOBIN/w'"],
  },
  {
    check: "wslenv-go-vars",
    name: "fires for PATH alone",
    expect: ["warning"],
    snapshot: machine((draft) => {
      draft.host.wsl = true;
      setVariable(draft, "WSLENV", "PATH/l");
    }),
    mentions: ["unset WSLENV"],
  },
  {
    check: "wslenv-go-vars",
    name: "is silent for other variables, and for those that only go to Windows",
    expect: [],
    snapshot: machine((draft) => {
      draft.host.wsl = true;
      setVariable(draft, "WSLENV", "WT_SESSION::GOPATH/w:GOPRIVATE");
    }),
  },
  {
    check: "wslenv-go-vars",
    name: "is silent outside of WSL",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, "WSLENV", "GOPATH/p")),
  },
  {
    check: "wsl-drvfs-paths",
    name: "fires for GOPATH on a drive of Windows, once for the module cache in it",
    expect: ["warning"],
    snapshot: machine((draft) => {
      draft.host.wsl = true;
      setVariable(draft, "GOPATH", "/mnt/c/go");
      setDirectory(draft, "/mnt/c/go", ["GOPATH"], { fileSystem: DRIVE });
      setDirectory(draft, "/mnt/c/go/pkg/mod", ["GOMODCACHE"], { fileSystem: DRIVE });
    }),
    mentions: ["GOPATH is /mnt/c/go, on a drive of Windows", "unset GOPATH"],
  },
  {
    check: "wsl-drvfs-paths",
    name: "fires for gvt's root and a build cache",
    expect: ["warning", "warning"],
    snapshot: machine((draft) => {
      draft.host.wsl = true;
      setDirectory(draft, ROOT, ["GVT_ROOT"], { fileSystem: DRIVE });
      setDirectory(draft, `${HOME}/.cache/go-build`, ["GOCACHE"], {
        fileSystem: { ...DRIVE, type: "drvfs" },
      });
    }),
    mentions: ["go env -w GOCACHE=DIR"],
  },
  {
    check: "wsl-drvfs-paths",
    name: "is silent on WSL's own disk, in a sandbox, and where nothing is known of the disk",
    expect: [],
    snapshot: machine((draft) => {
      draft.host.wsl = true;
      setDirectory(draft, `${HOME}/go`, ["GOPATH"], { fileSystem: undefined });
      setDirectory(draft, `${HOME}/.cache/go-build`, ["GOCACHE"], {
        fileSystem: { ...DRIVE, mountPoint: "/" },
      });
    }),
  },
  {
    check: "wsl-drvfs-paths",
    name: "is silent for 9p outside of WSL",
    expect: [],
    snapshot: machine((draft) => setDirectory(draft, `${HOME}/go`, ["GOPATH"], { fileSystem: DRIVE })),
  },
  {
    check: "windows-path-length",
    name: "fires from 1024 characters on",
    expect: ["warning"],
    snapshot: machine((draft) => {
      draft.host.windowsPath = { user: `C:\\${"x".repeat(1021)}`, system: "C:\\Windows" };
    }),
    mentions: ["1024 characters"],
  },
  {
    check: "windows-path-length",
    name: "fires where both together are near the limit",
    expect: ["warning"],
    snapshot: machine((draft) => {
      draft.host.windowsPath = { user: "C:\\Go", system: "x".repeat(31_995) };
    }),
    mentions: ["32767"],
  },
  {
    check: "windows-path-length",
    name: "fires where the system's entries are copied into the user's",
    expect: ["warning"],
    snapshot: machine((draft) => {
      draft.host.windowsPath = {
        user: "c:\\windows\\system32\\;C:\\WINDOWS;C:\\Go\\bin",
        system: "C:\\Windows\\system32;C:\\Windows;C:\\Windows\\System32\\Wbem;D:\\Tools",
      };
    }),
    mentions: ["repeats 2 entries"],
  },
  {
    check: "windows-path-length",
    name: "is silent for a short PATH with one entry twice",
    expect: [],
    snapshot: machine((draft) => {
      draft.host.windowsPath = {
        user: `C:\\Windows;${"x".repeat(1000)}`,
        system: "C:\\Windows;C:\\Windows\\system32;",
      };
    }),
  },
  {
    check: "rosetta-arch",
    name: "fires for a toolchain for Intel on an arm64 Mac",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useMac(draft, "arm64");
      buildFor(draft, ["amd64"]);
    }),
    mentions: ["gvt uninstall 1.22.6", "gvt install 1.22.6"],
  },
  {
    check: "rosetta-arch",
    name: "fires where Node itself is one for Intel",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useMac(draft, "amd64");
      draft.host.translated = true;
    }),
    mentions: ["a Node for arm64"],
  },
  {
    check: "rosetta-arch",
    name: "is silent for a toolchain for arm64, and a universal one",
    expect: [],
    snapshot: machine((draft) => {
      useMac(draft, "arm64");
      buildFor(draft, ["amd64", "arm64"]);
    }),
  },
  {
    check: "rosetta-arch",
    name: "is silent on a Mac with an Intel processor",
    expect: [],
    snapshot: machine((draft) => useMac(draft, "amd64")),
  },
  {
    check: "vscode-goroot-pinned",
    name: "fires for a GOROOT of another version, and deletes the line",
    expect: ["warning"],
    snapshot: machine((draft) =>
      writeEditorSettings(draft, USER_SETTINGS, '{\n  "go.goroot": "/usr/local/go",\n  "x": 1\n}\n'),
    ),
    mentions: [`${USER_SETTINGS}:2`, "/usr/local/go", '"kind":"edit"'],
  },
  {
    check: "vscode-goroot-pinned",
    name: "fires for a program and a variable in tables, behind comments",
    expect: ["warning", "warning"],
    snapshot: machine((draft) =>
      writeEditorSettings(
        draft,
        REPOSITORY_SETTINGS,
        '// { "go.goroot": "/no" }\n{ "go.alternateTools": { "go": "/opt/go/bin/go" }, /* "x" */\n"go.toolsEnvVars": {\n "GOROOT": "/opt/go", // old\n}, }',
      ),
    ),
    mentions: [
      `${REPOSITORY_SETTINGS}:2`,
      `take go.toolsEnvVars.GOROOT out of line 4 of ${REPOSITORY_SETTINGS}`,
    ],
  },
  {
    check: "vscode-goroot-pinned",
    name: "leaves a line of the repository's settings to those who share them",
    expect: ["warning"],
    snapshot: machine((draft) =>
      writeEditorSettings(draft, REPOSITORY_SETTINGS, '{\n  "go.goroot": "/usr/local/go",\n  "x": 1\n}\n'),
    ),
    mentions: [`take go.goroot out of line 2 of ${REPOSITORY_SETTINGS}`],
  },
  {
    check: "vscode-goroot-pinned",
    name: "is silent where no toolchain is chosen",
    expect: [],
    snapshot: machine((draft) => {
      useMissing(draft, "1.21.13");
      writeEditorSettings(draft, USER_SETTINGS, '{ "go.alternateTools": { "go": "/usr/local/go/bin/go" } }');
    }),
  },
  {
    check: "vscode-goroot-pinned",
    name: "is silent for the chosen toolchain, the shim, a bare name, and what only the editor knows",
    expect: [],
    snapshot: machine((draft) => {
      writeEditorSettings(
        draft,
        USER_SETTINGS,
        `{ "go.goroot": "${ROOT}/versions/1.22.6", "go.alternateTools": { "go": "${SHIMS}/go" } }`,
      );
      writeEditorSettings(
        draft,
        `${HOME}/.config/VSCodium/User/settings.json`,
        '{"go.alternateTools":{"go":"go"}}',
      );
      writeEditorSettings(
        draft,
        `${HOME}/.config/Cursor/User/settings.json`,
        '{"go.goroot": "${env:GOROOT}/x"}',
      );
    }),
  },
  {
    check: "vscode-goroot-pinned",
    name: "is silent for a setting that the repository's hides, and for a link to the toolchain",
    expect: [],
    snapshot: machine((draft) => {
      writeEditorSettings(draft, USER_SETTINGS, '{ "go.goroot": "/usr/local/go" }');
      writeEditorSettings(draft, REPOSITORY_SETTINGS, '{ "go.goroot": "/opt/current" }');
      for (const setting of draft.editors) {
        if (setting.value === "/opt/current") setting.realpath = `${ROOT}/versions/1.22.6`;
      }
    }),
  },
];
