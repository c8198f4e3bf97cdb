/** The check that a person names. */
import { findCheck } from "../../doctor/catalogue.js";
import type { Check } from "../../doctor/check.js";
import { GvtError } from "../../errors.js";
import { escapeText } from "../../go/escape.js";

/** Throws `USAGE` where no check has this id. */
export function requireCheck(id: string): Check {
  const check = findCheck(id);
  if (check) return check;
  throw new GvtError("USAGE", `there is no check \`${escapeText(id)}\``, {
    hint: "`gvt doctor explain` lists them",
  });
}
