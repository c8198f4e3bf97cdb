/** What of the machine a test replaces: where its own files lie, its kernel's release, and who looks. */
import { cpus, release, userInfo } from "node:os";
import type { ReleaseFacts } from "./snapshot.js";

export interface HostFacts {
  /** Prefix of the system's own paths (/etc, /proc, /usr/local/go); empty for the real ones. */
  readonly filesystemRoot: string;
  /** As `uname -r` prints it. */
  readonly release: string;
  /** What the processor calls itself. */
  readonly cpu?: string | undefined;
  readonly uid: number | undefined;
  /** What is known of Go's releases. */
  readonly releases?: ReleaseFacts | undefined;
  /** Milliseconds for one touch of the file system. */
  readonly patience: number;
}

export function thisHost(): HostFacts {
  return { filesystemRoot: "", release: release(), cpu: cpus()[0]?.model, uid: findUid(), patience: 400 };
}

function findUid(): number | undefined {
  try {
    return userInfo().uid;
  } catch {
    return undefined; // a container's user need not be in any list of users
  }
}
