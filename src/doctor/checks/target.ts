/** Checks of the machine that builds are for, and of the C compiler that builds for this one need. */
import { escapeText } from "../../go/escape.js";
import { formatPlatform } from "../../go/platform.js";
import { about, type Check, type Observation } from "../check.js";
import type { Facts } from "../facts.js";
import { splitQuoted } from "../go-flags.js";
import { isBuildTarget } from "../go-platforms.js";
import type { Step } from "../remedy.js";
import { evidenceOf, evidenceOfVariable, stepsToClear, stepsToDrop, stepsToUnset } from "../settings.js";
import { fileEvidence } from "./common.js";

const TARGETS = ["GOOS", "GOARCH"] as const;
type Target = (typeof TARGETS)[number];

/** The first line that does without cgo where the compiler is missing and nobody has asked for it. */
const CGO_IS_OPTIONAL = 20;
/** Where the compiler that Go was built to use is clang; elsewhere it is gcc. */
const USE_CLANG: readonly string[] = ["darwin", "freebsd", "openbsd"];

export const TARGET_CHECKS: readonly Check[] = [
  {
    id: "goos-goarch-invalid",
    priority: 1,
    severity: "error",
    title: "Go does not build for this GOOS and GOARCH",
    yieldsTo: ["goenv-file-malformed"],
    run: (facts) => {
      const target = targetOf(facts);
      const minor = facts.selected?.version.minor;
      if (minor === undefined || isBuildTarget(target, minor) !== false) return [];
      const foreign = TARGETS.filter((name) => facts.effective(name).value !== hostValue(facts, name));
      return [
        {
          summary: `Go 1.${minor} does not build for ${escapeText(formatPlatform(target))}`,
          about: foreign.map(about.variable),
          evidence: foreign.flatMap((name) => evidenceOf(facts, name, isForeign(facts, name))),
          remedy: {
            summary: "take it back; `go tool dist list` shows the pairs that there are",
            steps: stepsToBuildHere(facts),
          },
        },
      ];
    },
  },
  {
    id: "goenv-cross-target",
    priority: 0,
    severity: "warning",
    title: "`go env -w` makes every build one for another machine",
    yieldsTo: ["goenv-file-malformed", "goos-goarch-invalid"],
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
    yieldsTo: ["goos-goarch-invalid"],
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
    id: "gobin-blocks-cross-install",
    priority: 1,
    severity: "warning",
    title: "with GOBIN set, `go install` refuses to build for another machine",
    yieldsTo: ["goos-goarch-invalid", "goenv-cross-target", "stray-goos-goarch"],
    run: (facts) => {
      const target = targetOf(facts);
      const foreign = TARGETS.filter((name) => facts.effective(name).value !== hostValue(facts, name));
      if (facts.effective("GOBIN").value === "" || foreign.length === 0) return [];
      return [
        {
          // A job that builds for other machines need not install anything.
          ...(facts.snapshot.env["CI"] && { severity: "info" }),
          summary: `GOBIN is set, so \`go install\` refuses to build for ${escapeText(formatPlatform(target))}`,
          about: [about.variable("GOBIN"), ...foreign.map(about.variable)],
          evidence: [
            ...evidenceOf(facts, "GOBIN"),
            ...foreign.flatMap((name) => evidenceOf(facts, name, isForeign(facts, name))),
          ],
          remedy: {
            summary: "build for this machine; `go build -o FILE` builds for others",
            steps: stepsToBuildHere(facts),
          },
        },
      ];
    },
  },
  {
    id: "cgo-no-compiler",
    priority: 1,
    severity: "warning",
    title: "the C compiler that cgo needs is not on PATH",
    run: (facts) => {
      const { snapshot, effective, selected } = facts;
      const enabled = effective("CGO_ENABLED").value;
      if (!selected || enabled === "0") return [];
      if (formatPlatform(targetOf(facts)) !== formatPlatform(snapshot.platform)) return [];
      const names = listCompilers(facts);
      // Of a compiler that is named by its path nothing is known here.
      if (names.some((name) => name === "" || name.includes("/") || facts.findProgram(name))) return [];
      const compiler = escapeText(names.join(", "));
      const hasUsual = listUsualCompilers(facts).some((name) => facts.findProgram(name));
      const asking = enabled === "1" ? "CGO_ENABLED" : effective("CC").value === "" ? undefined : "CC";
      if (asking !== undefined) {
        return [
          {
            summary: `${asking} asks for cgo, and there is no ${compiler} on PATH`,
            about: [about.variable(asking)],
            evidence: [...evidenceOf(facts, asking), ...evidenceOf(facts, "CC")],
            remedy: {
              summary: `do without, or install ${compiler}`,
              // Where the usual compiler is there, CC alone is in the way.
              steps: hasUsual ? stepsToClear(facts, "CC") : stepsToSwitchOff(facts),
            },
          },
        ];
      }
      // Where no module governs, nothing is built.
      if (!facts.governing) return [];
      const isOptional = selected.version.minor >= CGO_IS_OPTIONAL;
      return [
        {
          severity: "info",
          summary: `there is no ${compiler} on PATH, so ${isOptional ? "Go builds without cgo" : "packages with C code do not build"}`,
          about: [about.program(compiler)],
          evidence: [{ seen: `${compiler}: not on PATH`, at: { kind: "variable", name: "PATH" } }],
          remedy: {
            summary: "install one where you need cgo",
            steps: [
              {
                kind: "advise",
                text: `install ${names[0]} with your system's package manager, if you need cgo`,
              },
            ],
          },
        },
      ];
    },
  },
];

function targetOf({ effective }: Facts) {
  return { os: effective("GOOS").value, arch: effective("GOARCH").value };
}

function hostValue({ snapshot }: Facts, name: Target): string {
  return name === "GOOS" ? snapshot.platform.os : snapshot.platform.arch;
}

function isForeign(facts: Facts, name: Target): (value: string) => boolean {
  return (value) => value !== hostValue(facts, name);
}

function stepsToBuildHere(facts: Facts): Step[] {
  return TARGETS.flatMap((name) => stepsToClear(facts, name, isForeign(facts, name)));
}

/** What CC names, else the usual ones. */
function listCompilers(facts: Facts): string[] {
  const stated = facts.effective("CC").value;
  return stated === "" ? listUsualCompilers(facts) : [splitQuoted(stated)?.[0] ?? ""];
}

/** What Go was built to use; which that is of somebody else's Go, nobody knows. */
function listUsualCompilers({ snapshot, selected }: Facts): string[] {
  if (selected?.own !== true) return ["gcc", "clang", "cc"];
  return [USE_CLANG.includes(snapshot.platform.os) ? "clang" : "gcc"];
}

/** Taking CGO_ENABLED back is not enough: older lines take that for yes. */
function stepsToSwitchOff(facts: Facts): Step[] {
  const { value } = facts.effective("CGO_ENABLED");
  const inFile = stepsToDrop(facts, "CGO_ENABLED").map(
    (step): Step => (step.kind === "edit" ? { ...step, after: "CGO_ENABLED=0" } : step),
  );
  if (facts.snapshot.env["CGO_ENABLED"])
    return [
      ...inFile,
      { kind: "set", variable: "CGO_ENABLED", value: "0" },
      { kind: "advise", text: "say 0 where CGO_ENABLED is set for new shells, too" },
    ];
  return value === "" ? [{ kind: "run", command: "GOTOOLCHAIN=local go env -w CGO_ENABLED=0" }] : inFile;
}
