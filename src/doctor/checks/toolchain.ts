/** Checks of GOTOOLCHAIN and `toolchain` lines, which may overrule what is chosen, and of what only seems to. */
import { dirname, resolve } from "node:path";
import {
  compareGoVersions,
  compareInGoOrder,
  findLanguageVersion,
  findToolchainName,
  formatGoVersion,
  toolchainName,
} from "../../go/version.js";
import { about, type Check, type Observation } from "../check.js";
import { type Facts, findBuiltVersion } from "../facts.js";
import { isOlder, nameOfStated } from "../governing.js";
import { badSources, evidenceOf, evidenceOfVariable, stepsToClear, stepsToUnset } from "../settings.js";
import { readSetting, SWITCHING_LINE, switchesAway } from "../switching.js";
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
      // Nobody has chosen the system's Go over another: it switches as it is meant to.
      if (!selected?.own || !governing?.wanted) return [];
      if (!switchesAway(facts, selected.version, governing)) return [];
      const { wanted } = governing;
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
    yieldsTo: ["goenv-file-malformed"],
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
  {
    id: "toolchain-line-invalid",
    priority: 1,
    severity: "error",
    title: "a `toolchain` line names no toolchain",
    run: (facts) => {
      const { selected, governing, snapshot } = facts;
      if (!governing || (selected && selected.version.minor < SWITCHING_LINE)) return [];
      const used = governing.file.uses.map(({ directory }) =>
        resolve(dirname(governing.file.path), directory, "go.mod"),
      );
      return snapshot.repository.moduleFiles.flatMap((file) => {
        const governs = file === governing.file;
        if (!governs && !used.includes(file.path)) return [];
        const line = file.directives.find(({ key }) => key === "toolchain");
        const fault = line && findToolchainFault(facts, line.text, governs);
        return !line || fault === undefined ? [] : [observeToolchainLine(file.path, line, fault)];
      });
    },
  },
  {
    id: "internal-switch-var-leaked",
    priority: 2,
    severity: "error",
    title: "a variable of Go's own switching has leaked",
    run: (facts) => {
      const value = facts.snapshot.env[SWITCH_VARIABLE];
      const runs = facts.running?.builtAs?.split(" ")[0];
      if (!value || !facts.selected || facts.selected.version.minor < SWITCHING_LINE) return [];
      const isHarmless = value === runs;
      return [
        {
          ...(isHarmless && { severity: "warning" }),
          summary: isHarmless
            ? `${SWITCH_VARIABLE} is set: any other Go than ${value} stops`
            : `${SWITCH_VARIABLE} is ${value}, and ${runs ?? "the `go` here"} stops because of it`,
          about: [about.variable(SWITCH_VARIABLE)],
          evidence: evidenceOfVariable(facts, SWITCH_VARIABLE),
          remedy: { summary: "unset it", steps: stepsToUnset(facts, SWITCH_VARIABLE) },
        },
      ];
    },
  },
  {
    id: "noop-goversion-env",
    priority: 1,
    severity: "warning",
    title: "GOVERSION chooses nothing",
    run: (facts) => {
      const value = facts.snapshot.env["GOVERSION"];
      const named = value && findToolchainName(value.startsWith("go") ? value : `go${value}`);
      const runs = findBuiltVersion(facts.running?.builtAs);
      // Whoever set it has got what it says, by other means.
      if (!value || (named && runs && compareGoVersions(named, runs) === 0)) return [];
      const spec = named ? formatGoVersion(named) : "VERSION";
      return [
        {
          summary: `GOVERSION is ${value}, which neither Go nor gvt reads`,
          about: [about.variable("GOVERSION")],
          evidence: evidenceOfVariable(facts, "GOVERSION"),
          remedy: {
            summary: "unset it; gvt reads GVT_VERSION",
            steps: [
              ...stepsToUnset(facts, "GOVERSION"),
              {
                kind: "advise",
                text: `\`gvt local ${spec}\` pins a version here, \`gvt shell ${spec}\` for one shell`,
              },
            ],
          },
        },
      ];
    },
  },
];

/** How a go command tells the one that it switches to which it has to be. */
const SWITCH_VARIABLE = "GOTOOLCHAIN_INTERNAL_SWITCH_VERSION";

/**
 * Modules are parsed with a pattern that lets more through than choosing a toolchain does, which only the file that
 * governs takes part in.
 */
function findToolchainFault(facts: Facts, text: string, governs: boolean): string | undefined {
  if (text === "default") return undefined;
  if (!/^go1(?:$|\.)/.test(text)) return "it must be `default` or begin with `go1.`";
  const stated = text.slice(2).replace(/[- \t].*$/, "");
  const line = findLanguageVersion(stated);
  if (!governs || stated === "1" || findToolchainName(text)) return undefined;
  if (!line) return "it names no version";
  const { selected, governing } = facts;
  const setting = readSetting(facts);
  const isTaken =
    (!governing?.go || compareInGoOrder(line, governing.go.version) >= 0) &&
    (!selected || isOlder(selected.version, { version: line }));
  const switches = setting.kind === "valid" && !setting.base && setting.switches !== "never";
  return isTaken && switches ? "it is a language version, of which there is no toolchain" : undefined;
}

function observeToolchainLine(
  path: string,
  { text, line }: { readonly text: string; readonly line: number },
  fault: string,
): Observation {
  const version = /^(?:go|v)?(1\.\d+(?:\.\d+)?)/.exec(text)?.[1];
  const name = version === undefined ? undefined : `go${version}${/^1\.\d+$/.test(version) ? ".0" : ""}`;
  const better = name === undefined ? "" : `, or write \`toolchain ${name}\``;
  return {
    summary: `${path} says \`toolchain ${text}\`: ${fault}`,
    about: [about.file(path)],
    evidence: [fileEvidence(path, `toolchain ${text}`, line)],
    remedy: {
      summary: "mend the line; `go mod edit` stops at it too",
      steps: [{ kind: "advise", text: `delete line ${line} of ${path}${better}` }],
    },
  };
}
