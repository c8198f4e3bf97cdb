/** Checks of settings that change what the go command does: GOFLAGS, GO111MODULE, GOEXPERIMENT. */
import { escapeText } from "../../go/escape.js";
import { about, type Check } from "../check.js";
import type { Facts } from "../facts.js";
import { findUnknownExperiment } from "../go-experiments.js";
import { findFlagsFault, splitQuoted } from "../go-flags.js";
import { findGoverning } from "../governing.js";
import type { Step } from "../remedy.js";
import { badSources, evidenceOf, stepsToClear, stepsToDrop, stepsToUnset } from "../settings.js";
import { fileEvidence } from "./common.js";

/** The first line that knows go.work. */
const WORKSPACE_LINE = 18;

export const BUILD_SETTING_CHECKS: readonly Check[] = [
  {
    id: "goflags-invalid",
    priority: 0,
    severity: "error",
    title: "GOFLAGS stops every go command",
    yieldsTo: ["goenv-file-malformed"],
    run: (facts) => {
      const { value } = facts.effective("GOFLAGS");
      // What no line takes is wrong before any is chosen.
      const minor = facts.selected?.version.minor ?? Number.POSITIVE_INFINITY;
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
  {
    id: "goflags-risky",
    priority: 1,
    severity: "warning",
    title: "GOFLAGS holds a flag that is meant for single commands",
    yieldsTo: ["goflags-invalid", "goenv-file-malformed"],
    run: (facts) => {
      const isRisky = (text: string): boolean => findRisk(text, facts) !== undefined;
      const found = findRisk(facts.effective("GOFLAGS").value, facts);
      if (!found) return [];
      return [
        {
          // What a job sets for itself is seen by nobody else.
          ...(facts.snapshot.env["CI"] && !found.stops && { severity: "info" }),
          summary: `GOFLAGS holds ${escapeText(found.word)}: ${found.effect}`,
          about: [about.variable("GOFLAGS")],
          evidence: evidenceOf(facts, "GOFLAGS", isRisky),
          remedy: {
            summary: `take it back, and give ${escapeText(found.word)} to the commands that need it`,
            steps: stepsToLeaveOut(facts, isRisky),
          },
        },
      ];
    },
  },
  {
    id: "go111module-off",
    priority: 1,
    severity: "warning",
    title: "GO111MODULE keeps Go from the module here",
    yieldsTo: ["goenv-file-malformed"],
    run: (facts) => {
      const { value } = facts.effective("GO111MODULE");
      const governing = findGoverning(facts.snapshot);
      const isBad = (text: string): boolean => text === "off" || !isModuleMode(text);
      if (value === "" || !isBad(value) || (value === "off" && !governing)) return [];
      return [
        {
          severity: value === "off" ? "warning" : "error",
          summary:
            value === "off"
              ? `GO111MODULE is off, so Go does not read ${governing?.file.path}`
              : `GO111MODULE is ${escapeText(value)}, which is none of on, off and auto`,
          about: [about.variable("GO111MODULE")],
          evidence: [
            ...evidenceOf(facts, "GO111MODULE", isBad),
            ...(value === "off" && governing ? [fileEvidence(governing.file.path, "not read")] : []),
          ],
          remedy: {
            summary: "take it back; modules are the default since Go 1.16",
            steps: stepsToClear(facts, "GO111MODULE", isBad),
          },
        },
      ];
    },
  },
  {
    id: "goexperiment-invalid",
    priority: 2,
    severity: "error",
    title: "GOEXPERIMENT names what this Go does not know",
    yieldsTo: ["goenv-file-malformed"],
    run: (facts) => {
      const minor = facts.selected?.version.minor;
      if (minor === undefined) return [];
      const unknown = findUnknownExperiment(facts.effective("GOEXPERIMENT").value, minor);
      if (unknown === undefined) return [];
      const isBad = (text: string): boolean => findUnknownExperiment(text, minor) !== undefined;
      return [
        {
          summary: `Go 1.${minor} knows no experiment named ${escapeText(unknown)}`,
          about: [about.variable("GOEXPERIMENT")],
          evidence: evidenceOf(facts, "GOEXPERIMENT", isBad),
          remedy: {
            summary: "take it back, or leave that name out",
            steps: stepsToClear(facts, "GOEXPERIMENT", isBad),
          },
        },
      ];
    },
  },
];

function isModuleMode(text: string): boolean {
  return ["", "on", "auto"].includes(text);
}

interface Risk {
  readonly word: string;
  readonly effect: string;
  /** Whether commands fail here, not only elsewhere. */
  readonly stops: boolean;
}

const RISKS: readonly { readonly flag: RegExp; readonly effect: string }[] = [
  { flag: /^mod=vendor$/, effect: "`go install pkg@version`, and modules without a vendor directory, fail" },
  { flag: /^modfile=/, effect: "every module gets its requirements from that file" },
  { flag: /^insecure(?:=true)?$/, effect: "`go get` refuses the flag; GOINSECURE took its place" },
  { flag: /^toolexec=/, effect: "every compiler and linker runs under that program" },
];

function findRisk(text: string, facts: Facts): Risk | undefined {
  const words = splitQuoted(text) ?? [];
  for (const word of words) {
    const flag = word.replace(/^--?/, "");
    if (flag === "mod=mod" && usesWorkspace(facts))
      return { word, effect: "a workspace allows only -mod=readonly and -mod=vendor", stops: true };
    const risk = RISKS.find((each) => each.flag.test(flag));
    if (risk) return { word, effect: risk.effect, stops: false };
  }
  return undefined;
}

function usesWorkspace({ governing, selected }: Facts): boolean {
  return governing?.file.kind === "go.work" && (selected?.version.minor ?? 0) >= WORKSPACE_LINE;
}

/** The other flags stay. */
function stepsToLeaveOut(facts: Facts, isRisky: (text: string) => boolean): Step[] {
  return badSources(facts, "GOFLAGS", isRisky).flatMap((source): Step[] => {
    const inFile = source === "go-env file";
    const text = (inFile ? facts.settings.get("GOFLAGS")?.value : facts.snapshot.env["GOFLAGS"]) ?? "";
    const rest = (splitQuoted(text) ?? [])
      .filter((word) => !isRisky(quoteFlag(word)))
      .map(quoteFlag)
      .join(" ");
    if (inFile)
      return stepsToDrop(facts, "GOFLAGS").map((step) =>
        step.kind === "edit" && rest !== "" ? { ...step, after: `GOFLAGS=${rest}` } : step,
      );
    if (rest === "") return stepsToUnset(facts, "GOFLAGS");
    return [
      { kind: "set", variable: "GOFLAGS", value: rest },
      { kind: "advise", text: "say the same where GOFLAGS is set for new shells" },
    ];
  });
}

/** A word as GOFLAGS holds it. */
function quoteFlag(word: string): string {
  if (!/\s/.test(word)) return word;
  return word.includes("'") ? `"${word}"` : `'${word}'`;
}
