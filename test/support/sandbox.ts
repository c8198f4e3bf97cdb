/**
 * A world on disk for tests that start programs: a home, a root with toolchains that report, a tree of files, and an
 * environment with nothing of the machine's own. Real files, real processes.
 */
import { spawn, spawnSync } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { writeFakeToolchain, writeReporter } from "./fake-toolchain.js";

export const SHIM = join(import.meta.dirname, "../../shims/shim.sh");

/** What a path holds: text, or something that is harder to read. */
export type Content =
  | string
  | { readonly base64: string }
  | { readonly repeat: string; readonly times: number; readonly then?: string }
  | { readonly link: string }
  | { readonly directory: true }
  /** A program of that name that reports how it was started. */
  | { readonly program: string }
  /** A copy of the shim, as another root has it. */
  | { readonly shim: true }
  | { readonly fifo: true };

export interface SandboxSpec {
  /** By path: `a/go.mod` in the tree, `~/.config/go/env` in the home, `$ROOT/version` in the root. */
  readonly files?: Readonly<Record<string, Content>>;
  /** `$WORK`, `$HOME`, `$ROOT` and `$SYSTEM` stand for the sandbox's own directories. Null unsets. */
  readonly env?: Readonly<Record<string, string | null>>;
  readonly installed?: readonly string[];
  /** Whether PATH has a Go of the system's. */
  readonly system?: boolean;
  /** In the tree. */
  readonly cwd?: string;
}

export interface Sandbox {
  readonly directory: string;
  readonly home: string;
  readonly root: string;
  readonly work: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** The place that a name as in `SandboxSpec.files` stands for. */
  path(name: string): string;
  /** The same for the names in a text. */
  expand(text: string): string;
  run(command: readonly string[], options?: RunOptions): Promise<RunResult>;
  remove(): Promise<void>;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly input?: string;
}

export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  /** The exit status; undefined where a signal ended it. */
  readonly status: number | undefined;
  readonly signal: string | undefined;
}

/** Shims as installed; a launcher that reports instead of starting Node, unless a test puts another there. */
export async function createSandbox(spec: SandboxSpec = {}): Promise<Sandbox> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), "gvt-sandbox-")));
  const home = join(directory, "home");
  const root = join(home, ".gvt");
  const work = join(home, "work");
  const system = join(directory, "system");
  const cwd = join(work, spec.cwd ?? "");
  const expand = (text: string): string =>
    text.replace(/\$(WORK|HOME|ROOT|SYSTEM)\b/g, (_, name: "WORK" | "HOME" | "ROOT" | "SYSTEM") => {
      return { WORK: work, HOME: home, ROOT: root, SYSTEM: system }[name];
    });
  const path = (name: string): string =>
    /^(~|\$ROOT|\$SYSTEM)(\/|$)/.test(name) ? expand(name.replace(/^~/, "$HOME")) : join(work, name);

  await writeRoot(root, spec.installed ?? []);
  if (spec.system)
    for (const name of ["go", "gofmt"]) await writeReporter(join(system, "bin", name), `${name} system`);
  await mkdir(work, { recursive: true });
  for (const [name, content] of Object.entries(spec.files ?? {}))
    await writeContent(path(name), content, expand);
  await mkdir(cwd, { recursive: true });

  const env: Record<string, string> = {
    HOME: home,
    PATH: `${root}/shims${spec.system ? `:${system}/bin` : ""}`,
    PWD: cwd,
  };
  for (const [name, value] of Object.entries(spec.env ?? {})) {
    if (value === null) delete env[name];
    else env[name] = expand(value);
  }
  const sandbox: Sandbox = {
    directory,
    home,
    root,
    work,
    cwd,
    env,
    path,
    expand,
    run: (command, options = {}) => runIn(sandbox, command, options),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
  return sandbox;
}

async function writeRoot(root: string, installed: readonly string[]): Promise<void> {
  await mkdir(join(root, "versions"), { recursive: true });
  await mkdir(join(root, "shims"), { recursive: true });
  for (const version of installed) await writeFakeToolchain(join(root, "versions", version), version);
  for (const name of ["go", "gofmt"]) await copyFile(SHIM, join(root, "shims", name));
  await writeReporter(join(root, "bin", "gvt"), "DEFER");
}

async function writeContent(path: string, content: Content, expand: (text: string) => string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  if (typeof content === "string") await writeFile(path, content);
  else if ("base64" in content) await writeFile(path, Buffer.from(content.base64, "base64"));
  else if ("repeat" in content)
    await writeFile(path, content.repeat.repeat(content.times) + (content.then ?? ""));
  else if ("link" in content) await symlink(expand(content.link), path);
  else if ("directory" in content) await mkdir(path);
  else if ("shim" in content) await copyFile(SHIM, path);
  else if ("program" in content) await writeReporter(path, content.program);
  else spawnSync("mkfifo", [path]);
}

function runIn(
  sandbox: Sandbox,
  [program = "", ...args]: readonly string[],
  options: RunOptions,
): Promise<RunResult> {
  const { env = {}, cwd = sandbox.cwd, input = "" } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...sandbox.env, ...env } });
    const output = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output.stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      output.stderr += text;
    });
    child.on("error", reject);
    child.on("close", (status, signal) => {
      resolve({ ...output, status: status ?? undefined, signal: signal ?? undefined });
    });
    child.stdin.on("error", () => undefined); // a program that reads nothing closes it
    child.stdin.end(input);
  });
}

/** One program to start in its own directory and environment. */
export interface Job {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Starts many programs from one process, one after the other: a thousand take seconds. Results in the order of jobs. */
export async function runJobs(jobs: readonly Job[]): Promise<RunResult[]> {
  const directory = await mkdtemp(join(tmpdir(), "gvt-jobs-"));
  try {
    const lines = jobs.map(({ command, cwd, env }, index) => {
      const assignments = Object.entries(env).map(([name, value]) => quote(`${name}=${value}`));
      const start = ["cd", quote(cwd), "&&", "exec", "env", "-i", ...assignments, ...command.map(quote)].join(
        " ",
      );
      return `(${start}) >${index}.out 2>${index}.err </dev/null; echo $? >${index}.status`;
    });
    await writeFile(join(directory, "jobs.sh"), lines.join("\n"));
    const driver = spawnSync("sh", ["jobs.sh"], { cwd: directory, timeout: 240_000 });
    if (driver.status === null) throw new Error("the jobs did not end in time");
    return await Promise.all(jobs.map((_, index) => readResult(join(directory, String(index)))));
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function readResult(stem: string): Promise<RunResult> {
  const [stdout = "", stderr = "", status = ""] = await Promise.all(
    ["out", "err", "status"].map((kind) => readFile(`${stem}.${kind}`, "utf8")),
  );
  return { stdout, stderr, status: Number(status), signal: undefined };
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
