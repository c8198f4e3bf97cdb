/** Findings as people read them in a terminal: one screen, 80 columns, nothing that needs colour. Pure. */
import { findShell, SHELLS } from "../../env/shells.js";
import { escapePath } from "../../go/escape.js";
import { toolchainName } from "../../go/version.js";
import { WIDTH, wrap } from "../../io/lines.js";
import type { Evidence, Finding, Severity, Where } from "../check.js";
import { deriveFacts, findBuiltVersion } from "../facts.js";
import { renderCommand, type Step } from "../remedy.js";
import type { Snapshot } from "../snapshot.js";
import { renderPicture } from "./picture.js";
import type { IgnoredFinding } from "./report.js";
import { renderShadowTable } from "./shadow-table.js";

const INDENT = "  ";

export interface TextOptions {
  readonly ignored?: readonly IgnoredFinding[];
  /** Columns of the terminal. */
  readonly width?: number;
}

interface Page {
  readonly user: Snapshot["user"];
  readonly width?: number;
}

/** The whole report; a healthy machine gets one line. */
export function renderText(
  snapshot: Snapshot,
  findings: readonly Finding[],
  { ignored = [], width = WIDTH }: TextOptions = {},
): string[] {
  const page: Page = { user: snapshot.user, width };
  const serious = findings.filter(({ severity }) => severity !== "info");
  const infos = findings.filter(({ severity }) => severity === "info");
  const table = serious.some(concernsTools) ? renderShadowTable(deriveFacts(snapshot), width) : [];
  return [
    ...serious.flatMap((finding) => [...renderFinding(finding, page), ""]),
    ...(serious.some(concernsPath) ? [...renderPicture(deriveFacts(snapshot), { width }), ""] : []),
    ...(table.length > 0 ? ["tools that others hide:", ...table, ""] : []),
    ...infos.flatMap((finding) => renderInfo(finding, width)),
    ...(infos.length > 0 ? [""] : []),
    ...wrap(renderClosing(snapshot, findings, ignored), "", INDENT, width),
    ...renderIgnored(ignored),
    ...renderUnanswered(snapshot),
  ].map(escapePath); // what a file or a variable says must not drive a terminal
}

/** The order of PATH is part of what is wrong. */
function concernsPath({ severity, evidence, consequences }: Finding): boolean {
  return (
    (severity !== "info" && evidence.some(({ at }) => at.kind === "path-entry")) ||
    consequences.some(concernsPath)
  );
}

function concernsTools({ id, consequences }: Finding): boolean {
  return id === "gobin-shadowed" || consequences.some(concernsTools);
}

/** In full, whatever the severity: somebody has asked for these. */
export function renderFindings({ user }: Snapshot, findings: readonly Finding[], width = WIDTH): string[] {
  return findings.flatMap((finding) => [...renderFinding(finding, { user, width }), ""]).map(escapePath);
}

function renderFinding(finding: Finding, page: Page): string[] {
  const { severity, summary, why, remedy, evidence, consequences, id } = finding;
  const { width } = page;
  return [
    ...wrap(`${severity}: ${summary}`, "", INDENT, width),
    ...evidence.slice(0, MAX_EVIDENCE).flatMap((each) => renderEvidence(each, width)),
    ...wrap(`why: ${why}`, INDENT, `${INDENT}     `, width),
    ...consequences.flatMap((consequence) =>
      wrap(`and so: ${consequence.summary}`, INDENT, `${INDENT}        `, width),
    ),
    ...wrap(`do: ${remedy.summary}`, INDENT, `${INDENT}    `, width),
    ...remedy.steps.flatMap((step) => renderStep(step, page)),
    `${INDENT}[${id}]`,
  ];
}

const MAX_EVIDENCE = 6;

function renderInfo({ summary, id }: Finding, width: number): string[] {
  return wrap(`info: ${summary} [${id}]`, "", INDENT, width);
}

function renderEvidence(evidence: Evidence, width: number | undefined): string[] {
  return wrap(describeEvidence(evidence), `${INDENT}- `, `${INDENT}  `, width);
}

/** The place and what was seen there; a text that begins with its place says it once. */
export function describeEvidence({ seen, at }: Evidence): string {
  const place = describeWhere(at);
  const text = escapePath(seen);
  return text.startsWith(place) ? text : `${place}: ${text}`;
}

/** `/home/me/.bashrc:12`, `PATH entry 3, /usr/bin`, `GOROOT`. */
export function describeWhere(at: Where): string {
  switch (at.kind) {
    case "file":
      return at.line === undefined ? escapePath(at.path) : `${escapePath(at.path)}:${at.line}`;
    case "path-entry":
      return `PATH entry ${at.position}, ${at.directory === "" ? "(empty)" : escapePath(at.directory)}`;
    case "variable":
      return at.name;
  }
}

/** Commands stand on lines of their own, uncut, to be copied. */
export function renderStep(step: Step, { user, width }: Page): string[] {
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
      return wrap(step.text, `${INDENT}    `, `${INDENT}    `, width);
    default:
      return [];
  }
}

function renderClosing(
  snapshot: Snapshot,
  findings: readonly Finding[],
  ignored: readonly IgnoredFinding[],
): string {
  const counts = countFindings(findings);
  if (counts.error + counts.warning === 0) {
    const what = ignored.some(isKnownFault) ? "nothing new" : "healthy";
    return `${what}: ${findGo(snapshot) ?? "nothing to complain about"}`;
  }
  return `${describeCounts(counts)}; \`gvt doctor explain ID\` tells more`;
}

/** A baseline is a list of what is wrong, and not of what is right. */
function isKnownFault({ finding: { severity }, baseline }: IgnoredFinding): boolean {
  return severity !== "info" && baseline !== undefined;
}

function renderIgnored(ignored: readonly IgnoredFinding[]): string[] {
  const known = ignored.flatMap(({ baseline }) => baseline ?? []);
  const [file] = known;
  const others = ignored.length - known.length;
  return [
    ...(file === undefined ? [] : [`${known.length} known to ${file}`]),
    ...(others === 0 ? [] : [`${others} ignored, as config.toml says`]),
  ];
}

export type Counts = Readonly<Record<Severity, number>>;

export function countFindings(findings: readonly Finding[]): Counts {
  const countOf = (wanted: Severity): number => findings.filter(({ severity }) => severity === wanted).length;
  return { error: countOf("error"), warning: countOf("warning"), info: countOf("info") };
}

/** `1 error, 2 warnings, 1 info`; what there is none of is not mentioned. */
export function describeCounts({ error, warning, info }: Counts): string {
  const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;
  return [
    ...(error > 0 ? [plural(error, "error")] : []),
    ...(warning > 0 ? [plural(warning, "warning")] : []),
    ...(info > 0 ? [`${info} info`] : []),
  ].join(", ");
}

/** `go` as somebody gets it who types that; undefined where nothing is found. */
export function findGo(snapshot: Snapshot): string | undefined {
  const { running } = deriveFacts(snapshot);
  if (!running) return undefined;
  const version = findBuiltVersion(running.builtAs);
  return `\`go\` is ${version ? toolchainName(version) : "somebody's own"} at ${escapePath(running.program.path)}`;
}

function renderUnanswered({ unanswered }: Snapshot): string[] {
  return unanswered.map((path) => `not looked at, for it did not answer in time: ${escapePath(path)}`);
}
