/** Checks of GOPATH and of the home directory that it and the caches default to. */
import { join } from "node:path";
import { about, type Check } from "../check.js";
import { splitList } from "../effective.js";
import type { Facts } from "../facts.js";
import { quoteWord, type Step } from "../remedy.js";
import { evidenceOf, stepsToClear, stepsToReplace } from "../settings.js";
import { fileEvidence } from "./common.js";

/** The last line that stops where a go.mod lies in GOPATH; later ones pass over it with a warning. */
const STOPS_AT_GO_MOD = 21;
/** Where the system sends those who have no home. */
const NO_HOMES: readonly string[] = ["/", "/nonexistent"];
/** The last line that needs GOPATH for every command. */
const NEEDS_GOPATH = 17;

export const GOPATH_CHECKS: readonly Check[] = [
  {
    id: "gopath-invalid",
    priority: 0,
    severity: "error",
    title: "GOPATH holds an entry that is not absolute",
    yieldsTo: ["goenv-file-malformed"],
    run: (facts) => {
      const isInvalid = (value: string): boolean => splitList(value).some((entry) => !entry.startsWith("/"));
      const { value } = facts.effective("GOPATH");
      if (!isInvalid(value)) return [];
      const entry = splitList(value).find((candidate) => !candidate.startsWith("/")) ?? "";
      return [
        {
          summary: `GOPATH holds ${entry}, which is not absolute`,
          about: [about.variable("GOPATH")],
          evidence: evidenceOf(facts, "GOPATH", isInvalid),
          remedy: {
            summary: "take it back, or write the whole path",
            steps: stepsToClear(facts, "GOPATH", isInvalid),
          },
        },
      ];
    },
  },
  {
    id: "gopath-multi",
    priority: 2,
    severity: "info",
    title: "GOPATH has several entries",
    run: (facts) => {
      const entries = splitList(facts.effective("GOPATH").value);
      const [first, ...others] = entries;
      if (first === undefined || others.length === 0) return [];
      return [
        {
          summary: `GOPATH has ${entries.length} entries, and Go writes only into the first, ${first}`,
          about: [about.variable("GOPATH")],
          evidence: evidenceOf(facts, "GOPATH"),
          remedy: {
            summary: "nothing, where the others are meant for GOPATH mode",
            steps: [
              { kind: "advise", text: `leave out ${others.join(" and ")} where no project needs them` },
            ],
          },
        },
      ];
    },
  },
  {
    id: "gopath-has-go-mod",
    priority: 1,
    severity: "error",
    title: "a go.mod lies in GOPATH itself",
    yieldsTo: ["goroot-equals-gopath"],
    run: (facts) => {
      const [first = ""] = splitList(facts.effective("GOPATH").value);
      if (facts.effective("GO111MODULE").value === "off" || !facts.findDirectory(first)?.holdsGoMod)
        return [];
      const path = join(first, "go.mod");
      const stops = (facts.selected?.version.minor ?? STOPS_AT_GO_MOD + 1) <= STOPS_AT_GO_MOD;
      return [
        {
          severity: stops ? "error" : "warning",
          summary: `${path} lies in GOPATH itself, ${stops ? "and Go stops there" : "and Go passes over it"}`,
          about: [about.file(path), about.directory(first)],
          evidence: [fileEvidence(path, `GOPATH is ${first}`)],
          // The module that somebody works in here is not what is in the wrong place.
          remedy:
            facts.governing?.file.path === path
              ? { summary: "let GOPATH be another directory", steps: stepsToMove(facts, first) }
              : {
                  summary: "put it aside; a module belongs into a directory of its own",
                  steps: [{ kind: "run", command: `mv ${quoteWord(path)} ${quoteWord(`${path}-unused`)}` }],
                },
        },
      ];
    },
  },
  {
    id: "home-unset",
    priority: 1,
    severity: "error",
    title: "HOME is not set, and Go has no place for its files",
    run: (facts) => {
      const { env, user, platform } = facts.snapshot;
      if (env["HOME"] || platform.os === "windows") return [];
      const lacking = listHomeless(facts);
      if (lacking.length === 0) return [];
      const steps: Step[] =
        user.home && !NO_HOMES.includes(user.home)
          ? [{ kind: "set", variable: "HOME", value: user.home }]
          : lacking.map((name) => ({
              kind: "advise",
              text: `set HOME, or ${name} to a directory of its own`,
            }));
      const origin = "whatever starts this (cron, a service, CI, a container) must set it, too";
      return [
        {
          summary: `HOME is not set, so ${lacking.join(" and ")} ${lacking.length > 1 ? "have" : "has"} no default`,
          about: [about.variable("HOME")],
          evidence: [{ seen: "HOME is not set", at: { kind: "variable", name: "HOME" } }],
          remedy: { summary: "set HOME", steps: [...steps, { kind: "advise", text: origin }] },
        },
      ];
    },
  },
];

function stepsToMove(facts: Facts, taken: string): Step[] {
  const home = facts.snapshot.user.home ?? "/";
  return taken === join(home, "go")
    ? stepsToReplace(facts, "GOPATH", join(home, "gopath"))
    : stepsToClear(facts, "GOPATH", (value) => splitList(value)[0] === taken);
}

/** What Go would put into the home directory and nothing else gives a place. */
function listHomeless({ snapshot, effective, selected }: Facts): string[] {
  const isDefault = (name: string): boolean => effective(name).origin.kind === "default";
  const cached = snapshot.env["XDG_CACHE_HOME"] && snapshot.platform.os !== "darwin";
  const needsGopath = (selected?.version.minor ?? NEEDS_GOPATH + 1) <= NEEDS_GOPATH;
  return [
    ...(isDefault("GOCACHE") && !cached ? ["GOCACHE"] : []),
    ...(isDefault("GOPATH") && (needsGopath || isDefault("GOMODCACHE")) ? ["GOPATH"] : []),
  ];
}
