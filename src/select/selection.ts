/** The outcome of selecting: which toolchain, from where, by which rule. Made once, in select(), and only read after. */
import { GvtError } from "../errors.js";
import { escapePath, escapeText } from "../go/escape.js";
import { formatSelector, type VersionSelector } from "../go/selector.js";
import type { GoVersion } from "../go/version.js";

/** What is asked for once aliases have been looked up. */
export type Wanted = Exclude<VersionSelector, { kind: "alias" | "system" }>;

/** Where a selector came from. */
export type Origin =
  /** `+1.22.6`, or a shim's own name. */
  | { readonly kind: "argument"; readonly text: string }
  | { readonly kind: "environment"; readonly variable: string; readonly text: string }
  | { readonly kind: "file"; readonly path: string; readonly line: number; readonly text: string }
  /** Nothing speaks: the system's Go. */
  | { readonly kind: "nothing" };

/** What kind of statement decided: it also decides what a shim puts into GOTOOLCHAIN. */
export type Basis = "argument" | "pin" | "requirement" | "default" | "nothing";

/** The rules of docs/reference/version-selection.md that can have the last word. */
export type DecidingRule = "R1" | "R2" | "R3" | "R10" | "R11" | "R12" | "R13" | "R14";

/** What every outcome says of how it came about. */
export interface Decision {
  readonly origin: Origin;
  readonly basis: Basis;
  readonly rule: DecidingRule;
  /** One sentence each, where another common tool would choose differently from the same files. */
  readonly notes: readonly string[];
}

export type ToolchainSelection = Decision & {
  readonly kind: "toolchain";
  readonly version: GoVersion;
  readonly goroot: string;
};

/** The first `go` on PATH that is not under the root; undefined where there is none. */
export type SystemSelection = Decision & { readonly kind: "system"; readonly program: string | undefined };

/** Decided, but not installed: what `gvt install` would have to be asked for. */
export type MissingSelection = Decision & { readonly kind: "missing"; readonly wanted: Wanted };

export type Selection = ToolchainSelection | SystemSelection | MissingSelection;

/** For people: `/repo/.go-version:1`, `GVT_VERSION`, `+1.22.6`. */
export function describeOrigin(origin: Origin): string {
  switch (origin.kind) {
    case "argument":
      return `+${escapeText(origin.text)}`;
    case "environment":
      return origin.variable;
    case "file":
      return `${escapePath(origin.path)}:${origin.line}`;
    case "nothing":
      return "PATH";
  }
}

/** The error of whoever needs the toolchain that is missing. */
export function missingError({ wanted, origin }: MissingSelection): GvtError {
  const name = formatSelector(wanted);
  const what =
    wanted.kind === "exact" ? `go${name} is not installed` : `no Go that meets \`${name}\` is installed`;
  return new GvtError("NOT_INSTALLED", what, {
    // What somebody has just typed is no news to him.
    ...(origin.kind !== "argument" && {
      facts: {
        "asked for by": describeOrigin(origin),
        ...(origin.kind !== "nothing" && { "as it says": escapeText(origin.text) }),
      },
    }),
    hint: `\`${installCommand(name)}\``,
  });
}

/** To be typed as it stands: to a shell, the signs of a range mean something else. */
export function installCommand(wanted: string): string {
  return `gvt install ${/^[\w.]+$/.test(wanted) ? wanted : `"${wanted}"`}`;
}

/** The error of whoever needs a program of the system's Go where PATH has none. */
export function noSystemError({ origin }: SystemSelection, program = "go"): GvtError {
  const undecided = origin.kind === "nothing";
  return new GvtError(
    "NO_VERSION",
    undecided
      ? `no version is decided here, and PATH has no \`${program}\` besides gvt's own`
      : `\`system\` is decided, and PATH has no \`${program}\` besides gvt's own`,
    {
      ...(!undecided && { facts: { "asked for by": describeOrigin(origin) } }),
      hint: undecided
        ? "`gvt global latest` installs the newest Go and makes it the default"
        : "put the system's Go on PATH, or decide for a version: `gvt local 1.22`",
    },
  );
}
