/** What people and programs see of an installation: a progress line on a terminal, two plain lines, or JSON events. */
import type { Context } from "../context.js";
import { isGvtError } from "../errors.js";
import { formatGoVersion, type GoVersion, toolchainName } from "../go/version.js";
import type { InstallEvent, OnInstallEvent } from "../install/events.js";
import type { InstallResult } from "../install/install.js";
import type { Output } from "../io/terminal.js";
import type { Receipt } from "../store/receipt.js";
import { createProgressSieve } from "./progress-sieve.js";

export interface InstallReport {
  readonly onEvent: OnInstallEvent;
  /** Called once for each version, in the order asked. */
  readonly finish: (result: InstallResult) => void;
  /** Called where what was asked for led to no version, so that nothing was tried. */
  readonly refuse: (error: unknown) => void;
}

/** Lines for people, on stderr. */
export function textReport(context: Context): InstallReport {
  const { output } = context;
  return {
    onEvent: textEvents(context, "installing"),
    finish: (result) => {
      const name = toolchainName(result.version);
      if (result.kind === "installed") {
        output.note(`${name} is installed; vouched for by ${renderWitnesses(result.receipt)}`);
      }
      if (result.kind === "already-installed") output.note(`${name} is installed already`);
    },
    refuse: () => undefined, // the error itself is shown
  };
}

/** What happens meanwhile; `doing` is the word for it. */
export function textEvents(context: Context, doing: "installing" | "repairing"): OnInstallEvent {
  const { output } = context;
  const progress = progressLine(context);
  const passedOver = new Set<string>();
  return (event) => {
    const name = toolchainName(event.version);
    if (event.step === "pass-over" && !passedOver.has(event.source)) {
      passedOver.add(event.source);
      output.note(`note: ${event.source} is passed over: ${event.reason}`);
    }
    if (event.step === "wait") output.note(`waiting for another gvt that is at work on ${name}`);
    if (event.step === "resolve") output.note(`${doing} ${name} from ${event.source}`);
    output.progress(progress(event));
  };
}

export function renderWitnesses({ evidence }: Receipt): string {
  return evidence.map(({ witness, detail }) => `${witness.replaceAll("-", " ")} (${detail})`).join(", ");
}

export function jsonReport({ output }: Context): InstallReport {
  return {
    onEvent: jsonEvents(output),
    finish: (result) => {
      const { kind, version } = result;
      printEvent(
        output,
        kind,
        version,
        kind === "failed" ? renderFailure(result.error) : { goroot: result.goroot },
      );
    },
    refuse: (error) => printRefusal(output, error),
  };
}

export function jsonEvents(output: Output): OnInstallEvent {
  const passes = createProgressSieve();
  return (event) => {
    const { step, version, ...rest } = event;
    if (step !== "done" && passes(event)) printEvent(output, step, version, rest);
  };
}

/** One JSON object a line, on stdout: docs/reference/install-events.md. */
export function printEvent(output: Output, event: string, version: GoVersion, members: object): void {
  output.print(JSON.stringify({ event, version: formatGoVersion(version), ...members }));
}

/** Where nothing was tried, so that the event belongs to no version. */
export function printRefusal(output: Output, error: unknown): void {
  output.print(JSON.stringify({ event: "failed", ...renderFailure(error) }));
}

export function renderFailure(error: unknown): object {
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
      case "replace":
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
