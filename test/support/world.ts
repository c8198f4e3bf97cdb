/** A Context over a temporary directory, for tests in process: everything real, nothing of the machine's own. */
import { mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Context, createContext } from "../../src/context.js";
import { createOutput } from "../../src/io/terminal.js";

export interface World {
  readonly directory: string;
  readonly home: string;
  /** What was written to stdout and stderr. */
  readonly printed: { readonly stdout: string; readonly stderr: string };
  context(options?: WorldOptions): Promise<Context>;
  remove(): Promise<void>;
}

export interface WorldOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** In Node's words: `linux`, `darwin`. */
  readonly os?: string;
  readonly arch?: string;
  readonly now?: string;
}

export async function createWorld(): Promise<World> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), "gvt-world-")));
  const home = join(directory, "home");
  await mkdir(home);
  const printed = { stdout: "", stderr: "" };
  const output = createOutput({
    stdin: () => process.stdin,
    stdout: {
      write: (text: string) => {
        printed.stdout += text;
      },
    },
    stderr: {
      write: (text: string) => {
        printed.stderr += text;
      },
    },
    colour: false,
    debug: false,
  });
  return {
    directory,
    home,
    printed,
    context: async ({ env = {}, os = "linux", arch = "x64", now = "2026-11-20T00:00:00Z" } = {}) => ({
      ...(await createContext({
        env: { HOME: home, ...env },
        cwd: () => directory,
        os,
        arch,
        homedir: () => home,
        output,
        signal: new AbortController().signal,
        self: { pid: process.pid, node: process.execPath, dist: directory, version: "1.2.3" },
      })),
      clock: () => new Date(now),
    }),
    remove: () => rm(directory, { recursive: true }),
  };
}
