/** Programs of the tests that run a part of gvt in a process of its own, to be killed or run as somebody else. */
import { chmod, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

/** Resolves to a new directory with the program as one file, which other users may run too. */
export async function buildDriver(entry: URL): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "gvt-driver-"));
  await chmod(directory, 0o755);
  await build({
    entryPoints: [entry.pathname],
    outdir: directory,
    bundle: true,
    platform: "node",
    target: "node20.19",
    format: "esm",
    banner: { js: 'import { createRequire as c } from "node:module"; const require = c(import.meta.url);' },
    logLevel: "error",
  });
  await writeFile(join(directory, "package.json"), '{"type":"module"}');
  return directory;
}
