/** Builds worlds with real toolchains, looks at them with the doctor, and carries remedies out to the letter. */
import { execFile } from "node:child_process";
import { chmod, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
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
import { type Remedy, renderCommand, type Step } from "../../src/doctor/remedy.js";
import { SHELLS } from "../../src/env/shells.js";
import type { Cli } from "../support/cli.js";
import { createRealCli } from "../support/real-cli.js";
import { createWorld } from "../support/world.js";
import { type LabWorld, REAL_VERSIONS } from "./world.js";

const run = promisify(execFile);

/** `foreign 1.21.13 DIRECTORY`: an official tree that gvt has not installed. */
const FOREIGN = 'foreign() { mkdir -p "${2%/*}" && cp -al "$GO/$1" "$2" && rm "$2/.gvt.json"; }';

const ENTRY = join(import.meta.dirname, "../../dist/main.js");

/** What this gvt knows: 1.24 is maintained, and 1.22 is not. */
const RELEASES = { newest: "1.25.0", date: "2025-08-12" };

/** As most systems number him. */
const NOBODY = { uid: 65_534, gid: 65_534 };

const NETWORK = /^(GVT_SOURCE|GOPROXY|SSL_CERT_\w+|NODE_EXTRA_CA_CERTS|https?_proxy|no_proxy)$/i;

type Env = Readonly<Record<string, string>>;

export interface Laboratory {
  readonly cli: Cli;
  /** The toolchains, each under its version. */
  readonly store: string;
  /** The machine's programs and gvt, but no Go. */
  readonly tools: string;
  open(world: LabWorld): Promise<OpenWorld>;
  close(): Promise<void>;
}

/** A world that somebody is in: its environment changes as a shell's does. */
export interface OpenWorld {
  look(): Promise<readonly Finding[]>;
  /** What the world's symptom says now. */
  feel(): Promise<string>;
  carryOut(remedy: Remedy): Promise<void>;
  close(): Promise<void>;
}

export async function openLaboratory(): Promise<Laboratory> {
  const cli = await createRealCli();
  const installed = await cli.gvt("install", ...REAL_VERSIONS);
  if (installed.status !== 0) throw new Error(installed.stderr);
  const store = join(cli.root, "versions");
  const tools = join(cli.directory, "tools");
  await chmod(cli.directory, 0o755);
  await mkdir(tools);
  for (const name of await readdir("/usr/bin")) {
    if (!/^go(fmt)?$|^go\d/.test(name)) await symlink(join("/usr/bin", name), join(tools, name));
  }
  // As npm installs it: whoever asks the doctor has a gvt.
  await writeFile(join(tools, "gvt"), `#!/bin/sh\nexec '${process.execPath}' '${ENTRY}' "$@"\n`, {
    mode: 0o755,
  });
  return {
    cli,
    store,
    tools,
    open: (world) => openWorld({ cli, store, tools }, world),
    close: async () => {
      await cli.run(["chmod", "-R", "u+w", cli.directory]);
      await cli.remove();
    },
  };
}

async function openWorld(
  { cli, store, tools }: Pick<Laboratory, "cli" | "store" | "tools">,
  world: LabWorld,
): Promise<OpenWorld> {
  const own = await createWorld();
  await chmod(own.directory, 0o755);
  const person = world.as === undefined ? {} : NOBODY;
  const root = join(own.home, ".gvt");
  const system = join(own.directory, "system");
  const work = join(own.directory, "work");
  const cache = join(cli.directory, "go-build");
  for (const directory of [join(root, "versions"), join(system, "proc"), work]) {
    await mkdir(directory, { recursive: true });
  }
  // Where programs that are linked dynamically find their loader.
  for (const name of ["lib", "lib64"]) await symlink(join("/", name), join(system, name));
  await mkdir(join(system, "etc"));
  await symlink("/etc/ssl", join(system, "etc/ssl"));
  for (const part of ["bin", "shims", "shell", "lib"]) await run("cp", ["-al", join(cli.root, part), root]);
  const installed = world.installed ?? ["1.22.6"];
  for (const version of installed) {
    await run("cp", ["-al", join(store, version), join(root, "versions", version)]);
  }
  const others = REAL_VERSIONS.filter((version) => !installed.includes(version));
  await run("rm", ["-f", ...others.map((version) => join(root, "shims", `go${version}`))]);
  const places: Env = { ROOT: root, WORK: work, SYSTEM: system, GO: store, TOOLS: tools, CACHE: cache };
  const expand = (text: string): string =>
    text.replace(/\$(HOME|ROOT|WORK|SYSTEM|GO|TOOLS|CACHE)\b/g, (_, name: string) =>
      name === "HOME" ? own.home : (places[name] ?? ""),
    );
  let env: Readonly<Record<string, string | undefined>> = {
    HOME: own.home,
    PATH: `${root}/shims:${root}/bin:${tools}`,
    SHELL: "/bin/bash",
    PWD: work,
  };
  for (const [name, value] of Object.entries(world.env ?? {})) {
    env = { ...env, [name]: value === null ? undefined : expand(value) };
  }
  // What a remedy needs to reach the releases; the doctor does not see it.
  const network: Env = Object.fromEntries(
    Object.entries(cli.env).filter(([name]) => NETWORK.test(name) && env[name] === undefined),
  );
  const sh = async (script: string, extra: Env = {}, who: Partial<typeof NOBODY> = {}): Promise<string> => {
    const options = { ...who, cwd: work, env: { ...env, ...extra }, timeout: 120_000, maxBuffer: 16 << 20 };
    // Without --norc, bash takes the pipe for a remote shell's and reads .bashrc: that is the world's to do.
    const { stdout, stderr } = await run("/bin/bash", ["--norc", "-c", script], options).catch(
      (error: unknown) => error as { stdout: string; stderr: string },
    );
    return stdout + stderr;
  };
  if (world.made !== undefined) {
    const made = `set -eu\n${FOREIGN}\n${world.made}\n`;
    await run("/bin/sh", ["-c", made], {
      cwd: work,
      env: {
        ...places,
        HOME: own.home,
        PATH: `${tools}:/usr/bin:/bin`,
        GOCACHE: cache,
        GOPROXY: "off",
        GOTOOLCHAIN: "local",
      },
    });
  }
  // A shell cannot be kept open: what was typed in it is typed again.
  let typed = world.typed === undefined ? [] : ["shopt -s expand_aliases", expand(world.typed)];
  return {
    look: async () => {
      if (world.as !== undefined) return parseReport(await sh("gvt doctor --json", {}, person));
      const context = await own.context({ env: withoutUnset(env) });
      // The world's own HOME would stand in for one that is not set.
      const answer =
        typed.length > 0 ? { [SHELL_ANSWER]: await sh([...typed, "command -V go"].join("\n")) } : {};
      const seen = withoutUnset({ ...context.env, ...answer, HOME: env["HOME"] });
      const host = {
        filesystemRoot: system,
        release: world.kernel ?? "6.8.0",
        uid: process.getuid?.(),
        releases: RELEASES,
        patience: 2_000,
      };
      const there = { ...context, env: seen, cwd: work };
      return world.repository ? lookAtRepository(there, host) : diagnose(await collect(there, host));
    },
    feel: () => {
      if (!world.symptom) return Promise.resolve("");
      // A build cache for all worlds; no network.
      const extra = {
        ...places,
        ...(env["GOCACHE"] === undefined && { GOCACHE: cache }),
        ...(env["GOPROXY"] === undefined && { GOPROXY: "off" }),
      };
      return sh([...typed, world.symptom.run].join("\n"), extra, person);
    },
    carryOut: async ({ steps }) => {
      for (const step of editsFromBelow(steps)) await carryOutEdit(step);
      const commands = steps.flatMap((step) => renderCommand(step, SHELLS.bash) ?? []);
      const advised = steps.some(({ kind }) => kind === "advise");
      if (advised && world.byHand !== undefined) commands.push(expand(world.byHand));
      const after = join(own.directory, "environment");
      const strict = commands.map((command) => `{ ${command}\n} || exit`);
      const output = await sh([...typed, ...strict, `env -0 >'${after}'`].join("\n"), network);
      if (typed.length > 0) typed = [...typed, ...commands];
      const changed = await readEnvironment(after, output);
      env = { ...changed, ...Object.fromEntries(Object.keys(network).map((name) => [name, env[name]])) };
    },
    close: async () => {
      await unmountBelow(own.directory);
      const remove = () => run("rm", ["-rf", own.directory]);
      await remove().catch(async () => {
        await run("chmod", ["-R", "u+rwX", own.directory]).catch(() => undefined); // a dangling link is no file
        await remove();
      });
    },
  };
}

/** What the doctor says in a process of its own, which sees the machine's real `/`. */
function parseReport(text: string): readonly Finding[] {
  return (JSON.parse(text) as { findings: readonly Finding[] }).findings;
}

async function lookAtRepository(outer: Context, host: HostFacts): Promise<readonly Finding[]> {
  const context = withoutOverrides(outer);
  const snapshot = await collect(context, host);
  const prepare = (same: typeof snapshot) => same;
  return (await inspectRepository({ context, host, snapshot, checks: CHECKS, ignore: {}, prepare })).findings;
}

async function unmountBelow(directory: string): Promise<void> {
  const mounts = readMounts("/proc/self/mountinfo").map(({ mountPoint }) => mountPoint);
  for (const mount of mounts.reverse()) if (mount.startsWith(`${directory}/`)) await run("umount", [mount]);
}

type Edit = Extract<Step, { kind: "edit" }>;

/** So that the numbers of lines above stay. */
function editsFromBelow(steps: readonly Step[]): Edit[] {
  return steps.filter((step) => step.kind === "edit").sort((a, b) => b.line - a.line);
}

async function carryOutEdit({ path, line, before, after }: Edit): Promise<void> {
  const lines = (await readFile(path, "utf8")).split("\n");
  const found = lines[line - 1];
  if (found?.replace(/\r$/, "") !== before.replace(/\r$/, "")) {
    throw new Error(`line ${line} of ${path} is \`${found}\`, not \`${before}\``);
  }
  lines.splice(line - 1, 1, ...(after === undefined ? [] : [after]));
  await writeFile(path, lines.join("\n"));
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

function withoutUnset(env: Readonly<Record<string, string | undefined>>): Env {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** `error rc-exports-go-vars < shims-shadowed` */
export function outlineOf(findings: readonly Finding[]): string[] {
  return findings.map(({ severity, id, consequences }) =>
    [`${severity} ${id}`, ...consequences.map((each) => each.id)].join(" < "),
  );
}

/** Every id, of consequences too. */
export function idsOf(findings: readonly Finding[]): string[] {
  return findings.flatMap(({ id, consequences }) => [id, ...consequences.map((each) => each.id)]);
}
