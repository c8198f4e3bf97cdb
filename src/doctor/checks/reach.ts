/** Checks of whether a shell finds a `go` at all, and gvt's among them. */
import { formatGoVersion, parseGoVersion } from "../../go/version.js";
import { about, type Check, type Observation } from "../check.js";
import type { Facts } from "../facts.js";
import type { Step } from "../remedy.js";
import { entryEvidence, fileEvidence, initSteps, originEvidence } from "./common.js";

export const REACH_CHECKS: readonly Check[] = [
  {
    id: "go-not-found",
    priority: 0,
    severity: "error",
    title: "PATH has no `go`",
    yieldsTo: ["go-not-executable", "shims-not-on-path", "path-goroot-without-bin"],
    run: (facts) => {
      const first = facts.findProgram("go");
      if (first)
        return first.program.owner === "gvt-shim" && lacksSystem(facts) ? [observeNoSystem(facts)] : [];
      const { path } = facts.snapshot;
      return [
        {
          summary: "no directory on PATH holds a program `go`",
          about: [about.program("go")],
          evidence: [{ seen: `PATH has ${path.length} entries`, at: { kind: "variable", name: "PATH" } }],
          remedy: {
            summary: "install a Go and let this shell find it",
            steps: [
              ...(facts.selection?.kind === "missing"
                ? [{ kind: "run", command: "gvt install" } as const]
                : stepsToDecide(facts)),
              ...initSteps(facts),
            ],
          },
        },
      ];
    },
  },
  {
    id: "shims-not-on-path",
    priority: 0,
    severity: "error",
    title: "gvt's shims are not on PATH",
    run: (facts) => {
      const { installed, shims } = facts.snapshot.root;
      if (installed.length === 0 || facts.ownPosition !== undefined) return [];
      const blocks = facts.snapshot.startupFiles.filter(({ gvtLine }) => gvtLine !== undefined);
      return [
        {
          summary: `${shims} is not on PATH, so version files decide nothing`,
          about: [about.directory(shims), about.program("go")],
          evidence: [
            { seen: `no entry of PATH leads to ${shims}`, at: { kind: "variable", name: "PATH" } },
            ...blocks.map(({ path, gvtLine }) =>
              fileEvidence(path, "gvt's line is here, this shell did not run it", gvtLine),
            ),
          ],
          remedy: {
            summary:
              blocks.length > 0
                ? "start a new shell, or read gvt's shell file in this one"
                : "let your shell start with gvt",
            steps: [...stepsToDecide(facts), ...initSteps(facts, blocks.length === 0)],
          },
        },
      ];
    },
  },
];

/** It is the system's Go that is to run, and there is none. */
function lacksSystem({ selection }: Facts): boolean {
  return selection?.kind === "system" && selection.program === undefined;
}

function observeNoSystem(facts: Facts): Observation {
  const shim = facts.findProgram("go");
  const isUndecided = facts.selection?.origin.kind === "nothing";
  return {
    summary: isUndecided
      ? "no version is decided here, and PATH has no `go` besides gvt's own"
      : "`system` is decided here, and PATH has no `go` besides gvt's own",
    about: [about.program("go")],
    evidence: [
      ...originEvidence(facts),
      ...(shim ? [entryEvidence(shim, "gvt's shim, which finds nothing to run")] : []),
    ],
    remedy: { summary: "decide for a version", steps: stepsToDecide(facts) },
  };
}

/** Where nothing but the system's Go is decided, and there is none. */
function stepsToDecide(facts: Facts): Step[] {
  const { snapshot, selection } = facts;
  if (!lacksSystem(facts)) return [];
  const installed = snapshot.root.installed.map(parseGoVersion);
  const newest = installed.findLast(({ prerelease }) => !prerelease) ?? installed.at(-1);
  const version = newest ? formatGoVersion(newest) : "latest";
  const isPinned = selection?.basis === "pin";
  return [
    ...(snapshot.env["GVT_VERSION"] ? [{ kind: "unset", variable: "GVT_VERSION" } as const] : []),
    { kind: "run", command: `gvt ${isPinned ? "local" : "global"} ${version}` },
  ];
}
