import { describe, expect, it } from "vitest";
import { CHECKS } from "../../../src/doctor/catalogue.js";
import { renderHtml } from "../../../src/doctor/report/html.js";
import { markup, prose } from "../../../src/doctor/report/markup.js";
import { makeReport } from "../../../src/doctor/report/report.js";
import type { Snapshot } from "../../../src/doctor/snapshot.js";
import { HOME, installTools, machine, putOnPath, setVariable, tool } from "../support/machine.js";
import { VECTORS } from "../vectors/all.js";

function pageOf(snapshot: Snapshot): string {
  return renderHtml(makeReport(snapshot, CHECKS));
}

const VOID = new Set(["meta", "br"]);

/** The tags that are open at the end, and those that close another than the last. */
function findUnbalanced(page: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  const body = page.replace(/<style>[\s\S]*?<\/style>/, "");
  for (const [, slash, name = ""] of body.matchAll(/<(\/?)([a-z0-9]+)(?:\s[^<>]*)?>/g)) {
    if (VOID.has(name)) continue;
    if (slash !== "/") open.push(name);
    else if (open.pop() !== name) wrong.push(name);
  }
  return [...open, ...wrong];
}

describe("the report as a page", () => {
  it("is whole in every world, and needs neither script nor network", { timeout: 60_000 }, () => {
    for (const { name, snapshot } of VECTORS) {
      const page = pageOf(snapshot);
      expect(findUnbalanced(page), name).toEqual([]);
      expect(page, name).not.toMatch(/<script|<link|<img|<iframe|\ssrc=|\shref=|url\(|@import/i);
      const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
      expect(new Set(ids).size, name).toBe(ids.length);
    }
  });

  it("forbids the browser to load anything, and follows the colour scheme of the reader", () => {
    const page = pageOf(machine());
    expect(page).toContain("default-src 'none'; style-src 'unsafe-inline'");
    expect(page).toContain("prefers-color-scheme: dark");
  });

  it("escapes what variables, files and directories say", () => {
    const nasty = `"'><script>alert(1)</script>&\u001b[31m`;
    const snapshot = machine((draft) => {
      setVariable(draft, "GOFLAGS", nasty);
      putOnPath(draft, `/opt/${nasty}`, []);
      draft.cwd = `/work/${nasty}`;
    });
    const page = pageOf(snapshot);
    expect(page).not.toContain("<script");
    expect(page).not.toMatch(/[^\P{Cc}\n]/u);
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;&amp;\\x1b[31m");
  });

  it("says of a healthy machine that it is", () => {
    expect(pageOf(machine())).toContain('<h1 class="healthy">healthy</h1>');
  });

  it("shows which tools others hide", () => {
    const snapshot = machine((draft) => {
      installTools(draft, tool(`${HOME}/go/bin/gopls`, "golang.org/x/tools/gopls"));
      putOnPath(draft, "/opt/bin", [tool("/opt/bin/gopls", "golang.org/x/tools/gopls")]);
      putOnPath(draft, `${HOME}/go/bin`, [tool(`${HOME}/go/bin/gopls`, "golang.org/x/tools/gopls")], "back");
    });
    expect(pageOf(snapshot)).toMatch(/<th scope="row">gopls<\/th>\s*<td><code>\/opt\/bin\/gopls<\/code>/);
  });
});

describe("markup", () => {
  it("escapes values and keeps markup, alone or in a list", () => {
    const item = markup`<b>${"<"}</b>`;
    expect(markup`<p title="${'"'}">${[item, item]}${1}</p>`.html).toBe(
      '<p title="&quot;"><b>&lt;</b><b>&lt;</b>1</p>',
    );
  });

  it("makes code of what stands between backticks", () => {
    expect(prose("`go` is <b> and ` alone").html).toBe("<code>go</code> is &lt;b&gt; and ` alone");
  });
});
