/** The check of variables that are named nearly like one of Go's. */
import { escapeText } from "../../go/escape.js";
import { about, type Check } from "../check.js";
import { findIntendedVariable } from "../go-variables.js";
import { evidenceOfVariable, stepsToUnset } from "../settings.js";

export const UNKNOWN_VARIABLE_CHECKS: readonly Check[] = [
  {
    id: "unknown-go-var",
    priority: 2,
    severity: "info",
    title: "Go reads no variable of that name",
    run: (facts) =>
      Object.entries(facts.snapshot.env).flatMap(([name, value]) => {
        const intended = value ? findIntendedVariable(name) : undefined;
        if (intended === undefined) return [];
        return [
          {
            summary: `${escapeText(name)} has no effect: Go's variable is ${intended}`,
            about: [about.variable(name)],
            evidence: evidenceOfVariable(facts, name),
            remedy: {
              summary: `take it out; what you want may be said by ${intended}`,
              steps: stepsToUnset(facts, name),
            },
          },
        ];
      }),
  },
];
