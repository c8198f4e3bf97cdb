/**
 * Fixes, or undoes, in a process of its own, for tests that kill it: `node fix-driver.js fix PATH:LINE:BEFORE…` or
 * `node fix-driver.js undo`. `KILL_AT=staged:2` makes it kill itself at the second event of that kind. Prints what came
 * of it as JSON.
 */
import { createContext } from "../../../src/context.js";
import { applyFix, type OnRewrite } from "../../../src/doctor/fix/apply.js";
import { planFix } from "../../../src/doctor/fix/plan.js";
import { applyUndo, planUndo } from "../../../src/doctor/fix/undo.js";
import { isGvtError } from "../../../src/errors.js";
import { createOutput } from "../../../src/io/terminal.js";
import { deletion, findingWith } from "./edits.js";

const [command, ...words] = process.argv.slice(2);
const { stdin, stdout, stderr } = process;
const context = await createContext({
  env: process.env,
  cwd: () => "/",
  os: process.platform,
  arch: process.arch,
  homedir: () => "/nonexistent",
  output: createOutput({ stdin: () => stdin, stdout, stderr, colour: false, debug: false }),
  signal: new AbortController().signal,
  self: { pid: process.pid, node: process.execPath, dist: "/nonexistent", version: "1.2.3" },
});

const [step, count] = (process.env["KILL_AT"] ?? "").split(":");
let left = Number(count);
const onEvent: OnRewrite = (event) => {
  if (event.step !== step) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, "SIGKILL");
};

async function run() {
  if (command === "undo") {
    const { fix, files, obstacles } = await planUndo(context.layout);
    const applied = fix && (await applyUndo(context, fix, files, onEvent));
    return {
      number: fix?.number,
      changed: applied?.changed,
      obstacles: [...obstacles, ...(applied?.obstacles ?? [])],
    };
  }
  const edits = words.map((word) => {
    const [path = "", line, ...before] = word.split(":");
    return deletion(path, Number(line), before.join(":"));
  });
  const plan = await planFix([findingWith(...edits)]);
  const applied = await applyFix(context, plan, onEvent);
  return { ...applied, obstacles: [...plan.obstacles, ...applied.obstacles] };
}

try {
  stdout.write(JSON.stringify(await run()));
} catch (error) {
  if (!isGvtError(error)) throw error;
  stdout.write(JSON.stringify({ code: error.code, message: error.message }));
}
