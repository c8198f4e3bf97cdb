/** Other programs: one that runs in the place of gvt, and one that nobody hears of. */
import { spawn } from "node:child_process";
import { constants } from "node:os";

export interface ProgramOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted with the name of the signal that gvt received. */
  readonly signal: AbortSignal;
}

/**
 * Resolves to the exit status, 128 and the signal's number where a signal ended the program. Rejects with the
 * system's error where it cannot be started.
 */
export function runProgram(
  program: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: "inherit", env: options.env });
    const forward = (): void => {
      // The terminal sends SIGINT to the program too; everything else reaches gvt alone.
      const name = options.signal.reason as NodeJS.Signals;
      if (name !== "SIGINT") child.kill(name);
    };
    options.signal.addEventListener("abort", forward);
    child.on("error", reject);
    child.on("exit", (status, signal) => {
      options.signal.removeEventListener("abort", forward);
      resolve(status ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}

/** For work that only saves time later: neither output nor failure matters. */
export function runQuietly(
  program: string,
  args: readonly string[],
  env: ProgramOptions["env"],
): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: "ignore", env });
    child.on("error", () => resolve());
    child.on("exit", () => resolve());
  });
}
