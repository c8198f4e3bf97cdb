/** The mounts of this machine, and which of them have somebody at the other end. */
import { readFileSync } from "node:fs";
import type { FileSystemFacts } from "../snapshot.js";

export type Mount = Omit<FileSystemFacts, "freeBytes">;

/** File systems with somebody at the other end. */
const REMOTE = /^(?:nfs4?|cifs|smb3?|smbfs|9p|afs|ceph|fuse(?:\..+)?|fuseblk|glusterfs|lustre|autofs|drvfs)$/;

/** Reads mountinfo (proc(5)); empty where there is none. */
export function readMounts(path: string): readonly Mount[] {
  return readText(path)
    .split("\n")
    .flatMap((line): Mount[] => {
      const [left = "", right = ""] = line.split(" - ");
      const [, , , , point, options = ""] = left.split(" ");
      const [type, , superOptions = ""] = right.split(" ");
      if (point === undefined || type === undefined) return [];
      const words = options.split(",");
      const mountPoint = point.replace(/\\([0-7]{3})/g, (_, digits: string) =>
        String.fromCharCode(Number.parseInt(digits, 8)),
      );
      return [
        {
          mountPoint,
          type,
          noexec: words.includes("noexec"),
          readOnly: words.includes("ro") || superOptions.split(",").includes("ro"),
        },
      ];
    });
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // not Linux
  }
}

/** The mount that a real path lies on: the longest mount point above it, of several at one place the last. */
export function findMount(mounts: readonly Mount[], path: string): Mount | undefined {
  let best: Mount | undefined;
  for (const mount of mounts) {
    const { mountPoint } = mount;
    const above = mountPoint === "/" || path === mountPoint || path.startsWith(`${mountPoint}/`);
    if (above && mountPoint.length >= (best?.mountPoint.length ?? 0)) best = mount;
  }
  return best;
}

/** Mount points with somebody at the other end, who may not answer. */
export function listRemoteMounts(mounts: readonly Mount[]): readonly string[] {
  return mounts.filter(({ type }) => REMOTE.test(type)).map(({ mountPoint }) => mountPoint);
}
