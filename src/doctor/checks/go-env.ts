/** Checks of what the file that `go env -w` writes says. */
import { escapeText } from "../../go/escape.js";
import { about, type Check, type Observation } from "../check.js";
import { findGoEnvFaults, type LineFault } from "../go-env-faults.js";
import { isGoVariable, NEWEST_LINE } from "../go-variables.js";
import type { Step } from "../remedy.js";
import { evidenceOfVariable, stepsToDrop } from "../settings.js";
import { fileEvidence } from "./common.js";

/** So many lines are shown; all are mended. */
const MAX_SHOWN = 5;

export const GO_ENV_CHECKS: readonly Check[] = [
  {
    id: "goenv-file-malformed",
    priority: 1,
    severity: "warning",
    title: "Go does not read a line of the go-env file as it was meant",
    run: (facts) => {
      const { goEnvFile, user, env } = facts.snapshot;
      const { path, text } = goEnvFile;
      const isOverridden = (variable: string): boolean => Boolean(env[variable]);
      // Of a newer line nobody knows yet what it knows.
      const isNew = (facts.selected?.version.minor ?? NEWEST_LINE) > NEWEST_LINE;
      const isKnown = (variable: string): boolean => isNew || isGoVariable(variable);
      const faults = findGoEnvFaults({ text, home: user.home, isKnown, isOverridden });
      const worst = faults.find(({ harmless }) => !harmless) ?? faults[0];
      if (!worst || path === undefined) return [];
      const others = faults.length > 1 ? `, and ${faults.length - 1} more` : "";
      return [
        {
          severity: worst.harmless ? "info" : "warning",
          summary: `${path}:${worst.line}: ${escapeText(worst.fault)}${others}`,
          about: [about.file(path), ...faults.flatMap(subjectsOf)],
          evidence: faults
            .slice(0, MAX_SHOWN)
            .map(({ line, before, fault }) => fileEvidence(path, `${escapeText(before)} — ${fault}`, line)),
          remedy: {
            summary: "write these lines as Go reads them, and take out those that say nothing",
            steps: faults.map(
              ({ line, before, after }): Step => ({ kind: "edit", path, line, before, after }),
            ),
          },
        },
      ];
    },
  },
  {
    id: "goenv-file-overridden",
    priority: 0,
    severity: "warning",
    title: "a variable hides what `go env -w` has set",
    yieldsTo: [
      "goroot-in-goenv-file",
      "goroot-env-missing-dir",
      "goroot-env-mismatch",
      "rc-exports-go-vars",
      "gotoolchain-invalid",
      "gotoolchain-forces-version",
      "gobin-relative",
      "gobin-is-shims-or-goroot",
      "gopath-invalid",
      "goenv-cross-target",
      "stray-goos-goarch",
      "goflags-invalid",
      "gocache-invalid",
      "goos-goarch-invalid",
      "go111module-off",
      "goflags-risky",
      "goexperiment-invalid",
    ],
    run: (facts) =>
      [...facts.settings].flatMap(([name, setting]) => {
        const exported = facts.snapshot.env[name];
        const { path } = facts.snapshot.goEnvFile;
        if (!exported || exported === setting.value || path === undefined || !isGoVariable(name)) return [];
        return [
          {
            summary: `${name} is set twice: the environment's ${escapeText(exported)} hides that of \`go env -w\``,
            about: [about.variable(name)],
            evidence: [
              ...evidenceOfVariable(facts, name),
              fileEvidence(path, `${name}=${escapeText(setting.value)}`, setting.line),
            ],
            remedy: {
              summary: "keep one; the environment's is the one that works now",
              steps: stepsToDrop(facts, name),
            },
          },
        ];
      }),
  },
  {
    id: "empty-var-noop",
    priority: 2,
    severity: "info",
    title: "an empty variable does not hide what `go env -w` has set",
    run: (facts) =>
      [...facts.settings].flatMap(([name, setting]): Observation[] => {
        const { path } = facts.snapshot.goEnvFile;
        if (facts.snapshot.env[name] !== "" || !setting.value || path === undefined || !isGoVariable(name))
          return [];
        return [
          {
            summary: `${name} is set to nothing, and Go takes the value of ${path}`,
            about: [about.variable(name)],
            evidence: [
              ...evidenceOfVariable(facts, name),
              fileEvidence(path, `${name}=${escapeText(setting.value)}`, setting.line),
            ],
            remedy: {
              summary: "delete the line if the variable is to have no value",
              steps: stepsToDrop(facts, name),
            },
          },
        ];
      }),
  },
];

/** Findings about a variable that a line without effect names have another cause. */
function subjectsOf({ variable, harmless }: LineFault): string[] {
  return harmless || variable === undefined ? [] : [about.variable(variable)];
}
