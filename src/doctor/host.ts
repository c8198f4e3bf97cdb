/** What of the machine a test replaces: where its own files lie, its kernel's release, and who looks. */
import { release, userInfo } from "node:os";

export interface HostFacts {
  /** Prefix of the system's own paths (/etc, /proc, /usr/local/go); empty for the real ones. */
  readonly filesystemRoot: string;
  /** As `uname -r` prints it. */
  readonly release: string;
  readonly uid: number | undefined;
  /** Milliseconds for one touch of the file system. */
  readonly patience: number;
}

export function thisHost(): HostFacts {
  return { filesystemRoot: "", release: release(), uid: findUid(), patience: 400 };
}

function findUid(): number | undefined {
  try {
    return userInfo().uid;
  } catch {
    return undefined; // a container's user need not be in any list of users
  }
}
