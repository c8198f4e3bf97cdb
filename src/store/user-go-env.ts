/** The user's go-env file, the one that `go env -w` writes: where it is and what it says. */
import { isAbsolute, join, resolve } from "node:path";
import type { Context } from "../context.js";
import { type GoEnvSetting, parseGoEnvFile } from "../go/go-env-file.js";
import { readBounded } from "../io/files.js";

/** What of a Context says where the file is. */
export type UserGoEnvPlace = Pick<Context, "env" | "home" | "cwd" | "platform">;

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

/** Empty where there is no such file, and where it cannot be read: Go takes both the same. */
export async function readUserGoEnv(place: UserGoEnvPlace): Promise<ReadonlyMap<string, GoEnvSetting>> {
  const path = findUserGoEnvPath(place);
  const file = path === undefined ? undefined : await readBounded(path, MAX_BYTES);
  return file?.kind === "text" ? parseGoEnvFile(file.bytes.toString("utf8")) : new Map();
}
