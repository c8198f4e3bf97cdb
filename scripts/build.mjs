/**
 * Builds dist/: the CLI in two files, and the shell files verbatim.
 *
 *     node scripts/build.mjs
 *
 * `main.js` is what every command loads; `obtain.js`, eight times its size, holds the network, the archive formats and
 * the log, and is loaded by the commands that need them. CommonJS, because loading an ES module costs Node 5 ms more;
 * two self-contained files, because every further file costs most of a millisecond.
 */
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const dist = new URL("../dist/", import.meta.url).pathname;

/** @type {import("esbuild").Plugin} */
const obtainStandsApart = {
  name: "obtain stands apart",
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/obtain\.js$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./obtain.js", external: true } : undefined,
    );
  },
};

rmSync(dist, { recursive: true, force: true });
await build({
  entryPoints: { main: "src/main.ts", obtain: "src/commands/obtain.ts" },
  outdir: dist,
  bundle: true,
  minify: true,
  platform: "node",
  target: "node20.19",
  format: "cjs",
  define: { GVT_VERSION: JSON.stringify(version), "import.meta.url": "__importMetaUrl" },
  // yargs-parser is an ES module that asks where it is.
  banner: { js: 'const __importMetaUrl=require("node:url").pathToFileURL(__filename).href;' },
  plugins: [obtainStandsApart],
  legalComments: "linked",
  logLevel: "warning",
});
writeFileSync(`${dist}package.json`, '{ "type": "commonjs" }\n');
cpSync("shims", `${dist}shims`, { recursive: true });
