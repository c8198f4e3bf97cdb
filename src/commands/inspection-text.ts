/** What is wrong with a toolchain, as people read it and as programs do. */
import { escapePath } from "../go/escape.js";
import { formatGoVersion, toolchainName } from "../go/version.js";
import { type Inspection, isWhole } from "../store/comparison.js";

/** A screenful of each kind. */
const SHOWN = 20;

export function renderInspection(inspection: Inspection): string[] {
  const name = toolchainName(inspection.version);
  if (inspection.kind === "incomparable") {
    return [`${name} cannot be compared with what was published: ${inspection.reason}`];
  }
  if (isWhole(inspection)) return [`${name} is whole: ${inspection.files} files as they were published`];
  const { missing, altered, added } = inspection.comparison;
  return [
    `${name} is not as it was published:`,
    ...renderPaths("missing", missing.map(escapePath)),
    ...renderPaths(
      "altered",
      altered.map(({ path, reason }) => `${escapePath(path)}: ${reason}`),
    ),
    ...renderPaths("added", added.map(escapePath)),
  ];
}

/** A word before each, and only so many of them. */
export function renderPaths(word: string, lines: readonly string[]): string[] {
  const shown = lines.slice(0, SHOWN).map((line) => `  ${word.padEnd(7)}  ${line}`);
  const rest = lines.length - SHOWN;
  return rest > 0 ? [...shown, `  ${word.padEnd(7)}  … and ${rest} more`] : shown;
}

export function describeInspection(inspection: Inspection): object {
  const { version, goroot } = inspection;
  const found = inspection.kind === "compared" ? inspection.comparison : { reason: inspection.reason };
  return { version: formatGoVersion(version), goroot, whole: isWhole(inspection), ...found };
}
