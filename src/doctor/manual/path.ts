/** Manual pages of the checks of PATH. */
import type { Manuals } from "./manual.js";

export const PATH_MANUALS: Manuals = {
  "go-not-found": {
    looksAt: "every absolute entry of PATH; it fires where none holds an executable `go`",
    messages: ["go: command not found", "go: not found", "Unknown command: go"],
    why: "a shell starts only what PATH leads to",
    remedy: "install a version, and let your shell start with gvt's lines: `gvt init`",
    ignore: "never, on a machine that should run Go",
  },
  "shims-not-on-path": {
    looksAt:
      "whether PATH leads to gvt's shims, or to bin of the decided version; it fires once a version is installed",
    messages: [],
    why: "without its shims gvt is not asked, and `.go-version` decides nothing",
    remedy:
      "`gvt init` writes one block into your shell's start-up file; `. ~/.gvt/shell/env.sh` does the same for one shell",
    ignore: "where you only ever say `gvt exec -- go …`",
  },
  "shims-shadowed": {
    looksAt: "the first `go` and the first `gofmt` on PATH, where gvt's shims are on PATH too",
    messages: [],
    why: "the first entry of PATH wins, so that Go runs whatever the directory asks for",
    remedy: "let gvt's block run after the line that edits PATH; `gvt init` puts it at the end",
    ignore: "where the other Go is meant for this shell only",
  },
  "multiple-go-on-path": {
    looksAt: "every `go` on PATH besides gvt's; links to one program count once",
    messages: [],
    why: "which of them runs depends on the order of PATH, which differs between shells, editors and services",
    remedy: "take directories that you do not need off PATH",
    ignore: "where gvt's shims come first: the others are then only a reserve",
  },
  "go-not-executable": {
    looksAt: "the mode of `go` on PATH, or behind the shim, and the machine that its header names",
    messages: ["go: Permission denied", "cannot execute binary file: Exec format error", "exec format error"],
    why: "the kernel does not start it",
    remedy: "`gvt repair` restores a version of gvt's; another Go must be installed anew, for this machine",
    ignore: "never",
  },
  "go-binary-detached": {
    looksAt: "whether a tree with `pkg/tool` lies around the `go` on PATH, followed through links",
    messages: ["cannot find GOROOT directory: 'go' binary is trimmed and GOROOT is not set"],
    why: "a copied `go` finds neither its compiler nor the standard library",
    remedy: "delete the copy; where a second name is needed, make it a symbolic link",
    ignore: "never",
  },
  "rc-exports-go-vars": {
    looksAt:
      "start-up files of shells, profile.d, environment.d and launchd: lines that set GOROOT, or put a directory with a `go` before gvt's",
    messages: [],
    why: "such a line holds for every Go, and comes back with every new shell",
    remedy: "delete the line; Go needs no GOROOT, and finds its own tree",
    ignore: "where only one Go is ever used on this machine, and the line names it",
  },
};
