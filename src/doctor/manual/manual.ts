/** What a manual page is, and how one is found by the message that Go gives. Pure. */

/** What `gvt doctor explain ID` shows. */
export interface Manual {
  /** What the check reads, and when it fires. */
  readonly looksAt: string;
  /** What Go, a shell or a loader prints; `<…>` stands for what varies. */
  readonly messages: readonly string[];
  /** Why it hurts: one or two sentences, shown with the finding too. */
  readonly why: string;
  readonly remedy: string;
  /** When it may be left as it is. */
  readonly ignore: string;
  /** Said where it could only be tried on recorded snapshots. */
  readonly unverified?: string;
}

/** By the id of the check. */
export type Manuals = Readonly<Record<string, Manual>>;

/** The ids whose message a text holds, the longest message first: it says the most. */
export function findByMessage(manuals: Manuals, text: string): string[] {
  const found = Object.entries(manuals).flatMap(([id, { messages }]) => {
    const lengths = messages.filter((message) => patternOf(message).test(text)).map(({ length }) => length);
    return lengths.length === 0 ? [] : [{ id, length: Math.max(...lengths) }];
  });
  return found.sort((a, b) => b.length - a.length).map(({ id }) => id);
}

/** People paste messages with other quotes, other case and line breaks in other places. */
function patternOf(message: string): RegExp {
  const parts = message.split(/<[^>]*>/).map((part) =>
    part
      .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
      .replace(/["'`]/g, "[\"'`]?")
      .replace(/\s+/g, "\\s+"),
  );
  return new RegExp(parts.join(".*?"), "is");
}
