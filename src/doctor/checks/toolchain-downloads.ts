/** Checks of the toolchains that the go command downloads by itself: whether it may, whether it is safe, what is left. */
import { join } from "node:path";
import { about, type Check } from "../check.js";
import { describeValueOrigin } from "../effective.js";
import type { Facts } from "../facts.js";
import { isOlder, nameOfStated } from "../governing.js";
import { matchesModule, splitPatterns } from "../module-patterns.js";
import { quoteWord, type Step } from "../remedy.js";
import { stepsToClear, stepsToUnset } from "../settings.js";
import { readSetting } from "../switching.js";
import { fileEvidence, stepsToRaise, toolchainEvidence } from "./common.js";

export const TOOLCHAIN_DOWNLOAD_CHECKS: readonly Check[] = [
  {
    id: "toolchain-needs-sumdb",
    priority: 1,
    severity: "warning",
    title: "Go may switch, but not verify what it downloads",
    yieldsTo: ["gosumdb-off"],
    run: (facts) => {
      const proxy = facts.effective("GOPROXY").value;
      const database = facts.effective("GOSUMDB");
      if (!maySwitch(facts) || database.value !== "off" || proxy === "off" || isSingleFile(proxy)) return [];
      const { governing, selected } = facts;
      const wanted =
        governing?.wanted && selected && isOlder(selected.version, governing.wanted)
          ? governing.wanted
          : undefined;
      const isNeeded = wanted !== undefined && !facts.findProgram(nameOfStated(wanted));
      return [
        {
          ...(isNeeded && { severity: "error" }),
          summary: isNeeded
            ? `Go wants to download ${nameOfStated(wanted)}, and cannot verify it: GOSUMDB is off`
            : "GOTOOLCHAIN lets Go download toolchains, and GOSUMDB=off makes every such download fail",
          about: [about.variable("GOTOOLCHAIN"), about.variable("GOSUMDB")],
          evidence: [
            {
              seen: `GOSUMDB is off, set by ${describeValueOrigin(database.origin)}`,
              at: { kind: "variable", name: "GOSUMDB" },
            },
            toolchainEvidence(facts),
            ...(isNeeded ? [fileEvidence(governing?.file.path ?? "", wanted.text, wanted.line)] : []),
          ],
          remedy: {
            summary: "let gvt install what is needed, and Go stay with it",
            steps: [...(isNeeded ? stepsToRaise(facts, wanted) : []), ...stepsToStay(facts)],
          },
        },
      ];
    },
  },
  {
    id: "fake-toolchain-risk",
    priority: 2,
    severity: "warning",
    title: "Go runs toolchains that nobody has verified",
    run: (facts) => {
      const proxy = facts.effective("GOPROXY");
      if (!maySwitch(facts) || !isSingleFile(proxy.value)) return [];
      const unverified = findUnverifiedBy(facts);
      if (unverified === undefined) return [];
      return [
        {
          summary: `Go takes toolchains from ${proxy.value} and runs them unverified: ${unverified}`,
          about: [about.variable("GOTOOLCHAIN"), about.variable("GOPROXY")],
          evidence: [
            {
              seen: `GOPROXY is ${proxy.value}, set by ${describeValueOrigin(proxy.origin)}`,
              at: { kind: "variable", name: "GOPROXY" },
            },
            toolchainEvidence(facts),
          ],
          remedy: {
            summary: "let Go stay with what gvt has verified",
            steps: stepsToStay(facts),
          },
        },
      ];
    },
  },
  {
    id: "toolchain-copies-in-modcache",
    priority: 2,
    severity: "info",
    title: "the module cache holds toolchains",
    run: ({ snapshot }) =>
      snapshot.directories.flatMap(({ path, roles, toolchains }) => {
        if (!roles.includes("GOMODCACHE") || !toolchains || toolchains.length === 0) return [];
        const copies = toolchains.map((name) => quoteWord(join(path, "golang.org", name))).join(" ");
        const archives = quoteWord(join(path, "cache", "download", "golang.org", "toolchain"));
        return [
          {
            summary: `Go keeps ${toolchains.length} ${toolchains.length === 1 ? "toolchain" : "toolchains"} of its own in ${path}`,
            about: [about.directory(path)],
            evidence: toolchains.map((name) =>
              fileEvidence(join(path, "golang.org", name), describeCopy(name)),
            ),
            remedy: {
              summary: "remove them, where gvt installs what is needed; Go has made them read-only",
              steps: [
                { kind: "run", command: `chmod -R u+w ${copies}` },
                { kind: "run", command: `rm -rf ${copies} ${archives}` },
              ],
            },
          },
        ];
      }),
  },
];

function maySwitch(facts: Facts): boolean {
  const setting = readSetting(facts);
  return facts.selected !== undefined && setting.kind === "valid" && setting.switches === "auto";
}

/** One `file://` and nothing else: the only proxy whose toolchains Go takes without the checksum database. */
function isSingleFile(proxy: string): boolean {
  return /^file:[^,|]*$/.test(proxy);
}

const TOOLCHAIN_MODULE = "golang.org/toolchain";

function findUnverifiedBy(facts: Facts): string | undefined {
  if (facts.effective("GOSUMDB").value === "off") return "GOSUMDB is off";
  for (const name of ["GONOSUMDB", "GOPRIVATE"]) {
    const { value } = facts.effective(name);
    // GOPRIVATE is only the default of the other.
    if (value !== "")
      return splitPatterns(value).some((pattern) => matchesModule(pattern, TOOLCHAIN_MODULE))
        ? `${name} is ${value}`
        : undefined;
  }
  return undefined;
}

/** Behind gvt's shim it is enough that nobody else sets GOTOOLCHAIN. */
function stepsToStay(facts: Facts): Step[] {
  const clear = stepsToClear(facts, "GOTOOLCHAIN");
  if (facts.running?.behindShim === true) {
    const { policy } = facts.snapshot.root;
    const isSet = policy === "auto" || policy === "keep";
    return [...clear, ...(isSet ? [{ kind: "run", command: "gvt config --unset toolchain" } as const] : [])];
  }
  const exported = facts.snapshot.env["GOTOOLCHAIN"] ? stepsToUnset(facts, "GOTOOLCHAIN") : [];
  return [...exported, { kind: "run", command: "GOTOOLCHAIN=local go env -w GOTOOLCHAIN=local" }];
}

/** `toolchain@v0.0.1-go1.24.4.linux-amd64`. */
function describeCopy(name: string): string {
  return /-(go1[^-]*?)\.[a-z0-9]+-[a-z0-9]+$/.exec(name)?.[1] ?? name;
}
