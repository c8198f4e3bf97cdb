/** Manual pages of the checks of PATH. */
import type { Manuals } from "./manual.js";

export const PATH_MANUALS: Manuals = {
  "go-not-found": {
    looksAt:
      "every absolute entry of PATH; it fires where none holds an executable `go`, or only gvt's shim, with no version decided",
    messages: [
      "go: command not found",
      "go: not found",
      "Unknown command: go",
      "no version is decided here, and PATH has no `go` besides gvt's own",
    ],
    why: "a shell starts only what PATH leads to, and gvt's shim what is decided",
    remedy:
      "install a version, decide for it (`gvt global latest`), and let your shell start with gvt's lines: `gvt init`",
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
  "gofmt-go-mismatch": {
    looksAt:
      "where the first `go` and the first `gofmt` on PATH really lie, and the release that built each; what a script of somebody's starts cannot be told",
    messages: [],
    why: "editors and hooks format with another release than the one that builds, so that files change back and forth",
    remedy: "remove the stray gofmt, or put its directory behind; where gvt's shim is missing, `gvt rehash`",
    ignore: "where both are of lines that format alike, and only you work on the code",
  },
  "other-version-manager": {
    looksAt:
      "whose the first `go` on PATH is, where gvt's shims are on PATH too: goenv, asdf, mise, gvm, g, snap or the alternatives system",
    messages: [],
    why: "the other manager decides what runs, and what gvt is told has no effect",
    remedy: "let gvt's block run last (`gvt init` puts it at the end), or delete the other manager's line",
    ignore: "where the other manager is meant to win in this shell",
  },
  "golang-dl-wrappers": {
    looksAt:
      "programs on PATH named as a release, go1.22.6, that are not gvt's; it warns where one runs another release",
    messages: ["go: toolchain go<version> invoked to provide go<version>"],
    why: "the go command looks for a program of that name when it switches, and takes what it finds on PATH",
    remedy: "`gvt install VERSION` makes a shim of that name; then remove the wrapper",
    ignore: "while you use them on purpose, and each runs what its name says",
  },
  "dl-wrapper-not-downloaded": {
    looksAt: "wrappers of golang.org/dl on PATH, and whether their tree was unpacked below ~/sdk",
    messages: ["<name>: not downloaded. Run '<name> download' to install to <path>"],
    why: "the program fails, and so does every go command that switches to that release: it finds the wrapper first",
    remedy: "`gvt install VERSION` and remove the wrapper, or let it download: `go1.22.6 download`",
    ignore: "never: it cannot run",
  },
  "path-goroot-without-bin": {
    looksAt: "entries of PATH that hold bin/go, and no go",
    messages: ["go: command not found"],
    why: "a shell looks for programs in the directory itself, not in bin below it",
    remedy: "write bin behind it; where another entry has a `go`, the entry is of no use",
    ignore: "where other programs lie in that directory",
  },
  "path-dead-go-entry": {
    looksAt: "entries of PATH that are not there, and that bear a name as Go's directories do",
    messages: [],
    why: "it is a leftover of a Go that was removed; the next one that is unpacked there comes into effect unasked",
    remedy: "take it off PATH, and delete the line of the start-up file",
    ignore: "where the directory comes and goes, as on a mounted disk",
  },
  "path-relative-or-empty": {
    looksAt: "entries of PATH that are empty, do not begin with a slash, or begin with `~`",
    messages: ['exec: "<name>": cannot run executable found relative to current directory'],
    why: "a shell runs whatever lies in the current directory; the go command passes such entries over, so that the two disagree",
    remedy: "write absolute paths: $HOME in place of ~, and no empty entry, which an extra colon makes",
    ignore: "never",
  },
  "path-duplicate-entries": {
    looksAt: "directories of gvt's, of a Go tree, or where `go install` writes, that PATH names twice",
    messages: [],
    why: "only the first counts: moving or removing the other has no effect, which puzzles",
    remedy: "keep one line for it in the start-up files",
    ignore: "at will",
  },
  "shell-hash-stale": {
    looksAt:
      "which program the shell starts for `go`, as gvt's function in that shell passes it on, against PATH",
    messages: ["<shell>: <path>/go: No such file or directory"],
    why: "a shell looks a program up once, and then starts it from there, whatever appears before it on PATH",
    remedy: "`hash -r`; a new shell knows nothing",
    ignore: "at will: it ends with the shell",
  },
  "go-alias-or-function": {
    looksAt:
      "whether `go` is an alias or a function of the running shell, as gvt's function in that shell passes it on",
    messages: [],
    why: "the shell never gets to gvt's shim, while editors and scripts do",
    remedy: "`unalias go` or `unset -f go`, and delete its definition",
    ignore: "where the alias ends in the program `go` itself",
  },
};
