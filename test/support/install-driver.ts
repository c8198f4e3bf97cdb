/**
 * Installs or repairs in a process of its own, for tests that kill it: `node install-driver.js SOURCE VERSION…` with the
 * environment as the CLI reads it, and `REPAIR` to repair. Prints every event and every result as a line of JSON; SIGINT aborts as it does in
 * the CLI. At the step that `STOP_AT` names it stands still, so that it can be killed just there.
 */
import { writeSync } from "node:fs";
import { createContext } from "../../src/context.js";
import { GvtError } from "../../src/errors.js";
import { type GoVersion, parseGoVersion } from "../../src/go/version.js";
import { installVersions } from "../../src/install/install.js";
import type { InstallOptions } from "../../src/install/job.js";
import { repairToolchain } from "../../src/install/repair.js";
import { createOutput } from "../../src/io/terminal.js";
import { openSources } from "../../src/sources/sources.js";
import { inspectToolchain } from "../../src/store/comparison.js";
import { openLogStore } from "../../src/trust/log-store.js";

const [source, ...versions] = process.argv.slice(2);
const interruption = new AbortController();
process.on("SIGINT", () => interruption.abort());
const { stdin, stdout, stderr } = process;
const context = await createContext({
  env: process.env,
  cwd: process.cwd,
  os: process.platform,
  arch: process.arch,
  homedir: () => "/nonexistent",
  output: createOutput({
    stdin: () => stdin,
    stdout,
    stderr,
    colour: false,
    debug: false,
  }),
  signal: interruption.signal,
  self: { pid: process.pid, node: process.execPath, dist: "/nonexistent", version: "1.2.3" },
});
// Written at once: what stands still can no longer flush a buffer.
const print = (value: object): void => void writeSync(1, `${JSON.stringify(value)}\n`);
const sources = await openSources(context, { source, offline: false });
const options: InstallOptions = {
  sources: sources.list,
  log: sources.log && { transport: sources.log, store: openLogStore(context.layout) },
  onEvent: (event) => {
    print(event);
    if (event.step === process.env["STOP_AT"]) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  },
};
const results = process.env["REPAIR"]
  ? await Promise.all(versions.map(parseGoVersion).map(repair))
  : await installVersions(context, versions.map(parseGoVersion), options);

async function repair(version: GoVersion) {
  try {
    const inspection = await inspectToolchain(context.layout, version, context.signal);
    return await repairToolchain(context, { ...options, version, inspection, addedPrograms: "keep" });
  } catch (error) {
    return { kind: "failed", version, error } as const;
  }
}

let failed = false;
for (const result of results) {
  if (result.kind === "failed") {
    failed = true;
    const { error } = result;
    if (!(error instanceof GvtError)) throw error;
    print({ result: "failed", code: error.code, message: error.message, facts: error.facts });
  } else print({ result: result.kind });
}
process.exitCode = failed ? 1 : 0;
