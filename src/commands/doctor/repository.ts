/** `gvt doctor --repo`: what the files of a repository say about Go, and which Go each of its modules gets. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "../../context.js";
import type { Check } from "../../doctor/check.js";
import { collect } from "../../doctor/collect.js";
import { thisHost } from "../../doctor/host.js";
import {
  inspectRepository,
  type RepositoryReport,
  withoutOverrides,
} from "../../doctor/inspect-repository.js";
import { renderModuleTable } from "../../doctor/report/module-table.js";
import { renderText } from "../../doctor/report/text.js";
import { redact } from "../../doctor/save/redact.js";
import { pickWidth } from "../../io/lines.js";
import { upwardFrom } from "../../select/pins.js";
import type { Arguments } from "../command.js";
import { seenFrom } from "../directory-argument.js";
import { withBaseline } from "./baseline.js";
import { findingStatus } from "./finding-status.js";
import { requireIgnored } from "./ignored.js";
import { pickFormat } from "./report.js";

export async function examineRepository(
  outer: Context,
  args: Arguments,
  checks: readonly Check[],
): Promise<number> {
  const { output } = outer;
  const format = pickFormat(args);
  const context = withoutOverrides(seenFrom(outer, args.words[0] ?? findTop(outer)));
  const host = thisHost();
  const found = await inspectRepository({
    context,
    host,
    snapshot: await collect(context, host),
    checks,
    ignore: requireIgnored(context),
    prepare: format.travels ? redact : (snapshot) => snapshot,
  });
  const report = { ...(await withBaseline(outer, args, found, checks)), map: found.map };
  const width = pickWidth(output);
  const lines = format.travels ? await format.render(report, width) : renderRepository(report, width);
  for (const line of lines) output.print(line);
  return findingStatus(report.findings, args);
}

function renderRepository({ map, snapshot, findings, ignored }: RepositoryReport, width: number): string[] {
  const table = renderModuleTable(map);
  const isQuiet = findings.length === 0 && ignored.length === 0;
  return isQuiet
    ? [...table, "nothing to complain about"]
    : [...table, "", ...renderText(snapshot, findings, { ignored, width })];
}

/** The repository around the current directory; not the one in which somebody keeps a whole home directory. */
function findTop({ cwd, home }: Context): string {
  for (const directory of upwardFrom(cwd))
    if (directory !== home && existsSync(join(directory, ".git"))) return directory;
  return cwd;
}
