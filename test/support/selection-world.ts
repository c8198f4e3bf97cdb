/** One world asked both ways: what src/ selects in it, and what the unmodified shim starts in it. */
import { realpathSync } from "node:fs";
import { createContext } from "../../src/context.js";
import { applyChanges, planEnvironment } from "../../src/env/environment.js";
import { isGvtError } from "../../src/errors.js";
import { findToolchainName, formatGoVersion } from "../../src/go/version.js";
import { createOutput } from "../../src/io/terminal.js";
import { select } from "../../src/select/select.js";
import { describeOrigin, type Selection } from "../../src/select/selection.js";
import { readUserGoEnv } from "../../src/store/user-go-env.js";
import { findStart } from "./fake-toolchain.js";
import type { Job, RunResult, Sandbox } from "./sandbox.js";
import type { TestShell } from "./shells.js";

/** How the shim is called in a world. */
export interface Call {
  /** The name of the shim: `go`, `gofmt`, `go1.22.6`. */
  readonly as: string;
  readonly args: readonly string[];
}

/** What either side says; `DEFER` is the shim's way of saying that it does not know. */
export interface Answer {
  /** `1.22.6`, `system`, `error BAD_VERSION_FILE`, `missing`, `DEFER`. */
  readonly outcome: string;
  /** What the program is given, or the launcher in its stead. */
  readonly args: readonly string[];
  readonly GOROOT: string | undefined;
  readonly PATH: string | undefined;
  readonly GOTOOLCHAIN: string | undefined;
}

export interface Judgement {
  readonly answer: Answer;
  readonly selection: Selection | undefined;
  readonly error: Error | undefined;
}

const SILENT = createOutput({
  stdin: () => process.stdin,
  stdout: { write: () => true },
  stderr: { write: () => true },
  colour: false,
  debug: false,
});

/** What src/ decides, with the environment that it would start the program in. */
export async function judge(sandbox: Sandbox, call: Call): Promise<Judgement> {
  const { env } = sandbox;
  try {
    const context = await createContext({
      env: { ...env, GVT_ROOT: env["GVT_ROOT"] || sandbox.root },
      cwd: () => realpathSync(sandbox.cwd),
      os: process.platform,
      arch: process.arch,
      homedir: () => sandbox.home,
      output: SILENT,
      signal: new AbortController().signal,
      self: { pid: process.pid, node: process.execPath, dist: sandbox.root, version: "1.2.3" },
    });
    const selection = select({ ...context, override: overrideOf(call) });
    const goEnv = readUserGoEnv(context);
    const changed = applyChanges(
      env,
      planEnvironment({
        selection,
        env,
        goEnvToolchain: goEnv.get("GOTOOLCHAIN")?.value,
        policy: context.config.toolchain,
      }),
    );
    return {
      selection,
      error: undefined,
      answer: { ...variablesOf(changed), args: ownArguments(call), outcome: outcomeOf(selection) },
    };
  } catch (error) {
    if (!isGvtError(error)) throw error;
    return {
      selection: undefined,
      error,
      answer: { ...variablesOf({}), args: [], outcome: `error ${error.code}` },
    };
  }
}

/** The job that calls the shim in a shell. */
export function jobOf(sandbox: Sandbox, shell: TestShell | undefined, { as, args }: Call): Job {
  const shim = `${sandbox.root}/shims/${as}`;
  return { command: [...(shell?.command ?? []), shim, ...args], cwd: sandbox.cwd, env: sandbox.env };
}

/** Reads what the started program, or the launcher in its stead, has reported. */
export function answerOf({ stdout, stderr, status }: RunResult): Answer {
  const start = findStart(stdout);
  if (!start) return { ...variablesOf({}), args: [], outcome: `status ${status}: ${stdout}${stderr}` };
  const [program, version = ""] = start.program.split(" ");
  return { ...variablesOf(start.env), args: start.args, outcome: program === "DEFER" ? "DEFER" : version };
}

/** The place of an origin as rows write it: relative to the tree, or with `~` and `$ROOT`. */
export function placeOf(sandbox: Sandbox, selection: Selection): string {
  return describeOrigin(selection.origin)
    .replace(`${sandbox.work}/`, "")
    .replace(sandbox.root, "$ROOT")
    .replace(`${sandbox.home}/`, "~/");
}

/** What the launcher is asked when the shim does not know. */
export function deferralOf(call: Call): readonly string[] {
  const override = overrideOf(call);
  const program = call.as === "gofmt" ? "gofmt" : "go";
  return ["exec", ...(override === undefined ? [] : [`+${override}`]), "--", program, ...ownArguments(call)];
}

function ownArguments({ as, args }: Call): readonly string[] {
  return !/^go1/.test(as) && args[0]?.startsWith("+") ? args.slice(1) : args;
}

function overrideOf({ as, args: [first] }: Call): string | undefined {
  const named = /^go1/.test(as) ? findToolchainName(as) : undefined;
  if (named) return formatGoVersion(named);
  return first?.startsWith("+") ? first.slice(1) : undefined;
}

function outcomeOf(selection: Selection): string {
  switch (selection.kind) {
    case "toolchain":
      return formatGoVersion(selection.version);
    case "system":
      return selection.program === undefined ? "no system" : "system";
    case "missing":
      return "missing";
  }
}

function variablesOf(env: Readonly<Record<string, string | undefined>>): Omit<Answer, "outcome" | "args"> {
  return { GOROOT: env["GOROOT"], PATH: env["PATH"], GOTOOLCHAIN: env["GOTOOLCHAIN"] };
}
