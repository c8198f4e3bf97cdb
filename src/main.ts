/**
 * The process edge: argv, environment and streams go in, an exit status comes out. The only file that touches
 * `process`.
 */

import { realpathSync } from "node:fs";
import { homedir } from "node:os";
import { dirname } from "node:path";
import { runCli } from "./cli.js";
import { createOutput } from "./io/terminal.js";

/** Put in by the build, from package.json. */
declare const GVT_VERSION: string;

/** What a signal means for the exit status of a program that stops because of it. */
const SIGNAL_STATUS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

const interruption = new AbortController();
let interruptedStatus: number | undefined;
for (const [signal, status] of Object.entries(SIGNAL_STATUS)) {
  process.on(signal, () => {
    // The first one lets work clean up after itself; a second one means now.
    if (interruptedStatus !== undefined) process.exit(status);
    interruptedStatus = status;
    interruption.abort(signal);
  });
}

/** A reader that has seen enough (`gvt list | head -1`) is no error. */
function openStdout(): NodeJS.WriteStream {
  const { stdout } = process;
  if (stdout.listenerCount("error") === 0) {
    stdout.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(0);
      throw error;
    });
  }
  return stdout;
}

const { env } = process;
runCli(process.argv.slice(2), {
  env,
  cwd: () => process.cwd(),
  os: process.platform,
  arch: process.arch,
  homedir,
  signal: interruption.signal,
  self: {
    pid: process.pid,
    node: process.execPath,
    dist: dirname(realpathSync(process.argv[1] ?? process.execPath)),
    version: GVT_VERSION,
  },
  output: createOutput({
    stdin: () => process.stdin,
    stdout: openStdout,
    stderr: () => process.stderr,
    colour: !env["NO_COLOR"] && env["TERM"] !== "dumb",
    debug: Boolean(env["GVT_DEBUG"]),
  }),
}).then((status) => {
  process.exitCode = interruptedStatus ?? status;
});
