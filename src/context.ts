/**
 * The Context: everything a command may know of the world, read once at the process edge. What a test replaces.
 */
import { statSync } from "node:fs";
import { isAbsolute, join, normalize } from "node:path";
import { GvtError, isGvtError } from "./errors.js";
import { escapeText } from "./go/escape.js";
import { type Platform, platformOfNode } from "./go/platform.js";
import type { Output } from "./io/terminal.js";
import { type Config, DEFAULT_CONFIG, readConfig } from "./store/config.js";
import { type Layout, layoutOf } from "./store/layout.js";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Context {
  readonly layout: Layout;
  readonly config: Config;
  /** The logical current directory: `PWD` where it names the current directory, as shells and Go see it. */
  readonly cwd: string;
  readonly home: string | undefined;
  readonly env: Environment;
  /** The platform of this machine, whatever GOOS and GOARCH say. */
  readonly platform: Platform;
  readonly output: Output;
  readonly clock: () => Date;
  /** Aborted when the user interrupts; long work listens to it. */
  readonly signal: AbortSignal;
  /** What of the running process matters to others: who owns staging, and which Node starts the CLI. */
  readonly self: {
    readonly pid: number;
    readonly node: string;
    readonly dist: string;
    readonly version: string;
  };
}

/** What main.ts hands over of `process`. */
export interface ProcessEdge {
  readonly env: Environment;
  readonly cwd: () => string;
  readonly os: string;
  readonly arch: string;
  readonly homedir: () => string;
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly self: Context["self"];
}

export interface ContextOptions {
  /** Whether settings that cannot be read are an error, or as good as none. */
  readonly settings: "required" | "default-where-bad";
}

export async function createContext(
  edge: ProcessEdge,
  { settings }: ContextOptions = { settings: "required" },
): Promise<Context> {
  const env = withoutEmptySettings(edge.env);
  const home = findHome(edge);
  const layout = layoutOf(findRoot(env, home));
  return {
    layout,
    config: await readConfig(layout, env).catch((error: unknown) => {
      if (settings === "required" || !isGvtError(error, "BAD_CONFIG", "BAD_SELECTOR")) throw error;
      return DEFAULT_CONFIG;
    }),
    cwd: findCwd(env, edge.cwd),
    home,
    env,
    platform: platformOfNode(edge.os, edge.arch),
    output: edge.output,
    clock: () => new Date(),
    signal: edge.signal,
    self: edge.self,
  };
}

/** An empty `GVT_*` variable is an unset one. */
function withoutEmptySettings(env: Environment): Environment {
  return Object.fromEntries(
    Object.entries(env).filter(([name, value]) => !(name.startsWith("GVT_") && value === "")),
  );
}

function findHome({ env, homedir }: ProcessEdge): string | undefined {
  const home = env["HOME"] || homedir();
  return isAbsolute(home) ? home : undefined;
}

function findRoot(env: Environment, home: string | undefined): string {
  const named = env["GVT_ROOT"];
  if (named !== undefined) {
    if (!isAbsolute(named)) throw relativeRoot(named);
    return trimSlashes(normalize(named));
  }
  if (home === undefined) throw noHome();
  return join(home, ".gvt");
}

function trimSlashes(path: string): string {
  return path.replace(/(?<=.)\/+$/, "");
}

/** The logical directory where `PWD` names the current one without `.` and `..`; the physical one elsewhere. */
function findCwd(env: Environment, physical: () => string): string {
  const cwd = findPhysicalCwd(physical);
  const logical = env["PWD"];
  if (logical !== undefined && isAbsolute(logical) && !/\/\.{1,2}(\/|$)/.test(logical)) {
    const here = statOrUndefined(cwd);
    const there = statOrUndefined(logical);
    if (here && there && here.dev === there.dev && here.ino === there.ino) return trimSlashes(logical);
  }
  return cwd;
}

function findPhysicalCwd(physical: () => string): string {
  try {
    return physical();
  } catch (cause) {
    throw new GvtError("DISK", "the current directory no longer exists", {
      hint: "run `cd` to a directory that does",
      cause,
    });
  }
}

function statOrUndefined(path: string) {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return undefined; // a PWD that cannot be looked at does not name the current directory
  }
}

function relativeRoot(root: string): GvtError {
  return new GvtError("USAGE", `GVT_ROOT is \`${escapeText(root)}\`, which is not an absolute path`, {
    hint: 'set it to an absolute path: `export GVT_ROOT="$HOME/.gvt"`',
  });
}

function noHome(): GvtError {
  return new GvtError("USAGE", "neither GVT_ROOT nor HOME names a directory", {
    hint: "set GVT_ROOT to the directory that gvt may use: `export GVT_ROOT=/opt/gvt`",
  });
}
