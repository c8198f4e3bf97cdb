/**
 * The report as SARIF 2.1.0, for code scanning and editors
 * (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html). Pure.
 */
import { createHash } from "node:crypto";
import { escapePath } from "../../go/escape.js";
import { CHECKS, findManual } from "../catalogue.js";
import type { Check, Finding, Severity } from "../check.js";
import { fingerprintOf } from "../fingerprint.js";
import { formatJson } from "../json.js";
import { type LineEdit, listSafeEdits } from "../remedy.js";
import { isRedacted } from "../save/secrets.js";
import type { Snapshot } from "../snapshot.js";
import type { Report } from "./report.js";
import { artifactLocation, describeRoots, locationOf } from "./sarif-location.js";
import { describeEvidence } from "./text.js";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const LEVELS = { error: "error", warning: "warning", info: "note" } as const satisfies Record<
  Severity,
  string
>;

export function renderSarif({ snapshot, findings, ignored }: Report): string {
  const identify = createIdentifier(snapshot);
  const run = {
    tool: { driver: { name: "gvt doctor", version: snapshot.gvt, rules: CHECKS.map(describeRule) } },
    invocations: [
      {
        executionSuccessful: true,
        endTimeUtc: snapshot.taken,
        toolExecutionNotifications: snapshot.unanswered.map((path) => ({
          level: "warning",
          message: { text: `did not answer in time: ${escapePath(path)}` },
        })),
      },
    ],
    originalUriBaseIds: describeRoots(snapshot),
    columnKind: "utf16CodeUnits",
    results: [
      ...findings.map((finding) => ({ ...describeResult(finding, snapshot, identify), suppressions: [] })),
      ...ignored.map(({ finding, reason }) => ({
        ...describeResult(finding, snapshot, identify),
        suppressions: [{ kind: "external", status: "accepted", justification: escapePath(reason) }],
      })),
    ],
  };
  return formatJson({ $schema: SCHEMA, version: "2.1.0", runs: [run] }, 2);
}

function describeRule({ id, title, severity }: Check) {
  const manual = findManual(id);
  const rows = manual
    ? [
        ["looks at", manual.looksAt],
        ["why", manual.why],
        ["remedy", manual.remedy],
        ["ignore it", manual.ignore],
      ]
    : [];
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: manual?.why ?? title },
    help: { text: [title, ...rows.map(([name, text]) => `${name}: ${text}`)].join("\n") },
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function describeResult(finding: Finding, snapshot: Snapshot, identify: (finding: Finding) => string) {
  const { id, severity, evidence } = finding;
  const atFile = evidence.filter(({ at }) => at.kind === "file");
  const [first, ...others] = [...atFile, ...evidence.filter((each) => !atFile.includes(each))];
  return {
    ruleId: id,
    ruleIndex: CHECKS.findIndex((check) => check.id === id),
    level: LEVELS[severity],
    message: { text: describeMessage(finding) },
    locations: first ? [locationOf(first.at, snapshot)] : [],
    relatedLocations: others.map((each, index) => ({
      id: index + 1,
      ...locationOf(each.at, snapshot),
      message: { text: describeEvidence(each) },
    })),
    partialFingerprints: { "gvtFinding/v1": identify(finding) },
    ...describeFixes(finding, snapshot),
  };
}

function describeMessage({ summary, why, consequences, remedy }: Finding): string {
  return [
    summary,
    `why: ${why}`,
    ...consequences.map((consequence) => `and so: ${consequence.summary}`),
    `do: ${remedy.summary}`,
  ]
    .map(escapePath)
    .join("\n");
}

/** Edits of lines, one file after the other. What would write a hidden secret is left to a person, all of it. */
function describeFixes({ remedy }: Finding, snapshot: Snapshot) {
  const edits = listSafeEdits(remedy);
  if (edits.length === 0 || edits.some(({ after }) => after !== undefined && isRedacted(after))) return {};
  const paths = [...new Set(edits.map(({ path }) => path))];
  return {
    fixes: [
      {
        description: { text: escapePath(remedy.summary) },
        artifactChanges: paths.map((path) => ({
          artifactLocation: artifactLocation(path, snapshot),
          replacements: edits.filter((edit) => edit.path === path).map(describeReplacement),
        })),
      },
    ],
  };
}

/** A region that states only a line is that line without its end. */
function describeReplacement({ line, after }: LineEdit) {
  return after === undefined
    ? { deletedRegion: { startLine: line, startColumn: 1, endLine: line + 1, endColumn: 1 } }
    : { deletedRegion: { startLine: line }, insertedContent: { text: after } };
}

/** Two findings that are about the same things are told apart by their order. */
function createIdentifier(snapshot: Snapshot): (finding: Finding) => string {
  const seen = new Map<string, number>();
  return (finding) => {
    const fingerprint = fingerprintOf(finding, snapshot);
    const earlier = seen.get(fingerprint) ?? 0;
    seen.set(fingerprint, earlier + 1);
    const hash = createHash("sha256").update(fingerprint).digest("hex");
    return `${hash}:${earlier + 1}`;
  };
}
