/** Another process as Linux shows it (proc(5)): its environment as it was started with, its directory, its program. */
import { readFile, readlink, stat } from "node:fs/promises";
import { join } from "node:path";
import { GvtError } from "../../errors.js";
import { escapeText } from "../../go/escape.js";
import { systemCode } from "../../io/files.js";
import type { Variables } from "../snapshot.js";

export interface ProcessFacts {
  readonly pid: number;
  readonly env: Variables;
  readonly cwd: string;
  readonly executable: string;
  readonly uid: number;
  /** It sees other files under the same names: a container, a chroot. */
  readonly elsewhere: boolean;
}

/** `proc` is where proc(5) is mounted. Throws where the process is not there, or is none of this user's. */
export async function readProcess(text: string, proc = "/proc"): Promise<ProcessFacts> {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw noNumber(text);
  const place = join(proc, text);
  try {
    const [environ, cwd, executable, root, mounts, own, { uid }] = await Promise.all([
      readFile(join(place, "environ"), "utf8"),
      readlink(join(place, "cwd")),
      readlink(join(place, "exe")),
      readlink(join(place, "root")),
      readlink(join(place, "ns/mnt")),
      readlink(join(proc, "self/ns/mnt")),
      stat(place),
    ]);
    const env = parseEnviron(environ);
    return { pid: Number(text), env, cwd, executable, uid, elsewhere: root !== "/" || mounts !== own };
  } catch (error) {
    throw cannotSee(text, error);
  }
}

/** Of a name that comes twice, the first counts, as getenv(3) has it. */
function parseEnviron(text: string): Variables {
  const env: Record<string, string> = Object.create(null);
  for (const entry of text.split("\0")) {
    const equals = entry.indexOf("=");
    const name = entry.slice(0, equals);
    if (equals > 0 && !(name in env)) env[name] = entry.slice(equals + 1);
  }
  return env;
}

function noNumber(text: string): GvtError {
  return new GvtError("USAGE", `\`${escapeText(text)}\` is no number of a process`, {
    hint: "`pgrep -a gopls` finds one",
  });
}

function cannotSee(pid: string, cause: unknown): GvtError {
  switch (systemCode(cause)) {
    case "EACCES":
    case "EPERM":
      return new GvtError("DISK", `process ${pid} is not yours to look at`, {
        hint: `\`sudo gvt doctor --pid ${pid}\`, or ask its owner`,
        cause,
      });
    case "ENOENT":
    case "ESRCH":
      return new GvtError("DISK", `there is no process ${pid}, or none that runs a program`, {
        hint: "`pgrep -a gopls` finds one",
        cause,
      });
    default:
      return new GvtError("DISK", `cannot look at process ${pid}: ${systemCode(cause) ?? String(cause)}`, {
        cause,
      });
  }
}
