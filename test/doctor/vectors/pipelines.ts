/** Worlds for the checks of CI files and Dockerfiles. */
import { parseCiFile, parseDockerfile } from "../../../src/doctor/collect/pipeline-files.js";
import { type Draft, machine, WORK, writeModuleFile } from "../support/machine.js";
import type { Vector } from "./vector.js";

const DOCKERFILE = `${WORK}/Dockerfile`;
const WORKFLOW = `${WORK}/.github/workflows/test.yml`;
const RELEASE = `${WORK}/.github/workflows/release.yml`;

function writeDockerfile(draft: Draft, text: string, path = DOCKERFILE): void {
  draft.repository.docker.push(...parseDockerfile(path, text));
}

function writeCi(draft: Draft, text: string, path = WORKFLOW): void {
  draft.repository.git = { directory: WORK, uid: 1000, trusted: true };
  draft.repository.ci.push(...(parseCiFile(path, text) as Draft["repository"]["ci"]));
}

function requireGo(draft: Draft, version: string, directory = WORK): void {
  writeModuleFile(draft, `${directory}/go.mod`, `module m\n\ngo ${version}\n`);
}

/** In a module whose go line is 1.22.3. */
function withDockerfile(text: string) {
  return machine((draft) => {
    requireGo(draft, "1.22.3");
    writeDockerfile(draft, text);
  });
}

export const PIPELINE_VECTORS: readonly Vector[] = [
  {
    check: "ci-hardcoded-goroot",
    name: "fires for env and for export",
    expect: ["warning", "warning"],
    snapshot: machine((draft) =>
      writeCi(
        draft,
        "env:\n  GOROOT: /opt/hostedtoolcache/go/1.22.6/x64\nscript:\n  - export GOROOT=/usr/local/go\n",
      ),
    ),
    mentions: [`${WORKFLOW}:2`, `take GOROOT out of line 4 of ${WORKFLOW}`],
  },
  {
    check: "ci-hardcoded-goroot",
    name: "is silent where it is looked up, emptied, an expression, or a comment",
    expect: [],
    snapshot: machine((draft) =>
      writeCi(
        draft,
        "  - export GOROOT=$(go env GOROOT)\n  GOROOT: ''\n  GOROOT: ${{ env.ROOT }}\n  # GOROOT: /x\n  GOPATH: /x\n",
      ),
    ),
  },
  {
    check: "ci-version-drift",
    name: "fires for a version below the go line",
    expect: ["warning"],
    snapshot: machine((draft) => {
      requireGo(draft, "1.22.3");
      writeCi(
        draft,
        "      - uses: actions/setup-go@v5\n        with:\n          go-version: 1.22.1\nGOTOOLCHAIN: local\n",
      );
    }),
    mentions: [`${WORKFLOW}:3 builds with 1.22.1`, `${WORK}/go.mod:3`, "go-version-file: go.mod"],
  },
  {
    check: "ci-version-drift",
    name: "fires for a matrix of which no entry fits",
    expect: ["warning"],
    snapshot: machine((draft) => {
      requireGo(draft, "1.22");
      writeCi(draft, "matrix:\n  go-version:\n    - '1.20'\n    - '1.21'\n");
    }),
    mentions: ["1.20, 1.21"],
  },
  {
    check: "ci-version-drift",
    name: "fires for an image, and for two files that differ",
    expect: ["warning", "warning"],
    snapshot: machine((draft) => {
      requireGo(draft, "1.22");
      writeCi(draft, "image: golang:1.21.3-bookworm\n", `${WORK}/.gitlab-ci.yml`);
      writeCi(draft, "go-version: '1.22'\n");
      writeCi(draft, "go-version: '1.23.1'\n", RELEASE);
    }),
    mentions: [`name an image of that version in line 1 of ${WORK}/.gitlab-ci.yml`, `1.23.1 (${RELEASE}:1)`],
  },
  {
    check: "ci-version-drift",
    name: "is silent for a line with newer releases, a matrix of which one fits, and what leaves it open",
    expect: [],
    snapshot: machine((draft) => {
      requireGo(draft, "1.22.3");
      writeCi(
        draft,
        "go-version: ''\ngo-version: 1.22\ngo-version: [1.20.1, 1.22.x]\ngo-version: ^1.20\ngo-version: stable\n",
      );
      writeCi(draft, "go-version-file: go.mod\n", RELEASE);
    }),
  },
  {
    check: "ci-version-drift",
    name: "is silent where the file lets Go switch",
    expect: [],
    snapshot: machine((draft) => {
      requireGo(draft, "1.22.3");
      writeCi(draft, "env:\n  GOTOOLCHAIN: [local, auto]\ngo-version: 1.21\n");
    }),
  },
  {
    check: "ci-version-drift",
    name: "fires for two that differ, and leaves out the line that both are of",
    expect: ["warning"],
    snapshot: machine((draft) =>
      writeCi(draft, "go-version: '1.22'\ngo-version: 1.22.1\ngo-version: 1.22.3\n"),
    ),
    mentions: [`1.22.1 (${WORKFLOW}:2) and with 1.22.3 (${WORKFLOW}:3)`],
  },
  {
    check: "ci-version-drift",
    name: "fires for a module below the top where no pin fits it",
    expect: ["warning"],
    snapshot: machine((draft) => {
      requireGo(draft, "1.22.3", `${WORK}/service`);
      writeCi(draft, "go-version: 1.21\n");
    }),
    mentions: [`write \`go-version-file: service/go.mod\` in place of line 1 of ${WORKFLOW}`],
  },
  {
    check: "ci-version-drift",
    name: "names the workspace file that decides",
    expect: ["warning"],
    snapshot: machine((draft) => {
      writeModuleFile(draft, `${WORK}/go.work`, "go 1.22.3\n");
      writeCi(draft, "go-version: 1.21\n");
    }),
    mentions: ["go-version-file: go.work"],
  },
  {
    check: "ci-version-drift",
    name: "says the version where the file that decides is none of the repository",
    expect: ["warning"],
    snapshot: machine((draft) => {
      writeModuleFile(draft, "/elsewhere/go.work", "go 1.22.3\n");
      writeCi(draft, "go-version: 1.21\n");
    }),
    mentions: [`write 1.22.3 or newer in line 1 of ${WORKFLOW}`],
  },
  {
    check: "ci-version-drift",
    name: "says the version where the file is not one of GitHub's",
    expect: ["warning"],
    snapshot: machine((draft) => {
      requireGo(draft, "1.22.3");
      writeCi(draft, "go-version: 1.21\n", `${WORK}/.circleci/config.yml`);
    }),
    mentions: [`write 1.22.3 or newer in line 1 of ${WORK}/.circleci/config.yml`],
  },
  {
    check: "ci-version-drift",
    name: "names the module's file for two that differ where it says a version",
    expect: ["warning"],
    snapshot: machine((draft) => {
      requireGo(draft, "1.22");
      writeCi(draft, "go-version: 1.22.1\ngo-version: 1.22.3\n");
    }),
    mentions: [`write \`go-version-file: go.mod\` in place of line 2 of ${WORKFLOW}`],
  },
  ...[
    ["the module's says no version", WORK, ""],
    ["the module is one below the top", `${WORK}/service`, "go 1.22\n"],
  ].map(
    ([where, directory, text]): Vector => ({
      check: "ci-version-drift",
      name: `says the other version for two that differ where ${where}`,
      expect: ["warning"],
      snapshot: machine((draft) => {
        writeModuleFile(draft, `${directory}/go.mod`, `module m\n${text}`);
        writeCi(draft, "go-version: 1.22.1\ngo-version: 1.22.3\n");
      }),
      mentions: [`write 1.22.1 in line 2 of ${WORKFLOW}`],
    }),
  ),
  {
    check: "ci-version-drift",
    name: "is silent for a module below the top where another pin fits it",
    expect: [],
    snapshot: machine((draft) => {
      requireGo(draft, "1.22.3", `${WORK}/service`);
      writeCi(draft, "go-version: [1.20, 1.21]\n");
      writeCi(draft, "go-version: 1.22\n", RELEASE);
    }),
  },
  {
    check: "docker-unpinned-golang",
    name: "fires for no tag and for latest",
    expect: ["warning", "warning"],
    snapshot: machine((draft) =>
      writeDockerfile(
        draft,
        "# build\nFROM --platform=linux/amd64 golang AS build\nFROM docker.io/library/golang:latest\n",
      ),
    ),
    mentions: [`${DOCKERFILE}:2`, `${DOCKERFILE}:3`],
  },
  {
    check: "docker-unpinned-golang",
    name: "fires for a tag that names the base alone, and one that an ARG says",
    expect: ["warning", "warning"],
    snapshot: machine((draft) =>
      writeDockerfile(draft, "ARG GO_VERSION=latest\nFROM golang:alpine\nFROM golang:${GO_VERSION}\n"),
    ),
  },
  {
    check: "docker-unpinned-golang",
    name: "is silent for a tag, a digest, another image, and what a build says",
    expect: [],
    snapshot: machine((draft) =>
      writeDockerfile(
        draft,
        "ARG TAG\nENV golang 1.22\nFROM golang:1.22\nFROM golang@sha256:00\nFROM mirror.example/golang\nFROM scratch\nFROM golang:${TAG}\nFROM golang:${GO:-1.22}\n",
      ),
    ),
  },
  {
    check: "docker-version-too-low",
    name: "fires for an older version, an older line, and one that an ARG says",
    expect: ["error", "error", "error"],
    snapshot: withDockerfile(
      "ARG GO_VERSION=1.22.2\nFROM golang:1.22.1-alpine3.20\nRUN go build\nFROM golang:1.21 AS b\nFROM golang:${GO_VERSION}-bookworm\n",
    ),
    mentions: [
      `${DOCKERFILE}:2 builds with 1.22.1-alpine3.20`,
      `${WORK}/go.mod:3`,
      "write `golang:1.22.3` or newer in line 4",
    ],
  },
  {
    check: "docker-version-too-low",
    name: "is silent for one that fits, for its line, and for the newest",
    expect: [],
    snapshot: withDockerfile(
      "FROM golang:1.22.3\nFROM golang:1.22\nFROM golang:1.23rc1\nFROM golang:1\nFROM golang\n",
    ),
  },
  {
    check: "docker-version-too-low",
    name: "is silent where the Dockerfile lets Go switch",
    expect: [],
    snapshot: withDockerfile("FROM golang:1.21\nENV GOTOOLCHAIN=auto\nRUN go build\n"),
  },
  {
    check: "docker-version-too-low",
    name: "is silent for a stage that only installs tools",
    expect: [],
    snapshot: withDockerfile(
      "FROM golang:1.20 AS tools\nRUN go install a.example/tool@v1 && \\\n    go install b.example/tool@v1\nFROM golang:1.22.4\nRUN go build\n",
    ),
  },
  {
    check: "docker-version-too-low",
    name: "fires for a stage that builds too, and for one whose tools the next stage installs",
    expect: ["error", "error"],
    snapshot: withDockerfile(
      "FROM golang:1.20 AS both\nRUN go install a.example/tool@v1\nRUN go build\nFROM golang:1.21 AS empty\nFROM golang:1.22.4\nRUN go install a.example/tool@v1\n",
    ),
  },
  {
    check: "docker-version-too-low",
    name: "fires for a Dockerfile deeper in the module",
    expect: ["error"],
    snapshot: machine((draft) => {
      requireGo(draft, "1.22.3");
      writeDockerfile(draft, "FROM golang:1.20\n", `${WORK}/service/Dockerfile`);
    }),
  },
  {
    check: "docker-version-too-low",
    name: "is silent where no module governs",
    expect: [],
    snapshot: machine((draft) => writeDockerfile(draft, "FROM golang:1.20\n")),
  },
  {
    check: "docker-version-too-low",
    name: "is silent for a Dockerfile outside of the module",
    expect: [],
    snapshot: machine((draft) => {
      requireGo(draft, "1.22.3", `${WORK}/service`);
      writeDockerfile(draft, "FROM golang:1.20\n");
    }),
  },
  ...[
    "rm -rf /usr/local/go/pkg",
    "go build . && rm -rf /usr/local/go/src /usr/local/go/pkg/*",
    'rm -r -f "$(go env GOROOT)/pkg"',
    "rm -rf ${GOROOT}/pkg/tool; true",
  ].map(
    (command): Vector => ({
      check: "docker-removes-pkg",
      name: `fires for ${command}`,
      expect: ["error"],
      snapshot: machine((draft) => writeDockerfile(draft, `FROM golang:1.22\nRUN ${command}\n`)),
      mentions: [`${DOCKERFILE}:2`],
    }),
  ),
  ...[
    "rm -rf /go/pkg",
    "rm -rf $GOPATH/pkg/mod",
    "rm -rf /usr/local/go/pkg/linux_amd64_race",
    "rm -rf /usr/local/go/test && ls /usr/local/go/pkg",
  ].map(
    (command): Vector => ({
      check: "docker-removes-pkg",
      name: `is silent for ${command}`,
      expect: [],
      snapshot: machine((draft) => writeDockerfile(draft, `FROM golang:1.22\nRUN ${command}\n`)),
    }),
  ),
];
