/** Where another common tool would choose differently from the same files: sentences for `gvt why`. Pure. */

import { escapePath } from "../go/escape.js";
import type { ModuleRequirement } from "../go/module-file.js";
import { formatSelector } from "../go/selector.js";
import { isExact } from "../go/version.js";
import type { PlacedPin } from "./pins.js";
import type { Origin } from "./selection.js";

/** `passed` is a pin that asks for less than the requirement. */
export function notesOnRequirement(
  { wanted, text, older }: ModuleRequirement,
  passed: PlacedPin | undefined,
): string[] {
  const notes: string[] = [];
  if (passed) notes.push(noteOnPin(passed, text));
  if (older?.key === "toolchain") {
    notes.push(
      `setup-go would follow \`toolchain ${older.directive.text}\`, although \`${text}\` asks for more; Go itself takes the newer`,
    );
  }
  if (!isExact(wanted)) {
    notes.push(
      `Go itself takes \`${text}\` as a minimum that any newer toolchain meets; setup-go reads it as the newest release of the line`,
    );
  }
  return notes;
}

function noteOnPin({ selector, origin }: PlacedPin, required: string): string {
  const where = origin.kind === "file" ? placeOf(origin) : "a pin";
  return `${where} pins ${formatSelector(selector)}, which does not meet \`${required}\`; tools that read no go.mod would use it`;
}

function placeOf({ path, line }: Extract<Origin, { kind: "file" }>): string {
  return `${escapePath(path)}:${line}`;
}
