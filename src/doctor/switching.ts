/** Whether the go command stays with the chosen toolchain or leaves it for another: GOTOOLCHAIN against go.mod. Pure. */
import { type GoVersion, isSameVersion } from "../go/version.js";
import type { Facts } from "./facts.js";
import { type Governing, isOlder, nameOfStated, type StatedVersion } from "./governing.js";
import { parseToolchainSetting, type ToolchainSetting } from "./toolchain-setting.js";

/** The first line whose go command reads GOTOOLCHAIN and `toolchain`. */
export const SWITCHING_LINE = 21;

/** Before 1.21 nobody reads it; the name of the chosen version itself only says where to start. */
export function readSetting({ effective, selected }: Facts): ToolchainSetting {
  if (selected && selected.version.minor < SWITCHING_LINE)
    return { kind: "valid", base: undefined, switches: "never" };
  const setting = parseToolchainSetting(effective("GOTOOLCHAIN").value);
  const isNamed =
    setting.kind === "valid" && setting.base && selected && isSameVersion(setting.base, selected.version);
  return isNamed ? { ...setting, base: undefined } : setting;
}

/** What the module needs and neither the chosen version nor a switch provides. */
export function findUnmet(facts: Facts, version: GoVersion, governing: Governing): StatedVersion | undefined {
  const { go, wanted, staysDefault } = governing;
  if (version.minor < SWITCHING_LINE)
    return go && refusesNewer(version) && go.version.minor >= 22 ? go : undefined;
  const setting = readSetting(facts);
  if (setting.kind === "invalid" || setting.base) return undefined;
  if (setting.switches === "never" || staysDefault) return go && isOlder(version, go) ? go : undefined;
  if (setting.switches === "auto" || !wanted || !isOlder(version, wanted)) return undefined;
  return canSwitch(facts, "path", wanted) ? undefined : wanted;
}

/** 1.19.13 and 1.20.8 began to refuse; those before try, and fail at what they do not know. */
function refusesNewer({ minor, patch, prerelease }: GoVersion): boolean {
  return !prerelease && ((minor === 20 && patch >= 8) || (minor === 19 && patch >= 13));
}

function canSwitch(facts: Facts, switches: "never" | "path" | "auto", wanted: StatedVersion): boolean {
  if (switches === "never") return false;
  if (facts.findProgram(nameOfStated(wanted))) return true;
  const proxy = facts.effective("GOPROXY").value;
  const offline =
    proxy === "off" || (facts.effective("GOSUMDB").value === "off" && !/^file:[^,|]*$/.test(proxy));
  return switches === "auto" && !offline;
}

export function switchesAway(facts: Facts, version: GoVersion, { wanted, staysDefault }: Governing): boolean {
  const setting = readSetting(facts);
  if (!wanted || staysDefault || setting.kind === "invalid") return false;
  return isOlder(setting.base ?? version, wanted) && canSwitch(facts, setting.switches, wanted);
}
