/** What a fix has come to, as people read it around the diagnosis of what remains. Pure. */
import { escapePath } from "../../go/escape.js";
import { wrap } from "../../io/lines.js";
import type { Outcome } from "../fix/outcome.js";
import { isForOpenShell } from "../remedy.js";
import type { Snapshot } from "../snapshot.js";
import { renderStep } from "./text.js";

export function renderMended({ mended }: Outcome, width: number): string[] {
  const lines = mended.flatMap(({ summary, id }) => wrap(`mended: ${summary} [${id}]`, "", "  ", width));
  return [...lines, ...(lines.length > 0 ? [""] : [])].map(escapePath);
}

/** What only the person in front of this shell can do, last of all: it is what comes next. */
export function renderFollowUps(
  { followUps }: Outcome,
  page: { readonly user: Snapshot["user"]; readonly width: number },
): string[] {
  const commands = followUps.filter(isForOpenShell).flatMap((step) => renderStep(step, page));
  const advice = followUps
    .filter((step) => step.kind === "advise")
    .flatMap(({ text }) => wrap(`and: ${text}`, "", "  ", page.width));
  return [
    ...(commands.length > 0 ? ["", "this shell has the old settings still; type here:", ...commands] : []),
    ...(advice.length > 0 ? ["", ...advice] : []),
  ].map(escapePath);
}
