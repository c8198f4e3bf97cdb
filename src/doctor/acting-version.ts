/** Which version the go command is that somebody starts here: chosen, found on PATH, or forced by GOTOOLCHAIN. */
import type { Context } from "../context.js";
import { GvtError } from "../errors.js";
import { escapePath, escapeText } from "../go/escape.js";
import type { GoVersion, LanguageVersion } from "../go/version.js";
import { describeOrigin, type MissingSelection, type Selection } from "../select/selection.js";
import { findUserGoEnvPath, readUserGoEnv } from "../store/user-go-env.js";
import { createDirectLook } from "./collect/direct-look.js";
import { readHead } from "./collect/executable.js";
import { findBuiltVersion } from "./facts.js";
import { SWITCHING_LINE } from "./switching.js";
import { parseToolchainSetting } from "./toolchain-setting.js";

export interface ActingVersion {
  /** A line where a line is chosen of which nothing is installed. */
  readonly version: GoVersion | LanguageVersion;
  /** For people: `chosen by /repo/.go-version:1`. */
  readonly by: string;
  readonly installed: boolean;
}

/** Undefined where nothing tells without starting a program. Throws where GOTOOLCHAIN stops every go command. */
export async function findActingVersion(
  context: Context,
  selection: Selection,
): Promise<ActingVersion | undefined> {
  if (selection.kind === "missing") return findWanted(selection);
  const chosen: ActingVersion | undefined =
    selection.kind === "toolchain"
      ? { version: selection.version, by: `chosen by ${describeOrigin(selection.origin)}`, installed: true }
      : await findSystemVersion(selection.program);
  if (!chosen || chosen.version.minor < SWITCHING_LINE) return chosen;
  return findForced(context) ?? chosen;
}

function findWanted({ wanted, origin }: MissingSelection): ActingVersion | undefined {
  const by = `chosen by ${describeOrigin(origin)}`;
  if (wanted.kind === "exact") return { version: wanted.version, by, installed: false };
  if (wanted.kind === "line") return { version: wanted.line, by, installed: false };
  return undefined;
}

async function findSystemVersion(program: string | undefined): Promise<ActingVersion | undefined> {
  if (program === undefined) return undefined;
  const head = await createDirectLook("").withPieces(program, readHead);
  const version = head?.build?.path === "cmd/go" ? findBuiltVersion(head.build.go) : undefined;
  return version && { version, by: `at ${escapePath(program)}`, installed: true };
}

/** What GOTOOLCHAIN starts instead, where it names a toolchain. */
function findForced(context: Context): ActingVersion | undefined {
  const exported = context.env["GOTOOLCHAIN"];
  const written = exported ? undefined : readUserGoEnv(context).get("GOTOOLCHAIN");
  const text = exported || written?.value;
  if (!text) return undefined;
  const place = exported
    ? "the environment"
    : `${escapePath(findUserGoEnvPath(context) ?? "")}:${written?.line}`;
  const setting = parseToolchainSetting(text);
  if (setting.kind === "invalid") throw badToolchain(text, place);
  return setting.base && { version: setting.base, by: `forced by GOTOOLCHAIN in ${place}`, installed: true };
}

function badToolchain(text: string, place: string): GvtError {
  return new GvtError("BAD_CONFIG", `GOTOOLCHAIN is \`${escapeText(text)}\`, which no go command accepts`, {
    facts: { "set by": place },
    hint: "`gvt doctor explain gotoolchain-invalid`",
  });
}
