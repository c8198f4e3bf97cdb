/**
 * What a toolchain changes in the environment of the program that is started with it, as values. Pure; shims/shim.sh
 * does the same.
 */
import type { Environment } from "../context.js";
import type { Selection } from "../select/selection.js";
import type { ToolchainPolicy } from "../store/config.js";

export interface EnvChange {
  readonly variable: string;
  readonly value: string;
}

export interface EnvironmentInput {
  readonly selection: Selection;
  /** The environment that is changed. */
  readonly env: Environment;
  /** GOTOOLCHAIN as the user's go-env file states it: theirs, hence left alone. */
  readonly goEnvToolchain: string | undefined;
  readonly policy: ToolchainPolicy;
}

/** Nothing for the system's Go, which runs with the environment as it is; GOPATH and GOBIN are never touched. */
export function planEnvironment(input: EnvironmentInput): EnvChange[] {
  const { selection, env } = input;
  if (selection.kind !== "toolchain") return [];
  const { goroot } = selection;
  const toolchain = pickToolchainVariable(input);
  return [
    { variable: "GOROOT", value: goroot },
    { variable: "PATH", value: prependToPath(`${goroot}/bin`, env["PATH"]) },
    ...(toolchain === undefined ? [] : [{ variable: "GOTOOLCHAIN", value: toolchain }]),
  ];
}

export function applyChanges(env: Environment, changes: readonly EnvChange[]): Environment {
  return { ...env, ...Object.fromEntries(changes.map(({ variable, value }) => [variable, value])) };
}

/**
 * The value for GOTOOLCHAIN; undefined where it is the user's. `local` makes a pin what runs; `path` lets the go
 * command move on to toolchains that gvt installed, which it finds as shims named `go1.22.6`, and never download one.
 */
export function pickToolchainVariable({
  selection,
  env,
  goEnvToolchain,
  policy,
}: EnvironmentInput): "local" | "path" | "auto" | undefined {
  if (env["GOTOOLCHAIN"] || goEnvToolchain || policy === "keep") return undefined;
  if (policy !== "default") return policy;
  return selection.basis === "pin" || selection.basis === "argument" ? "local" : "path";
}

/** An empty PATH stays no entry: to exec, an empty entry is the current directory. */
function prependToPath(directory: string, path: string | undefined): string {
  if (!path) return directory;
  return path === directory || path.startsWith(`${directory}:`) ? path : `${directory}:${path}`;
}
