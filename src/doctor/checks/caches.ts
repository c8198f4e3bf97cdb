/** Checks of the build cache and the module cache. */
import { about, type Check, type Observation } from "../check.js";
import type { Facts } from "../facts.js";
import { splitQuoted } from "../go-flags.js";
import type { Step } from "../remedy.js";
import { evidenceOf, stepsToClear, stepsToReplace } from "../settings.js";
import type { DirectoryFacts } from "../snapshot.js";
import { fileEvidence } from "./common.js";

const GIB = 1 << 30;
/** A common habit; Go itself sets no limit. */
const LARGE = 5 * GIB;
const NETWORK = /^(?:nfs4?|cifs|smb3?|smbfs|9p|fuse\.sshfs)$/;
/** How sure a size is, the least first. */
const QUALITIES = ["at least ", "about ", ""] as const;
/** The first line that reads GOCACHEPROG without an experiment. */
const CACHEPROG_LINE = 24;

export const CACHE_CHECKS: readonly Check[] = [
  {
    id: "gocache-invalid",
    priority: 0,
    severity: "error",
    title: "Go cannot use its build cache",
    yieldsTo: ["goenv-file-malformed", "goenv-file-foreign-owner"],
    run: (facts) => observeUnusable(facts, "GOCACHE", findCacheFault),
  },
  {
    id: "modcache-invalid",
    priority: 1,
    severity: "error",
    title: "Go cannot write to its module cache",
    yieldsTo: ["gopath-invalid", "goenv-file-malformed", "goenv-file-foreign-owner"],
    run: (facts) => observeUnusable(facts, "GOMODCACHE", findModuleCacheFault),
  },
  {
    id: "gocacheprog-missing",
    priority: 2,
    severity: "error",
    title: "the program that GOCACHEPROG names is not there",
    run: (facts) => {
      const { value } = facts.effective("GOCACHEPROG");
      if (value === "" || (facts.selected?.version.minor ?? 0) < CACHEPROG_LINE) return [];
      const fault = findProgramFault(facts, value);
      if (fault === undefined) return [];
      const isBad = (text: string): boolean => findProgramFault(facts, text) !== undefined;
      return [
        {
          summary: `GOCACHEPROG is ${value}: ${fault}`,
          about: [about.variable("GOCACHEPROG")],
          evidence: evidenceOf(facts, "GOCACHEPROG", isBad),
          remedy: { summary: "take it back", steps: stepsToClear(facts, "GOCACHEPROG", isBad) },
        },
      ];
    },
  },
  {
    id: "gocache-network-fs",
    priority: 1,
    severity: "warning",
    title: "the build cache lies on another machine",
    yieldsTo: ["wsl-drvfs-paths"],
    run: (facts) => {
      const { value } = facts.effective("GOCACHE");
      const fileSystem = facts.findDirectory(value)?.fileSystem;
      if (!fileSystem || !NETWORK.test(fileSystem.type)) return [];
      // The root of a sandbox may be 9p, and then everything is.
      if (fileSystem.type === "9p" && fileSystem.mountPoint === "/") return [];
      return [
        {
          summary: `GOCACHE is ${value}, on ${fileSystem.type} (${fileSystem.mountPoint})`,
          about: [about.variable("GOCACHE"), about.directory(value)],
          evidence: [
            fileEvidence(value, `lies on ${fileSystem.mountPoint}, which is ${fileSystem.type}`),
            ...evidenceOf(facts, "GOCACHE"),
          ],
          remedy: {
            summary: "keep it on a disk of this machine",
            steps: [
              ...stepsToClear(facts, "GOCACHE"),
              {
                kind: "advise",
                text: "`GOTOOLCHAIN=local go env -w GOCACHE=DIR`, with a directory on a disk of this machine",
              },
            ],
          },
        },
      ];
    },
  },
  {
    id: "modcache-symlink",
    priority: 1,
    severity: "warning",
    title: "the module cache is a symbolic link",
    run: (facts) => {
      const { value } = facts.effective("GOMODCACHE");
      const directory = facts.findDirectory(value);
      const { symlink, state, realpath } = directory ?? {};
      if (!symlink || state !== "directory" || realpath === undefined) return [];
      return [
        {
          summary: `GOMODCACHE is ${value}, a link to ${realpath}`,
          about: [about.variable("GOMODCACHE"), about.directory(value)],
          evidence: [
            fileEvidence(value, `a symbolic link to ${realpath}`),
            ...evidenceOf(facts, "GOMODCACHE"),
          ],
          remedy: {
            summary: "name the directory itself",
            steps: stepsToReplace(facts, "GOMODCACHE", realpath),
          },
        },
      ];
    },
  },
  {
    id: "gocache-large",
    priority: 1,
    severity: "info",
    title: "the caches of Go are large",
    run: (facts) => {
      const build = findCache(facts, "GOCACHE");
      const modules = findCache(facts, "GOMODCACHE");
      const caches = [build, modules].filter((cache) => cache !== undefined);
      const total = sum(caches.map(({ bytes }) => bytes));
      if (total <= LARGE) return [];
      const qualities = caches.map(({ quality }) => quality);
      const quality = QUALITIES.find((word) => qualities.includes(word)) ?? "";
      return [
        {
          summary: `the caches of Go hold ${quality}${formatGib(total)}`,
          about: caches.map(({ path }) => about.directory(path)),
          evidence: caches.map(({ path, bytes, quality: how }) =>
            fileEvidence(path, `${how}${formatGib(bytes)}`),
          ),
          remedy: { summary: "empty them", steps: stepsToClean(build?.bytes ?? 0, modules?.bytes ?? 0) },
        },
      ];
    },
  },
];

function observeUnusable(
  facts: Facts,
  name: string,
  findFault: (value: string, facts: Facts) => string | undefined,
): Observation[] {
  const { value, origin } = facts.effective(name);
  const fault = findFault(value, facts);
  if (value === "" || fault === undefined) return [];
  const isBad = (text: string): boolean => findFault(text, facts) !== undefined;
  const isDefault = origin.kind === "default";
  return [
    {
      summary: `${name} is ${value}: ${fault}`,
      about: [
        about.variable(name),
        about.directory(value),
        ...(isDefault && name === "GOMODCACHE" ? [about.variable("GOPATH")] : []),
      ],
      evidence: isDefault ? [fileEvidence(value, fault)] : evidenceOf(facts, name, isBad),
      remedy: {
        summary: isDefault ? "make the directory yours" : "let Go use its default",
        steps: isDefault
          ? [
              {
                kind: "advise",
                text: `let ${value}, or the directory above it, be writable for you (\`chown\`, \`chmod\`)`,
              },
            ]
          : stepsToClear(facts, name, isBad),
      },
    },
  ];
}

function findCacheFault(value: string, facts: Facts): string | undefined {
  if (value === "off") return "Go needs a build cache since 1.12";
  return findDirectoryFault(value, facts.findDirectory(value));
}

/** Where nothing is to be downloaded, a cache that can only be read is as it should be. */
function findModuleCacheFault(value: string, facts: Facts): string | undefined {
  const directory = facts.findDirectory(value);
  if (directory?.state === "directory" && facts.effective("GOPROXY").value === "off") return undefined;
  return findDirectoryFault(value, directory);
}

function findDirectoryFault(value: string, directory: DirectoryFacts | undefined): string | undefined {
  if (!value.startsWith("/")) return "it is not an absolute path";
  if (!directory || directory.state === "unanswered") return undefined;
  if (directory.state === "no directory") return "it is no directory";
  return directory.writable ? undefined : "it cannot be written to";
}

/** Undefined too where it cannot be told: of a relative path, and where a directory on PATH does not answer. */
function findProgramFault({ snapshot, findProgram }: Facts, command: string): string | undefined {
  const words = splitQuoted(command);
  if (!words) return "a quote is not closed";
  const [program] = words;
  if (program === undefined) return "it names no program";
  if (program.startsWith("/")) {
    const { path, executable } = snapshot.cacheProgram ?? { path: "", executable: true };
    return path === program && !executable ? `${program} is no program` : undefined;
  }
  const isSeen = !program.includes("/") && snapshot.path.every(({ state }) => state !== "unanswered");
  return isSeen && !findProgram(program) ? `${program} is not on PATH` : undefined;
}

interface Cache {
  readonly path: string;
  readonly bytes: number;
  readonly quality: (typeof QUALITIES)[number];
}

function findCache({ effective, findDirectory }: Facts, name: string): Cache | undefined {
  const path = effective(name).value;
  const size = findDirectory(path)?.size;
  if (!size) return undefined;
  const { bytes, complete, share } = size;
  if (complete) return { path, bytes, quality: "" };
  return share ? { path, bytes: bytes / share, quality: "about " } : { path, bytes, quality: "at least " };
}

/** As little as brings the rest below the mark: modules have to be downloaded again. */
function stepsToClean(build: number, modules: number): Step[] {
  const ofBuild: Step = { kind: "run", command: "GOTOOLCHAIN=local go clean -cache" };
  const ofModules: Step = { kind: "run", command: "GOTOOLCHAIN=local go clean -modcache" };
  if (modules <= LARGE) return [ofBuild];
  return build <= LARGE ? [ofModules] : [ofBuild, ofModules];
}

function formatGib(bytes: number): string {
  return `${(bytes / GIB).toFixed(1)} GiB`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
