/**
 * The static gate: types, lint and format, shell files, generated files. Every step runs, so that one
 * run shows all there is to mend.
 *
 *     npm run check
 */
import { spawnSync } from "node:child_process";

/** @type {readonly [string, readonly string[]][]} */
const STEPS = [
  ["types", ["node_modules/.bin/tsc"]],
  ["lint and format", ["node_modules/.bin/biome", "check", "--error-on-warnings", "."]],
  [
    "shell files",
    [
      "shellcheck",
      "-o",
      "all",
      "-e",
      "SC2250",
      "-s",
      "sh",
      "shims/shim.sh",
      "shims/env.sh",
      "scripts/install.sh",
      "scripts/test.sh",
    ],
  ],
  ["generated files", ["node", "scripts/run-ts.mjs", "scripts/docs.ts", "--check"]],
];

const failed = STEPS.filter(([name, [command = "", ...args]]) => {
  console.error(`--- ${name}`);
  return spawnSync(command, args, { stdio: "inherit" }).status !== 0;
});
if (failed.length > 0) {
  console.error(`\nfailed: ${failed.map(([name]) => name).join(", ")}`);
  process.exit(1);
}
