/**
 * Each Go setting with its value and where it was set, by Go's own order of precedence: environment, go-env file,
 * `go.env` of the toolchain, built-in default. Computed from files, without running Go. Pure.
 */
import { join } from "node:path";
import type { Environment } from "../context.js";
import type { Platform } from "../go/platform.js";
import type { GoVersion } from "../go/version.js";
import type { GoEnvFile } from "../store/user-go-env.js";
import type { EnvChange } from "./environment.js";

export interface ExplainedVariable {
  readonly name: string;
  readonly value: string;
  /** For people: `gvt`, `environment`, `/home/me/.config/go/env:3`, `default`. */
  readonly origin: string;
}

export interface ExplainInput {
  /** The environment before gvt's changes. */
  readonly env: Environment;
  readonly changes: readonly EnvChange[];
  readonly userFile: GoEnvFile | undefined;
  readonly toolchainFile: GoEnvFile | undefined;
  readonly home: string | undefined;
  /** This machine. */
  readonly platform: Platform;
  /** Of the toolchain; undefined for the system's. */
  readonly version: GoVersion | undefined;
  /** The C compiler that Go takes where CC is not set. */
  readonly compiler: string;
  readonly hasCompiler: boolean;
}

/** Settings that decide what people wonder about; any other is shown where it is set. */
const ALWAYS_SHOWN: readonly string[] = [
  "GOROOT",
  "GOTOOLCHAIN",
  "GOPATH",
  "GOBIN",
  "GOMODCACHE",
  "GOCACHE",
  "GOFLAGS",
  "GOOS",
  "GOARCH",
  "GO111MODULE",
  "GOWORK",
  "GOPROXY",
  "GOSUMDB",
  "GOPRIVATE",
  "CGO_ENABLED",
];
const GO_VARIABLE = /^(?:GO[A-Z0-9_]*|CGO_[A-Z_]+|CC|CXX|FC|AR|PKG_CONFIG)$/;
/** goenv's own variables, which the go command does not know, apart from GOENV itself. */
const NOT_GO = /^(?:GOENV_|GOOGLE_)/;

export function explainVariables(input: ExplainInput): ExplainedVariable[] {
  const stated = [
    ...input.changes.map(({ variable }) => variable),
    ...Object.keys(input.env),
    ...(input.userFile?.settings.keys() ?? []),
  ].filter((name) => GO_VARIABLE.test(name) && !NOT_GO.test(name));
  const others = [...new Set(stated)].filter((name) => !ALWAYS_SHOWN.includes(name)).sort();
  return [...ALWAYS_SHOWN, ...others].map((name) => explain(name, input));
}

function explain(name: string, input: ExplainInput): ExplainedVariable {
  const change = input.changes.find(({ variable }) => variable === name);
  if (change) return { name, value: change.value, origin: "gvt" };
  // An empty variable is an unset one to Go.
  const exported = input.env[name];
  if (exported) return { name, value: exported, origin: "environment" };
  for (const file of [input.userFile, input.toolchainFile]) {
    const setting = file?.settings.get(name);
    if (file && setting) return { name, value: setting.value, origin: `${file.path}:${setting.line}` };
  }
  return { name, origin: "default", ...defaultOf(name, input) };
}

/** The defaults that are paths, or depend on this machine; of the others the go command knows best. */
function defaultOf(
  name: string,
  input: ExplainInput,
): Pick<ExplainedVariable, "value"> & { origin?: string } {
  const { env, home, platform } = input;
  switch (name) {
    case "GOPATH":
      return { value: home === undefined ? "" : join(home, "go") };
    case "GOMODCACHE":
      return { value: join(explain("GOPATH", input).value.split(":")[0] ?? "", "pkg", "mod") };
    case "GOCACHE":
      return { value: join(env["XDG_CACHE_HOME"] || join(home ?? "", ".cache"), "go-build") };
    case "GOOS":
      return { value: platform.os, origin: "default: this machine's" };
    case "GOARCH":
      return { value: platform.arch, origin: "default: this machine's" };
    case "CGO_ENABLED":
      return defaultCgo(input);
    default:
      return { value: "" };
  }
}

/** https://go.dev/src/cmd/go/internal/cfg/cfg.go: cgo is for this machine, and since 1.20 for where there is a compiler. */
function defaultCgo(input: ExplainInput): { value: string; origin: string } {
  const { platform, compiler, hasCompiler, version } = input;
  const isNative =
    explain("GOOS", input).value === platform.os && explain("GOARCH", input).value === platform.arch;
  if (!isNative) return { value: "0", origin: "default: GOOS and GOARCH are another machine's" };
  if (explain("CC", input).value !== "") return { value: "1", origin: "default: CC names a compiler" };
  if (hasCompiler) return { value: "1", origin: `default: \`${compiler}\` is on PATH` };
  const looks = version === undefined || version.minor >= 20;
  return { value: looks ? "0" : "1", origin: `default: no \`${compiler}\` is on PATH` };
}
