/** Manual pages of the checks of GOROOT and its trees. */
import type { Manuals } from "./manual.js";

export const GOROOT_MANUALS: Manuals = {
  "goroot-env-missing-dir": {
    looksAt: "the variable GOROOT; it fires where that is no absolute path of a directory",
    messages: ["go: cannot find GOROOT directory: <path>"],
    why: "every go command stops, `go version` and `go env` included",
    remedy: "`unset GOROOT`, and delete the line that sets it",
    ignore: "never",
  },
  "goroot-env-mismatch": {
    looksAt:
      "line 1 of VERSION in $GOROOT, against what the `go` that runs calls itself; two trees of one version are fine",
    messages: [
      'compile: version "<version>" does not match go tool version "<version>"',
      'compile: version "<version>" does not match go tool version "<version>" (package <name>)',
    ],
    why: "the go command uses the compiler and the standard library of another version; `go version` does not show it",
    remedy: "`unset GOROOT`, and delete the line that sets it: Go finds its own tree",
    ignore: "while only shims run Go: they set GOROOT themselves; editors and scripts still meet it",
  },
  "goroot-in-goenv-file": {
    looksAt: "the file that `go env -w` writes",
    messages: [
      "go: cannot find GOROOT directory: <path>",
      'compile: version "<version>" does not match go tool version "<version>"',
    ],
    why: "it holds for every version, survives a new shell, and can stop `go env -u GOROOT` itself",
    remedy: "delete the line, or `GOROOT=$(gvt prefix) GOTOOLCHAIN=local go env -u GOROOT`",
    ignore: "never: Go finds its own tree",
  },
  "goroot-incomplete": {
    looksAt:
      "a tree of gvt's against the list of files it was published with; any other in use for VERSION, bin/go, compiler, assembler, linker, src/fmt, src/runtime and go.env",
    messages: [
      'go: no such tool "<tool>"',
      "package <name> is not in std",
      "package <name> is not in GOROOT",
      "go: cannot find GOROOT directory: 'go' binary is trimmed and GOROOT is not set",
    ],
    why: "builds fail where they need what is missing",
    remedy: "`gvt repair VERSION`; another tree must be removed and installed anew",
    ignore: "where a distribution keeps these parts elsewhere on purpose, and builds work",
  },
  "goroot-overlaid": {
    looksAt:
      "source files in the tree that were not published with it; in a tree that is not gvt's, VERSION against bin/go",
    messages: ["<name> redeclared in this block", "other declaration of <name>"],
    why: "one release was unpacked over another: files that the newer one no longer has are still compiled",
    remedy: "`gvt repair VERSION`; another tree must be removed before the archive is unpacked again",
    ignore: "where you work on the standard library in that tree",
  },
  "goroot-equals-gopath": {
    looksAt: "GOROOT and every entry of GOPATH, the default ~/go included",
    messages: [
      "warning: GOPATH set to GOROOT (<path>) has no effect",
      "warning: both GOPATH and GOROOT are the same directory (<path>)",
    ],
    why: "`go install` writes into the toolchain's own bin",
    remedy: "move Go elsewhere, or give GOPATH a directory of its own",
    ignore: "never: tools go with the toolchain",
  },
  "install-corrupt": {
    looksAt:
      "size and SHA-256 of bin/go, the compiler and the linker of the decided version, against its receipt",
    messages: [],
    why: "these are not the programs that were verified when they were installed",
    remedy: "`gvt repair VERSION` restores them",
    ignore: "where you have built them yourself in that place; better is a tree of your own and `gvt link`",
  },
  "go-loader-missing": {
    looksAt: "the loader that the header of `go` names (PT_INTERP)",
    messages: [
      "go: not found",
      "no such file or directory: <path>/bin/go",
      "cannot execute: required file not found",
    ],
    why: "the kernel reports the loader as a missing file, although `go` itself is there; Alpine has no glibc",
    remedy: "use Go 1.21 or newer, which needs no loader, or install a glibc compatibility package",
    ignore: "never",
  },
  "goroot-env-redundant": {
    looksAt: "a line of a start-up file that sets GOROOT to the tree which Go finds anyway today",
    messages: [],
    why: "it is of no use now, and wrong as soon as another version runs",
    remedy: "`unset GOROOT`, and delete the line",
    ignore: "where a program that you need reads GOROOT, and the version never changes",
  },
  "goroot-go-env-altered": {
    looksAt: "go.env of gvt's trees from 1.21 on, for GOPROXY, GOSUMDB and GOTOOLCHAIN",
    messages: ["GOPROXY list is not the empty string, but contains no entries"],
    why: "these have no other default: without them Go finds no modules, verifies none, and does not switch",
    remedy: "`gvt repair VERSION`; settings of your own belong into `go env -w`",
    ignore: "where you have set all three by `go env -w`",
  },
  "goroot-polluted": {
    looksAt: "bin of the tree that runs, for programs that did not come with it",
    messages: [],
    why: "they come and go with the toolchain, and stand on PATH before others of that name",
    remedy: "move them to where `go install` writes, and see why they went there: GOPATH or GOBIN",
    ignore: "where a distribution puts them there",
  },
  "goroot-gopath-nested": {
    looksAt: "whether the tree that runs lies below an entry of GOPATH, or GOPATH below the tree",
    messages: [],
    why: "one is taken for part of the other: by `./...`, by what is removed with a version, and by tools",
    remedy: "give GOPATH and Go places side by side",
    ignore: "where it has always been so, and modules are used throughout",
  },
  "install-leftovers": {
    looksAt:
      "stages below tmp of gvt's root whose process is gone, locks that were not renewed for an hour, downloads that nobody went on with for a week",
    messages: [],
    why: "they take space; nothing waits for them, and the next installation takes no harm",
    remedy: "`gvt prune` removes them, and nothing that a process still works on",
    ignore: "at will: installing sweeps them up too",
  },
};
