/** Checks of the repository: Dockerfiles, CI files, version files, git and vendor. */
import { about, type Check } from "../check.js";
import { fileEvidence } from "./common.js";

export const REPOSITORY_CHECKS: readonly Check[] = [
  {
    id: "docker-unpinned-golang",
    priority: 1,
    severity: "warning",
    title: "a Dockerfile takes whatever Go is newest",
    run: ({ snapshot }) =>
      snapshot.repository.docker.flatMap(({ path, line, instruction, text }) => {
        const image = instruction === "FROM" ? findGolangImage(text) : undefined;
        if (!image || image.digest || (image.tag !== undefined && image.tag !== "latest")) return [];
        return [
          {
            summary: `${path}:${line} builds from golang without a version`,
            about: [about.file(path)],
            evidence: [fileEvidence(path, `FROM ${text}`, line)],
            remedy: {
              summary: "name a version",
              steps: [{ kind: "advise", text: `write \`golang:1.N.P\` in line ${line} of ${path}` }],
            },
          },
        ];
      }),
  },
];

/** The official image in a FROM line, with its tag; undefined where it is another. */
function findGolangImage(
  text: string,
): { readonly tag: string | undefined; readonly digest: boolean } | undefined {
  const image = text.split(/\s+/).find((word) => !word.startsWith("--")) ?? "";
  const match = /^(?:docker\.io\/)?(?:library\/)?golang(?::([^@]+))?(@.*)?$/.exec(image);
  return match ? { tag: match[1], digest: match[2] !== undefined } : undefined;
}
