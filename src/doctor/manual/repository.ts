/** Manual pages of the checks of a repository. */
import type { Manuals } from "./manual.js";

export const REPOSITORY_MANUALS: Manuals = {
  "docker-unpinned-golang": {
    looksAt: "FROM lines that name the golang image without a tag, or with `latest`",
    messages: [],
    why: "the same Dockerfile builds with another Go tomorrow",
    remedy: "name the version: `FROM golang:1.22.6`",
    ignore: "where the image is built anew every day on purpose",
  },
};
