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
    ],
    why: "nearly every go command stops, even `go version`",
    remedy: "unset GOFLAGS, or mend the entry; each word is a flag: `-ldflags=-s`, not `-ldflags -s`",
    ignore: "never",
  },
};
