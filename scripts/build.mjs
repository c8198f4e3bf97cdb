/**
 * Builds dist/: the CLI in five files, and the shell files verbatim.
 *
 *     node scripts/build.mjs
 *
 * `main.js` is the process edge and loads `cli-<hash>.js`, which every command needs. `obtain-<hash>.js`, with the
 * network, the archive formats and the log, `doctor-<hash>.js`, and `quick-<hash>.js`, the little of it that a shell's
 * start needs, are loaded by the commands that need them. CommonJS, because loading an ES module costs Node milliseconds more; few self-contained
 * files, because every further one costs most of a millisecond.
 */
import { createHash } from "node:crypto";
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const top = fileURLToPath(new URL("..", import.meta.url));
const dist = `${top}dist/`;

/**
 * Bundles one entry; resolves to the name of its file. A hash in it says which text it is: an older CLI keeps finding
 * its own parts, and what V8 keeps compiled of a file belongs to that very text.
 *
 * @param {string} name @param {string} entry
 * @param {{ define?: Record<string, string>, plugins?: import("esbuild").Plugin[], hashed?: boolean }} [options]
 */
async function bundle(name, entry, { define = {}, plugins = [], hashed = true } = {}) {
  const outfile = `${dist}${name}.js`;
  await build({
    absWorkingDir: top,
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node20.19",
    format: "cjs",
    // As require(): a script that V8 takes from its cache cannot import, and Node's ES loader need not start.
    supported: { "dynamic-import": false },
    define: { "import.meta.url": "__importMetaUrl", ...define },
    // yargs-parser is an ES module that asks where it is.
    banner: { js: 'const __importMetaUrl=require("node:url").pathToFileURL(__filename).href;' },
    plugins,
    legalComments: "linked",
    logLevel: "warning",
  });
  const text = readFileSync(outfile);
  // They are read as such. esbuild escapes what stands in strings, and leaves regular expressions as they are.
  if (text.some((byte) => byte > 0x7f)) throw new Error(`${name}.js is not ASCII`);
  if (!hashed) return `${name}.js`;
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 12);
  renameSync(outfile, `${dist}${name}-${hash}.js`);
  return `${name}-${hash}.js`;
}

rmSync(dist, { recursive: true, force: true });
const obtain = await bundle("obtain", "src/commands/obtain.ts");
const doctor = await bundle("doctor", "src/commands/doctor/run.ts");
const quick = await bundle("quick", "src/commands/doctor/quick.ts");
/** @type {Readonly<Record<string, string>>} */
const apart = { "obtain.js": obtain, "doctor/run.js": doctor, "doctor/quick.js": quick };
/** @type {import("esbuild").Plugin} */
const standApart = {
  name: "bundles of their own",
  setup: ({ onResolve }) => {
    onResolve({ filter: /./ }, ({ kind, path }) => {
      const file = kind === "dynamic-import" ? apart[path.replace(/^\.\//, "")] : undefined;
      return file === undefined ? undefined : { path: `./${file}`, external: true };
    });
  },
};
const cli = await bundle("cli", "src/cli.ts", { plugins: [standApart] });
const define = { GVT_VERSION: JSON.stringify(version), CLI_FILE: JSON.stringify(cli) };
await bundle("main", "src/main.ts", { define, hashed: false });
writeFileSync(`${dist}package.json`, '{ "type": "commonjs" }\n');
cpSync(`${top}shims`, `${dist}shims`, { recursive: true });
