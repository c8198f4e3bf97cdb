/**
 * The report for pasting into an issue: what people said is fenced or escaped, so that it stays text, mentions nobody
 * and links nowhere; the home directory is `~`. Pure.
 */
import { escapePath } from "../../go/escape.js";
import type { Finding } from "../check.js";
import { deriveFacts } from "../facts.js";
import type { Snapshot } from "../snapshot.js";
import { describeMachine, describeVariables } from "./machine.js";
import { prose } from "./markup.js";
import { renderPicture } from "./picture.js";
import type { IgnoredFinding, Report } from "./report.js";
import { countFindings, describeCounts, describeEvidence, renderStep } from "./text.js";

export function renderMarkdown({ snapshot, findings, ignored }: Report): string[] {
  const counts = describeCounts(countFindings(findings)) || "healthy";
  const rows = [...describeMachine(snapshot), ...describeVariables(snapshot)];
  const facts = rows.map(([name, value]) => `${name}: ${escapePath(value)}`);
  const picture = renderPicture(deriveFacts(snapshot), { whole: true });
  const lines = [
    `### gvt doctor: ${counts}`,
    "",
    ...findings.flatMap((finding) => renderSection(finding, snapshot)),
    ...(ignored.length > 0 ? renderIgnored(ignored) : []),
    ...renderDetails("the machine", renderFence(facts)),
    ...renderDetails("PATH", renderFence(picture)),
  ];
  return lines.map((line) => shortenHome(line, snapshot));
}

function renderSection(finding: Finding, snapshot: Snapshot): string[] {
  const { severity, summary, id, evidence, why, consequences, remedy } = finding;
  const steps = remedy.steps.flatMap((step) => renderStep(step, snapshot)).map((line) => line.trim());
  return renderDetails(
    `<b>${severity}</b>: ${renderTagText(summary)} <code>${id}</code>`,
    [
      ...renderFence(evidence.map(describeEvidence)),
      "",
      `Why: ${renderProse(why)}`,
      "",
      ...consequences.map((each) => `- and so: ${renderProse(each.summary)} <code>${each.id}</code>`),
      ...(consequences.length > 0 ? [""] : []),
      `Do: ${renderProse(remedy.summary)}`,
      "",
      ...renderFence(steps),
    ],
    severity !== "info",
  );
}

function renderIgnored(ignored: readonly IgnoredFinding[]): string[] {
  return renderDetails(
    `${ignored.length} ignored`,
    ignored.map(
      ({ finding, reason }) =>
        `- ${renderProse(finding.summary)} <code>${finding.id}</code>: ${renderProse(reason)}`,
    ),
  );
}

function renderDetails(summary: string, body: readonly string[], open = false): string[] {
  return [`<details${open ? " open" : ""}><summary>${summary}</summary>`, "", ...body, "", "</details>", ""];
}

/** A fence is longer than any run of backticks within. */
function renderFence(lines: readonly string[]): string[] {
  const safe = lines.map(escapePath);
  const longest = Math.max(
    2,
    ...safe.flatMap((line) => (line.match(/`+/g) ?? []).map(({ length }) => length)),
  );
  const fence = "`".repeat(longest + 1);
  return [`${fence}text`, ...safe, fence];
}

/** A paragraph or an item: the text of renderTagText(), in which Markdown finds nothing of its own. */
function renderProse(text: string): string {
  return renderTagText(text).replace(/[\\`*_{}[\]|~]/g, "\\$&");
}

/** A line that begins with a tag is HTML and no Markdown. It mentions no person and names no other issue. */
function renderTagText(text: string): string {
  return prose(text).html.replace(/(?<!&)[@#](?=\w)/g, "$&<!-- -->");
}

function shortenHome(line: string, { user: { home } }: Snapshot): string {
  if (home === undefined || home === "/" || home === "") return line;
  const pattern = home.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return line.replace(new RegExp(`${pattern}(?![\\w.-])`, "g"), "~");
}
