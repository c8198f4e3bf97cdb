/** The forms of a report: a new one is one renderer and one row. Each is loaded where it is used. */
import type { Report } from "./report.js";

export interface Format {
  /** Read on other machines, and hence made of a snapshot without secrets. */
  readonly travels: boolean;
  /** Lines; `width` is what the terminal has. */
  readonly render: (report: Report, width: number) => Promise<readonly string[]>;
}

export const FORMATS: Readonly<Record<string, Format>> = {
  text: {
    travels: false,
    render: async ({ snapshot, findings, ignored }, width) =>
      (await import("./text.js")).renderText(snapshot, findings, { ignored, width }),
  },
  json: {
    travels: true,
    render: async (report) => [(await import("./json.js")).renderJson(report)],
  },
  sarif: {
    travels: true,
    render: async (report) => [(await import("./sarif.js")).renderSarif(report)],
  },
  markdown: {
    travels: true,
    render: async (report) => (await import("./markdown.js")).renderMarkdown(report),
  },
  html: {
    travels: true,
    render: async (report) => [(await import("./html.js")).renderHtml(report)],
  },
};

export function findFormat(name: string): Format | undefined {
  return Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
}
