/** The system's Go: the first program of that name on PATH that is not gvt's own, however PATH spells the root. */
import { constants } from "node:fs";
import { access, readdir, stat } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import type { Context } from "../context.js";
import type { Layout } from "../store/layout.js";
import { upwardFrom } from "./pins.js";

/**
 * Relative and empty entries of PATH are passed over: nothing is ever run from the current directory because it lies
 * there.
 */
export async function findSystemProgram(
  { env, layout }: Pick<Context, "env" | "layout">,
  name: string,
): Promise<string | undefined> {
  for (const directory of (env["PATH"] ?? "").split(":")) {
    if (!isAbsolute(directory)) continue;
    const program = join(directory, name);
    if (!(await isProgram(program))) continue;
    if (!(await isUnderRoot(directory, layout)) && !(await isOurs(program, name, layout))) return program;
  }
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  const found = await stat(path).catch(unseen);
  if (!found?.isFile()) return false;
  return access(path, constants.X_OK).then(
    () => true,
    () => false, // not ours to run
  );
}

/** The root may be spelled through links, so its identity counts and not its name. */
async function isUnderRoot(directory: string, { root }: Layout): Promise<boolean> {
  const rootIdentity = await findIdentity(root);
  for (const above of upwardFrom(directory)) {
    if (above === root) return true;
    if (rootIdentity !== undefined && (await findIdentity(above)) === rootIdentity) return true;
  }
  return false;
}

/** A link to a shim or into a toolchain is gvt's own too. */
async function isOurs(program: string, name: string, layout: Layout): Promise<boolean> {
  const identity = await findIdentity(program);
  const versions = await readdir(layout.versions).catch(() => []); // nothing is installed
  const own = [
    join(layout.shims, name),
    ...versions
      .filter((version) => !version.startsWith("."))
      .map((version) => join(layout.versions, version, "bin", name)),
  ];
  for (const path of own) if ((await findIdentity(path)) === identity) return true;
  return false;
}

async function findIdentity(path: string): Promise<string | undefined> {
  const found = await stat(path, { bigint: true }).catch(unseen);
  return found && `${found.dev}:${found.ino}`;
}

/** What cannot be looked at cannot be run. */
function unseen(): undefined {
  return undefined;
}
