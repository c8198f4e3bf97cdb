/** The report for programs. Pure. */
import type { Finding } from "../check.js";
import { fingerprintOf } from "../fingerprint.js";
import { formatJson } from "../json.js";
import type { RepositoryMap } from "../repository-map.js";
import type { Snapshot } from "../snapshot.js";
import type { Report } from "./report.js";
import {
  REPORT_SCHEMA,
  type ReportDocument,
  type ReportedFinding,
  type ReportedMap,
} from "./report-shape.js";
import { countFindings } from "./text.js";

export function renderJson(report: Report): string {
  return formatJson(documentOf(report));
}

/** What `renderJson` writes, for documents that hold more. */
export function documentOf({ snapshot, findings, ignored, map }: Report): ReportDocument {
  return {
    schema: REPORT_SCHEMA,
    gvt: snapshot.gvt,
    taken: snapshot.taken,
    platform: snapshot.platform,
    counts: { ...countFindings(findings), ignored: ignored.length },
    findings: findings.map((finding) => describeFinding(finding, snapshot)),
    ignored: ignored.map(({ reason, finding }) => ({
      reason,
      finding: describeFinding(finding, snapshot),
    })),
    unanswered: snapshot.unanswered,
    repository: map && describeMap(map),
  };
}

function describeMap({ top, complete, modules }: RepositoryMap): ReportedMap {
  return {
    top,
    complete,
    modules: modules.map(({ directory, module, state, version, origin, need, problem }) => ({
      directory,
      module,
      state,
      version,
      decidedBy: origin?.kind === "file" ? { path: origin.path, line: origin.line } : undefined,
      need: need && { path: need.path, line: need.line, text: need.text },
      problem,
    })),
  };
}

function describeFinding(finding: Finding, snapshot: Snapshot): ReportedFinding {
  const { id, severity, summary, why, about, evidence, remedy, consequences } = finding;
  return {
    id,
    fingerprint: fingerprintOf(finding, snapshot),
    severity,
    summary,
    why,
    about,
    evidence,
    remedy,
    consequences: consequences.map((consequence) => describeFinding(consequence, snapshot)),
  };
}
