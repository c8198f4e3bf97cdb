/** What interrupted work has left under gvt's root: stages, locks and partial downloads with nobody behind them. */
import { join } from "node:path";
import type { Layout } from "../../store/layout.js";
import { listAbandonedStages } from "../../store/staging.js";
import type { Leftover } from "../snapshot.js";
import type { Look } from "./look.js";

/** A holder renews its lock every second: one that was not renewed for so long is nobody's. */
const LOCK_SECONDS = 3600;
/** A partial download is kept to be continued; after a week nobody will. */
const PARTIAL_SECONDS = 7 * 24 * 3600;

export async function collectLeftovers(look: Look, layout: Layout, now: Date): Promise<Leftover[]> {
  const [stages, locks, downloads] = await Promise.all([
    listStages(look, layout, now),
    list(look, layout.locks, /\.lock$/, now),
    list(look, layout.downloads, /\.partial$/, now),
  ]);
  const abandoned = locks.filter(({ ageSeconds }) => ageSeconds >= LOCK_SECONDS);
  // Whose a partial download is, is not written on it: while somebody is at work, it may be theirs.
  const isQuiet = abandoned.length === locks.length;
  const partials = downloads.filter(({ ageSeconds }) => isQuiet && ageSeconds >= PARTIAL_SECONDS);
  return [
    ...stages.map((found): Leftover => ({ ...found, kind: "stage" })),
    ...abandoned.map((found): Leftover => ({ ...found, kind: "lock" })),
    ...partials.map((found): Leftover => ({ ...found, kind: "partial" })),
  ];
}

type Found = Omit<Leftover, "kind">;

async function listStages(look: Look, layout: Layout, now: Date): Promise<Found[]> {
  if (!(await look.reaches(layout.tmp))) return [];
  const paths = (await look.wait(layout.tmp, listAbandonedStages(layout, now))) ?? [];
  return Promise.all(paths.map((path) => describe(look, path, now)));
}

async function list(look: Look, directory: string, pattern: RegExp, now: Date): Promise<Found[]> {
  const names = ((await look.list(directory)) ?? []).filter((name) => pattern.test(name));
  return Promise.all(names.map((name) => describe(look, join(directory, name), now)));
}

async function describe(look: Look, path: string, now: Date): Promise<Found> {
  const changed = (await look.lstat(path))?.mtimeMs ?? now.getTime();
  return { path, ageSeconds: Math.max(0, Math.round((now.getTime() - changed) / 1000)) };
}
