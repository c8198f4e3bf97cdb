/**
 * A baseline: the findings that a repository or a fleet lives with for now, so that only new ones fail. Errors and
 * warnings are kept by fingerprint, each consequence by itself. Pure.
 */
import { GvtError } from "../errors.js";
import { escapePath } from "../go/escape.js";
import { WEIGHT } from "./causes.js";
import type { Finding, Severity } from "./check.js";
import { fingerprintOf, type Places } from "./fingerprint.js";
import { count, list, literal, object, oneOf, type Shape, ShapeError, textLike } from "./shape.js";

export interface Baseline {
  /** Sorted by fingerprint, each once. */
  readonly findings: readonly KnownFinding[];
}

interface KnownFinding {
  readonly fingerprint: string;
  /** The worst that it was. What has become worse is new. */
  readonly severity: Severity;
  readonly count: number;
}

export interface Comparison {
  /** New, or worse than it was; information, which never fails, is among them. */
  readonly fresh: readonly Finding[];
  readonly known: readonly Finding[];
  /** Fingerprints of what is no longer found, of checks that ran. */
  readonly stale: readonly string[];
}

interface BaselineText {
  readonly kind: "gvt doctor baseline";
  readonly schema: 1;
  readonly findings: readonly KnownFinding[];
}

const BASELINE: Shape<BaselineText> = object<BaselineText>({
  kind: literal("gvt doctor baseline"),
  schema: literal(1),
  findings: list(
    object<KnownFinding>({
      fingerprint: textLike("fingerprint", (text) => /^[a-z0-9-]+(?: |$)/.test(text)),
      severity: oneOf<Severity>({ error: true, warning: true, info: true }),
      count,
    }),
  ),
});

export function baselineOf(findings: readonly Finding[], places: Places): Baseline {
  const known = new Map<string, KnownFinding>();
  for (const finding of findings.flatMap(listFailing)) {
    const fingerprint = fingerprintOf(finding, places);
    const before = known.get(fingerprint);
    const severity =
      before && WEIGHT[before.severity] > WEIGHT[finding.severity] ? before.severity : finding.severity;
    known.set(fingerprint, { fingerprint, severity, count: (before?.count ?? 0) + 1 });
  }
  return { findings: sorted([...known.values()]) };
}

/** A baseline made anew, with what the one before knew of checks that did not run: that is not known to be gone. */
export function keepUnasked(before: Baseline, anew: Baseline, checks: ReadonlySet<string>): Baseline {
  const unasked = before.findings.filter(({ fingerprint }) => !checks.has(checkOf(fingerprint)));
  return { findings: sorted([...anew.findings, ...unasked]) };
}

/** A finding is known where the baseline has it and all its consequences, none of them milder than it is now. */
export function compareWithBaseline(
  findings: readonly Finding[],
  baseline: Baseline,
  { places, checks }: { readonly places: Places; readonly checks: ReadonlySet<string> },
): Comparison {
  const left = new Map(baseline.findings.map((entry) => [entry.fingerprint, { ...entry }]));
  const isKnown = (finding: Finding): boolean => {
    const entry = left.get(fingerprintOf(finding, places));
    if (!entry || entry.count === 0) return false;
    entry.count -= 1;
    return WEIGHT[finding.severity] <= WEIGHT[entry.severity];
  };
  const fresh: Finding[] = [];
  const known: Finding[] = [];
  for (const finding of findings) {
    const failing = listFailing(finding);
    const verdicts = failing.map(isKnown); // each takes its own entry, whatever becomes of the others
    (failing.length > 0 && !verdicts.includes(false) ? known : fresh).push(finding);
  }
  const stale = [...left.values()]
    .filter(({ fingerprint, count }) => count > 0 && checks.has(checkOf(fingerprint)))
    .map(({ fingerprint }) => fingerprint);
  return { fresh, known, stale };
}

/** One line for each entry, so that a difference between two reads as what came and went. */
export function formatBaseline({ findings }: Baseline): string {
  const { kind, schema } = { kind: "gvt doctor baseline", schema: 1 } satisfies Omit<
    BaselineText,
    "findings"
  >;
  const rows = findings.map((entry) => `    ${JSON.stringify(entry)}`).join(",\n");
  const list = rows === "" ? "[]" : `[\n${rows}\n  ]`;
  return `{\n  "kind": ${JSON.stringify(kind)},\n  "schema": ${schema},\n  "findings": ${list}\n}\n`;
}

/** Throws `BAD_CONFIG` where the text is no baseline, or one of another time. */
export function parseBaseline(text: string, path: string): Baseline {
  try {
    return { findings: BASELINE.read(JSON.parse(text), "").findings };
  } catch (cause) {
    if (cause instanceof SyntaxError) throw noBaseline(path, "it is no JSON", cause);
    if (cause instanceof ShapeError) throw noBaseline(path, cause.message, cause);
    throw cause;
  }
}

function sorted(findings: readonly KnownFinding[]): KnownFinding[] {
  return findings.toSorted((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
}

function checkOf(fingerprint: string): string {
  return fingerprint.split(" ", 1)[0] ?? "";
}

function listFailing(finding: Finding): Finding[] {
  return [finding, ...finding.consequences].filter(({ severity }) => severity !== "info");
}

function noBaseline(path: string, reason: string, cause: Error): GvtError {
  return new GvtError("BAD_CONFIG", `\`${escapePath(path)}\` is no baseline: ${reason}`, {
    hint: "`gvt doctor --write-baseline FILE` writes one",
    cause,
  });
}
