/** Checks of the chosen release against its age and the operating system. */
import { findMissingOs } from "../../go/minimum-os.js";
import { formatGoVersion, type GoVersion, parseGoVersion, toolchainName } from "../../go/version.js";
import { about, type Check } from "../check.js";
import type { Facts, Selected } from "../facts.js";
import type { Step } from "../remedy.js";
import { fileEvidence, initSteps, originEvidence } from "./common.js";

/** The two newest lines get fixes (https://go.dev/doc/devel/release#policy). */
const SUPPORTED_LINES = 2;
/** Darwin 25 is macOS 26, whose loader refuses programs without LC_UUID; Go writes that from 1.24 on. */
const [STRICT_DARWIN, UUID_LINE] = [25, 24];

export const RELEASE_CHECKS: readonly Check[] = [
  {
    id: "macos-too-new-for-go",
    priority: 1,
    severity: "error",
    title: "this macOS does not start what this Go builds",
    run: (facts) => {
      const { selected, snapshot } = facts;
      const kernel = Number(/^\d+/.exec(snapshot.host.release)?.[0] ?? 0);
      if (snapshot.platform.os !== "darwin" || kernel < STRICT_DARWIN) return [];
      if (!selected || selected.version.minor >= UUID_LINE) return [];
      return [
        {
          summary: `${toolchainName(selected.version)} is too old for macOS ${kernel + 1}`,
          about: [about.program("go")],
          evidence: evidenceOfSystem(facts, `Darwin ${snapshot.host.release}`),
          remedy: {
            summary: "choose Go 1.24 or newer",
            steps: stepsToChoose(facts, `1.${UUID_LINE}`),
          },
        },
      ];
    },
  },
  {
    id: "os-too-old-for-go",
    priority: 2,
    severity: "warning",
    title: "this system is too old for the chosen Go",
    run: (facts) => {
      const { selected, snapshot } = facts;
      const { platform, host } = snapshot;
      const needed = selected && findMissingOs(selected.version, platform, host.release);
      if (!selected || needed === undefined) return [];
      return [
        {
          summary: `${toolchainName(selected.version)} needs ${needed}, and the kernel here is ${host.release}`,
          about: [about.program("go")],
          evidence: evidenceOfSystem(facts, `kernel ${host.release}`),
          remedy: {
            summary: "choose an older Go",
            steps: stepsToChoose(facts, `1.${findNewestRunnable(facts, selected)}`),
          },
        },
      ];
    },
  },
  {
    id: "version-eol",
    priority: 2,
    severity: "info",
    title: "the chosen Go gets no security fixes",
    run: (facts) => {
      const { selected, snapshot } = facts;
      const { releases } = snapshot;
      const newest = releases && parseGoVersion(releases.newest);
      if (!selected || !newest || selected.version.minor > newest.minor - SUPPORTED_LINES) return [];
      return [
        {
          summary: `${toolchainName(selected.version)} gets no security fixes any more: ${toolchainName(newest)} was out on ${releases.date}`,
          about: [about.program("go")],
          evidence: [...originEvidence(facts), ...evidenceOfSystem(facts, toolchainName(selected.version))],
          remedy: {
            summary: "choose a release that is maintained, when the module can move",
            steps: stepsToChoose(facts, pickMaintained(facts, newest)),
          },
        },
      ];
    },
  },
];

function evidenceOfSystem({ running, snapshot }: Facts, seen: string) {
  return [fileEvidence(running?.program.path ?? snapshot.root.versions, seen)];
}

/** The newest installed one of a line that is maintained, else that line, whose newest patch no list of gvt's can know. */
function pickMaintained({ snapshot }: Facts, { minor }: GoVersion): string {
  const installed = snapshot.root.installed.map(parseGoVersion).filter(({ prerelease }) => !prerelease);
  const found = installed.findLast((version) => version.minor > minor - SUPPORTED_LINES);
  return found ? formatGoVersion(found) : `1.${minor}`;
}

/** Installing is asked for in so many words: what a directory pins need not be there. */
function stepsToChoose({ managed, ...facts }: Facts, spec: string): Step[] {
  const isInstalled = facts.snapshot.root.installed.includes(spec);
  return [
    ...(isInstalled ? [] : [{ kind: "run", command: `gvt install ${spec}` } as const]),
    { kind: "run", command: `gvt local ${spec}` },
    ...(managed ? [] : initSteps({ managed, ...facts })),
  ];
}

function findNewestRunnable({ snapshot }: Facts, { version }: Selected): number {
  const { platform, host } = snapshot;
  const older = Array.from({ length: version.minor }, (_, minor) => minor);
  return older.findLast((minor) => !findMissingOs({ minor, patch: 0 }, platform, host.release)) ?? 1;
}
