/** The manual page of one check: `gvt doctor explain ID`. Pure. */

import { wrap } from "../../io/lines.js";
import type { Check } from "../check.js";
import type { Manual } from "../manual/manual.js";

export function renderManual(check: Check, manual: Manual): string[] {
  const { looksAt, messages, why, remedy, ignore, unverified } = manual;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ["looks at", looksAt],
    ["why", why],
    ["remedy", remedy],
    ["ignore it", ignore],
    ["unverified", unverified],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    `${check.id} (${check.severity}): ${check.title}`,
    "",
    ...rows.flatMap(([name, text]) =>
      text === undefined ? [] : wrap(text, `  ${name.padEnd(width)}  `, " ".repeat(width + 4)),
    ),
    ...(messages.length === 0 ? [] : ["", "  messages"]),
    ...messages.map((message) => `    ${message}`),
  ];
}
