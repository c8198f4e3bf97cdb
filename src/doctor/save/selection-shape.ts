/** The shape of what was selected, or why nothing was, in a saved snapshot. Pure. */
import type { GoVersion, LanguageVersion, Prerelease } from "../../go/version.js";
import type { Basis, DecidingRule, Decision, Origin, Selection, Wanted } from "../../select/selection.js";
import {
  count,
  list,
  type Members,
  object,
  oneOf,
  optional,
  type Shape,
  text,
  textLike,
  variants,
} from "../shape.js";
import type { SelectionOutcome } from "../snapshot.js";

/** Of its own characters only, since commands are made of it. */
const range = textLike("range", (value) => /^[\d.x*<>=^~|\s-]+$/.test(value));

const goVersion = object<GoVersion>({
  minor: count,
  patch: count,
  // A version that is final has no such member; `exactOptionalPropertyTypes` tells that from an undefined one.
  prerelease: optional(
    object<Prerelease>({ kind: oneOf<Prerelease["kind"]>({ beta: true, rc: true }), number: count }),
  ) as Shape<Prerelease>,
});

const decision: Members<Decision> = {
  origin: variants<Origin>({
    argument: { text },
    environment: { variable: text, text },
    file: { path: text, line: count, text },
    nothing: {},
  }),
  basis: oneOf<Basis>({ argument: true, pin: true, requirement: true, default: true, nothing: true }),
  rule: oneOf<DecidingRule>({
    R1: true,
    R2: true,
    R3: true,
    R10: true,
    R11: true,
    R12: true,
    R13: true,
    R14: true,
  }),
  notes: list(text),
};

export const SELECTION: Shape<SelectionOutcome> = variants<SelectionOutcome>({
  unanswered: {},
  selected: {
    selection: variants<Selection>({
      toolchain: { ...decision, version: goVersion, goroot: text },
      system: { ...decision, program: optional(text) },
      missing: {
        ...decision,
        wanted: variants<Wanted>({
          exact: { version: goVersion },
          line: { line: object<LanguageVersion>({ minor: count }) },
          range: { range },
          latest: {},
          oldstable: {},
        }),
      },
    }),
  },
  failed: { code: text, message: text, hint: optional(text) },
});
