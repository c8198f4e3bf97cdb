/** What else can be had to choose a Go per directory, each set up in the same world where it is on PATH. */

import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Candidate } from "./timing.js";
import type { World } from "./world.js";

/** The peers that are here; the names of those that are not. */
export function findPeers(world: World): { readonly candidates: Candidate[]; readonly absent: string[] } {
  const all = {
    "goenv (.go-version)": goenv,
    "mise (.go-version)": mise,
    "go switching by GOTOOLCHAIN=path": goSwitch,
  };
  const candidates: Candidate[] = [];
  const absent: string[] = [];
  for (const [name, build] of Object.entries(all)) {
    const candidate = build(world);
    if (candidate) candidates.push({ name, ...candidate });
    else absent.push(name.replace(/ .*/, ""));
  }
  return { candidates, absent };
}

type Setup = Omit<Candidate, "name"> | undefined;

function goenv({ home, bare, pinned, env }: World): Setup {
  const program = findOnPath("goenv");
  if (program === undefined) return undefined;
  const root = join(home, ".goenv");
  installAt(join(root, "versions", "1.22.6", "bin", "go"), bare);
  return {
    command: [program, "exec", "go"],
    cwd: pinned,
    env: { ...env, GOENV_ROOT: root, GOENV_OFFLINE: "1" },
  };
}

function mise({ home, bare, pinned, env }: World): Setup {
  const program = findOnPath("mise");
  if (program === undefined) return undefined;
  const data = join(home, "mise");
  installAt(join(data, "installs", "go", "1.22.6", "bin", "go"), bare);
  mkdirSync(join(data, "shims"), { recursive: true });
  symlinkSync(program, join(data, "shims", "go"));
  const own = {
    ...env,
    MISE_DATA_DIR: data,
    MISE_OFFLINE: "1",
    MISE_IDIOMATIC_VERSION_FILE_ENABLE_TOOLS: "go",
    MISE_TRUSTED_CONFIG_PATHS: home,
  };
  const works = spawnSync(join(data, "shims", "go"), { cwd: pinned, env: own }).status === 0;
  return works ? { command: [join(data, "shims", "go")], cwd: pinned, env: own } : undefined;
}

/** A real go that hands over to a `go1.99.0` on PATH because go.mod asks for it; gvt's shims are not in its way. */
function goSwitch({ home, bare, env }: World): Setup {
  const program = findOnPath("go");
  if (program === undefined) return undefined;
  const bin = join(home, "toolchains");
  installAt(join(bin, "go1.99.0"), bare);
  const module = join(home, "switching");
  mkdirSync(module);
  writeFileSync(join(module, "go.mod"), "module module.example/app\n\ngo 1.99.0\n");
  return {
    command: [program, "version"],
    cwd: module,
    env: { ...env, PATH: `${bin}:/usr/bin:/bin`, GOTOOLCHAIN: "path", GOENV: "off", GOFLAGS: "" },
  };
}

function installAt(path: string, bare: string): void {
  mkdirSync(join(path, ".."), { recursive: true });
  copyFileSync(bare, path);
}

export function findOnPath(name: string): string | undefined {
  const directories = (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((directory) => directory.startsWith("/"));
  return directories.map((directory) => join(directory, name)).find((path) => existsSync(path));
}
