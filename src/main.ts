/**
 * The process edge: argv, environment and streams go in, an exit status comes out. The only file that touches
 * `process`.
 */

import { fstatSync, realpathSync, writeSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { EXIT_STATUS } from "./errors.js";
import { runCompiled } from "./io/compiled-script.js";
import { createOutput } from "./io/terminal.js";

/** Put in by the build: the version of package.json, and the file beside this one that holds the CLI. */
declare const GVT_VERSION: string;
declare const CLI_FILE: string;

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

/**
 * Writes straight to the descriptor: opening Node's own stream loads all of its streams, which takes longer than most
 * commands. A reader that has seen enough (`gvt list | head -1`) is no error, and no reason to stop half-way.
 */
function writeTo(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let offset = 0; offset < bytes.length; ) {
    try {
      offset += writeSync(descriptor, bytes, offset);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE") return;
      // A pipe that somebody else made non-blocking is full: wait a moment for its reader.
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

/** Only a character device can be a terminal; for anything else Node need not be asked. */
function isTerminal(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice() && process.stderr.isTTY;
  } catch {
    return false; // closed
  }
}

// Node would print what its parts and packages warn of: for developers, and in the middle of an answer.
process.removeAllListeners("warning");

const dist = dirname(realpathSync(process.argv[1] ?? process.execPath));
const cli = runCompiled(join(dist, CLI_FILE));
process.on("exit", cli.keep);

const { env } = process;
const { runCli } = cli.exports as typeof import("./cli.js");
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
    dist,
    version: GVT_VERSION,
  },
  output: createOutput({
    stdin: () => process.stdin,
    stdout: { write: (text) => writeTo(1, text) },
    stderr: {
      write: (text) => writeTo(2, text),
      get isTTY() {
        return isTerminal(2);
      },
      get columns() {
        return isTerminal(2) ? process.stderr.columns : undefined;
      },
    },
    colour: !env["NO_COLOR"] && env["TERM"] !== "dumb",
    debug: Boolean(env["GVT_DEBUG"]),
  }),
}).then((status) => {
  // A program that was waited for may have answered the signal itself: its status stands.
  process.exitCode = status === EXIT_STATUS.INTERRUPTED ? (interruptedStatus ?? status) : status;
});
