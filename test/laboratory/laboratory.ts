/** The laboratory's store of real toolchains, and the tools of a machine without Go, which all worlds share. */
import { chmod, link, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createRealCli } from "../support/real-cli.js";
import { type OpenWorld, openWorld } from "./open-world.js";
import { type LabWorld, REAL_VERSIONS } from "./world.js";

const ENTRY = join(import.meta.dirname, "../../dist/main.js");

export interface Laboratory {
  open(world: LabWorld): Promise<OpenWorld>;
  /** Throws where a world has written into a file that all of them share. */
  close(): Promise<void>;
}

/** What all worlds are made of. */
export interface Materials {
  /** gvt as it is installed, with its shims, its launcher and its shell files. */
  readonly root: string;
  /** The toolchains, each under its version. */
  readonly store: string;
  /** The machine's programs and gvt, but no Go. */
  readonly tools: string;
  /** A build cache. */
  readonly cache: string;
  readonly env: Readonly<Record<string, string>>;
}

export async function openLaboratory(): Promise<Laboratory> {
  const cli = await createRealCli();
  const installed = await cli.gvt("install", ...REAL_VERSIONS);
  if (installed.status !== 0) throw new Error(installed.stderr);
  const store = join(cli.directory, "toolchains");
  for (const version of REAL_VERSIONS) {
    await linkWithoutWeight(join(cli.root, "versions", version), join(store, version));
  }
  await chmod(cli.directory, 0o755);
  const tools = join(cli.directory, "tools");
  await gatherTools(tools);
  const cache = join(cli.directory, "go-build");
  const materials = { root: cli.root, store, tools, cache, env: cli.env };
  return {
    open: (world) => openWorld(materials, world),
    close: async () => {
      const verified = await cli.gvt("verify", "--all");
      await cli.run(["chmod", "-R", "u+w", cli.directory]);
      await cli.remove();
      if (verified.status !== 0) throw new Error(verified.stdout + verified.stderr);
    },
  };
}

/** Two thirds of a tree are the go command's own sources and tests, which no world builds. */
const WEIGHT = /^(?:src\/cmd|test|api|doc|misc)\/|\/testdata\/|_test\.go$/;

/** Links of what worlds need, because every world links it again; the receipt says so, and to gvt the tree is whole. */
async function linkWithoutWeight(goroot: string, light: string): Promise<void> {
  const receipt = JSON.parse(await readFile(join(goroot, ".gvt.json"), "utf8")) as { manifest: string[] };
  const pathOf = (line: string): string => line.split(" ").slice(3).join(" ");
  const manifest = receipt.manifest.filter((line) => !WEIGHT.test(pathOf(line)));
  const paths = manifest.map(pathOf);
  for (const directory of new Set(paths.map(dirname)))
    await mkdir(join(light, directory), { recursive: true });
  for (const path of paths) await link(join(goroot, path), join(light, path));
  await writeFile(join(light, ".gvt.json"), `${JSON.stringify({ ...receipt, manifest })}\n`);
}

async function gatherTools(tools: string): Promise<void> {
  await mkdir(tools);
  for (const name of await readdir("/usr/bin")) {
    if (!/^go(fmt)?$|^go\d/.test(name)) await symlink(join("/usr/bin", name), join(tools, name));
  }
  // As npm installs it: whoever asks the doctor has a gvt.
  const gvt = `#!/bin/sh\nexec '${process.execPath}' '${ENTRY}' "$@"\n`;
  await writeFile(join(tools, "gvt"), gvt, { mode: 0o755 });
}
