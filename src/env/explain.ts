/**
 * Each Go setting with its value and where it was set, by Go's own order of precedence: environment, go-env file,
 * `go.env` of the toolchain, built-in default. Computed from files, without running Go. Pure.
 */
import { join } from "node:path";
import type { Environment } from "../context.js";
import type { GoEnvSetting } from "../go/go-env-file.js";
import type { EnvChange } from "./environment.js";

export interface SettingsFile {
  readonly path: string;
  readonly settings: ReadonlyMap<string, GoEnvSetting>;
}

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
  readonly userFile: SettingsFile | undefined;
  readonly toolchainFile: SettingsFile | undefined;
  readonly home: string | undefined;
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
  return { name, value: defaultOf(name, input), origin: "default" };
}

/** The defaults that are paths; of the others the go command knows best and nothing is said. */
function defaultOf(name: string, input: ExplainInput): string {
  const { env, home } = input;
  switch (name) {
    case "GOPATH":
      return home === undefined ? "" : join(home, "go");
    case "GOMODCACHE":
      return join(explain("GOPATH", input).value.split(":")[0] ?? "", "pkg", "mod");
    case "GOCACHE":
      return join(env["XDG_CACHE_HOME"] || join(home ?? "", ".cache"), "go-build");
    default:
      return "";
  }
}
