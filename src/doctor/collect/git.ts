/** The git repository around the current directory: whose it is, and whether git works in it for this user. */
import { dirname, isAbsolute, join } from "node:path";
import type { GitFacts } from "../repository-facts.js";
import type { Variables } from "../snapshot.js";
import type { Look } from "./look.js";

const MAX_BYTES = 256 << 10;
const MAX_INCLUDES = 3;

interface GitInput {
  readonly look: Look;
  readonly home: string | undefined;
  readonly env: Variables;
  readonly uid: number | undefined;
}

/** `above`: the current directory and those above it, nearest first. */
export async function findGit(input: GitInput, above: readonly string[]): Promise<GitFacts | undefined> {
  const { look, uid } = input;
  for (const directory of above) {
    const [git, around] = await Promise.all([look.stat(join(directory, ".git")), look.stat(directory)]);
    if (!git || !around) continue;
    const realpath = await look.realpath(directory);
    const strange = [git.uid, around.uid].find((owner) => !isOwner(owner, input));
    const trusted = uid === undefined || strange === undefined || (await isSafe(realpath, input));
    return { directory, realpath, uid: strange ?? git.uid, trusted };
  }
  return undefined;
}

/** As git's ensure_valid_ownership: root works in what is root's, or belongs to whoever called sudo. */
function isOwner(owner: number, { uid, env }: GitInput): boolean {
  return owner === uid || (uid === 0 && String(owner) === env["SUDO_UID"]);
}

async function isSafe(realpath: string | undefined, { look, home, env }: GitInput): Promise<boolean> {
  // Settings in the environment may say so too, and are not kept in a snapshot.
  if (env["GIT_CONFIG_COUNT"]) return true;
  const configuration = env["XDG_CONFIG_HOME"] || (home && join(home, ".config"));
  const files = [
    ...(env["GIT_CONFIG_GLOBAL"]
      ? [env["GIT_CONFIG_GLOBAL"]]
      : [configuration && join(configuration, "git", "config"), home && join(home, ".gitconfig")]),
    look.system("/etc/gitconfig"),
  ].filter((path) => path !== undefined && path !== "");
  const named = await Promise.all(files.map((path) => listSafe(path ?? "", look, home, MAX_INCLUDES)));
  return named.flat().some((path) => matches(path, realpath));
}

function matches(named: string, directory: string | undefined): boolean {
  if (named === "*" || named === directory) return true;
  return named.endsWith("/*") && (directory?.startsWith(named.slice(0, -1)) ?? false);
}

/** The values of safe.directory in a file and in those that it includes, on whatever condition. */
async function listSafe(
  path: string,
  look: Look,
  home: string | undefined,
  includes: number,
): Promise<string[]> {
  const file = await look.read(path, MAX_BYTES);
  if (file.kind !== "text") return [];
  const safe: string[] = [];
  for (const section of file.bytes.toString("utf8").split(/^\s*(?=\[)/m)) {
    const name = /^\[\s*(safe|include(?:if)?)\b/i.exec(section)?.[1]?.toLowerCase();
    if (name === undefined) continue;
    const key = name === "safe" ? "directory" : "path";
    const pattern = new RegExp(String.raw`^(?:\[.*?\])?\s*${key}\s*=\s*"?([^"\n]*?)"?\s*$`, "gim");
    const values = [...section.matchAll(pattern)].map(([, value = ""]) => expandHome(value, home));
    if (name === "safe") safe.push(...values.map((value) => value.replace(/(?<=.)\/$/, "")));
    else if (includes > 0) {
      const paths = values.map((value) => (isAbsolute(value) ? value : join(dirname(path), value)));
      const further = await Promise.all(paths.map((each) => listSafe(each, look, home, includes - 1)));
      safe.push(...further.flat());
    }
  }
  return safe;
}

function expandHome(path: string, home: string | undefined): string {
  return home !== undefined && path.startsWith("~/") ? join(home, path.slice(2)) : path;
}
