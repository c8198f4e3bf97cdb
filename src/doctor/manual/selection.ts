/** Manual pages of the checks of version selection. */
import type { Manuals } from "./manual.js";

export const SELECTION_MANUALS: Manuals = {
  "version-not-installed": {
    looksAt: "what the selection rules decide in this directory: `gvt why` shows it",
    messages: ["error: go<version> is not installed", "error: no Go that meets <version> is installed"],
    why: "gvt does not guess: the shim refuses until the version is there",
    remedy: "`gvt install` without a version installs what the directory asks for",
    ignore: "where you will not run Go in this directory",
  },
  "version-file-invalid": {
    looksAt: "the version file, variable or go.mod that decides here",
    messages: ["error: cannot read a Go version from <path>"],
    why: "a file that cannot be read decides nothing, and nothing is guessed in its place",
    remedy: "`gvt local VERSION` writes a new one",
    ignore: "never",
  },
  "version-below-go-directive": {
    looksAt:
      "the `go` and `toolchain` lines of the go.work or go.mod that governs, against the decided version and GOTOOLCHAIN",
    messages: [
      "go: go.mod requires go >= <version> (running go <version>; GOTOOLCHAIN=local)",
      "go: go.mod requires go >= <version> (running go <version>; go.mod sets toolchain default)",
      "go: go.work requires go >= <version> (running go <version>",
      "note: module requires Go <version>",
      'go: cannot find "<name>" in PATH',
    ],
    why: "since 1.21 the `go` line is a floor that the go command enforces",
    remedy: "decide for a version that is new enough: `gvt local VERSION`",
    ignore: "where nothing is built in this directory",
  },
  "toolchain-switches-away": {
    looksAt: "GOTOOLCHAIN, and whether the module asks for more than the decided version",
    messages: ["go: downloading go<version>", "go: downloading golang.org/toolchain"],
    why: "the version that is pinned is not the one that runs, and Go may download another without asking",
    remedy: "pin what the module asks for, or say `GOTOOLCHAIN=local` to be told instead",
    ignore: "where you want Go to switch by itself",
  },
  "gotoolchain-forces-version": {
    looksAt: "a toolchain's name in GOTOOLCHAIN, of the environment or the go-env file",
    messages: [],
    why: "Go runs that version in every directory, whatever is pinned there",
    remedy: "`unset GOTOOLCHAIN`, or `GOTOOLCHAIN=local go env -u GOTOOLCHAIN`",
    ignore: "where you have set it for this shell on purpose",
  },
  "gotoolchain-invalid": {
    looksAt:
      "the value of GOTOOLCHAIN against the forms that Go reads: local, auto, path, go1.22.6, go1.22.6+auto",
    messages: [
      'go: invalid GOTOOLCHAIN "<value>"',
      "<name> is a language version but not a toolchain version",
    ],
    why: "every go command stops, `go env -u GOTOOLCHAIN` included",
    remedy: "`unset GOTOOLCHAIN`, or `GOTOOLCHAIN=local go env -u GOTOOLCHAIN`",
    ignore: "never",
  },
  "go-line-too-new-for-parser": {
    looksAt: "directives of go.mod and go.work that are newer than the decided version",
    messages: [
      "invalid go version '<version>': must match format 1.23",
      "unknown directive: <name>",
      "go: errors parsing go.mod",
    ],
    why: "an older go command cannot read the file at all",
    remedy: "decide for a version that knows the directive, or write `go 1.N` without a patch number",
    ignore: "where nothing is built in this directory",
  },
};
