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
  "toolchain-line-invalid": {
    looksAt: "the `toolchain` line of the file that governs, and of the modules that a go.work uses",
    messages: [
      'go: invalid toolchain "<text>" in go.mod',
      "invalid toolchain version '<text>': must match format",
      "go: invalid toolchain: <name> is a language version but not a toolchain version",
    ],
    why: "Go stops before it does anything; `go mod edit` cannot mend the line either",
    remedy: "delete the line, or write a toolchain's name: `toolchain go1.22.6`",
    ignore: "never",
  },
  "gowork-missing": {
    looksAt: "GOWORK, of the environment or the go-env file; `off`, `auto` and a file that is there are fine",
    messages: [
      "reading go.work: open <path>: no such file or directory",
      "go: invalid GOWORK: not an absolute path",
      "the path provided to GOWORK must be an absolute path",
    ],
    why: "every command that needs a module stops",
    remedy: "`unset GOWORK`: Go then looks for a go.work from the current directory upwards",
    ignore: "until the file is there, where something is about to write it",
  },
  "gowork-parent-surprise": {
    looksAt: "whether the go.work that decides lies outside the repository, or does not use the module here",
    messages: [
      "current directory is contained in a module that is not one of the workspace modules listed in go.work",
      "directory <path> outside modules listed in go.work or their selected dependencies",
    ],
    why: "the version and the dependencies come from a file that nobody looks for there",
    remedy: "`GOWORK=off` leaves it out of account; `go work use .` takes the module in",
    ignore: "where the workspace is meant to span several repositories",
  },
  "gowork-go-too-low": {
    looksAt:
      "the `go` lines of the go.work that decides and of the modules it uses; what is below 1.21 Go lets pass",
    messages: [
      "go: module <path> listed in go.work file requires go >= <version>, but go.work lists go <version>",
      "go: module <path> listed in go.work file requires go >= <version>, but go.work implicitly requires go <version>",
    ],
    why: "Go stops in every module of the workspace",
    remedy: "`go work use` raises the line; with a Go that is at least as new as the module asks for",
    ignore: "never",
  },
  "toolchain-needs-sumdb": {
    looksAt:
      "GOSUMDB=off where GOTOOLCHAIN lets Go download toolchains; it is an error where the module needs one now",
    messages: ["verifying module: checksum database disabled by GOSUMDB=off"],
    why: "Go verifies toolchains by the checksum database only, whatever GOPRIVATE and GONOSUMDB say",
    remedy:
      "`GOTOOLCHAIN=local`, and `gvt install` what is needed; or let GOSUMDB be on, and exempt modules by GOPRIVATE",
    ignore: "where no module asks for more than what is installed",
  },
  "fake-toolchain-risk": {
    looksAt:
      "GOPROXY that is one file:// and nothing else, with GOSUMDB=off or golang.org/toolchain in GONOSUMDB",
    messages: [],
    why: "it is the one case in which Go runs a toolchain unverified: who can write there can run programs as you",
    remedy: "`GOTOOLCHAIN=local`, and let gvt install from the mirror, which it verifies",
    ignore: "where only you can write to that directory",
  },
  "toolchain-copies-in-modcache": {
    looksAt: "golang.org/toolchain@… in GOMODCACHE",
    messages: ["go: downloading go<version>"],
    why: "each takes some hundred megabytes, and is used only when Go switches by itself",
    remedy:
      "remove them, or all modules with them by `go clean -modcache`; `gvt install` the versions that are needed",
    ignore: "where you let Go switch by itself",
  },
  "internal-switch-var-leaked": {
    looksAt: "GOTOOLCHAIN_INTERNAL_SWITCH_VERSION, by which one go command starts another",
    messages: ["go: toolchain go<version> invoked to provide go<version>"],
    why: "every go command of another version stops, and that of this version no longer switches",
    remedy: "`unset GOTOOLCHAIN_INTERNAL_SWITCH_VERSION`; it is nothing to set by hand",
    ignore: "never",
  },
  "noop-goversion-env": {
    looksAt: "GOVERSION in the environment, where it does not name what runs anyway",
    messages: [],
    why: "Go prints a value of that name, and reads none: the version stays what it is",
    remedy: "`gvt local VERSION`, `gvt shell VERSION` or GVT_VERSION choose a version",
    ignore: "where a script of yours reads it",
  },
  "version-eol": {
    looksAt:
      "the line of the decided version against the releases that this gvt knows; the two newest lines get fixes",
    messages: [],
    why: "faults that are found in it, also in the standard library of what you build, are not mended any more",
    remedy: "move to a maintained line when the module can",
    ignore: "where old releases are supported by somebody else, or are what you test with",
  },
  "os-too-old-for-go": {
    looksAt: "the kernel's release against what the decided line of Go needs",
    messages: ["runtime: kernel too old", "dyld: Symbol not found: <name>"],
    why: "programs of this release fail at their start, or where they first use what the system lacks",
    remedy: "decide for the newest Go that the system has what it takes for, or bring the system up to date",
    ignore: "where it has worked for all that you do",
    unverified: "tried on recorded snapshots: no such system was at hand",
  },
  "macos-too-new-for-go": {
    looksAt: "macOS 26 or newer with a Go before 1.24",
    messages: ["dyld: missing LC_UUID load command", "missing LC_UUID load command in <path>"],
    why: "the loader refuses programs without LC_UUID, which older linkers of Go do not write",
    remedy: "decide for Go 1.24 or newer",
    ignore: "where everything is linked by the system's linker",
    unverified: "tried on recorded snapshots: no Mac was at hand",
  },
};
