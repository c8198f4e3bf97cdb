/** What lies in and above the current directory: module files, version files, CI files, Dockerfiles, git, vendor. */
import { dirname, isAbsolute, join, resolve } from "node:path";
import { isGvtError } from "../../errors.js";
import { findToolVersion, parseVersionFile } from "../../go/version-file.js";
import type { ModuleFile, Repository, VersionFileFacts } from "../repository-facts.js";
import type { Variables } from "../snapshot.js";
import { findGit } from "./git.js";
import type { Look } from "./look.js";
import { parseModuleFile } from "./module-files.js";
import { parseCiFile, parseDockerfile } from "./pipeline-files.js";

const MAX_MODULE_BYTES = 1 << 20;
const MAX_TEXT_BYTES = 256 << 10;
const MAX_VERSION_BYTES = 4 << 10;
const MAX_USES = 50;
const MAX_FILES = 40;

export interface RepositoryInput {
  readonly look: Look;
  readonly cwd: string;
  readonly home: string | undefined;
  readonly env: Variables;
  readonly uid: number | undefined;
  /** GOWORK as Go sees it. */
  readonly gowork: string;
  /** The directory of installed versions: a workspace around it does not govern their trees. */
  readonly versions: string;
}

export async function collectRepository(input: RepositoryInput): Promise<Repository> {
  const { look, cwd } = input;
  const above = ancestors(cwd);
  const [module, workspace, git, versionFiles] = await Promise.all([
    findUpward(look, above, "go.mod"),
    findWorkspace(input, above),
    findGit(input, above),
    collectVersionFiles(look, above),
  ]);
  const workFile = workspace === undefined ? undefined : await readModuleFile(look, workspace);
  const used = (workFile?.uses ?? [])
    .slice(0, MAX_USES)
    .map(({ directory }) => resolve(dirname(workspace ?? ""), directory, "go.mod"));
  const paths = [...new Set([...(module === undefined ? [] : [module]), ...used])];
  const modules = (await Promise.all(paths.map((path) => readModuleFile(look, path)))).filter(
    (file) => file !== undefined,
  );
  const top = git?.directory ?? (module === undefined ? cwd : dirname(module));
  const named = isAbsolute(input.gowork) ? input.gowork : undefined;
  return {
    git,
    governing: workspace ?? module,
    namedWorkspace:
      named === undefined
        ? undefined
        : { path: named, there: (await look.stat(named)) !== undefined || !(await look.reaches(named)) },
    moduleFiles: [...(workFile ? [workFile] : []), ...modules],
    versionFiles,
    ci: await collectCi(look, top),
    docker: await collectDocker(look, [...new Set([top, cwd])]),
    vendored: module === undefined ? undefined : await readVendored(look, dirname(module)),
  };
}

function ancestors(start: string): string[] {
  const parent = dirname(start);
  return parent === start ? [start] : [start, ...ancestors(parent)];
}

async function findUpward(look: Look, above: readonly string[], name: string): Promise<string | undefined> {
  for (const directory of above) {
    const path = join(directory, name);
    const found = await look.stat(path);
    if (found && !found.isDirectory()) return path;
  }
  return undefined;
}

async function findWorkspace(
  { look, gowork, versions }: RepositoryInput,
  above: readonly string[],
): Promise<string | undefined> {
  if (gowork === "off") return undefined;
  if (isAbsolute(gowork)) return (await look.stat(gowork)) ? gowork : undefined;
  const end = above.findIndex((directory, index) => index > 0 && dirname(directory) === versions);
  return findUpward(look, end < 0 ? above : above.slice(0, end), "go.work");
}

async function readModuleFile(look: Look, path: string): Promise<ModuleFile | undefined> {
  const file = await look.read(path, MAX_MODULE_BYTES);
  return file.kind === "text" ? parseModuleFile(path, file.bytes.toString("utf8")) : undefined;
}

async function collectVersionFiles(look: Look, above: readonly string[]): Promise<VersionFileFacts[]> {
  const parsers = { ".go-version": parseVersionFile, ".tool-versions": findToolVersion };
  const found = await Promise.all(
    above.flatMap((directory) =>
      Object.entries(parsers).map(async ([name, parse]): Promise<VersionFileFacts | undefined> => {
        const path = join(directory, name);
        const file = await look.read(path, MAX_VERSION_BYTES);
        if (file.kind === "absent") return undefined;
        if (file.kind === "not-a-file") return { path, problem: `it is ${file.found}`, irregular: true };
        if (file.kind !== "text") return { path, problem: file.kind };
        try {
          const statement = parse(file.bytes.toString("utf8"));
          return statement && { path, line: statement.line, text: statement.text };
        } catch (error) {
          if (!isGvtError(error, "BAD_SELECTOR")) throw error;
          return { path, problem: error.message };
        }
      }),
    ),
  );
  return found.filter((file) => file !== undefined);
}

async function collectCi(look: Look, top: string): Promise<Repository["ci"]> {
  const workflows = join(top, ".github", "workflows");
  const names = ((await look.list(workflows)) ?? [])
    .filter((name) => /\.ya?ml$/.test(name))
    .slice(0, MAX_FILES);
  const paths = [
    ...names.map((name) => join(workflows, name)),
    join(top, ".gitlab-ci.yml"),
    join(top, ".circleci", "config.yml"),
  ];
  return parseAll(look, paths, parseCiFile);
}

async function collectDocker(look: Look, directories: readonly string[]): Promise<Repository["docker"]> {
  const lists = await Promise.all(
    directories.map(async (directory) =>
      ((await look.list(directory)) ?? [])
        .filter((name) => /^(?:Dockerfile|Containerfile)(?:\..*)?$|\.[Dd]ockerfile$/.test(name))
        .slice(0, MAX_FILES)
        .map((name) => join(directory, name)),
    ),
  );
  return parseAll(look, lists.flat(), parseDockerfile);
}

async function parseAll<T>(
  look: Look,
  paths: readonly string[],
  parse: (path: string, text: string) => readonly T[],
): Promise<T[]> {
  const files = await Promise.all(paths.map((path) => look.read(path, MAX_TEXT_BYTES)));
  return files.flatMap((file, index) =>
    file.kind === "text" ? [...parse(paths[index] ?? "", file.bytes.toString("utf8"))] : [],
  );
}

async function readVendored(look: Look, directory: string): Promise<readonly string[] | undefined> {
  const file = await look.read(join(directory, "vendor", "modules.txt"), MAX_MODULE_BYTES);
  if (file.kind !== "text") return undefined;
  return file.bytes
    .toString("utf8")
    .split("\n")
    .filter((line) => line.startsWith("#"));
}
