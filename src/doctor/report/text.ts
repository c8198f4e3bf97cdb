/** Findings as people read them in a terminal: one screen, 80 columns, nothing that needs colour. Pure. */
import { findShell, SHELLS } from "../../env/shells.js";
import { escapePath } from "../../go/escape.js";
import { toolchainName } from "../../go/version.js";
import type { Evidence, Finding, Severity, Where } from "../check.js";
import { deriveFacts, findBuiltVersion } from "../facts.js";
import { renderCommand, type Step } from "../remedy.js";
import type { Snapshot } from "../snapshot.js";
import { wrap } from "./lines.js";

const INDENT = "  ";

/** The whole report; a healthy machine gets one line. */
export function renderText(snapshot: Snapshot, findings: readonly Finding[]): string[] {
  const serious = findings.filter(({ severity }) => severity !== "info");
  const infos = findings.filter(({ severity }) => severity === "info");
  return [
    ...serious.flatMap((finding) => [...renderFinding(finding, snapshot), ""]),
    ...infos.flatMap(renderInfo),
    ...(infos.length > 0 ? [""] : []),
    renderClosing(snapshot, findings),
    ...renderUnanswered(snapshot),
  ].map(escapePath); // what a file or a variable says must not drive a terminal
}

function renderFinding(finding: Finding, snapshot: Snapshot): string[] {
  const { severity, summary, why, remedy, evidence, consequences, id } = finding;
  return [
    ...wrap(`${severity}: ${summary}`, "", INDENT),
    ...evidence.slice(0, MAX_EVIDENCE).flatMap(renderEvidence),
    ...wrap(`why: ${why}`, INDENT, `${INDENT}     `),
    ...consequences.flatMap((consequence) =>
      wrap(`and so: ${consequence.summary}`, INDENT, `${INDENT}        `),
    ),
    ...wrap(`do: ${remedy.summary}`, INDENT, `${INDENT}    `),
    ...remedy.steps.flatMap((step) => renderStep(step, snapshot)),
    `${INDENT}[${id}]`,
  ];
}

const MAX_EVIDENCE = 6;

function renderInfo({ summary, id }: Finding): string[] {
  return wrap(`info: ${summary} [${id}]`, "", INDENT);
}

function renderEvidence({ seen, at }: Evidence): string[] {
  const place = describeWhere(at);
  const text = escapePath(seen);
  return wrap(text.startsWith(place) ? text : `${place}: ${text}`, `${INDENT}- `, `${INDENT}  `);
}

/** `/home/me/.bashrc:12`, `PATH entry 3, /usr/bin`, `GOROOT`. */
export function describeWhere(at: Where): string {
  switch (at.kind) {
    case "file":
      return at.line === undefined ? escapePath(at.path) : `${escapePath(at.path)}:${at.line}`;
    case "path-entry":
      return `PATH entry ${at.position}, ${escapePath(at.directory)}`;
    case "variable":
      return at.name;
  }
}

/** Commands stand on lines of their own, uncut, to be copied. */
export function renderStep(step: Step, { user }: Pick<Snapshot, "user">): string[] {
  const shell = findShell(user.shell ?? "sh") ?? SHELLS.sh;
  const command = renderCommand(step, shell);
  if (command !== undefined) return [`${INDENT}    ${command}`];
  switch (step.kind) {
    case "edit": {
      const place = `${escapePath(step.path)}:${step.line}`;
      return step.after === undefined
        ? [`${INDENT}    delete ${place}`, `${INDENT}      - ${step.before.trim()}`]
        : [
            `${INDENT}    change ${place}`,
            `${INDENT}      - ${step.before.trim()}`,
            `${INDENT}      + ${step.after.trim()}`,
          ];
    }
    case "advise":
      return wrap(step.text, `${INDENT}    `, `${INDENT}    `);
    default:
      return [];
  }
}

function renderClosing(snapshot: Snapshot, findings: readonly Finding[]): string {
  const counts = (["error", "warning", "info"] as const)
    .map(
      (severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const,
    )
    .filter(([, count]) => count > 0);
  const serious = counts.filter(([severity]) => severity !== "info");
  if (serious.length === 0) return `healthy: ${describeGo(snapshot)}`;
  return `${counts.map(([severity, count]) => countOf(count, severity)).join(", ")}; \`gvt doctor explain ID\` tells more`;
}

function countOf(count: number, severity: Severity): string {
  if (severity === "info") return `${count} info`;
  return `${count} ${severity}${count === 1 ? "" : "s"}`;
}

function describeGo(snapshot: Snapshot): string {
  const { running } = deriveFacts(snapshot);
  if (!running) return "nothing to complain about";
  const version = findBuiltVersion(running.builtAs);
  return `\`go\` is ${version ? toolchainName(version) : "somebody's own"} at ${escapePath(running.program.path)}`;
}

function renderUnanswered({ unanswered }: Snapshot): string[] {
  return unanswered.map((path) => `not looked at, for it did not answer in time: ${escapePath(path)}`);
}
