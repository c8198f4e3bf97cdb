/** One world of the laboratory, built on disk and lived in: its environment changes as that of an open shell does. */
import { execFile } from "node:child_process";
import { chmod, mkdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Context } from "../../src/context.js";
import { CHECKS } from "../../src/doctor/catalogue.js";
import type { Finding } from "../../src/doctor/check.js";
import { readMounts } from "../../src/doctor/collect/mounts.js";
import { SHELL_ANSWER } from "../../src/doctor/collect/shell.js";
import { collect } from "../../src/doctor/collect.js";
import { diagnose } from "../../src/doctor/diagnose.js";
import type { HostFacts } from "../../src/doctor/host.js";
import { inspectRepository, withoutOverrides } from "../../src/doctor/inspect-repository.js";
import type { Remedy } from "../../src/doctor/remedy.js";
import { createWorld, type World } from "../support/world.js";
import type { Materials } from "./laboratory.js";
import { carryOutEdits, listCommands } from "./remedies.js";
import { type LabWorld, REAL_VERSIONS } from "./world.js";

const run = promisify(execFile);

export interface OpenWorld {
  look(): Promise<readonly Finding[]>;
  /** What the world's symptom says now. */
  feel(): Promise<string>;
  carryOut(remedy: Remedy): Promise<void>;
  close(): Promise<void>;
}

/** `foreign 1.21.13 DIRECTORY`: an official tree that gvt has not installed. */
const FOREIGN = 'foreign() { mkdir -p "${2%/*}" && cp -al "$GO/$1" "$2" && rm "$2/.gvt.json"; }';

/** What this gvt knows: 1.24 is maintained, and 1.22 is not. */
const RELEASES = { newest: "1.25.0", date: "2025-08-12" };

/** As most systems number him. */
const NOBODY = { uid: 65_534, gid: 65_534 };

const NETWORK = /^(GVT_SOURCE|GOPROXY|SSL_CERT_\w+|NODE_EXTRA_CA_CERTS|https?_proxy|no_proxy)$/i;

type Env = Readonly<Record<string, string>>;
/** Undefined is unset. */
type Settings = Readonly<Record<string, string | undefined>>;

export async function openWorld(materials: Materials, world: LabWorld): Promise<OpenWorld> {
  const ground = await breakGround(materials, world);
  const { own, places, expand } = ground;
  let env = startingEnvironment(ground, world);
  // What a remedy needs to reach the releases; the doctor does not see it.
  const network: Env = Object.fromEntries(
    Object.entries(materials.env).filter(([name]) => NETWORK.test(name) && env[name] === undefined),
  );
  const person = world.as === undefined ? {} : NOBODY;
  const sh = (
    script: readonly string[],
    extra: Env = {},
    who: Partial<typeof NOBODY> = {},
  ): Promise<string> => runBash(script.join("\n"), { ...who, cwd: places.WORK, env: { ...env, ...extra } });
  // A shell cannot be kept open: what was typed in it is typed again.
  let typed = world.typed === undefined ? [] : ["shopt -s expand_aliases", expand(world.typed)];
  await make(materials, ground, world);
  return {
    look: async () => {
      if (world.as !== undefined) return parseReport(await sh(["gvt doctor --json"], {}, person));
      const context = await own.context({ env: withoutUnset(env) });
      const answer = typed.length > 0 ? { [SHELL_ANSWER]: await sh([...typed, "command -V go"]) } : {};
      // The world's own HOME would stand in for one that is not set.
      const seen = withoutUnset({ ...context.env, ...answer, HOME: env["HOME"] });
      return lookAs({ ...context, env: seen, cwd: places.WORK }, hostOf(ground, world), world);
    },
    feel: () => {
      if (!world.symptom) return Promise.resolve("");
      // A build cache for all worlds; no network.
      const extra = {
        ...places,
        ...(env["GOCACHE"] === undefined && { GOCACHE: materials.cache }),
        ...(env["GOPROXY"] === undefined && { GOPROXY: "off" }),
      };
      return sh([...typed, world.symptom.run], extra, person);
    },
    carryOut: async (remedy) => {
      await carryOutEdits(remedy);
      const byHand = world.byHand === undefined ? undefined : expand(world.byHand);
      const commands = listCommands(remedy, byHand);
      const after = join(own.directory, "environment");
      const strict = commands.map((command) => `{ ${command}\n} || exit`);
      const output = await sh([...typed, ...strict, `env -0 >'${after}'`], network);
      if (typed.length > 0) typed = [...typed, ...commands];
      const changed = await readEnvironment(after, output);
      env = { ...changed, ...Object.fromEntries(Object.keys(network).map((name) => [name, env[name]])) };
    },
    close: () => clear(own.directory),
  };
}

/** The directories of a world, and how its scripts name them. */
interface Ground {
  readonly own: World;
  readonly places: Readonly<Record<"ROOT" | "WORK" | "SYSTEM" | "GO" | "TOOLS" | "CACHE", string>>;
  readonly expand: (text: string) => string;
}

/** A machine with gvt and some toolchains, before anything happens to it. */
async function breakGround({ root, store, tools, cache }: Materials, world: LabWorld): Promise<Ground> {
  const own = await createWorld();
  await chmod(own.directory, 0o755);
  const places = {
    ROOT: join(own.home, ".gvt"),
    WORK: join(own.directory, "work"),
    SYSTEM: join(own.directory, "system"),
    GO: store,
    TOOLS: tools,
    CACHE: cache,
  };
  const versions = join(places.ROOT, "versions");
  for (const directory of [versions, join(places.SYSTEM, "proc"), join(places.SYSTEM, "etc"), places.WORK]) {
    await mkdir(directory, { recursive: true });
  }
  // Where programs that are linked dynamically find their loader, and Go its certificates.
  for (const name of ["lib", "lib64", "etc/ssl"]) await symlink(join("/", name), join(places.SYSTEM, name));
  for (const part of ["bin", "shims", "shell", "lib"])
    await run("cp", ["-al", join(root, part), places.ROOT]);
  const installed = world.installed ?? ["1.22.6"];
  for (const version of installed) await run("cp", ["-al", join(store, version), join(versions, version)]);
  const others = REAL_VERSIONS.filter((version) => !installed.includes(version));
  await run("rm", ["-f", ...others.map((version) => join(places.ROOT, "shims", `go${version}`))]);
  const named: Env = { ...places, HOME: own.home };
  const expand = (text: string): string =>
    text.replace(/\$(HOME|ROOT|WORK|SYSTEM|GO|TOOLS|CACHE)\b/g, (_, name: string) => named[name] ?? "");
  return { own, places, expand };
}

function startingEnvironment({ own, places, expand }: Ground, world: LabWorld): Settings {
  const stated = Object.entries(world.env ?? {}).map(([name, value]) => [
    name,
    value === null ? undefined : expand(value),
  ]);
  return {
    HOME: own.home,
    PATH: `${places.ROOT}/shims:${places.ROOT}/bin:${places.TOOLS}`,
    SHELL: "/bin/bash",
    PWD: places.WORK,
    ...(Object.fromEntries(stated) as Settings),
  };
}

async function make({ tools, cache }: Materials, { own, places }: Ground, { made }: LabWorld): Promise<void> {
  if (made === undefined) return;
  const offline = { GOCACHE: cache, GOPROXY: "off", GOTOOLCHAIN: "local" };
  await run("/bin/sh", ["-c", `set -eu\n${FOREIGN}\n${made}\n`], {
    cwd: places.WORK,
    env: { ...places, ...offline, HOME: own.home, PATH: `${tools}:/usr/bin:/bin` },
  });
}

/** Both streams, whatever the status. */
async function runBash(
  script: string,
  options: { readonly cwd: string; readonly env: Settings; readonly uid?: number; readonly gid?: number },
): Promise<string> {
  // Without --norc, bash takes the pipe for a remote shell's and reads .bashrc: that is the world's to do.
  const { stdout, stderr } = await run("/bin/bash", ["--norc", "-c", script], {
    ...options,
    timeout: 120_000,
    maxBuffer: 16 << 20,
  }).catch((error: unknown) => error as { stdout: string; stderr: string });
  return stdout + stderr;
}

function hostOf({ places }: Ground, { kernel = "6.8.0" }: LabWorld): HostFacts {
  return {
    filesystemRoot: places.SYSTEM,
    release: kernel,
    uid: process.getuid?.(),
    releases: RELEASES,
    patience: 2_000,
  };
}

async function lookAs(
  outer: Context,
  host: HostFacts,
  { repository }: LabWorld,
): Promise<readonly Finding[]> {
  if (!repository) return diagnose(await collect(outer, host));
  const context = withoutOverrides(outer);
  const snapshot = await collect(context, host);
  const prepare = (same: typeof snapshot) => same;
  return (await inspectRepository({ context, host, snapshot, checks: CHECKS, ignore: {}, prepare })).findings;
}

/** What the doctor says in a process of its own, which sees the machine's real `/`. */
function parseReport(text: string): readonly Finding[] {
  return (JSON.parse(text) as { findings: readonly Finding[] }).findings;
}

async function readEnvironment(path: string, output: string): Promise<Env> {
  const text = await readFile(path, "utf8").catch(() => {
    throw new Error(`the remedy could not be carried out: ${output}`);
  });
  const pairs = text
    .split("\0")
    .filter((entry) => entry !== "")
    .map((entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)] as const);
  return Object.fromEntries(pairs.filter(([name]) => !["_", "SHLVL", "OLDPWD"].includes(name)));
}

function withoutUnset(env: Settings): Env {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** Mounts and read-only directories of the world's own go, too. */
async function clear(directory: string): Promise<void> {
  const mounts = readMounts("/proc/self/mountinfo").map(({ mountPoint }) => mountPoint);
  for (const mount of mounts.reverse()) if (mount.startsWith(`${directory}/`)) await run("umount", [mount]);
  const remove = () => run("rm", ["-rf", directory]);
  await remove().catch(async () => {
    await run("chmod", ["-R", "u+rwX", directory]).catch(() => undefined); // a dangling link is no file
    await remove();
  });
}
