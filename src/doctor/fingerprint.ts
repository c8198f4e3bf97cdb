/**
 * What makes a finding the same finding tomorrow and on another machine: its check and what it is about, with paths
 * written from the repository, gvt's root or the home directory. Lines and values, which change, are left out. Pure.
 */
import type { Finding } from "./check.js";
import type { Snapshot } from "./snapshot.js";

/** What of a snapshot says where paths begin. */
export type Places = Pick<Snapshot, "user" | "root" | "repository">;

/**
 * `goroot-env-mismatch directory:~/old variable:GOROOT`. Two findings may share one, as two lines of one Dockerfile do;
 * whoever keeps them counts them.
 */
export function fingerprintOf({ id, about }: Pick<Finding, "id" | "about">, places: Places): string {
  const subjects = [...new Set(about)].map((subject) => relativeSubject(subject, places));
  return [id, ...subjects.sort()].join(" ");
}

/** `file:/home/me/.bashrc` as `file:~/.bashrc`; the innermost place counts. */
function relativeSubject(subject: string, { user, root, repository }: Places): string {
  const colon = subject.indexOf(":");
  const path = subject.slice(colon + 1);
  const places: readonly (readonly [string | undefined, string])[] = [
    [user.home, "~"],
    [repository.git?.directory, "."],
    [root.path, "$GVT_ROOT"],
  ];
  const [place, name] = places
    .filter((known): known is readonly [string, string] => isIn(path, known[0]))
    .reduce((inner, known) => (known[0].length > inner[0].length ? known : inner), ["", ""] as const);
  return `${subject.slice(0, colon + 1)}${name}${path.slice(place.length)}`;
}

function isIn(path: string, directory: string | undefined): boolean {
  if (directory === undefined || directory === "/") return false;
  return path === directory || path.startsWith(`${directory}/`);
}
