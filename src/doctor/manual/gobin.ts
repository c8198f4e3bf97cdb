/** Manual pages of the checks of GOBIN, GOPATH and installed tools. */
import type { Manuals } from "./manual.js";

export const GOBIN_MANUALS: Manuals = {
  "gobin-not-on-path": {
    looksAt: "the directory that `go install` writes to: GOBIN, else bin of the first entry of GOPATH",
    messages: ["command not found: <tool>", "gopls: command not found"],
    why: "`go install` succeeds, and the shell does not find what it has written",
    remedy: "append the directory to PATH in a start-up file",
    ignore: "where you start these tools by their path",
  },
  "gobin-shadowed": {
    looksAt:
      "each program in the directory that `go install` writes to, against the first of that name on PATH",
    messages: [],
    why: "after an update the old program still runs",
    remedy: "remove the one that is not meant, or let the right directory come first",
    ignore: "where the other one is meant",
  },
  "gobin-shadows-system": {
    looksAt:
      "programs of `go install` that come before one of the same name in a system directory, and are another program",
    messages: [],
    why: "scripts that expect the system's program get another one",
    remedy: "rename or remove the one that is not meant",
    ignore: "where you have replaced the system's program on purpose",
  },
  "gobin-has-go": {
    looksAt:
      "a `go` or `gofmt` in the directory that `go install` writes to, where that comes before gvt's shims",
    messages: [],
    why: "that Go runs in every directory, and gvt is never asked",
    remedy:
      "remove it; where it belongs to a whole Go, let gvt's shims come first and GOBIN be another directory",
    ignore: "never",
  },
  "gobin-relative": {
    looksAt: "GOBIN of the environment or the go-env file",
    messages: ["cannot install, GOBIN must be an absolute path"],
    why: "`go install` refuses; neither `~` nor `$HOME` is expanded in the go-env file",
    remedy: "write the whole path, or take GOBIN back",
    ignore: "never",
  },
  "gobin-is-shims-or-goroot": {
    looksAt: "whether `go install` writes into gvt's shims, or into a version's directory",
    messages: [],
    why: "it replaces what is there without a word: a shim is overwritten, and a tool goes when its version is uninstalled",
    remedy: "let GOBIN be a directory of your own",
    ignore: "never",
  },
  "gopath-invalid": {
    looksAt: "each entry of GOPATH",
    messages: [
      'go: GOPATH entry is relative; must be absolute path: "<path>"',
      "go: GOPATH entry cannot start with shell metacharacter '~': <path>",
    ],
    why: "every go command stops, `go env -u GOPATH` included",
    remedy:
      "write the whole path: `GOPATH=/abs GOTOOLCHAIN=local go env -u GOPATH` gets past a bad line of the go-env file",
    ignore: "never",
  },
  "gobin-unwritable": {
    looksAt: "whether you may write into the directory that `go install` writes to, where it is there",
    messages: ["go install <package>: copying <file>: open <path>: permission denied"],
    why: "`go install` builds the program, and cannot put it where it belongs",
    remedy: "make the directory yours, or take back a GOBIN that names a directory of the system",
    ignore: "where only an administrator installs tools there",
  },
  "gopath-multi": {
    looksAt: "the number of entries in GOPATH",
    messages: [],
    why: "`go install` and the module cache use the first entry only; the others are for GOPATH mode",
    remedy: "leave out the entries that no project needs",
    ignore: "where projects in GOPATH mode lie in the others",
  },
  "gopath-has-go-mod": {
    looksAt: "a go.mod directly in the first entry of GOPATH",
    messages: ["$GOPATH/go.mod exists but should not", "go: warning: ignoring go.mod in $GOPATH <path>"],
    why: "up to Go 1.21 every command that needs modules stops, in every directory; later ones do not read that file",
    remedy: "put the file aside, and a module into a directory of its own",
    ignore: "with Go 1.22 and later, if you know that the file is not read",
  },
  "home-unset": {
    looksAt: "HOME, where GOCACHE, or GOPATH and GOMODCACHE, have no value of their own",
    messages: [
      "build cache is required, but could not be located: GOCACHE is not defined and neither $XDG_CACHE_HOME nor $HOME are defined",
      "missing $GOPATH",
      "module cache not found: neither GOMODCACHE nor GOPATH is set",
      "go: no install location for directory <path> outside GOPATH",
    ],
    why: "no build works without a cache, and no module can be stored without GOPATH",
    remedy: "set HOME where the job, service or container is defined",
    ignore: "never",
  },
  "tool-built-with-older-go": {
    looksAt:
      "gopls, staticcheck and golangci-lint where `go install` writes: the Go that built them, against the `go` line here",
    messages: [
      "cannot range over <name> (<kind> of type iter.Seq<type>)",
      'internal error in importing "<package>" (unsupported version: <number>)',
      "file requires newer Go version go<version> (application built with go<version>)",
      "package requires newer Go version go<version> (application built with go<version>)",
      "the Go language version (go<version>) used to build golangci-lint is lower than the targeted Go version (<version>)",
    ],
    why: "they check types with the library of the Go that built them, and report errors in code that compiles",
    remedy:
      "build them again with a Go that is new enough; GOTOOLCHAIN=auto fetches it where the tool itself asks for more",
    ignore: "where the tool is not used on this module",
  },
  "tool-wrong-platform": {
    looksAt: "for which system and machine the programs are that lie where `go install` writes",
    messages: ["cannot execute binary file: Exec format error", "exec format error"],
    why: "the shell finds them and cannot start them",
    remedy: "remove them, and install them on this machine",
    ignore: "where the directory is shared with another machine",
  },
};
