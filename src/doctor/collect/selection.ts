/** What is installed and what is chosen, asked of those who decide it, once it is known that they will get an answer. */
import { join } from "node:path";
import type { Context } from "../../context.js";
import { isGvtError } from "../../errors.js";
import type { GoVersion } from "../../go/version.js";
import { upwardFrom } from "../../select/pins.js";
import { select } from "../../select/select.js";
import { type Layout, RECEIPT } from "../../store/layout.js";
import { listInstalled } from "../../store/store.js";
import { findUserGoEnvPath } from "../../store/user-go-env.js";
import type { SelectionOutcome } from "../snapshot.js";
import type { Look } from "./look.js";

/** Oldest first. A directory that cannot be listed installs nothing; the shim sees it so too. */
export async function listVersions(layout: Layout, look: Look): Promise<GoVersion[]> {
  if (!(await reachesReceipts(layout, look))) return [];
  try {
    return listInstalled(layout);
  } catch (error) {
    if (isGvtError(error)) return [];
    throw error;
  }
}

async function reachesReceipts({ versions }: Layout, look: Look): Promise<boolean> {
  const names = await look.list(versions);
  return reachesAll(look, [versions, ...(names ?? []).map((name) => join(versions, name, RECEIPT))]);
}

async function reachesAll(look: Look, paths: readonly string[]): Promise<boolean> {
  const reached = await Promise.all(paths.map((path) => look.reaches(path)));
  return !reached.includes(false);
}

/** What selecting may read on its way: it waits for each, however long that takes. */
function* filesOfSelection(context: Context): Generator<string> {
  const { layout, cwd, env } = context;
  for (const directory of upwardFrom(cwd)) {
    yield* [".go-version", ".tool-versions", "go.work", "go.mod"].map((name) => join(directory, name));
  }
  yield* [layout.defaultVersion, env["GOWORK"], findUserGoEnvPath(context)].filter(
    (path) => path !== undefined,
  );
}

/** Selecting reads by itself, so what does not answer is kept from it. */
export async function collectSelection(context: Context, look: Look): Promise<SelectionOutcome> {
  const reached = await Promise.all([
    reachesAll(look, [...filesOfSelection(context)]),
    reachesReceipts(context.layout, look),
  ]);
  if (reached.includes(false)) return { kind: "unanswered" };
  const entries = (context.env["PATH"] ?? "").split(":");
  const within = await Promise.all(entries.map((entry) => look.reaches(join(entry, "go"))));
  const env = { ...context.env, PATH: entries.filter((_, index) => within[index]).join(":") };
  try {
    return { kind: "selected", selection: select({ ...context, env }) };
  } catch (error) {
    if (!isGvtError(error)) throw error;
    return { kind: "failed", code: error.code, message: error.message, hint: error.hint };
  }
}
