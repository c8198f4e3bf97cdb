/** What is asked for here and not installed: the directory's selection, and the default. */
import type { Context } from "../context.js";
import { isGvtError } from "../errors.js";
import { formatSelector, pickVersion } from "../go/selector.js";
import { findDefault, type Pin } from "../select/pins.js";
import { select } from "../select/select.js";
import { describeOrigin, installCommand, type Selection } from "../select/selection.js";
import { listInstalled } from "../store/store.js";

/** One demand that nothing installed meets. */
export interface Unmet {
  readonly wanted: string;
  /** For people: `/repo/.go-version:1`. */
  readonly origin: string;
  readonly selected: boolean;
  readonly default: boolean;
}

/** The selection and the default as far as they can be read: a listing is no place to fail because of a version file. */
export interface Asked {
  readonly selection: Selection | undefined;
  readonly defaultPin: Pin | undefined;
  /** Why the selection cannot be read; `gvt why` tells more. */
  readonly fault: string | undefined;
}

export function readAsked(context: Context): Asked {
  const { layout, config } = context;
  const selection = attempt(() => select(context));
  const pin = attempt(() => findDefault(layout.defaultVersion, config.aliases));
  return { selection: selection.value, defaultPin: pin.value, fault: selection.fault };
}

export function listUnmet({ layout }: Pick<Context, "layout">, { selection, defaultPin }: Asked): Unmet[] {
  const unmet: Unmet[] = [];
  if (selection?.kind === "missing") {
    unmet.push({
      wanted: formatSelector(selection.wanted),
      origin: describeOrigin(selection.origin),
      selected: true,
      default: selection.basis === "default",
    });
  }
  const isTold = selection?.kind === "missing" && selection.basis === "default";
  if (!defaultPin || isTold || defaultPin.selector.kind === "system") return unmet;
  if (pickVersion(defaultPin.selector, listInstalled(layout))) return unmet;
  const wanted = formatSelector(defaultPin.selector);
  return [...unmet, { wanted, origin: describeOrigin(defaultPin.origin), selected: false, default: true }];
}

/** One sentence, with what to type. */
export function renderUnmet(unmet: Unmet): string {
  const { wanted, origin } = unmet;
  const role = unmet.default ? "the default" : "selected here";
  const instead = unmet.default ? " or `gvt global VERSION`" : "";
  return `\`${wanted}\`, ${role} by ${origin}, is not installed: \`${installCommand(wanted)}\`${instead}`;
}

function attempt<T>(read: () => T): { readonly value?: T; readonly fault: string | undefined } {
  try {
    return { value: read(), fault: undefined };
  } catch (error) {
    if (!isGvtError(error)) throw error;
    return { fault: error.message };
  }
}
