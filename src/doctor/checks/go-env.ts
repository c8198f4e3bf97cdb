/** Checks of the go-env file and of Go's variables in the environment. */
import { escapeText } from "../../go/escape.js";
import { about, type Check, type Observation } from "../check.js";
import type { Facts } from "../facts.js";
import { findFlagsFault } from "../go-flags.js";
import { isGoVariable } from "../go-variables.js";
import { evidenceOf, evidenceOfVariable, stepsToClear, stepsToDrop, stepsToUnset } from "../settings.js";
import { fileEvidence } from "./common.js";

const TARGETS = ["GOOS", "GOARCH"] as const;

export const GO_ENV_CHECKS: readonly Check[] = [
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
    id: "goenv-cross-target",
    priority: 0,
    severity: "warning",
    title: "`go env -w` makes every build one for another machine",
    run: (facts) =>
      TARGETS.flatMap((name): Observation[] => {
        const setting = facts.settings.get(name);
        const { path } = facts.snapshot.goEnvFile;
        if (!setting?.value || setting.value === hostValue(facts, name) || path === undefined) return [];
        return [
          {
            summary: `${path} sets ${name}=${escapeText(setting.value)}, and this machine is ${hostValue(facts, name)}`,
            about: [about.variable(name)],
            evidence: [fileEvidence(path, `${name}=${escapeText(setting.value)}`, setting.line)],
            remedy: {
              summary: "delete that line; set it for single commands",
              steps: stepsToDrop(facts, name),
            },
          },
        ];
      }),
  },
  {
    id: "stray-goos-goarch",
    priority: 0,
    severity: "warning",
    title: "this shell builds for another machine",
    run: (facts) =>
      TARGETS.flatMap((name): Observation[] => {
        const value = facts.snapshot.env[name];
        if (!value || value === hostValue(facts, name)) return [];
        return [
          {
            ...(facts.snapshot.env["CI"] && { severity: "info" }),
            summary: `${name} is ${escapeText(value)}, and this machine is ${hostValue(facts, name)}`,
            about: [about.variable(name)],
            evidence: evidenceOfVariable(facts, name),
            remedy: {
              summary: `unset it; \`${name}=${escapeText(value)} go build\` sets it for one command`,
              steps: stepsToUnset(facts, name),
            },
          },
        ];
      }),
  },
  {
    id: "goflags-invalid",
    priority: 0,
    severity: "error",
    title: "GOFLAGS stops every go command",
    run: (facts) => {
      const { value } = facts.effective("GOFLAGS");
      const minor = facts.selected?.version.minor;
      if (value === "" || minor === undefined) return [];
      const faultOf = (text: string): string | undefined => findFlagsFault(text, minor);
      const fault = faultOf(value);
      if (fault === undefined) return [];
      const isBad = (text: string): boolean => faultOf(text) !== undefined;
      return [
        {
          summary: `GOFLAGS is ${escapeText(value)}: ${escapeText(fault)}`,
          about: [about.variable("GOFLAGS")],
          evidence: evidenceOf(facts, "GOFLAGS", isBad),
          remedy: {
            summary: "take it back, or mend the entry",
            steps: stepsToClear(facts, "GOFLAGS", isBad),
          },
        },
      ];
    },
  },
];

function hostValue({ snapshot }: Facts, name: (typeof TARGETS)[number]): string {
  return name === "GOOS" ? snapshot.platform.os : snapshot.platform.arch;
}
