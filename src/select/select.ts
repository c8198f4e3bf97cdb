/**
 * Which toolchain runs here: the one decision, by the rules of docs/reference/version-selection.md. Reads only files
 * that can change the outcome, in the order in which they matter; never the network. The shim's copy of these rules
 * is shims/shim.sh, and test/vectors/selection.json holds the two together.
 */
import type { Context } from "../context.js";
import { type ModuleRequirement, meetsRequirement } from "../go/module-file.js";
import { parseSelector, pickVersion, resolveAlias } from "../go/selector.js";
import { type GoVersion, isExact, isInLine, lineOf, newest } from "../go/version.js";
import { findToolchain, listInstalled } from "../store/store.js";
import { findModuleFile, governs, readRequirement } from "./module-requirement.js";
import { notesOnRequirement } from "./notes.js";
import { findDefault, findEnvironmentPin, findPin, type Pin, type PlacedPin } from "./pins.js";
import type { Decision, Selection, Wanted } from "./selection.js";
import { findSystemProgram } from "./system.js";

/** A Context serves; `override` is what stands behind `+`, or in a shim's own name. */
export interface SelectInput extends Pick<Context, "layout" | "cwd" | "home" | "env" | "platform"> {
  readonly config: Pick<Context["config"], "aliases">;
  readonly override?: string | undefined;
}

/**
 * Throws `BAD_VERSION_FILE` or `BAD_SELECTOR` (exit status 2) where what decides cannot be read. That a decided
 * version is not installed is an outcome.
 */
export function select(input: SelectInput): Selection {
  const { env, override, cwd } = input;
  const { aliases } = input.config;
  if (override !== undefined) return selectOverride(input, override);
  const stated = findEnvironmentPin("GVT_VERSION", env["GVT_VERSION"], aliases);
  if (stated) return selectPin(input, stated, { basis: "pin", rule: "R2" });

  const pin = findPin(cwd, aliases);
  const modulePath = findModuleFile(input, input.layout.versions);
  if (modulePath === undefined)
    return pin ? selectPin(input, pin, { basis: "pin", rule: "R3" }) : selectDefault(input);
  if (pin && governs(modulePath, pin.directory)) return selectPin(input, pin, { basis: "pin", rule: "R10" });
  if (pin?.selector.kind === "system") return selectPin(input, pin, { basis: "pin", rule: "R11" });

  const requirement = readRequirement(modulePath);
  if (!requirement) return pin ? selectPin(input, pin, { basis: "pin", rule: "R3" }) : selectDefault(input);
  if (pin && pinMeets(input, pin, requirement)) return selectPin(input, pin, { basis: "pin", rule: "R11" });
  return selectRequirement(input, modulePath, requirement, pin);
}

function selectOverride(input: SelectInput, text: string): Selection {
  const selector = resolveAlias(parseSelector(text), input.config.aliases);
  return selectPin(
    input,
    { selector, origin: { kind: "argument", text } },
    { basis: "argument", rule: "R1" },
  );
}

/** R7 */
function selectPin(
  input: SelectInput,
  { selector, origin }: Pin,
  { basis, rule }: Pick<Decision, "basis" | "rule">,
): Selection {
  const decision = { origin, basis, rule, notes: [] };
  if (selector.kind === "system") return selectSystem(input, decision);
  const version = findInstalled(input, selector);
  if (version) return { ...decision, kind: "toolchain", version, goroot: input.layout.goroot(version) };
  return { ...decision, kind: "missing", wanted: selector };
}

/** R13, R14 */
function selectDefault(input: SelectInput): Selection {
  const stated = findDefault(input.layout.defaultVersion, input.config.aliases);
  if (stated) return selectPin(input, stated, { basis: "default", rule: "R13" });
  return selectSystem(input, { origin: { kind: "nothing" }, basis: "nothing", rule: "R14", notes: [] });
}

function selectSystem(input: SelectInput, decision: Decision): Selection {
  return { ...decision, kind: "system", program: findSystemProgram(input, "go") };
}

/** R11. A line with no installed patch has no version to compare; its line speaks for it. */
function pinMeets(input: SelectInput, pin: PlacedPin, requirement: ModuleRequirement): boolean {
  const { selector } = pin;
  if (selector.kind === "system") return true;
  if (selector.kind === "exact") return meetsRequirement(selector.version, requirement);
  const version = findInstalled(input, selector);
  if (version) return meetsRequirement(version, requirement);
  return selector.kind === "line" && selector.line.minor >= requirement.wanted.minor;
}

/** R12 */
function selectRequirement(
  input: SelectInput,
  path: string,
  requirement: ModuleRequirement,
  passed: PlacedPin | undefined,
): Selection {
  const { layout } = input;
  const { wanted, line, text } = requirement;
  const decision: Decision = {
    origin: { kind: "file", path, line, text },
    basis: "requirement",
    rule: "R12",
    notes: notesOnRequirement(requirement, passed),
  };
  const toolchain = (version: GoVersion): Selection => ({
    ...decision,
    kind: "toolchain",
    version,
    goroot: layout.goroot(version),
  });
  // 1. exactly what is wanted
  if (isExact(wanted) && findToolchain(layout, wanted)) return toolchain(wanted);
  // 2. the newest patch of its line
  const installed = listInstalled(layout);
  const patch = pickVersion({ kind: "line", line: { minor: wanted.minor } }, installed);
  if (patch && meetsRequirement(patch, requirement)) return toolchain(patch);
  // 3. the default
  const stated = findDefault(layout.defaultVersion, input.config.aliases);
  if (stated?.selector.kind === "system") return selectSystem(input, decision);
  const preferred = stated && pickVersion(stated.selector, installed);
  if (preferred && meetsRequirement(preferred, requirement)) return toolchain(preferred);
  // 4. the newest patch of the oldest line that is newer
  const next = pickOfNextLine(installed, wanted.minor);
  if (next) return toolchain(next);
  return { ...decision, kind: "missing", wanted: asSelector(wanted) };
}

function pickOfNextLine(installed: readonly GoVersion[], minor: number): GoVersion | undefined {
  const newer = installed.filter((version) => !version.prerelease && version.minor > minor);
  const [oldest] = newer; // oldest first, as the store lists them
  return oldest && newest(newer.filter((version) => isInLine(version, lineOf(oldest))));
}

/** An exact version needs one look at its receipt, anything else a look at all of them. */
function findInstalled({ layout }: SelectInput, selector: Wanted): GoVersion | undefined {
  if (selector.kind === "exact") return findToolchain(layout, selector.version)?.version;
  return pickVersion(selector, listInstalled(layout));
}

function asSelector(wanted: ModuleRequirement["wanted"]): Wanted {
  return isExact(wanted) ? { kind: "exact", version: wanted } : { kind: "line", line: wanted };
}
