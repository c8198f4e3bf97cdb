/**
 * The mounts of this machine, and which of them answer. A mount of a dead server holds whoever touches it, and cannot
 * be given up from within: those that may be such are tried first by a process that can be killed.
 */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import type { FileSystemFacts } from "../snapshot.js";

export type Mount = Omit<FileSystemFacts, "freeBytes">;

/** File systems with somebody at the other end. */
const REMOTE = /^(?:nfs4?|cifs|smb3?|smbfs|9p|afs|ceph|fuse(?:\..+)?|fuseblk|glusterfs|lustre|autofs|drvfs)$/;
/** Milliseconds in which a mount has to answer. */
const PATIENCE = 400;
/** Says that it is there, and then each directory that answers, be it with an error. */
const PROBE =
  "const say=(p)=>process.stdout.write(JSON.stringify(p)+'\\n');say('');" +
  "for(const p of process.argv.slice(1))require('fs').readdir(p,()=>say(p))";

/** Reads mountinfo (proc(5)); empty where there is none. */
export async function readMounts(path: string): Promise<readonly Mount[]> {
  const text = await readFile(path, "utf8").catch(() => ""); // not Linux
  return text.split("\n").flatMap((line): Mount[] => {
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

/** Mount points that do not answer. Starts a process only where a mount may be remote. */
export async function findSilentMounts(mounts: readonly Mount[], node: string): Promise<readonly string[]> {
  const remote = mounts.filter(({ type }) => REMOTE.test(type)).map(({ mountPoint }) => mountPoint);
  if (remote.length === 0) return [];
  const answered = new Set(await probe(remote, node));
  return remote.filter((mountPoint) => !answered.has(mountPoint));
}

function probe(directories: readonly string[], node: string): Promise<readonly string[]> {
  return new Promise((resolve) => {
    // Four at a time is what Node would try at once; each may hold its thread.
    const env = { UV_THREADPOOL_SIZE: String(Math.min(directories.length + 1, 128)) };
    const child = spawn(node, ["-e", PROBE, ...directories], {
      stdio: ["ignore", "pipe", "ignore"],
      env,
      cwd: "/",
    });
    let output = "";
    let started = false;
    let timer: NodeJS.Timeout | undefined;
    const finish = (): void => {
      clearTimeout(timer);
      child.kill("SIGKILL");
      child.stdout.destroy();
      child.unref(); // what hangs in the kernel goes when it can
      resolve(output.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as string])));
    };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      // Counted from the first sign of life: a busy machine starts a process slowly.
      if (!started) {
        clearTimeout(timer);
        timer = setTimeout(finish, PATIENCE);
      }
      started = true;
    });
    timer = setTimeout(finish, PATIENCE * 4);
    child.once("error", finish);
    child.once("close", finish);
  });
}
