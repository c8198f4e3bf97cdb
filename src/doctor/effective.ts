/**
 * The value that the first `go` on PATH would see of a setting, and where it was set: environment (behind the shim,
 * with gvt's changes), go-env file, `go.env` of its tree, default. Computed from facts, without running Go. Pure.
 */
import { join } from "node:path";
import type { EnvChange } from "../env/environment.js";
import { parseGoEnvFile } from "../go/go-env-file.js";
import type { Platform } from "../go/platform.js";
import type { Variables } from "./snapshot.js";

export type ValueOrigin =
  | { readonly kind: "gvt" }
  | { readonly kind: "environment" }
  | { readonly kind: "go-env file"; readonly path: string; readonly line: number }
  | { readonly kind: "go.env"; readonly path: string; readonly line: number }
  | { readonly kind: "default" };

export interface EffectiveValue {
  /** Empty where nothing sets it and Go has no path for it. */
  readonly value: string;
  readonly origin: ValueOrigin;
}

export interface EffectiveInput {
  readonly env: Variables;
  /** What gvt's shim would change. */
  readonly changes: readonly EnvChange[];
  readonly goEnvFile: { readonly path?: string | undefined; readonly text: string };
  /** `go.env` of the tree that Go reads it from. */
  readonly toolchainFile?: { readonly path: string; readonly text: string } | undefined;
  /** The tree that the running `go` finds itself in where nothing names one. */
  readonly goroot?: string | undefined;
  readonly platform: Platform;
  readonly home?: string | undefined;
}

/** What `go.env` may not set: the go command has found GOROOT before it reads that. */
const NOT_OF_TREE = new Set(["GOROOT", "GOENV"]);

export type Effective = (name: string) => EffectiveValue;

export function effectiveValues(input: EffectiveInput): Effective {
  const userFile = parseGoEnvFile(input.goEnvFile.text);
  const treeFile = parseGoEnvFile(input.toolchainFile?.text ?? "");
  const effective: Effective = (name) => {
    const change = input.changes.find(({ variable }) => variable === name);
    if (change) return { value: change.value, origin: { kind: "gvt" } };
    const exported = input.env[name]; // empty is unset
    if (exported) return { value: exported, origin: { kind: "environment" } };
    const user = userFile.get(name);
    if (user?.value && input.goEnvFile.path !== undefined && name !== "GOENV") {
      const { path } = input.goEnvFile;
      return { value: user.value, origin: { kind: "go-env file", path, line: user.line } };
    }
    const tree = treeFile.get(name);
    if (tree?.value && input.toolchainFile && !NOT_OF_TREE.has(name)) {
      const { path } = input.toolchainFile;
      return { value: tree.value, origin: { kind: "go.env", path, line: tree.line } };
    }
    return { value: defaultOf(name, input, effective), origin: { kind: "default" } };
  };
  return effective;
}

function defaultOf(name: string, input: EffectiveInput, effective: Effective): string {
  const { home, platform } = input;
  switch (name) {
    case "GOROOT":
      return input.goroot ?? "";
    case "GOPATH":
      return home === undefined ? "" : join(home, "go");
    case "GOMODCACHE": {
      const [first = ""] = splitList(effective("GOPATH").value);
      return first === "" ? "" : join(first, "pkg", "mod");
    }
    case "GOCACHE": {
      const caches = cacheDirectory(input);
      return caches === undefined ? "" : join(caches, "go-build");
    }
    case "GOOS":
      return platform.os;
    case "GOARCH":
      return platform.arch;
    case "GOTOOLCHAIN":
      return "local";
    default:
      return "";
  }
}

/** As os.UserCacheDir: a relative XDG_CACHE_HOME is an error, not a fall-back. */
function cacheDirectory({ env, home, platform }: EffectiveInput): string | undefined {
  if (platform.os === "darwin") return home === undefined ? undefined : join(home, "Library", "Caches");
  const named = env["XDG_CACHE_HOME"];
  if (named) return named.startsWith("/") ? named : undefined;
  return home === undefined ? undefined : join(home, ".cache");
}

/** A list as Go splits it; empty entries are passed over. */
export function splitList(text: string): string[] {
  return text.split(":").filter((entry) => entry !== "");
}

/** Where `go install` writes: GOBIN, else `bin` of the first entry of GOPATH; empty where there is neither. */
export function installDirectory(effective: Effective): string {
  const gobin = effective("GOBIN").value;
  if (gobin !== "") return gobin;
  const [first] = splitList(effective("GOPATH").value);
  return first === undefined ? "" : join(first, "bin");
}

/** For people: `the environment`, `/home/me/.config/go/env:3`. */
export function describeValueOrigin(origin: ValueOrigin): string {
  switch (origin.kind) {
    case "gvt":
      return "gvt";
    case "environment":
      return "the environment";
    case "go-env file":
    case "go.env":
      return `${origin.path}:${origin.line}`;
    case "default":
      return "Go's default";
  }
}
