/** How the page looks: the reader's own fonts and colour scheme, one column, nothing wider than the window. */

export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f7f7f5; --sheet: #ffffff; --ink: #1d2226; --soft: #555d65; --line: #dcdedf; --code: #f0f1f0;
  --error: #b3261e; --warning: #855300; --info: #0b5f8a; --healthy: #1b6e3c; --focus: #0b5f8a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171a; --sheet: #1c2024; --ink: #e6e8ea; --soft: #a5adb5; --line: #343a40; --code: #14171a;
    --error: #ff8f85; --warning: #f2b84b; --info: #7cc4ec; --healthy: #7bd49a; --focus: #7cc4ec;
  }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem 1rem 3rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
header, main, footer { max-width: 52rem; margin: 0 auto; }
header { padding: 0 0 1.25rem; }
header p { margin: 0; color: var(--soft); overflow-wrap: anywhere; }
.eyebrow { font-weight: 600; letter-spacing: .02em; }
h1 { margin: .1rem 0 .3rem; font-size: 1.9rem; line-height: 1.2; }
h1.error { color: var(--error); } h1.warning { color: var(--warning); } h1.healthy { color: var(--healthy); }
h2 { margin: 0 0 .6rem; font-size: 1.15rem; line-height: 1.35; overflow-wrap: anywhere; }
h3 { margin: 1rem 0 .3rem; font-size: .95rem; }
article, section { margin: 0 0 1rem; padding: 1.1rem 1.25rem; background: var(--sheet);
  border: 1px solid var(--line); border-radius: .5rem; }
article { border-left: .3rem solid var(--mood); }
article.error { --mood: var(--error); } article.warning { --mood: var(--warning); } article.info { --mood: var(--info); }
article p { margin: 0; }
.badge { display: inline-block; margin-right: .35rem; padding: 0 .5rem; border: 1px solid var(--mood);
  border-radius: 1rem; color: var(--mood); font-size: .8rem; font-weight: 600; line-height: 1.5; vertical-align: .1em; }
ul, ol { margin: 0; padding-left: 1.3rem; }
code, pre { font: .875rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
code { overflow-wrap: anywhere; }
h2 code, h3 code { font-size: .95em; font-weight: inherit; }
pre { margin: 0; padding: .7rem .85rem; overflow-x: auto; background: var(--code); border: 1px solid var(--line);
  border-radius: .35rem; }
pre code { white-space: pre-wrap; }
li { line-height: 1.45; }
.id { color: var(--soft); font-size: .85rem; }
article .id { margin-top: .8rem; }
.path { padding-left: 2.2rem; }
.path li { padding: .3rem 0; }
.path li::marker { color: var(--soft); font-variant-numeric: tabular-nums; }
.path p { margin: .1rem 0 0; font-size: .9rem; overflow-wrap: anywhere; }
.path .from, .dull code { color: var(--soft); }
.wins { color: var(--healthy); } .hidden { color: var(--warning); }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .92rem; }
th, td { padding: .5rem .75rem .5rem 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { border-top: 0; color: var(--soft); font-weight: 600; }
td { overflow-wrap: anywhere; }
details summary { font-size: 1.15rem; font-weight: 700; cursor: pointer; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1.25rem; margin: .8rem 0 0; }
dt { color: var(--soft); } dd { margin: 0; min-width: 0; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: .2rem; }
footer p { margin: 1.5rem 0 0; color: var(--soft); font-size: .85rem; }
@media (max-width: 34rem) {
  body { padding: 1.25rem .75rem 2rem; }
  h1 { font-size: 1.5rem; }
  article, section { padding: .9rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .5rem; }
}
@media print {
  body { padding: 0; background: none; }
  article, section { break-inside: avoid; }
}
`;
