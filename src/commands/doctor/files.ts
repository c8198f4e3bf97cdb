/** What `gvt doctor --fix` and `gvt doctor undo` show of the files that they change, and what they ask. */
import type { Context } from "../../context.js";
import type { OnRewrite } from "../../doctor/fix/apply.js";
import { renderDiff } from "../../doctor/fix/diff.js";
import type { LineChange, Row } from "../../doctor/fix/edit-lines.js";
import type { Obstacle } from "../../doctor/fix/plan.js";
import { EXIT_STATUS, GvtError } from "../../errors.js";
import { escapePath } from "../../go/escape.js";
import type { Output, Style } from "../../io/terminal.js";
import { type Arguments, isSet } from "../command.js";
import { showError } from "../error-text.js";

interface ShownFile {
  readonly path: string;
  readonly rows: readonly Row[];
}

const STYLES: Readonly<Record<string, Style>> = { "-": "red", "+": "green", "@": "cyan" };

/** As `diff -u` prints them: on stdout where they are the answer, in colour where they are what is asked about. */
export function showDiffs(output: Output, files: readonly ShownFile[], stream: "stdout" | "stderr"): void {
  for (const line of files.flatMap(({ path, rows }) => renderDiff(path, rows))) {
    const style = STYLES[line.charAt(0)];
    if (stream === "stdout") output.print(line);
    else output.note(style ? output.style(style, line) : line);
  }
}

/** Files that stay as they are, and why. */
export function showObstacles(output: Output, obstacles: readonly Obstacle[]): void {
  for (const { path, reason } of obstacles) {
    const message = `\`${escapePath(path)}\` stays as it is: ${escapePath(reason)}`;
    showError(new GvtError("DISK", message), output);
  }
}

/** What a file system refused is a failure of its own; what people changed meanwhile is an answer. */
export function obstacleStatus(obstacles: readonly Obstacle[]): number | undefined {
  return obstacles.some(({ kind }) => kind === "refused") ? EXIT_STATUS.DISK : undefined;
}

/** True where `--yes` or a person says so. Throws `USAGE` where nobody is there to say it. */
export async function agree(
  { output, signal }: Pick<Context, "output" | "signal">,
  args: Arguments,
  { question, command }: { readonly question: string; readonly command: string },
): Promise<boolean> {
  if (isSet(args, "yes")) return true;
  const answer = await output.confirm(question, signal);
  if (answer === undefined) throw nobodyToAsk(command);
  if (!answer) output.note("nothing was changed");
  return answer;
}

/** One line for each file, when it is done. */
export function announce(output: Output, done: string): OnRewrite {
  return (event) => {
    if (event.step === "replaced") output.note(`${done} ${escapePath(event.path)}`);
  };
}

/** The same for programs. */
export function describeFiles(
  files: readonly { readonly path: string; readonly changes: readonly LineChange[] }[],
): { path: string; changes: readonly LineChange[] }[] {
  return files.map(({ path, changes }) => ({ path, changes }));
}

function nobodyToAsk(command: string): GvtError {
  return new GvtError("USAGE", "there is no terminal to ask on, so nothing was changed", {
    hint: `\`${command} --yes\` changes without asking`,
  });
}
