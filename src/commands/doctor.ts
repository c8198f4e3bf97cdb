/** `gvt doctor`: why this Go is broken, where that was set, and what to type. */
import { type Command, isSet } from "./command.js";

export const doctor: Command = {
  name: "doctor",
  summary: "tell what is wrong with Go here, where it was set, and what to type",
  operands: "[explain ID | path | undo | MESSAGE | DIR]",
  arity: [0, 2],
  description:
    "Looks at the environment, PATH, start-up files, toolchains, caches and this repository; runs nothing and does not use the network. " +
    "With --fix it makes the edits that its remedies ask for, after showing them, and keeps a backup; `undo` takes the last fix back.",
  options: {
    json: { type: "boolean", summary: "print JSON, as --format json" },
    format: { type: "string", value: "FORMAT", summary: "text, json, sarif, markdown or html" },
    save: {
      type: "string",
      value: "FILE|-",
      summary: "save what was seen, without secrets, for a bug report",
    },
    from: { type: "string", value: "FILE", summary: "report on what another gvt saved" },
    only: { type: "string", value: "ID,…", summary: "run only these checks" },
    fix: { type: "boolean", summary: "make the edits that remedies ask for, after a look at them" },
    "dry-run": {
      type: "boolean",
      summary: "with --fix or undo: print the edits as a diff, and change nothing",
    },
    yes: { type: "boolean", alias: "y", summary: "with --fix or undo: change without asking" },
    strict: { type: "boolean", summary: "exit with 1 for warnings too" },
    repo: { type: "boolean", summary: "look at the repository at DIR, or around here, and map its modules" },
    pid: { type: "string", value: "N", summary: "what process N sees, against what is seen here (Linux)" },
    quick: { type: "boolean", summary: "for a shell's start: a few checks, silent where all is well" },
    baseline: { type: "string", value: "FILE", summary: "pass over the findings that FILE knows" },
    "write-baseline": { type: "string", value: "FILE", summary: "make FILE know the findings of now" },
  },
  examples: [
    { command: "gvt doctor", summary: "look at everything" },
    { command: "gvt doctor explain goroot-env-mismatch", summary: "the manual page of a check" },
    {
      command: "gvt doctor path",
      summary: "PATH in order: who put each entry there, what it wins and hides",
    },
    { command: "gvt doctor --format markdown", summary: "a report to paste into an issue" },
    { command: "gvt doctor --fix", summary: "mend what can be mended safely, after a look at it" },
    { command: "gvt doctor --repo", summary: "what the files of this repository say about Go" },
    { command: "gvt doctor undo", summary: "take the last fix back" },
    { command: 'gvt doctor "go: no such tool \\"compile\\""', summary: "look for the causes of a message" },
  ],
  run: async (context, args) =>
    isSet(args, "quick") && !isSet(args, "json")
      ? (await import("./doctor/quick.js")).examineQuickly(context, args)
      : (await import("./doctor/run.js")).runDoctor(context, args),
};
