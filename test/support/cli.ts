/**
 * gvt as shipped, in a sandbox: the built CLI behind the real launcher, and a download site on the loopback whose toy
 * releases a list of the user's own vouches for, so that an install takes no time.
 */
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll } from "vitest";
import { createSandbox, type RunResult, type Sandbox, type SandboxSpec } from "./sandbox.js";
import { HERE, type Toy } from "./toy-archive.js";
import { startToySite, type ToySite } from "./toy-site.js";

const ENTRY = join(import.meta.dirname, "../../dist/main.js");

export interface Cli extends Sandbox {
  /** `$ROOT/bin/gvt`. */
  readonly launcher: string;
  readonly toys: ToySite;
  gvt(...args: readonly string[]): Promise<RunResult>;
  /** Puts toy releases on the site, which then has these in its index, newest first. */
  offer(...versions: readonly string[]): Promise<readonly Toy[]>;
  /** What a file says, named as in `SandboxSpec.files`; undefined where there is none. */
  read(name: string): Promise<string | undefined>;
}

/** `spec.env` wins over the site's. The build must be there: `npm run build`. */
export async function createCli(spec: SandboxSpec = {}): Promise<Cli> {
  const toys = await startToySite();
  const { GVT_ROOT: _, ...siteEnv } = toys.env;
  const env = { ...siteEnv, GVT_SOURCE: `${toys.site.url}/dl`, ...spec.env };
  const sandbox = await createSandbox({ ...spec, env });
  const launcher = join(sandbox.root, "bin/gvt");
  freshRoot ??= installFresh();
  await cp(await freshRoot, sandbox.root, { recursive: true, verbatimSymlinks: true });
  return {
    ...sandbox,
    launcher,
    toys,
    gvt: (...args) => sandbox.run([launcher, ...args]),
    async offer(...versions) {
      const offered = await Promise.all(versions.map((version) => toys.add({ version })));
      toys.site.addIndex(offered.map(indexEntryOf), "/dl");
      return offered;
    },
    read: (name) => readFile(sandbox.path(name), "utf8").catch(() => undefined),
    async remove() {
      await toys.close();
      await sandbox.remove();
    },
  };
}

function indexEntryOf({ filename, sha256, tarGz, version }: Toy) {
  const name = filename.slice(0, filename.indexOf(`.${HERE.os}`));
  return {
    version: name,
    stable: version.prerelease === undefined,
    files: [{ filename, ...HERE, version: name, sha256, size: tarGz.length, kind: "archive" }],
  };
}

/** What `gvt rehash` writes, once for all sandboxes of a test file: nothing in it depends on where it lies. */
let freshRoot: Promise<string> | undefined;

async function installFresh(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "gvt-fresh-"));
  await promisify(execFile)(process.execPath, [ENTRY, "rehash"], { env: { GVT_ROOT: directory } });
  return directory;
}

afterAll(async () => {
  if (freshRoot) await rm(await freshRoot, { recursive: true });
});
