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
    remedy: "remove it",
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
};
