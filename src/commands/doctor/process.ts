/** `gvt doctor --pid N`: what a running process sees of Go, against what is seen here; Linux only. */
import { type Context, createContext } from "../../context.js";
import type { Check } from "../../doctor/check.js";
import { type ProcessFacts, readProcess } from "../../doctor/collect/process.js";
import { collect } from "../../doctor/collect.js";
import { thisHost } from "../../doctor/host.js";
import { formatJson } from "../../doctor/json.js";
import { compareEnvironments, compareRunning, type Difference } from "../../doctor/process-differences.js";
import { renderDifferences } from "../../doctor/report/difference-table.js";
import { documentOf } from "../../doctor/report/json.js";
import { makeReport, type Report } from "../../doctor/report/report.js";
import { renderText } from "../../doctor/report/text.js";
import { redact } from "../../doctor/save/redact.js";
import type { Snapshot } from "../../doctor/snapshot.js";
import { GvtError } from "../../errors.js";
import { escapePath } from "../../go/escape.js";
import { pickWidth } from "../../io/lines.js";
import { type Arguments, findOption, isSet } from "../command.js";
import { findingStatus } from "./finding-status.js";
import { requireIgnored } from "./ignored.js";

interface Comparison {
  readonly observed: ProcessFacts;
  readonly differences: readonly Difference[];
  /** Absent where the files that it sees are not those that are seen here. */
  readonly report?: Report;
}

export async function examineProcess(
  context: Context,
  args: Arguments,
  checks: readonly Check[],
): Promise<number> {
  if (context.platform.os !== "linux") throw linuxOnly();
  const ignore = requireIgnored(context);
  const observed = await readProcess(findOption(args, "pid") ?? "");
  const comparison = await compare(context, observed, (seen) => makeReport(seen, checks, ignore));
  const lines = isSet(args, "json")
    ? [renderComparisonAsJson(comparison)]
    : renderComparison(comparison, pickWidth(context.output));
  for (const line of lines) context.output.print(line);
  return findingStatus(comparison.report?.findings ?? [], args);
}

async function compare(
  context: Context,
  observed: ProcessFacts,
  judge: (snapshot: Snapshot) => Report,
): Promise<Comparison> {
  const settings = compareEnvironments(context.env, observed.env);
  if (observed.elsewhere) return { observed, differences: settings };
  const [here, there] = await Promise.all(
    [context, await contextOf(observed, context)].map((seen) => collect(seen, thisHost())),
  );
  if (!here || !there) return { observed, differences: settings };
  const differences = [...compareRunning(here, there), ...settings];
  return { observed, differences, report: judge(redact(there)) };
}

/** The world as the process was started into it, looked at with the eyes of whoever asks. */
async function contextOf({ env, cwd }: ProcessFacts, context: Context): Promise<Context> {
  const { platform, output, signal, self } = context;
  const there = await createContext(
    {
      env,
      cwd: () => cwd,
      os: "linux",
      arch: "x64",
      homedir: () => context.home ?? "/",
      output,
      signal,
      self,
    },
    { settings: "default-where-bad" },
  );
  return { ...there, platform };
}

function renderComparison({ observed, differences, report }: Comparison, width: number): string[] {
  const { pid, executable, cwd } = observed;
  return [
    `process ${pid} is ${escapePath(executable)}, in ${escapePath(cwd)}`,
    ...(differences.length === 0
      ? ["it sees the same Go, PATH and variables of Go as this shell"]
      : ["it sees other things than this shell:", ...renderDifferences(differences)]),
    "",
    ...(report
      ? [`what it sees:`, ...renderText(report.snapshot, report.findings, { ignored: report.ignored, width })]
      : ["it sees other files than this shell, as a container does: look from within"]),
    ...(report?.findings.length
      ? ["a process keeps the environment that it was started with: mend, then start it anew"]
      : []),
  ];
}

function renderComparisonAsJson({ observed, differences, report }: Comparison): string {
  const { pid, executable, cwd, uid, elsewhere } = observed;
  return formatJson({
    schema: 1,
    process: { pid, executable, directory: cwd, uid, elsewhere },
    differences: differences.map(({ name, here = null, there = null }) => ({ name, here, there })),
    report: report ? documentOf(report) : null,
  });
}

function linuxOnly(): GvtError {
  return new GvtError("PLATFORM_UNSUPPORTED", "only Linux shows what another process sees", {
    hint: "run `gvt doctor` where that process was started",
  });
}
