/** `gvt which`: the file that runs. */
import { join } from "node:path";
import type { Context } from "../context.js";
import { GvtError } from "../errors.js";
import { escapePath, escapeText } from "../go/escape.js";
import { isProgram } from "../io/files.js";
import type { Selection } from "../select/selection.js";
import { listInstalled } from "../store/store.js";
import { type Command, isSet } from "./command.js";

export const which: Command = {
  name: "which",
  summary: "print the path of the program that runs here",
  operands: "[PROGRAM]",
  arity: [0, 1],
  options: {
    all: { type: "boolean", alias: "a", summary: "every other one too: of installed versions, then of PATH" },
    json: { type: "boolean", summary: "print JSON" },
  },
  examples: [
    { command: "gvt which", summary: "the `go` that runs here" },
    { command: "gvt which gofmt", summary: "another program of the toolchain" },
    { command: "gvt which -a go", summary: "every `go` there is, the one that runs first" },
  ],
  run: async (context, args) => {
    const { output } = context;
    const program = args.words[0] ?? "go";
    if (!/^[\w.+-]+$/.test(program) || program.startsWith("-")) throw notAProgram(program);
    const first = await findProgram(context, program);
    const others = isSet(args, "all") || first === undefined ? await listPrograms(context, program) : [];
    if (first === undefined) throw programNotFound(program, others);
    const paths = isSet(args, "all") ? [...new Set([first, ...others])] : [first];
    if (isSet(args, "json")) output.print(JSON.stringify({ program, paths }));
    else for (const path of paths) output.print(path);
    return 0;
  },
};

/** The program of the selected toolchain, or of the system where that is selected. */
async function findProgram(context: Context, program: string): Promise<string | undefined> {
  const [{ select }, { missingError, noSystemError }, { findSystemProgram }] = await Promise.all([
    import("../select/select.js"),
    import("../select/selection.js"),
    import("../select/system.js"),
  ]);
  const selection: Selection = select(context);
  if (selection.kind === "missing") throw missingError(selection);
  if (selection.kind === "system") {
    if (selection.program === undefined) throw noSystemError(selection);
    return findSystemProgram(context, program);
  }
  const path = join(selection.goroot, "bin", program);
  return isProgram(path) ? path : undefined;
}

/** Of installed versions, newest first, then those along PATH that are not gvt's. */
async function listPrograms({ layout, env }: Context, program: string): Promise<string[]> {
  const { findSystemProgram } = await import("../select/system.js");
  const versions = listInstalled(layout).toReversed();
  const installed = versions.map((version) => {
    const path = join(layout.goroot(version), "bin", program);
    return isProgram(path) ? path : undefined;
  });
  const onPath = (env["PATH"] ?? "")
    .split(":")
    .map((directory) => findSystemProgram({ layout, env: { PATH: directory } }, program));
  return [...installed, ...onPath].filter((path) => path !== undefined);
}

function notAProgram(text: string): GvtError {
  return new GvtError("USAGE", `\`${escapeText(text)}\` is no name of a program`);
}

function programNotFound(program: string, elsewhere: readonly string[]): GvtError {
  return new GvtError("PROGRAM_NOT_FOUND", `the Go that runs here has no program \`${program}\``, {
    ...(elsewhere.length > 0 && { facts: { elsewhere: elsewhere.map(escapePath).join(", ") } }),
    hint:
      elsewhere.length > 0
        ? undefined
        : `\`go install\` puts tools into GOBIN; \`command -v ${program}\` finds them on PATH`,
  });
}
