/** What a report tells: the findings of one snapshot, with those set aside that the user has said to ignore. Pure. */
import { GvtError } from "../../errors.js";
import { escapeText } from "../../go/escape.js";
import type { Check, Finding } from "../check.js";
import { diagnose } from "../diagnose.js";
import type { RepositoryMap } from "../repository-map.js";
import type { Snapshot } from "../snapshot.js";

export interface Report {
  readonly snapshot: Snapshot;
  /** What to do first comes first. */
  readonly findings: readonly Finding[];
  readonly ignored: readonly IgnoredFinding[];
  /** Of a repository as a whole. */
  readonly map?: RepositoryMap | undefined;
}

export interface IgnoredFinding {
  readonly finding: Finding;
  /** As the user's settings give it. */
  readonly reason: string;
  /** The baseline that knows it, where that sets it aside. */
  readonly baseline?: string;
}

/** Reasons by the id of the check. */
export type IgnoreReasons = Readonly<Record<string, string>>;

/** What is ignored explains nothing: what else it had caused is a finding of its own. */
export function makeReport(snapshot: Snapshot, checks: readonly Check[], ignore: IgnoreReasons = {}): Report {
  const isIgnored = ({ id }: Check): boolean => Object.hasOwn(ignore, id);
  return {
    snapshot,
    findings: diagnose(
      snapshot,
      checks.filter((check) => !isIgnored(check)),
    ),
    ignored: diagnose(snapshot, checks.filter(isIgnored)).map((finding) => ({
      finding,
      reason: ignore[finding.id] ?? "",
    })),
  };
}

/** Throws `BAD_CONFIG` for an id that no check has. */
export function verifyIgnored(ignore: IgnoreReasons, checks: readonly Check[], where: string): void {
  const unknown = Object.keys(ignore).find((id) => !checks.some((check) => check.id === id));
  if (unknown !== undefined) throw unknownIgnored(unknown, where);
}

function unknownIgnored(id: string, where: string): GvtError {
  return new GvtError("BAD_CONFIG", `${where} ignores \`${escapeText(id)}\`, and there is no such check`, {
    hint: "`gvt doctor explain` lists the checks",
  });
}
