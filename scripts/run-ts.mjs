/**
 * Runs a TypeScript script on every Node that gvt supports (the oldest cannot strip types by itself).
 *
 *     node scripts/run-ts.mjs scripts/bench.ts [ARG…]
 */
import { mkdirSync, rmSync } from "node:fs";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const [script, ...args] = process.argv.slice(2);
if (script === undefined) throw new Error("usage: node scripts/run-ts.mjs SCRIPT.ts [ARG…]");

const directory = resolve("node_modules/.cache/gvt-scripts");
const outfile = resolve(directory, `${basename(script, ".ts")}-${process.pid}.mjs`);
mkdirSync(directory, { recursive: true });
await build({
  entryPoints: [script],
  outfile,
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
});
process.argv = [process.argv[0] ?? "node", resolve(script), ...args];
try {
  await import(pathToFileURL(outfile).href);
} finally {
  rmSync(outfile, { force: true });
}
