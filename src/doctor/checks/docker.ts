/** Checks of Dockerfiles that build with the official image. */
import { dirname, join } from "node:path";
import { about, type Check, type Observation } from "../check.js";
import type { DockerStatement } from "../repository-facts.js";
import { findTagPin, isBelow } from "../stated-pins.js";
import { fileEvidence } from "./common.js";

/** The tools of the tree, without which nothing is compiled; /go/pkg of the official image is GOPATH's. */
const REMOVES_TOOLS =
  /\brm\s+(?:-\S+\s+)+[^;&|]*?(?:\/usr\/local\/go|\$GOROOT|\$\{GOROOT\}|\$\(go env GOROOT\))"?\/pkg(?:\/(?:tool|\*))?\/?"?(?=\s|$|[;&|])/;

export const DOCKER_CHECKS: readonly Check[] = [
  {
    id: "docker-unpinned-golang",
    priority: 1,
    severity: "warning",
    title: "a Dockerfile takes whatever Go is newest",
    run: ({ snapshot }) =>
      listGolangStages(snapshot.repository.docker).flatMap(({ from, image }): Observation[] => {
        const { path, line, text } = from;
        if (image.digest || (image.tag !== undefined && /\d/.test(image.tag.split("-")[0] ?? ""))) return [];
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
  {
    id: "docker-version-too-low",
    priority: 1,
    severity: "error",
    title: "a Dockerfile's Go is too old for the module",
    run: ({ snapshot, governing }) => {
      const floor = governing?.go;
      if (!floor) return [];
      const { docker } = snapshot.repository;
      const top = dirname(governing.file.path);
      return listGolangStages(docker).flatMap((stage): Observation[] => {
        const { path, line, text } = stage.from;
        const pin = findTagPin(stage.image.tag ?? "");
        const isOfModule = path.startsWith(join(top, "/"));
        const mayChange = docker.some((each) => each.path === path && /\bGOTOOLCHAIN\b/.test(each.text));
        if (!pin || !isOfModule || mayChange || onlyInstallsTools(stage) || !isBelow(pin, floor)) return [];
        return [
          {
            summary: `${path}:${line} builds with ${stage.image.tag}, and ${governing.file.path} needs \`${floor.text}\``,
            about: [about.file(path), about.file(governing.file.path)],
            evidence: [
              fileEvidence(path, `FROM ${text}`, line),
              fileEvidence(governing.file.path, floor.text, floor.line),
            ],
            remedy: {
              summary: "build with a newer image",
              steps: [
                {
                  kind: "advise",
                  text: `write \`golang:${floor.text.replace(/^go /, "")}\` or newer in line ${line} of ${path}`,
                },
              ],
            },
          },
        ];
      });
    },
  },
  {
    id: "docker-removes-pkg",
    priority: 2,
    severity: "error",
    title: "a Dockerfile deletes the compiler",
    run: ({ snapshot }) =>
      snapshot.repository.docker
        .filter(({ instruction, text }) => instruction === "RUN" && REMOVES_TOOLS.test(text))
        .map(({ path, line, text }) => ({
          summary: `${path}:${line} deletes pkg of GOROOT, where compiler and linker are`,
          about: [about.file(path)],
          evidence: [fileEvidence(path, `RUN ${text}`, line)],
          remedy: {
            summary: "leave it; a last stage of its own makes the image small",
            steps: [{ kind: "advise", text: `take the \`rm\` out of the RUN in line ${line} of ${path}` }],
          },
        })),
  },
];

interface GolangImage {
  readonly tag: string | undefined;
  readonly digest: boolean;
}

interface GolangStage {
  readonly from: DockerStatement;
  readonly image: GolangImage;
  /** What it says until the next FROM. */
  readonly statements: readonly DockerStatement[];
}

function listGolangStages(docker: readonly DockerStatement[]): GolangStage[] {
  return docker.flatMap((from, index): GolangStage[] => {
    if (from.instruction !== "FROM") return [];
    const before = docker.slice(0, index).filter(({ path }) => path === from.path);
    const image = findGolangImage(substitute(from.text, before));
    if (!image) return [];
    const after = docker.slice(index + 1);
    const end = after.findIndex(({ instruction, path }) => instruction === "FROM" || path !== from.path);
    return [{ from, image, statements: end < 0 ? after : after.slice(0, end) }];
  });
}

/** The official image in a FROM line; undefined where it is another, or a variable says which. */
function findGolangImage(text: string): GolangImage | undefined {
  const image = text.split(/\s+/).find((word) => !word.startsWith("--")) ?? "";
  const match = /^(?:docker\.io\/)?(?:library\/)?golang(?::([^@$]+))?(@[^$]*)?$/.exec(image);
  return match ? { tag: match[1], digest: match[2] !== undefined } : undefined;
}

/** With what the ARG lines above say where a build says nothing. */
function substitute(text: string, before: readonly DockerStatement[]): string {
  const values = new Map(
    before
      .filter(({ instruction }) => instruction === "ARG")
      .flatMap(({ text: argument }) =>
        [...argument.matchAll(/(\w+)=["']?([^\s"']*)/g)].map(
          ([, name = "", value = ""]) => [name, value] as const,
        ),
      ),
  );
  return text.replace(
    /\$(?:(\w+)|\{(\w+)(?::?-([^}]*))?\})/g,
    (whole, plain?: string, braced?: string, fallback?: string) =>
      values.get(plain ?? braced ?? "") ?? fallback ?? whole,
  );
}

/** `go install example.com/tool@v1` knows nothing of the module. */
function onlyInstallsTools({ statements }: GolangStage): boolean {
  const commands = statements
    .filter(({ instruction }) => instruction === "RUN")
    .flatMap(
      ({ text }) =>
        text.match(/\bgo\s+(?:build|generate|get|install|list|mod|run|test|tool|vet|work)\b[^;&|]*/g) ?? [],
    );
  return commands.length > 0 && commands.every((command) => /^go\s+install\s.*@/.test(command));
}
