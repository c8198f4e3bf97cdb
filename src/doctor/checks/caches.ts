/** Checks of caches, temporary directories, disks and what Go needs to reach the network. */
import { about, type Check } from "../check.js";
import { evidenceOf, stepsToClear } from "../settings.js";
import type { DirectoryFacts } from "../snapshot.js";
import { fileEvidence } from "./common.js";

const MIB = 1 << 20;
/** Less than this is not enough for what is kept there. */
const NEEDED: Readonly<Record<string, number>> = {
  GVT_ROOT: 1024 * MIB,
  GOCACHE: 1024 * MIB,
  GOMODCACHE: 1024 * MIB,
  tmp: 256 * MIB,
};

export const CACHE_CHECKS: readonly Check[] = [
  {
    id: "gocache-invalid",
    priority: 0,
    severity: "error",
    title: "Go cannot use its build cache",
    run: (facts) => {
      const { value, origin } = facts.effective("GOCACHE");
      const directory = facts.findDirectory(value);
      const fault = findCacheFault(value, directory);
      if (value === "" || fault === undefined) return [];
      const isBad = (text: string): boolean => findCacheFault(text, facts.findDirectory(text)) !== undefined;
      const isDefault = origin.kind === "default";
      return [
        {
          summary: `GOCACHE is ${value}: ${fault}`,
          about: [about.variable("GOCACHE"), about.directory(value)],
          evidence: isDefault ? [fileEvidence(value, fault)] : evidenceOf(facts, "GOCACHE", isBad),
          remedy: {
            summary: isDefault ? "make the directory yours" : "let Go use its default",
            steps: isDefault
              ? [
                  {
                    kind: "advise",
                    text: `let ${value}, or the directory above it, be writable for you (\`chown\`, \`chmod\`)`,
                  },
                ]
              : stepsToClear(facts, "GOCACHE", isBad),
          },
        },
      ];
    },
  },
  {
    id: "disk-low",
    priority: 0,
    severity: "warning",
    title: "a disk that Go writes to is nearly full",
    run: ({ snapshot }) => {
      const low = new Map<string, { readonly directory: DirectoryFacts; readonly roles: string[] }>();
      for (const directory of snapshot.directories) {
        const { fileSystem, roles } = directory;
        const short = roles.filter((role) => (fileSystem?.freeBytes ?? Infinity) < (NEEDED[role] ?? 0));
        if (short.length === 0 || !fileSystem) continue;
        const known = low.get(fileSystem.mountPoint);
        low.set(fileSystem.mountPoint, {
          directory: known?.directory ?? directory,
          roles: [...(known?.roles ?? []), ...short],
        });
      }
      return [...low].map(([mountPoint, { directory, roles }]) => {
        const free = Math.floor((directory.fileSystem?.freeBytes ?? 0) / MIB);
        return {
          summary: `${free} MiB are free on ${mountPoint}, where ${roles.join(", ")} ${roles.length > 1 ? "lie" : "lies"}`,
          about: [about.directory(mountPoint)],
          evidence: [fileEvidence(directory.path, `${free} MiB free`)],
          remedy: {
            summary: "free some space",
            steps: [
              {
                kind: "run",
                command: roles.includes("GOCACHE") ? "GOTOOLCHAIN=local go clean -cache" : "gvt prune",
              },
            ],
          },
        };
      });
    },
  },
];

function findCacheFault(value: string, directory: DirectoryFacts | undefined): string | undefined {
  if (value === "off") return "Go needs a build cache since 1.12";
  if (!value.startsWith("/")) return "it is not an absolute path";
  if (!directory || directory.state === "unanswered") return undefined;
  if (directory.state === "no directory") return "it is no directory";
  return directory.writable ? undefined : "it cannot be written to";
}
