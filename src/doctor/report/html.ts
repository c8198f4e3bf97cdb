/**
 * The report as one page that needs nothing else: no script, no network, light or dark as the reader's system is,
 * usable by keyboard, readable in print. Pure.
 */
import type { Finding } from "../check.js";
import { deriveFacts } from "../facts.js";
import { type PictureEntry, picturePath } from "../path-picture.js";
import { describeTool, listShadowing } from "../shadowing.js";
import type { Snapshot } from "../snapshot.js";
import { STYLE } from "./html-style.js";
import { describeMachine, describeVariables, type Row } from "./machine.js";
import { type Markup, markup, NOTHING, prose } from "./markup.js";
import { describeEntry, describeHidden, describeWinner } from "./picture.js";
import type { IgnoredFinding, Report } from "./report.js";
import { countFindings, describeCounts, describeEvidence, findGo, renderStep } from "./text.js";

export function renderHtml({ snapshot, findings, ignored }: Report): string {
  const counts = countFindings(findings);
  const isHealthy = counts.error + counts.warning === 0;
  const headline = isHealthy ? "healthy" : describeCounts(counts);
  const mood = counts.error > 0 ? "error" : counts.warning > 0 ? "warning" : "healthy";
  return `${
    markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>gvt doctor: ${headline}</title>
<style>${{ html: STYLE }}</style>
</head>
<body>
<header>
<p class="eyebrow">gvt doctor</p>
<h1 class="${mood}">${headline}</h1>
<p>${isHealthy ? prose(findGo(snapshot) ?? "There is nothing to complain about.") : `What is wrong with Go in ${snapshot.cwd}, what to do first at the top.`}</p>
</header>
<main>
${findings.map((finding, index) => renderFinding(finding, `finding-${index + 1}`, snapshot))}
${renderShadowing(snapshot)}
${renderPicture(snapshot)}
${ignored.length > 0 ? renderIgnored(ignored) : NOTHING}
${renderRows("The machine", describeMachine(snapshot))}
${renderRows("Variables", describeVariables(snapshot))}
</main>
<footer><p>Made by gvt ${snapshot.gvt} from a snapshot of ${snapshot.taken}. Secrets were taken out.</p></footer>
</body>
</html>`.html
  }\n`;
}

function renderFinding(finding: Finding, anchor: string, snapshot: Snapshot): Markup {
  const { severity, summary, id, evidence, why, consequences, remedy } = finding;
  const steps = remedy.steps.flatMap((step) => renderStep(step, snapshot)).map((line) => line.slice(6));
  return markup`<article class="${severity}" aria-labelledby="${anchor}">
<h2 id="${anchor}"><span class="badge">${severity}</span> ${prose(summary)}</h2>
<p>${prose(why)}</p>
<h3>Seen</h3>
<ul class="evidence">${evidence.map((each) => markup`<li><code>${describeEvidence(each)}</code></li>`)}</ul>
${
  consequences.length === 0
    ? NOTHING
    : markup`<h3>And so</h3><ul>${consequences.map((each) => markup`<li>${prose(each.summary)}</li>`)}</ul>`
}
<h3>Do: ${prose(remedy.summary)}</h3>
<pre tabindex="0"><code>${steps.join("\n")}</code></pre>
<p class="id">More about this: <code>gvt doctor explain ${id}</code></p>
</article>`;
}

function renderShadowing(snapshot: Snapshot): Markup {
  const rows = listShadowing(deriveFacts(snapshot));
  if (rows.length === 0) return NOTHING;
  return markup`<section><h2>Tools that others hide</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Tools that others hide"><table>
<thead><tr><th scope="col">Tool</th><th scope="col">What runs</th><th scope="col">What was meant</th></tr></thead>
<tbody>${rows.map(
    ({ tool, runs, meant }) => markup`<tr><th scope="row">${tool}</th>
<td><code>${runs.program.path}</code><br>${describeTool(runs.program)}</td>
<td><code>${meant.path}</code><br>${describeTool(meant)}</td></tr>`,
  )}</tbody></table></div></section>`;
}

function renderPicture(snapshot: Snapshot): Markup {
  const entries = picturePath(deriveFacts(snapshot));
  return markup`<section><h2>PATH, in order</h2><ol class="path">${entries.map(renderEntry)}</ol></section>`;
}

function renderEntry(entry: PictureEntry): Markup {
  const { wins, hidden, from, state, repeats } = entry;
  const isDull = (wins.length === 0 && hidden.length === 0) || repeats !== undefined || state !== "directory";
  return markup`<li${isDull ? markup` class="dull"` : NOTHING}><code>${describeEntry(entry)}</code>
${from.length === 0 ? NOTHING : markup`<p class="from">from ${from.join(", ")}</p>`}
${wins.length === 0 ? NOTHING : markup`<p><b class="wins">wins</b> ${wins.map(describeWinner).join(", ")}</p>`}
${hidden.length === 0 ? NOTHING : markup`<p><b class="hidden">hidden</b> ${hidden.map(describeHidden).join(", ")}</p>`}</li>`;
}

function renderIgnored(ignored: readonly IgnoredFinding[]): Markup {
  return markup`<section><h2>Ignored</h2><ul>${ignored.map(
    ({ finding, reason }) =>
      markup`<li>${prose(finding.summary)} <span class="id">${finding.id}</span><br>Reason: ${reason}</li>`,
  )}</ul></section>`;
}

function renderRows(title: string, rows: readonly Row[]): Markup {
  if (rows.length === 0) return NOTHING;
  return markup`<section><details><summary>${title}</summary><dl>${rows.map(
    ([name, value]) => markup`<dt>${name}</dt><dd><code>${value}</code></dd>`,
  )}</dl></details></section>`;
}
