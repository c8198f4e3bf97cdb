/** Manual pages of the checks of the go-env file and Go's variables. */
import type { Manuals } from "./manual.js";

export const GO_ENV_MANUALS: Manuals = {
  "goenv-file-overridden": {
    looksAt: "keys of the go-env file that the environment sets to something else",
    messages: ["warning: go env -w <name>=... does not override conflicting OS environment variable"],
    why: "the environment wins, so `go env -w` seems to have no effect",
    remedy: "keep one of the two",
    ignore: "where the variable is set for this shell on purpose",
  },
  "goenv-cross-target": {
    looksAt: "GOOS and GOARCH in the go-env file",
    messages: ["fork/exec <path>: exec format error", "exec format error"],
    why: "every build of every project is for another machine: `go run` and `go test` cannot start what they built",
    remedy: "`GOTOOLCHAIN=local go env -u GOOS GOARCH`; set them for single commands",
    ignore: "on a machine that only ever cross-compiles",
  },
  "stray-goos-goarch": {
    looksAt: "GOOS and GOARCH in the environment",
    messages: ["fork/exec <path>: exec format error", "exec format error"],
    why: "`go run` and `go test` cannot start what they built, and tools are installed for another machine",
    remedy: "`unset GOOS GOARCH`; set them for single commands",
    ignore: "in a shell, or a CI job, that cross-compiles",
  },
  "goflags-invalid": {
    looksAt: "each word of GOFLAGS, against the flags that the decided version knows",
    messages: [
      "go: parsing $GOFLAGS: unknown flag -<name>",
      'go: parsing $GOFLAGS: non-flag "<word>"',
      "go: parsing $GOFLAGS: unterminated <quote> string",
      "-mod=<value> not supported (can be '', 'mod', 'readonly', or 'vendor')",
    ],
    why: "nearly every go command stops, even `go version`",
    remedy: "unset GOFLAGS, or mend the entry; each word is a flag: `-ldflags=-s`, not `-ldflags -s`",
    ignore: "never",
  },
  "goenv-file-malformed": {
    looksAt:
      "lines of the go-env file that Go passes over (`export`, a byte order mark), reads to the letter (quotes, spaces, comments behind a value, carriage returns, `~`, `$HOME`), does not know, or finds set again below",
    messages: [
      'go: GOPATH entry is relative; must be absolute path: "\\"<path>\\""',
      'go: unknown environment setting GO111MODULE="<value>"',
      'go: invalid GOTOOLCHAIN "<value>\\r"',
      "invalid proxy URL missing scheme: %22<text>%22",
    ],
    why: "the file is no shell script: nothing in it is quoted, expanded or exported, and what Go cannot use it drops without a word",
    remedy: "write NAME=value, with the whole path; `go env -w` writes such lines",
    ignore: "never",
  },
  "empty-var-noop": {
    looksAt: "variables that the environment sets to nothing, and the go-env file to something",
    messages: [],
    why: "to Go an empty variable is one that is not set, so the file's value still counts",
    remedy: "`GOTOOLCHAIN=local go env -u NAME`, or a value in the environment",
    ignore: "where the file's value is meant",
  },
  "goenv-off-or-custom": {
    looksAt: "GOENV, and whether the file is there that it names",
    messages: [],
    why: "what `go env -w` has written before does not count, and settings seem to have vanished",
    remedy: "unset GOENV",
    ignore: "where a project or a job keeps its own settings on purpose",
  },
  "goenv-file-foreign-owner": {
    looksAt: "who owns the go-env file, GOCACHE and GOMODCACHE, where you cannot write them",
    messages: [
      "go: reading go env config: open <path>: permission denied",
      "go: writing go env config: open <path>: permission denied",
      "failed to initialize build cache at <path>: mkdir <path>: permission denied",
      "go: writing stat cache: mkdir <path>: permission denied",
    ],
    why: "somebody, most often `sudo go`, has made them: settings cannot be changed, and nothing can be cached",
    remedy: "`sudo chown -R` makes them yours",
    ignore: "where they are shared, and kept by somebody else",
  },
  "xdg-relative": {
    looksAt: "XDG_CACHE_HOME and XDG_CONFIG_HOME, where Go uses them",
    messages: [
      "build cache is required, but could not be located: GOCACHE is not defined and path in $XDG_CACHE_HOME is relative",
      "go: cannot find go env config: path in $XDG_CONFIG_HOME is relative",
    ],
    why: "since Go 1.24 that is an error; before, each directory gets a cache and a go-env file of its own",
    remedy: "unset it, or write the whole path",
    ignore: "never",
  },
  "goflags-risky": {
    looksAt: "-mod=vendor, -modfile, -insecure and -toolexec in GOFLAGS; -mod=mod where a go.work governs",
    messages: [
      "cannot query module due to -mod=vendor",
      '-mod may only be set to readonly or vendor when in workspace mode, but it is set to "mod"',
      '-mod may only be set to readonly when in workspace mode, but it is set to "mod"',
      "go: -modfile cannot be used in workspace mode",
      "go: -insecure flag is no longer supported; use GOINSECURE instead",
    ],
    why: "GOFLAGS applies to every command in every directory, and these are meant for one module",
    remedy: "take it back, and give the flag to single commands",
    ignore: "where it is set for one project only, and you know its effect on `go install`",
  },
  "go111module-off": {
    looksAt: "GO111MODULE: `off` where a go.mod governs, or a word that Go does not know",
    messages: [
      "go: modules disabled by GO111MODULE=off; see 'go help modules'",
      "go: list -m cannot be used with GO111MODULE=off",
      "go: unknown environment setting GO111MODULE=<value>",
    ],
    why: "Go looks for every import in GOPATH, and does not read the module's requirements nor its `go` line",
    remedy: "take GO111MODULE back",
    ignore: "in a project that is built in GOPATH mode",
  },
  "goexperiment-invalid": {
    looksAt: "the names in GOEXPERIMENT, against those that the decided line knows (1.17 to 1.27)",
    messages: ["go: unknown GOEXPERIMENT <name>"],
    why: "every go command stops, even `go version`; most names live for a few releases only",
    remedy: "leave the name out, or use a Go that knows it",
    ignore: "never",
  },
  "goos-goarch-invalid": {
    looksAt: "GOOS and GOARCH together, against the pairs that the decided line builds for (1.17 to 1.27)",
    messages: ["cmd/go: unsupported GOOS/GOARCH pair <pair>", "go: unsupported GOOS/GOARCH pair <pair>"],
    why: "no build works",
    remedy: "take them back; `go tool dist list` shows the pairs that there are",
    ignore: "never",
  },
  "gobin-blocks-cross-install": {
    looksAt: "GOBIN, where GOOS or GOARCH is not this machine's",
    messages: [
      "go: cannot install cross-compiled binaries when GOBIN is set",
      "go install: cannot install cross-compiled binaries when GOBIN is set",
    ],
    why: "`go install` refuses, so that no program for another machine takes the place of one for this",
    remedy: "build for this machine, or name the file: `go build -o FILE`",
    ignore: "in a job that only uses `go build`",
  },
  "cgo-no-compiler": {
    looksAt:
      "the compiler that CC names, or the usual one, on PATH, where builds are for this machine and cgo is not off",
    messages: [
      'cgo: C compiler "<name>" not found: exec: "<name>": executable file not found in $PATH',
      "build constraints exclude all Go files in <path>",
    ],
    why: "packages with C code do not build; since Go 1.20 those with a choice are built without cgo, unless CGO_ENABLED or CC asks for it",
    remedy: "install a C compiler, or set CGO_ENABLED=0",
    ignore: "where nothing needs C code",
  },
};
