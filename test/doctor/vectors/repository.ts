/** Worlds for the checks of a repository. */
import { parseDockerfile } from "../../../src/doctor/collect/pipeline-files.js";
import { type Draft, machine, WORK } from "../support/machine.js";
import type { Vector } from "./vector.js";

const DOCKERFILE = `${WORK}/Dockerfile`;

function writeDockerfile(draft: Draft, text: string): void {
  draft.repository.docker = parseDockerfile(DOCKERFILE, text);
}

export const REPOSITORY_VECTORS: readonly Vector[] = [
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
    name: "is silent for a tag, a digest, and another image",
    expect: [],
    snapshot: machine((draft) =>
      writeDockerfile(
        draft,
        "FROM golang:1.22\nFROM golang@sha256:00\nFROM mirror.example/golang\nFROM scratch\n",
      ),
    ),
  },
];
