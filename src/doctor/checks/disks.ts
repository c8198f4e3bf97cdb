/** Checks of disks and of the place for temporary files. */
import { dirname, isAbsolute, join } from "node:path";
import { about, type Check, type Evidence } from "../check.js";
import type { Facts } from "../facts.js";
import { quoteWord, type Step } from "../remedy.js";
import { evidenceOf, evidenceOfVariable, stepsToClear, stepsToReplace, stepsToUnset } from "../settings.js";
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

/** What takes away what can be had again, and where; the cheapest first. */
const CLEANING: Readonly<Record<string, string>> = {
  GOCACHE: "GOTOOLCHAIN=local go clean -cache",
  GVT_ROOT: "gvt prune",
  GOMODCACHE: "GOTOOLCHAIN=local go clean -modcache",
};

export const DISK_CHECKS: readonly Check[] = [
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
            steps: stepsToFree(mountPoint, roles),
          },
        };
      });
    },
  },
  {
    id: "gotmpdir-invalid",
    priority: 1,
    severity: "error",
    title: "there is no place for temporary files",
    yieldsTo: ["goenv-file-malformed"],
    run: (facts) => {
      const { name, value } = findTemporary(facts);
      const fault = findFault(value, facts.findDirectory(value));
      if (fault === undefined) return [];
      return [
        {
          // In a directory that has one below it, Go goes on.
          ...(!isAbsolute(value) && { severity: "warning" }),
          summary: `${name ?? "the directory of temporary files"} is ${value}: ${fault}`,
          about: [about.directory(value), ...(name ? [about.variable(name)] : [])],
          evidence: name ? evidenceOfTemporary(facts, name, value) : [fileEvidence(value, fault)],
          remedy: {
            summary: name ? "let Go use the default" : "restore it",
            steps: stepsToMend(facts),
          },
        },
      ];
    },
  },
  {
    id: "tmp-noexec",
    priority: 1,
    severity: "warning",
    title: "programs cannot be started where Go puts temporary ones",
    run: (facts) => {
      const { name, value } = findTemporary(facts);
      const directory = facts.findDirectory(value);
      if (!directory?.fileSystem?.noexec || directory.state !== "directory") return [];
      return [
        {
          summary: `${value}, where Go builds what \`go run\` and \`go test\` start, is mounted noexec`,
          about: [about.directory(value), ...(name ? [about.variable(name)] : [])],
          evidence: [
            fileEvidence(value, `lies on ${directory.fileSystem.mountPoint}, which is mounted noexec`),
            ...(name ? evidenceOfTemporary(facts, name, value) : []),
          ],
          remedy: { summary: "let Go put them elsewhere", steps: stepsToMove(facts) },
        },
      ];
    },
  },
];

/** Modules are downloaded again, so they go only where nothing else can. */
function stepsToFree(mountPoint: string, roles: readonly string[]): Step[] {
  const all = Object.entries(CLEANING).filter(([role]) => roles.includes(role));
  const cheap = all.filter(([role]) => role !== "GOMODCACHE");
  return [
    ...(cheap.length > 0 ? cheap : all).map(([, command]): Step => ({ kind: "run", command })),
    { kind: "advise", text: `free on ${mountPoint} what is still missing, or let them lie elsewhere` },
  ];
}

/** As the go command decides: GOTMPDIR, else os.TempDir. */
function findTemporary({ effective, snapshot }: Facts): {
  readonly name: "GOTMPDIR" | "TMPDIR" | undefined;
  readonly value: string;
} {
  const own = effective("GOTMPDIR").value;
  if (own !== "") return { name: "GOTMPDIR", value: own };
  const common = snapshot.env["TMPDIR"];
  return common ? { name: "TMPDIR", value: common } : { name: undefined, value: "/tmp" };
}

function evidenceOfTemporary(facts: Facts, name: "GOTMPDIR" | "TMPDIR", value: string): Evidence[] {
  return name === "TMPDIR"
    ? evidenceOfVariable(facts, name)
    : evidenceOf(facts, name, (text) => text === value);
}

function findFault(value: string, directory: DirectoryFacts | undefined): string | undefined {
  if (!isAbsolute(value)) return "it is not absolute, so each directory needs its own";
  switch (directory?.state) {
    case "missing":
      return "it is not there";
    case "no directory":
      return "it is no directory";
    case "directory":
      return directory.writable ? undefined : "it cannot be written to";
    default:
      return undefined;
  }
}

/** Of both variables, since behind the one the other counts. */
function stepsToMend(facts: Facts): Step[] {
  const { name, value } = findTemporary(facts);
  if (name === undefined) return [{ kind: "run", command: `sudo mkdir -p ${value}` }, openToAll(value)];
  const isBad = (text: string): boolean => findFault(text, facts.findDirectory(text)) !== undefined;
  const common = facts.snapshot.env["TMPDIR"];
  return [
    ...stepsToClear(facts, "GOTMPDIR", isBad),
    ...(common && isBad(common) ? stepsToUnset(facts, "TMPDIR") : []),
  ];
}

function openToAll(directory: string): Step {
  return { kind: "run", command: `sudo chmod 1777 ${directory}` };
}

function stepsToMove(facts: Facts): Step[] {
  const caches = facts.findDirectory(facts.effective("GOCACHE").value);
  if (!caches?.writable || caches.fileSystem?.noexec !== false) {
    const text =
      "`GOTOOLCHAIN=local go env -w GOTMPDIR=DIR`, with a directory whose file system lets programs start";
    return [...stepsToClear(facts, "GOTMPDIR"), { kind: "advise", text }];
  }
  const directory = join(dirname(caches.path), "go-tmp");
  return [
    { kind: "run", command: `mkdir -p ${quoteWord(directory)}` },
    ...stepsToReplace(facts, "GOTMPDIR", directory),
  ];
}
