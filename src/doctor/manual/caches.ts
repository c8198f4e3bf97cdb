/** Manual pages of the checks of caches, disks and temporary files. */
import type { Manuals } from "./manual.js";

export const CACHE_MANUALS: Manuals = {
  "gocache-invalid": {
    looksAt: "GOCACHE, or the default in your cache directory: whether it is absolute and can be written to",
    messages: [
      "build cache is disabled by GOCACHE=off, but required as of Go 1.12",
      "GOCACHE is not an absolute path",
      "failed to initialize build cache at <path>",
    ],
    why: "no build works without the cache",
    remedy: "take GOCACHE back, or make the directory yours; an empty GOCACHE is an unset one",
    ignore: "never",
  },
  "modcache-invalid": {
    looksAt:
      "GOMODCACHE, or the default pkg/mod in GOPATH: whether it is absolute and can be written to; with GOPROXY=off it may be there for reading only",
    messages: [
      'GOMODCACHE entry is relative; must be absolute path: "<path>".',
      "could not create module cache: <reason>",
      "go: writing go.mod cache: mkdir <path>: permission denied",
    ],
    why: "no module can be downloaded; what needs none still builds",
    remedy: "take GOMODCACHE back, or make the directory yours",
    ignore: "where modules are only ever read there, and nothing new is needed",
  },
  "gocacheprog-missing": {
    looksAt:
      "the first word of GOCACHEPROG, where Go 1.24 or newer is chosen: a program at that path, or on PATH",
    messages: ['error starting GOCACHEPROG program "<program>": <reason>', "GOCACHEPROG args: <reason>"],
    why: "nothing can be built, and `go list` fails too",
    remedy: "take GOCACHEPROG back: Go then uses the cache on disk",
    ignore: "never",
  },
  "gocache-network-fs": {
    looksAt: "the type of the file system on which GOCACHE lies: NFS, CIFS, 9p, sshfs",
    messages: [],
    why: "a build reads and writes thousands of small files there, and some such file systems lock badly",
    remedy:
      "let GOCACHE name a directory on a disk of this machine; several users and versions may share one",
    ignore: "where no disk of this machine is at hand",
  },
  "modcache-symlink": {
    looksAt: "whether GOMODCACHE itself is a symbolic link; links above it are harmless",
    messages: [],
    why: "`go clean -modcache` exits with 0 and removes only the link: all files stay, and a new cache begins beside them",
    remedy: "`go env -w GOMODCACHE=DIR` with the directory that the link leads to",
    ignore: "where you never empty the cache with `go clean -modcache`",
  },
  "gocache-large": {
    looksAt:
      "the sizes of GOCACHE and GOMODCACHE together, more than 5 GiB. It counts for a tenth of a second: `about` is worked out from the part of the build cache that was counted, `at least` is what was counted until then",
    messages: [],
    why: "Go removes what was not used for five days from the build cache, and nothing ever from the module cache",
    remedy:
      "`go clean -cache` empties the build cache, and the next build takes longer; `go clean -modcache` empties the module cache, and everything is downloaded again",
    ignore: "where there is room; 5 GiB is a habit, not a limit of Go's",
  },
  "disk-low": {
    looksAt: "free space where gvt, GOCACHE and GOMODCACHE lie (1 GiB), and temporary files (256 MiB)",
    messages: ["no space left on device"],
    why: "builds and installations stop half-way",
    remedy:
      "`go clean -cache` empties the build cache, `gvt prune` removes what gvt no longer needs, and `go clean -modcache` empties a module cache that lies alone; or let the variable that leads there lead to a larger disk",
    ignore: "where the disk is small on purpose",
  },
  "gotmpdir-invalid": {
    looksAt:
      "GOTMPDIR, else TMPDIR, else /tmp: whether it is a directory that can be written to; one that is not absolute is a warning",
    messages: [
      "go: creating work dir: stat <path>: no such file or directory",
      "go: creating work dir: mkdir <path>: permission denied",
      "go: creating work dir: <reason>",
    ],
    why: "every build begins with a directory there",
    remedy: "unset the variable, or create the directory: Go does not",
    ignore: "never",
  },
  "tmp-noexec": {
    looksAt: "whether GOTMPDIR, else TMPDIR, else /tmp lies on a file system that is mounted noexec",
    messages: ["fork/exec <path>/go-build<path>: permission denied"],
    why: "`go run` and `go test` start what they have built there; `go build` works all the same",
    remedy: "let GOTMPDIR name a directory elsewhere: `go env -w GOTMPDIR=DIR`",
    ignore: "where only `go build` is used",
  },
};
