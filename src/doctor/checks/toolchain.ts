/** Checks of GOTOOLCHAIN, which may overrule what is chosen. */
import { compareGoVersions, toolchainName } from "../../go/version.js";
import { about, type Check } from "../check.js";
import { isOlder, nameOfStated } from "../governing.js";
import { badSources, evidenceOf, stepsToClear } from "../settings.js";
import { canSwitch, readSetting, SWITCHING_LINE } from "../switching.js";
import { parseToolchainSetting } from "../toolchain-setting.js";
import { fileEvidence, originEvidence, stepsToRaise, toolchainEvidence } from "./common.js";

export const TOOLCHAIN_CHECKS: readonly Check[] = [
  {
    id: "toolchain-switches-away",
    priority: 0,
    severity: "warning",
    title: "Go leaves the chosen version for another",
    run: (facts) => {
      const { selected, governing } = facts;
      const setting = readSetting(facts);
      if (!selected || !governing?.wanted || setting.kind !== "valid" || setting.base) return [];
      if (selected.version.minor < SWITCHING_LINE || governing.staysDefault) return [];
      const { wanted } = governing;
      if (!isOlder(selected.version, wanted) || !canSwitch(facts, setting.switches, wanted)) return [];
      return [
        {
          summary: `${toolchainName(selected.version)} is chosen, but Go runs ${nameOfStated(wanted)}: ${governing.file.path} asks for it`,
          about: [about.file(governing.file.path)],
          evidence: [
            fileEvidence(governing.file.path, wanted.text, wanted.line),
            toolchainEvidence(facts),
            ...originEvidence(facts),
          ],
          remedy: { summary: "choose what the module asks for", steps: stepsToRaise(facts, wanted) },
        },
      ];
    },
  },
  {
    id: "gotoolchain-forces-version",
    priority: 0,
    severity: "warning",
    title: "GOTOOLCHAIN overrules the chosen version",
    run: (facts) => {
      const { selected } = facts;
      if (!selected || selected.version.minor < SWITCHING_LINE) return [];
      const isForced = (value: string): boolean => {
        const setting = parseToolchainSetting(value);
        return (
          setting.kind === "valid" &&
          setting.base !== undefined &&
          compareGoVersions(setting.base, selected.version) !== 0
        );
      };
      // Only what Go takes counts: the file speaks where the environment is silent.
      const { value } = facts.effective("GOTOOLCHAIN");
      if (!isForced(value) || badSources(facts, "GOTOOLCHAIN", isForced).length === 0) return [];
      return [
        {
          summary: `GOTOOLCHAIN=${value} runs another Go than ${toolchainName(selected.version)}, which is chosen here`,
          about: [about.variable("GOTOOLCHAIN")],
          evidence: [...evidenceOf(facts, "GOTOOLCHAIN", isForced), ...originEvidence(facts)],
          remedy: {
            summary: "let the chosen version run",
            steps: stepsToClear(facts, "GOTOOLCHAIN", isForced),
          },
        },
      ];
    },
  },
  {
    id: "gotoolchain-invalid",
    priority: 0,
    severity: "error",
    title: "GOTOOLCHAIN is nothing that Go accepts",
    run: (facts) => {
      const { selected } = facts;
      const { value } = facts.effective("GOTOOLCHAIN");
      const isInvalid = (text: string): boolean => parseToolchainSetting(text).kind === "invalid";
      if (!selected || selected.version.minor < SWITCHING_LINE || !isInvalid(value)) return [];
      return [
        {
          summary: `GOTOOLCHAIN=${value} stops every go command`,
          about: [about.variable("GOTOOLCHAIN")],
          evidence: evidenceOf(facts, "GOTOOLCHAIN", isInvalid),
          remedy: { summary: "take it back", steps: stepsToClear(facts, "GOTOOLCHAIN", isInvalid) },
        },
      ];
    },
  },
];
