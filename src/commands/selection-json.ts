/** A Selection in the documented shape that `--json` prints. */
import { formatSelector } from "../go/selector.js";
import { formatGoVersion } from "../go/version.js";
import type { Selection } from "../select/selection.js";

export function describeSelection(selection: Selection): object {
  const { kind, basis, rule, origin, notes } = selection;
  switch (selection.kind) {
    case "toolchain":
      return {
        kind,
        version: formatGoVersion(selection.version),
        goroot: selection.goroot,
        basis,
        rule,
        origin,
        notes,
      };
    case "system":
      return { kind, program: selection.program ?? null, basis, rule, origin, notes };
    case "missing":
      return { kind, wanted: formatSelector(selection.wanted), basis, rule, origin, notes };
  }
}
