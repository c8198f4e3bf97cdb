/** How often a program wants to hear how far a step has come: much less often than a progress bar. */
import { toolchainName } from "../go/version.js";
import type { InstallEvent } from "../install/events.js";

/** So many events for the way of each step; where nobody knows its length, one for so many bytes. */
const EVENTS_PER_STEP = 20;
const BYTES_PER_EVENT = 8 << 20;

/** Lets every event pass that is no progress, and of progress each twentieth of the way, its end included. */
export function createProgressSieve(): (event: InstallEvent) => boolean {
  const told = new Map<string, number>();
  return (event) => {
    if (event.step !== "download" && event.step !== "hash" && event.step !== "unpack") return true;
    const done = event.step === "download" ? event.received : event.read;
    const part = event.total === undefined ? BYTES_PER_EVENT : event.total / EVENTS_PER_STEP;
    const reached = Math.floor(done / part);
    const key = `${toolchainName(event.version)} ${event.step}`;
    if (reached === told.get(key)) return false;
    told.set(key, reached);
    return true;
  };
}
