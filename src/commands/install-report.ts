/** What people and programs see of an installation: a progress line on a terminal, two plain lines, or JSON events. */
import type { Context } from "../context.js";
import { isGvtError } from "../errors.js";
import { formatGoVersion, toolchainName } from "../go/version.js";
import type { InstallEvent, OnInstallEvent } from "../install/events.js";
import type { InstallResult } from "../install/install.js";

export interface InstallReport {
  readonly onEvent: OnInstallEvent;
  /** Called once for each version, in the order asked. */
  readonly finish: (result: InstallResult) => void;
}

/** Lines for people, on stderr. */
export function textReport(context: Context): InstallReport {
  const { output } = context;
  const progress = progressLine(context);
  return {
    onEvent: (event) => {
      const name = toolchainName(event.version);
      if (event.step === "wait") output.note(`waiting for another gvt that installs ${name}`);
      if (event.step === "resolve") output.note(`installing ${name} from ${event.source}`);
      output.progress(progress(event));
    },
    finish: (result) => {
      const name = toolchainName(result.version);
      if (result.kind === "installed") {
        const witnesses = result.receipt.evidence.map(
          ({ witness, detail }) => `${witness.replaceAll("-", " ")} (${detail})`,
        );
        output.note(`${name} is installed; vouched for by ${witnesses.join(", ")}`);
      }
      if (result.kind === "already-installed") output.note(`${name} is installed already`);
    },
  };
}

/** One JSON object a line, on stdout: docs/reference/install-events.md. */
export function jsonReport({ output }: Context): InstallReport {
  const print = (event: string, version: InstallEvent["version"], rest: object): void =>
    output.print(JSON.stringify({ event, version: formatGoVersion(version), ...rest }));
  return {
    onEvent: ({ step, version, ...rest }) => {
      if (step !== "done") print(step, version, rest);
    },
    finish: (result) => {
      const { kind, version } = result;
      if (kind !== "failed") print(kind, version, { goroot: result.goroot });
      else print(kind, version, renderFailure(result.error));
    },
  };
}

function renderFailure(error: unknown): object {
  if (!isGvtError(error)) return { code: "BUG", message: String(error) };
  const { code, message, facts, hint } = error;
  return { code, message, facts, ...(hint !== undefined && { hint }) };
}

/** Rate over this long, so that the time left neither jumps nor lags. */
const RATE_WINDOW_MS = 3000;
const BAR_WIDTH = 24;

interface Sample {
  readonly at: number;
  readonly received: number;
}

/** The newest state of every version in one line; `unpacking` and `checking` take about a second each. */
function progressLine({ clock, output }: Context): (event: InstallEvent) => string {
  const states = new Map<string, string>();
  const samples = new Map<string, Sample[]>();
  return (event) => {
    const name = toolchainName(event.version);
    switch (event.step) {
      case "done":
        states.delete(name);
        break;
      case "download": {
        const { received, total } = event;
        const now = clock().getTime();
        const recent = [...(samples.get(name) ?? []), { at: now, received }].filter(
          ({ at }) => now - at <= RATE_WINDOW_MS,
        );
        samples.set(name, recent);
        states.set(name, renderDownload(received, total, rateOf(recent)));
        break;
      }
      case "hash":
        states.set(name, `${renderBar(event.read / event.total)} verifying`);
        break;
      case "unpack":
        states.set(name, `${renderBar(event.read / event.total)} unpacking`);
        break;
      case "check":
      case "publish":
        states.set(name, `${renderBar(1)} checking`);
        break;
      default:
        break;
    }
    const line = [...states].map(([version, state]) => `${version} ${state}`).join("  ");
    return line.slice(0, output.columns - 1);
  };
}

/** Bytes a second, undefined while there is too little to go by. */
function rateOf(samples: readonly Sample[]): number | undefined {
  const [first] = samples;
  const last = samples.at(-1);
  if (!first || !last || last.at - first.at < 200) return undefined;
  return ((last.received - first.received) / (last.at - first.at)) * 1000;
}

function renderDownload(received: number, total: number | undefined, rate: number | undefined): string {
  const speed = rate === undefined ? "" : `  ${megabytes(rate)} MB/s`;
  if (total === undefined) return `${megabytes(received)} MB${speed}`;
  const left = rate === undefined || rate === 0 ? "" : `  ${renderSeconds((total - received) / rate)} left`;
  return `${renderBar(received / total)} ${megabytes(received)}/${megabytes(total)} MB${speed}${left}`;
}

function renderBar(share: number): string {
  const filled = Math.round(Math.min(1, share) * BAR_WIDTH);
  return `[${"#".repeat(filled)}${"-".repeat(BAR_WIDTH - filled)}]`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function renderSeconds(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
