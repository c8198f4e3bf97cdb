/** HTML that is escaped unless it was made here. Pure. */
import { escapePath } from "../../go/escape.js";

/** Text that is HTML already. */
export interface Markup {
  readonly html: string;
}

type Part = Markup | string | number | readonly Markup[];

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A template whose values are escaped, each line of them by itself, or are markup. */
export function markup(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return {
    html: texts
      .map((text, index) => text + (index < parts.length ? renderPart(parts[index] ?? "") : ""))
      .join(""),
  };
}

export const NOTHING: Markup = { html: "" };

/** What stands between backticks is code. */
export function prose(text: string): Markup {
  const parts = text.split(/`([^`]+)`/);
  return {
    html: parts
      .map((part, index) => (index % 2 === 1 ? markup`<code>${part}</code>` : markup`${part}`).html)
      .join(""),
  };
}

function renderPart(part: Part): string {
  if (typeof part === "string" || typeof part === "number") return escapeMarkup(String(part));
  return "html" in part ? part.html : part.map(({ html }) => html).join("");
}

function escapeMarkup(text: string): string {
  return text
    .split("\n")
    .map(escapePath)
    .join("\n")
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
