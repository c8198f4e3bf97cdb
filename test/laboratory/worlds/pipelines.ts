import type { LabWorld } from "../world.js";
import { PINNED } from "./fragments.js";

const MODULE = "printf 'module m\\n\\ngo 1.22.3\\n' >go.mod; echo 'package m' >m.go";
/** `workflow LINE…`, on lines of their own. */
const WORKFLOW = `git init -q .; mkdir -p .github/workflows; workflow() { printf '%s\\n' "$@" >.github/workflows/test.yml; }`;
const TEST = ".github/workflows/test.yml";
/** What the Go that a file names says of the module: no other is at hand in CI and in the official image. */
const build = (file: string, pattern: string): string =>
  `version=$(sed -n 's/${pattern}/\\1/p' ${file}); GOTOOLCHAIN=local PATH=$GO/$version/bin:$PATH go build .`;
/** The Dockerfile's RUN lines, in a tree that may be broken. */
const RUN_LINES = `rm -rf $HOME/image; cp -al $GO/1.22.6 $HOME/image
  sed -n 's/^RUN //p' Dockerfile | sed "s,/usr/local/go,$HOME/image,g" >$HOME/run.sh
  PATH=$HOME/image/bin:$PATH GOTOOLCHAIN=local bash $HOME/run.sh; PATH=$HOME/image/bin:$PATH GOTOOLCHAIN=local go build .`;

export const PIPELINE_WORLDS: readonly LabWorld[] = [
  {
    name: "CI exports a GOROOT",
    fires: "ci-hardcoded-goroot",
    outline: ["warning ci-hardcoded-goroot"],
    made: `${PINNED}; ${WORKFLOW}; workflow 'env:' '  GOROOT: /opt/hostedtoolcache/go/1.21.13/x64' '  CGO_ENABLED: 0'`,
    symptom: {
      run: `GOROOT=$(sed -n 's/ *GOROOT: //p' ${TEST}) go list fmt; GOROOT=$(sed -n 's/ *GOROOT: //p' ${TEST}) $GO/1.22.6/bin/go list fmt`,
      says: /cannot find GOROOT directory/,
    },
    byHand: `sed -i /GOROOT/d $WORK/${TEST}`,
  },
  {
    name: "CI asks Go for its GOROOT",
    silent: "ci-hardcoded-goroot",
    outline: [],
    made: `${PINNED}; ${WORKFLOW}; workflow 'steps:' '  - export GOROOT=$(go env GOROOT)' '  - echo GOROOT'`,
  },
  {
    name: "CI builds with a Go below the go line",
    fires: "ci-version-drift",
    outline: ["warning ci-version-drift"],
    made: `${MODULE}; ${WORKFLOW}; workflow 'steps:' '  - uses: actions/setup-go@v5' '    with:' '      go-version: 1.21.13'`,
    symptom: { run: build(TEST, ".*go-version: \\(.*\\)"), says: /requires go >= 1\.22\.3/ },
    byHand: `sed -i s/1.21.13/1.22.6/ $WORK/${TEST}`,
  },
  {
    name: "CI builds with two versions in two places",
    fires: "ci-version-drift",
    made: `${MODULE}; ${WORKFLOW}; workflow 'go-version: 1.22.6'; echo 'image: golang:1.24' >.gitlab-ci.yml`,
    byHand: "rm $WORK/.gitlab-ci.yml",
  },
  {
    name: "CI tries several lines, of which one fits",
    silent: "ci-version-drift",
    outline: [],
    made: `${MODULE}; ${WORKFLOW}; workflow 'matrix:' '  go-version: ["1.21", "1.22", stable]'`,
  },
  {
    name: "CI reads the version from go.mod",
    silent: "ci-version-drift",
    outline: [],
    made: `${MODULE}; ${WORKFLOW}; workflow 'with:' '  go-version-file: go.mod' 'env:' '  GOFLAGS: -mod=readonly'`,
  },
  {
    name: "CI, a pin and go.mod, each with a version of its own",
    fires: "versions-file-conflict",
    outline: ["warning versions-file-conflict", "warning ci-version-drift"],
    installed: ["1.22.6", "1.24.4"],
    made: `${MODULE}; echo 1.24.4 >.go-version; ${WORKFLOW}; workflow 'go-version: "1.21"'`,
    byHand: `echo 'go-version-file: .go-version' >$WORK/${TEST}`,
  },
];

export const DOCKER_WORLDS: readonly LabWorld[] = [
  {
    name: "a Dockerfile builds from golang without a tag",
    fires: "docker-unpinned-golang",
    outline: ["warning docker-unpinned-golang"],
    made: `${PINNED}; printf 'FROM golang AS build\\nRUN go build\\nFROM scratch\\n' >Dockerfile`,
    byHand: "sed -i 's/golang/golang:1.22.6/' $WORK/Dockerfile",
  },
  {
    name: "a Dockerfile takes the version from an argument that has one",
    silent: "docker-unpinned-golang",
    outline: [],
    made: `${PINNED}; printf 'ARG GO_VERSION=1.22.6\\nFROM golang:\${GO_VERSION}-alpine\\nFROM alpine:latest\\n' >Dockerfile`,
  },
  {
    name: "a Dockerfile's Go is below the go line",
    fires: "docker-version-too-low",
    outline: ["error docker-version-too-low"],
    made: `${MODULE}; printf 'FROM golang:1.21.13\\nRUN go build\\n' >Dockerfile`,
    symptom: { run: build("Dockerfile", "FROM golang:\\(.*\\)"), says: /requires go >= 1\.22\.3/ },
    byHand: "sed -i s/1.21.13/1.22.6/ $WORK/Dockerfile",
  },
  {
    name: "a Dockerfile lets Go switch toolchains",
    silent: "docker-version-too-low",
    outline: [],
    made: `${MODULE}; printf 'FROM golang:1.21.13\\nENV GOTOOLCHAIN=auto\\nRUN go build\\n' >Dockerfile`,
  },
  {
    name: "a Dockerfile with one stage too old and one that is not pinned",
    fires: "docker-version-too-low",
    outline: ["error docker-version-too-low", "warning docker-unpinned-golang"],
    made: `${MODULE}; printf 'FROM golang:1.20-alpine\\nRUN go vet\\nFROM golang:latest\\nRUN go build\\n' >Dockerfile`,
    byHand: "sed -i 's/1.20-alpine/1.22.6/' $WORK/Dockerfile",
  },
  {
    name: "a Dockerfile deletes what it takes for a cache",
    fires: "docker-removes-pkg",
    outline: ["error docker-removes-pkg"],
    made: `${MODULE}; printf 'FROM golang:1.22.6\\nRUN rm -rf /usr/local/go/pkg/*\\n' >Dockerfile`,
    symptom: { run: RUN_LINES, says: /no such tool "compile"|binary is trimmed/ },
    byHand: "sed -i /^RUN/d $WORK/Dockerfile",
  },
  {
    name: "a Dockerfile deletes the cache of modules, and the tests of Go",
    silent: "docker-removes-pkg",
    outline: [],
    made: `${MODULE}; printf 'FROM golang:1.22.6\\nRUN rm -rf /go/pkg/mod /usr/local/go/test\\n' >Dockerfile`,
  },
];
