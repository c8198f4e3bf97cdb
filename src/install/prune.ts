/** What interrupted work has left under the root, and nobody who is alive will ever want again. */
import { GvtError } from "../errors.js";
import { discardLock, listLocks } from "../io/lock.js";
import { measureTree, removeTree } from "../io/trees.js";
import type { Layout } from "../store/layout.js";
import { listAbandonedStages } from "../store/staging.js";
import { listPartialDownloads } from "./partial-download.js";

export interface Leftover {
  readonly path: string;
  readonly kind: "stage" | "download" | "lock";
  readonly bytes: number;
}

/** Partial downloads only while no version is locked: whose they are is not written on them. */
export async function listLeftovers(layout: Layout, now: Date): Promise<Leftover[]> {
  const [stages, downloads, locks] = await Promise.all([
    listAbandonedStages(layout, now),
    listPartialDownloads(layout.downloads),
    listLocks(layout.locks),
  ]);
  const found = [
    ...stages.map((path) => ({ path, kind: "stage" as const })),
    ...(locks.some(({ held }) => held) ? [] : downloads.map((path) => ({ path, kind: "download" as const }))),
    ...locks.flatMap(({ path, held }) => (held ? [] : [{ path, kind: "lock" as const }])),
  ];
  return Promise.all(found.map(async (one) => ({ ...one, bytes: await measureTree(one.path) })));
}

/** Throws `DISK` where it cannot; no error where it is gone already. */
export async function removeLeftover({ path, kind }: Leftover): Promise<void> {
  if (kind !== "lock") return removeTree(path);
  if (!(await discardLock(path))) throw notALock(path);
}

function notALock(path: string): GvtError {
  return new GvtError("DISK", `\`${path}\` is no lock of gvt's`, {
    hint: "look at what is in it; gvt's own locks are empty directories",
  });
}
