/**
 * Which mounts answer. A mount of a dead server holds whoever touches it, and cannot be given up from within: those
 * that may be such are tried first by a process that can be killed.
 */
import { spawn } from "node:child_process";
import { listRemoteMounts, type Mount } from "./mounts.js";

/** Milliseconds in which a mount has to answer. */
const PATIENCE = 400;
/** Says that it is there, and then each directory that answers, be it with an error. */
const PROBE =
  "const say=(p)=>process.stdout.write(JSON.stringify(p)+'\\n');say('');" +
  "for(const p of process.argv.slice(1))require('fs').readdir(p,()=>say(p))";

/** Mount points that do not answer. Starts a process only where a mount may be remote. */
export async function findSilentMounts(mounts: readonly Mount[], node: string): Promise<readonly string[]> {
  const remote = listRemoteMounts(mounts);
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
