/** The shape of what a saved snapshot says of a repository. Pure. */
import type {
  CiStatement,
  DockerStatement,
  GitFacts,
  ModuleFile,
  Repository,
  VersionFileFacts,
} from "../repository-facts.js";
import { count, flag, list, object, oneOf, optional, type Shape, text } from "../shape.js";

type Workspace = NonNullable<Repository["namedWorkspace"]>;

export const REPOSITORY: Shape<Repository> = object<Repository>({
  git: optional(
    object<GitFacts>({
      directory: text,
      realpath: optional(text),
      uid: optional(count),
      trusted: flag,
    }),
  ),
  governing: optional(text),
  namedWorkspace: optional(object<Workspace>({ path: text, there: flag })),
  moduleFiles: list(
    object<ModuleFile>({
      path: text,
      kind: oneOf<ModuleFile["kind"]>({ "go.mod": true, "go.work": true }),
      directives: list(object<ModuleFile["directives"][number]>({ key: text, text, line: count })),
      uses: list(object<ModuleFile["uses"][number]>({ directory: text, line: count })),
      requires: list(object<ModuleFile["requires"][number]>({ module: text, version: text, line: count })),
    }),
  ),
  versionFiles: list(
    object<VersionFileFacts>({
      path: text,
      line: optional(count),
      text: optional(text),
      problem: optional(text),
      irregular: optional(flag),
    }),
  ),
  ci: list(
    object<CiStatement>({
      path: text,
      line: count,
      kind: oneOf<CiStatement["kind"]>({
        GOROOT: true,
        GOTOOLCHAIN: true,
        "go-version": true,
        image: true,
        "go-version-file": true,
      }),
      values: list(text),
    }),
  ),
  docker: list(
    object<DockerStatement>({
      path: text,
      line: count,
      instruction: oneOf<DockerStatement["instruction"]>({ FROM: true, ENV: true, ARG: true, RUN: true }),
      text,
    }),
  ),
  vendored: optional(list(text)),
});
