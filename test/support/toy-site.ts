/** A download site on the loopback with toy releases, a list that vouches for them, and a world to install them in. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Context } from "../../src/context.js";
import type { InstallEvent } from "../../src/install/events.js";
import { type InstallOutcome, installVersion } from "../../src/install/install.js";
import type { InstallRequest } from "../../src/install/job.js";
import { openSources } from "../../src/sources/sources.js";
import { type Site, startSite } from "./site.js";
import { buildToy, type Toy, type ToyOptions } from "./toy-archive.js";
import { createWorld, type World } from "./world.js";

export interface ToySite {
  readonly site: Site;
  readonly world: World;
  readonly root: string;
  /** As the CLI's environment would be: root, vouching list, and no network beyond the site. */
  readonly env: Readonly<Record<string, string>>;
  /** Puts a toy on the site, as an archive and as a module, and on the list. */
  add(options: ToyOptions): Promise<Toy>;
  /** The list as it stands, instead of what the toys added. */
  vouch(text: string): Promise<void>;
  context(env?: Readonly<Record<string, string>>): Promise<Context>;
  install(
    context: Context,
    toy: Toy,
    options?: Partial<InstallRequest> & { source?: string },
  ): Promise<InstallOutcome>;
  close(): Promise<void>;
}

export async function startToySite(): Promise<ToySite> {
  const site = await startSite();
  const world = await createWorld();
  const root = join(world.directory, "root");
  const list = join(world.directory, "SHA256SUMS");
  await writeFile(list, "");
  let checksums = "";
  const env = {
    GVT_ROOT: root,
    GVT_TRUST_CHECKSUMS: list,
    GOPROXY: `${site.url}/mod`,
    GOSUMDB: `sum.golang.org ${site.url}/sumdb`,
  };
  const toySite: ToySite = {
    site,
    world,
    root,
    env,
    async add(options) {
      const toy = buildToy(options);
      site.addArchive(toy.filename, toy.tarGz, "/dl");
      site.addFile(`/mod/golang.org/toolchain/@v/${toy.moduleVersion}.zip`, toy.zip, {
        etag: `"${toy.sha256.slice(0, 8)}"`,
      });
      site.addFile(
        `/mod/golang.org/toolchain/@v/${toy.moduleVersion}.info`,
        JSON.stringify({ Version: toy.moduleVersion, Time: "2024-08-06T00:00:00Z" }),
      );
      checksums += toy.checksums;
      await writeFile(list, checksums);
      return toy;
    },
    vouch: (text) => writeFile(list, text),
    context: (more = {}) =>
      world.context({ env: { ...env, ...more }, os: process.platform, arch: process.arch }),
    async install(context, toy, { source = `${site.url}/dl`, ...rest } = {}) {
      const sources = await openSources(context, { source, offline: false });
      return installVersion(context, {
        version: toy.version,
        sources: sources.list,
        log: undefined,
        ...rest,
      });
    },
    async close() {
      await site.close();
      await world.remove();
    },
  };
  return toySite;
}

/** The steps of an installation in their order, each once. */
export function collectSteps(): {
  readonly steps: string[];
  readonly onEvent: (event: InstallEvent) => void;
} {
  const steps: string[] = [];
  return {
    steps,
    onEvent: ({ step }) => {
      if (steps.at(-1) !== step) steps.push(step);
    },
  };
}
