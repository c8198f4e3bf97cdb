/** Manual pages of the checks of CI files and Dockerfiles. */
import type { Manuals } from "./manual.js";

export const PIPELINE_MANUALS: Manuals = {
  "ci-hardcoded-goroot": {
    looksAt: "assignments of GOROOT in .github/workflows, .gitlab-ci.yml and .circleci/config.yml",
    messages: ['compile: version "<version>" does not match go tool version "<version>"'],
    why: "the runner's Go moves with its next update, and then `go` uses a tree of another version or none",
    remedy: "delete it: Go finds its own tree",
    ignore: "where the job unpacks Go at that very place",
  },
  "ci-version-drift": {
    looksAt:
      "`go-version` and golang images in CI files against the `go` line of the module, and against each other; of a matrix, no entry fits",
    messages: ["go: go.mod requires go >= <version> (running go <version>; GOTOOLCHAIN=local)"],
    why: "what works on one machine fails on the other, or is built with another Go than was tested",
    remedy:
      "`go-version-file` with the path of the go.mod or go.work, from the top of the repository, keeps the version in one place",
    ignore: "where a job tests an older version on purpose",
  },
  "docker-unpinned-golang": {
    looksAt: "FROM lines that name the golang image without a version: no tag, `latest`, or the base alone",
    messages: [],
    why: "the same Dockerfile builds with another Go tomorrow",
    remedy: "name the version: `FROM golang:1.22.6`",
    ignore: "where the image is built anew every day on purpose",
  },
  "docker-version-too-low": {
    looksAt:
      "the tag of the golang image, ARGs put in, against the `go` line of the module around the Dockerfile; not where GOTOOLCHAIN is set in it, and not a stage that only installs tools",
    messages: ["go: go.mod requires go >= <version> (running go <version>; GOTOOLCHAIN=local)"],
    why: "the official image sets GOTOOLCHAIN=local, so Go does not fetch the version that the module needs",
    remedy: "name a newer image",
    ignore: "where the stage builds another module",
  },
  "docker-removes-pkg": {
    looksAt: "RUN lines that delete pkg in GOROOT; /go/pkg of the official image is another",
    messages: [
      'go: no such tool "compile"',
      "go: cannot find GOROOT directory: 'go' binary is trimmed and GOROOT is not set",
    ],
    why: "compiler, assembler and linker are there: nothing is built any more",
    remedy: "leave it, and copy what was built into a last stage of its own",
    ignore: "where nothing is built afterwards",
  },
};
