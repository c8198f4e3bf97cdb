/** Files of Go settings: the user's go-env file, which `go env -w` writes, and the `go.env` of a GOROOT. */
import { isAbsolute, join, resolve } from "node:path";
import type { Context } from "../context.js";
import { type GoEnvSetting, parseGoEnvFile } from "../go/go-env-file.js";
import { readBoundedSync } from "../io/files.js";

/** What of a Context says where the file is. */
export type UserGoEnvPlace = Pick<Context, "env" | "home" | "cwd" | "platform">;

export interface GoEnvFile {
  readonly path: string;
  readonly settings: ReadonlyMap<string, GoEnvSetting>;
}

const MAX_BYTES = 1 << 20;

/** `$GOENV`, else `go/env` in the user's configuration directory; undefined for `GOENV=off` and where there is none. */
export function findUserGoEnvPath({ env, home, cwd, platform }: UserGoEnvPlace): string | undefined {
  const named = env["GOENV"];
  if (named) return named === "off" ? undefined : resolve(cwd, named);
  if (platform.os === "darwin") return home && join(home, "Library", "Application Support", "go", "env");
  const configured = env["XDG_CONFIG_HOME"];
  if (configured) return isAbsolute(configured) ? join(configured, "go", "env") : undefined;
  return home && join(home, ".config", "go", "env");
}

/** Undefined where there is no such file, and where it cannot be read: Go takes both the same. */
export function findGoEnvFile(path: string): GoEnvFile | undefined {
  const file = readBoundedSync(path, MAX_BYTES);
  return file.kind === "text" ? { path, settings: parseGoEnvFile(file.bytes.toString("utf8")) } : undefined;
}

export function findUserGoEnv(place: UserGoEnvPlace): GoEnvFile | undefined {
  const path = findUserGoEnvPath(place);
  return path === undefined ? undefined : findGoEnvFile(path);
}

/** Empty where there is none. */
export function readUserGoEnv(place: UserGoEnvPlace): GoEnvFile["settings"] {
  return findUserGoEnv(place)?.settings ?? new Map();
}
