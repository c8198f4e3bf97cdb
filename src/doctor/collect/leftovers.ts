/** What interrupted work has left under gvt's root: stages, locks and partial downloads with nobody behind them. */
import { join } from "node:path";
import type { Layout } from "../../store/layout.js";
import type { Leftover } from "../snapshot.js";
import type { Look } from "./look.js";

/** Anything younger may belong to somebody who is at work. */
const YOUNG_SECONDS = 3600;

export async function collectLeftovers(look: Look, layout: Layout, now: Date): Promise<Leftover[]> {
  const kinds = [
    [layout.tmp, "stage"],
    [layout.locks, "lock"],
    [layout.downloads, "partial"],
  ] as const;
  const lists = await Promise.all(
    kinds.map(async ([directory, kind]) => {
      const names = ((await look.list(directory)) ?? []).filter(
        (name) => kind !== "partial" || /part(?:ial)?$/.test(name),
      );
      const found = await Promise.all(names.map((name) => look.lstat(join(directory, name))));
      return names.map((name, index): Leftover => {
        const age = now.getTime() - (found[index]?.mtimeMs ?? now.getTime());
        return { path: join(directory, name), kind, ageSeconds: Math.max(0, Math.round(age / 1000)) };
      });
    }),
  );
  return lists.flat().filter(({ ageSeconds }) => ageSeconds >= YOUNG_SECONDS);
}
