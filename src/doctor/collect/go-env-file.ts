/** The file that `go env -w` writes: where it is, whose it is, and what it says. */
import type { Context } from "../../context.js";
import { findUserGoEnvPath } from "../../store/user-go-env.js";
import type { GoEnvFile } from "../setting-facts.js";
import type { Look } from "./look.js";

const MAX_GO_ENV_BYTES = 64 << 10;

export async function collectGoEnvFile(context: Context, look: Look): Promise<GoEnvFile> {
  const path = findUserGoEnvPath(context);
  const nothing = { text: "", writable: false };
  if (path === undefined) return { ...nothing, state: context.env["GOENV"] === "off" ? "off" : "none" };
  const [file, found, writable, named] = await Promise.all([
    look.read(path, MAX_GO_ENV_BYTES),
    look.stat(path),
    look.may(path, "write"),
    look.lstat(path),
  ]);
  const link = named?.isSymbolicLink() === true ? { link: true } : {};
  if (file.kind === "absent") return { ...nothing, path, state: "missing" };
  if (file.kind !== "text") return { ...nothing, path, state: "unreadable", uid: found?.uid, ...link };
  return { path, state: "read", text: file.bytes.toString("utf8"), writable, uid: found?.uid, ...link };
}
