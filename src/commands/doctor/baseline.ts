/** `gvt doctor --baseline` and `--write-baseline`: what is known is set aside, so that only what is new fails. */

import { resolve } from "node:path";
import type { Context } from "../../context.js";
import { baselineOf, compareWithBaseline, keepUnasked } from "../../doctor/baseline.js";
import { findBaseline, readBaseline, writeBaseline } from "../../doctor/baseline-file.js";
import type { Check } from "../../doctor/check.js";
import type { Report } from "../../doctor/report/report.js";
import { GvtError } from "../../errors.js";
import { escapePath } from "../../go/escape.js";
import { type Arguments, findOption } from "../command.js";

/** The report as the options want it; as it is where they do not ask for a baseline. */
export async function withBaseline(
  { cwd, output, config }: Context,
  args: Arguments,
  report: Report,
  checks: readonly Check[],
): Promise<Report> {
  const [read, write] = [findOption(args, "baseline"), findOption(args, "write-baseline")];
  const file = read ?? write;
  if (file === undefined) return report;
  if (read !== undefined && write !== undefined) throw oneOnly();
  const path = resolve(cwd, file);
  const { snapshot, findings } = report;
  // Of what config.toml ignores, nobody can tell here whether it is gone.
  const isIgnored = ({ id }: Check): boolean =>
    findOption(args, "from") === undefined && Object.hasOwn(config.doctorIgnore, id);
  const asked = new Set(checks.filter((check) => !isIgnored(check)).map(({ id }) => id));
  if (write !== undefined) {
    const before = (await findBaseline(path)) ?? { findings: [] };
    const baseline = keepUnasked(before, baselineOf(findings, snapshot), asked);
    await writeBaseline(path, baseline);
    output.note(`wrote ${countOf(baseline.findings.length, "finding")} to \`${escapePath(file)}\``);
  }
  const { fresh, known, stale } = compareWithBaseline(findings, await readBaseline(path), {
    places: snapshot,
    checks: asked,
  });
  if (stale.length > 0) {
    output.note(`no longer found, and still in \`${escapePath(file)}\`:`);
    for (const fingerprint of stale) output.note(`  ${escapePath(fingerprint)}`);
  }
  const reason = `it is in the baseline ${escapePath(file)}`;
  const set = known.map((finding) => ({ finding, reason, baseline: file }));
  return { ...report, findings: fresh, ignored: [...report.ignored, ...set] };
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function oneOnly(): GvtError {
  return new GvtError("USAGE", "`--baseline` and `--write-baseline` contradict each other", {
    hint: "give one: `--write-baseline` takes in what is new, and leaves out what is gone",
  });
}
