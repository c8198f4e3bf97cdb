/**
 * Builds dist/: the CLI as one bundled entry with chunks that load where they are used, and the shell files verbatim.
 *
 *     node scripts/build.mjs
 */
import { cpSync, readFileSync, rmSync } from "node:fs";
import { build } from "esbuild";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const dist = new URL("../dist/", import.meta.url).pathname;

// Bundled CommonJS packages call require() for Node's own modules.
const requireForBundledPackages =
  'import { createRequire as __createRequire } from "node:module";const require=__createRequire(import.meta.url);';

rmSync(dist, { recursive: true, force: true });
await build({
  entryPoints: ["src/main.ts"],
  outdir: dist,
  bundle: true,
  splitting: true,
  minify: true,
  platform: "node",
  target: "node20.19",
  format: "esm",
  chunkNames: "[name]-[hash]",
  define: { GVT_VERSION: JSON.stringify(version) },
  banner: { js: requireForBundledPackages },
  legalComments: "linked",
  logLevel: "warning",
});
cpSync("shims", `${dist}shims`, { recursive: true });
