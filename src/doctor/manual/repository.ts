/** Manual pages of the checks of a repository: version files, git, vendor. */
import type { Manuals } from "./manual.js";

export const REPOSITORY_MANUALS: Manuals = {
  "versions-file-conflict": {
    looksAt:
      "`.go-version` and `.tool-versions` in one directory, CI files that name one version, and the `go` line that governs here; a line (1.22) agrees with each of its versions",
    messages: [],
    why: "which Go builds depends on the tool that reads the file",
    remedy: "keep the version in one file, or the same in all",
    ignore: "where CI tests another version on purpose",
  },
  "vcs-stamp-refused": {
    looksAt:
      "the owner of .git and of the directory that holds it, and safe.directory in git's configuration, where git is on PATH and Go 1.18 or newer is chosen",
    messages: [
      "error obtaining VCS status: exit status 128",
      "Use -buildvcs=false to disable VCS stamping.",
      "fatal: detected dubious ownership in repository at <path>",
    ],
    why: "`go build` asks git what to write into the program, and git refuses to read what another user owns",
    remedy: "`git config --global --add safe.directory DIR`, or become its owner",
    ignore: "where `-buildvcs=false` is given with each build",
  },
  "vendor-inconsistent": {
    looksAt:
      "the requirements of go.mod against vendor/modules.txt, where its `go` line is 1.14 or newer and no flag turns vendor off",
    messages: [
      "go: inconsistent vendoring in <path>",
      "is explicitly required in go.mod, but not marked as explicit in vendor/modules.txt",
      "is marked as explicit in vendor/modules.txt, but not explicitly required in go.mod",
    ],
    why: "Go builds from vendor, and stops where it is not what go.mod says",
    remedy:
      "`go mod vendor`, and `go mod tidy` before it where go.sum lacks what go.mod asks for; `-mod=mod` passes vendor over",
    ignore: "never",
  },
};
