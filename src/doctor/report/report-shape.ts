/** The shape of `gvt doctor --json`, of which docs/reference/doctor-report.schema.json is made. Pure. */
import type { Platform } from "../../go/platform.js";
import type { Evidence, Finding, Severity, Where } from "../check.js";
import type { Remedy, Step } from "../remedy.js";
import type { ModuleState } from "../repository-map.js";
import {
  count,
  flag,
  list,
  literal,
  object,
  oneOf,
  optional,
  recursive,
  type Schema,
  type Shape,
  text,
  variants,
} from "../shape.js";
import type { Counts } from "./text.js";

/** Raised when a member changes its meaning or goes away; a new member needs no new schema. */
export const REPORT_SCHEMA = 1;

/** A finding as JSON has it: with what makes it the same finding tomorrow. */
export interface ReportedFinding extends Omit<Finding, "consequences"> {
  readonly fingerprint: string;
  readonly consequences: readonly ReportedFinding[];
}

export interface ReportDocument {
  readonly schema: typeof REPORT_SCHEMA;
  readonly gvt: string;
  readonly taken: string;
  readonly platform: Platform;
  readonly counts: Counts & { readonly ignored: number };
  readonly findings: readonly ReportedFinding[];
  readonly ignored: readonly { readonly reason: string; readonly finding: ReportedFinding }[];
  readonly unanswered: readonly string[];
  /** With `--repo`. */
  readonly repository?: ReportedMap | undefined;
}

export interface ReportedMap {
  readonly top: string;
  /** False where the repository holds more than was walked. */
  readonly complete: boolean;
  readonly modules: readonly ReportedModule[];
}

interface ReportedModule {
  readonly directory: string;
  readonly module?: string | undefined;
  readonly state: ModuleState;
  readonly version?: string | undefined;
  readonly decidedBy?: Place | undefined;
  readonly need?: (Place & { readonly text: string }) | undefined;
  readonly problem?: string | undefined;
}

interface Place {
  readonly path: string;
  readonly line: number;
}

const severity = oneOf<Severity>({ error: true, warning: true, info: true });

const where = variants<Where>({
  file: { path: text, line: optional(count) },
  "path-entry": { position: count, directory: text },
  variable: { name: text },
});

const step = variants<Step>({
  run: { command: text },
  unset: { variable: text },
  set: { variable: text, value: text },
  "extend-path": { directory: text, where: oneOf<"front" | "back">({ front: true, back: true }) },
  "drop-path": { entry: text },
  source: { directory: text },
  edit: { path: text, line: count, before: text, after: optional(text) },
  advise: { text },
});

const finding: Shape<ReportedFinding> = recursive("finding", () => findingShape);

const findingShape = object<ReportedFinding>({
  id: text,
  fingerprint: text,
  severity,
  summary: text,
  why: text,
  about: list(text),
  evidence: list(object<Evidence>({ seen: text, at: where })),
  remedy: object<Remedy>({ summary: text, steps: list(step) }),
  consequences: list(finding),
});

const moduleState = oneOf<ModuleState>({
  ready: true,
  "not installed": true,
  "too old": true,
  "cannot read": true,
  unreadable: true,
  "no go": true,
});

const map = object<ReportedMap>({
  top: text,
  complete: flag,
  modules: list(
    object<ReportedModule>({
      directory: text,
      module: optional(text),
      state: moduleState,
      version: optional(text),
      decidedBy: optional(object<Place>({ path: text, line: count })),
      need: optional(object<NonNullable<ReportedModule["need"]>>({ path: text, line: count, text })),
      problem: optional(text),
    }),
  ),
});

export const REPORT: Shape<ReportDocument> = object<ReportDocument>({
  schema: literal(REPORT_SCHEMA),
  gvt: text,
  taken: text,
  platform: object<Platform>({ os: text, arch: text }),
  counts: object<ReportDocument["counts"]>({ error: count, warning: count, info: count, ignored: count }),
  findings: list(finding),
  ignored: list(object<ReportDocument["ignored"][number]>({ reason: text, finding })),
  unanswered: list(text),
  repository: optional(map),
});

/** The published JSON Schema. */
export function describeReport(): Schema {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "The report of `gvt doctor --json`",
    ...REPORT.schema,
    definitions: { finding: findingShape.schema },
  };
}
