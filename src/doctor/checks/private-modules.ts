/** Checks of what says which modules are private, and of the checksum database. */
import { escapeText } from "../../go/escape.js";
import { about, type Check } from "../check.js";
import type { Facts } from "../facts.js";
import { matchesModule, splitPatterns } from "../module-patterns.js";
import type { Step } from "../remedy.js";
import { evidenceOf, stepsToClear, stepsToReplace } from "../settings.js";

const LISTS = ["GOPRIVATE", "GONOPROXY", "GONOSUMDB"] as const;
/** Modules of nobody in particular: what matches one of them matches what everybody uses. */
const PUBLIC = ["github.com/owner/repository", "golang.org/x/text", "golang.org/toolchain"];

export const PRIVATE_MODULE_CHECKS: readonly Check[] = [
  {
    id: "gosumdb-off",
    priority: 1,
    severity: "warning",
    title: "new modules are not verified",
    run: (facts) => {
      const { value, origin } = facts.effective("GOSUMDB");
      // What a distribution writes into go.env is its decision.
      if (value !== "off" || origin.kind === "go.env") return [];
      const isOff = (text: string): boolean => text === "off";
      return [
        {
          summary:
            "GOSUMDB is off: what go.sum does not know yet is taken unverified, and no toolchain is downloaded",
          about: [about.variable("GOSUMDB")],
          evidence: evidenceOf(facts, "GOSUMDB", isOff),
          remedy: {
            summary: "take it back; GOPRIVATE or GONOSUMDB names the modules that are private",
            steps: stepsToClear(facts, "GOSUMDB", isOff),
          },
        },
      ];
    },
  },
  {
    id: "private-pattern-too-broad",
    priority: 1,
    severity: "warning",
    title: "public modules are treated as private",
    run: (facts) =>
      LISTS.flatMap((name) => {
        const broad = splitPatterns(facts.effective(name).value).filter(isBroad);
        if (broad.length === 0 || isWithoutEffect(facts, name)) return [];
        const hasBroad = (text: string): boolean => splitPatterns(text).some(isBroad);
        return [
          {
            summary: `${name} has ${broad.map((pattern) => escapeText(pattern)).join(", ")}, which public modules match too`,
            about: [about.variable(name)],
            evidence: evidenceOf(facts, name, hasBroad),
            remedy: { summary: "name only what is yours", steps: stepsToNarrow(facts, name, hasBroad) },
          },
        ];
      }),
  },
  {
    id: "private-pattern-mismatch",
    priority: 2,
    severity: "info",
    title: "the checksum database is asked for private modules",
    yieldsTo: ["private-pattern-too-broad"],
    run: (facts) => {
      const direct = facts.effective("GONOPROXY").value;
      if (direct === "none" || facts.effective("GOSUMDB").value === "off") return [];
      const own = facts.effective("GONOSUMDB").value;
      const unverified = splitPatterns(own || facts.effective("GOPRIVATE").value);
      const forgotten = splitPatterns(direct).filter((pattern) => !unverified.includes(pattern));
      if (forgotten.length === 0 || unverified.includes("*")) return [];
      return [
        {
          summary: `GONOPROXY has ${forgotten.map((pattern) => escapeText(pattern)).join(", ")}, and GONOSUMDB has not: sum.golang.org is asked for it`,
          about: [about.variable("GONOPROXY"), about.variable("GONOSUMDB")],
          evidence: evidenceOf(facts, "GONOPROXY"),
          remedy: {
            summary: "name it in both, or in GOPRIVATE alone",
            steps: stepsToReplace(facts, "GONOSUMDB", [...unverified, ...forgotten].join(",")),
          },
        },
      ];
    },
  },
];

function isBroad(pattern: string): boolean {
  return PUBLIC.some((module) => matchesModule(pattern, module));
}

/** GOPRIVATE is only the default of the other two. */
function isWithoutEffect({ effective }: Facts, name: (typeof LISTS)[number]): boolean {
  return name === "GOPRIVATE" && effective("GONOPROXY").value !== "" && effective("GONOSUMDB").value !== "";
}

/** What is left of the list that counts; where nothing is, the list that it hides may count. */
function stepsToNarrow(
  facts: Facts,
  name: (typeof LISTS)[number],
  hasBroad: (text: string) => boolean,
): Step[] {
  const narrow = splitPatterns(facts.effective(name).value).filter((pattern) => !isBroad(pattern));
  if (narrow.length > 0) return stepsToReplace(facts, name, narrow.join(","));
  return stepsToClear(facts, name, hasBroad);
}
