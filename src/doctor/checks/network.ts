/** Checks of what Go needs to fetch modules: GOPROXY, certificates, git. */
import { escapePath } from "../../go/escape.js";
import { about, type Check } from "../check.js";
import { describeValueOrigin } from "../effective.js";
import type { Facts } from "../facts.js";
import {
  findProxyFault,
  listDeadEntries,
  type ProxyEntry,
  splitProxyList,
  withoutPassword,
} from "../proxy-list.js";
import type { Step } from "../remedy.js";
import { evidenceOf, evidenceOfVariable, stepsToClear, stepsToReplace, stepsToUnset } from "../settings.js";
import { fileEvidence } from "./common.js";

const CERTIFICATE_VARIABLES = ["SSL_CERT_FILE", "SSL_CERT_DIR"];
const INSTALL_CERTIFICATES: Step = {
  kind: "advise",
  text: "install the package `ca-certificates` (`apt-get install ca-certificates`, `apk add ca-certificates`, `dnf install ca-certificates`)",
};

export const NETWORK_CHECKS: readonly Check[] = [
  {
    id: "goproxy-invalid",
    priority: 1,
    severity: "error",
    title: "Go cannot read GOPROXY",
    yieldsTo: ["goenv-file-malformed"],
    run: (facts) => {
      const { value } = facts.effective("GOPROXY");
      if (value === "") return [];
      const fault = findProxyFault(value);
      const dead = fault === undefined ? listDeadEntries(value) : [];
      if (fault === undefined && dead.length === 0) return [];
      const isBad = (text: string): boolean =>
        findProxyFault(text) !== undefined || listDeadEntries(text).length > 0;
      const reason =
        fault ?? `Go never asks ${dead.map(withoutPassword).join(", ")}, behind what ends the list`;
      return [
        {
          ...(fault === undefined && { severity: "info" }),
          summary: `GOPROXY is ${describeList(value)}: ${reason}`,
          about: [about.variable("GOPROXY")],
          evidence: evidenceOf(facts, "GOPROXY", isBad),
          remedy: {
            summary:
              fault === undefined
                ? "put `direct` or `off` last"
                : "let Go use its default, or mend the entry",
            steps:
              fault === undefined
                ? stepsToReplace(facts, "GOPROXY", withoutDead(value))
                : stepsToClear(facts, "GOPROXY", isBad),
          },
        },
      ];
    },
  },
  {
    id: "ca-roots-missing",
    priority: 1,
    severity: "error",
    title: "Go finds no certificate authority to trust",
    run: (facts) => {
      const { platform, certificates, env, unanswered } = facts.snapshot;
      const { found, searched, usual } = certificates;
      if (platform.os !== "linux" || found !== undefined || searched.length === 0) return [];
      if (searched.some((path) => unanswered.some((silent) => `${path}/`.startsWith(`${silent}/`))))
        return [];
      if (!needsCertificates(facts)) return [];
      const named = CERTIFICATE_VARIABLES.filter((name) => env[name]);
      return [
        {
          summary:
            named.length > 0
              ? `${named.join(" and ")} ${named.length > 1 ? "lead" : "leads"} to no certificate`
              : "no certificate authority is installed where Go looks",
          about: [about.file("certificates"), ...named.map(about.variable)],
          evidence: [
            ...named.flatMap((name) => evidenceOfVariable(facts, name)),
            ...searched.slice(0, 2).map((path) => fileEvidence(path, "holds no certificate")),
          ],
          remedy: {
            summary:
              usual === undefined ? "install the system's certificates" : "let Go look in the usual places",
            steps: [
              ...named.flatMap((name) => stepsToUnset(facts, name)),
              ...(usual === undefined ? [INSTALL_CERTIFICATES] : []),
            ],
          },
        },
      ];
    },
  },
  {
    id: "git-missing",
    priority: 1,
    severity: "warning",
    title: "Go fetches modules with git, and there is none",
    run: (facts) => {
      const isSeen = facts.snapshot.path.every(
        ({ state }) => state !== "unanswered" && state !== "unreadable",
      );
      const cause = findDirectFetching(facts);
      if (!cause || !isSeen || facts.findProgram("git")) return [];
      const { value, origin } = facts.effective(cause);
      const seen = `${cause} is ${describeList(value)}, set by ${describeValueOrigin(origin)}`;
      return [
        {
          summary: `${cause} lets Go fetch modules with git, and no git is on PATH`,
          about: [about.program("git"), about.variable(cause)],
          evidence: [{ seen, at: { kind: "variable", name: cause } }],
          remedy: {
            summary: "install git",
            steps: [
              {
                kind: "advise",
                text: "install the package `git` (`apt-get install git`, `apk add git`, `dnf install git`)",
              },
            ],
          },
        },
      ];
    },
  },
  {
    id: "goproxy-off",
    priority: 2,
    severity: "info",
    title: "Go fetches no module",
    run: (facts) => {
      const { value, origin } = facts.effective("GOPROXY");
      // What a distribution writes into go.env is its decision.
      if (origin.kind === "go.env" || !isOff(value)) return [];
      return [
        {
          summary: `GOPROXY is off: Go uses the modules that it has, and fetches ${findDirectFetching(facts) ? "only private ones" : "none"}`,
          about: [about.variable("GOPROXY")],
          evidence: evidenceOf(facts, "GOPROXY", isOff),
          remedy: { summary: "take it back to be online", steps: stepsToClear(facts, "GOPROXY", isOff) },
        },
      ];
    },
  },
  {
    id: "goproxy-comma-fallback",
    priority: 2,
    severity: "info",
    title: "one proxy that fails stops every download",
    run: (facts) => {
      const { value, origin } = facts.effective("GOPROXY");
      const isUsual = facts.snapshot.trees.some(({ goEnv }) =>
        goEnv?.split("\n").includes(`GOPROXY=${value}`),
      );
      if (findProxyFault(value) !== undefined || isUsual || origin.kind === "go.env") return [];
      const living = listLiving(value);
      if (!living.some((_, index) => isFallback(living, index))) return [];
      return [
        {
          summary: `GOPROXY is ${describeList(value)}: Go asks the next one only where a module is not found, not where a proxy fails`,
          about: [about.variable("GOPROXY")],
          evidence: evidenceOf(facts, "GOPROXY", (text) => text === value),
          remedy: {
            summary: "separate them by `|`, unless the next one must not learn the names of your modules",
            steps: stepsToReplace(facts, "GOPROXY", withBars(living)),
          },
        },
      ];
    },
  },
];

function describeList(value: string): string {
  return escapePath(withoutPassword(value));
}

function isOff(value: string): boolean {
  return splitProxyList(value)[0]?.text === "off";
}

/** What Go reads of a list. */
function listLiving(value: string): readonly ProxyEntry[] {
  const entries = splitProxyList(value);
  return entries.slice(0, entries.length - listDeadEntries(value).length);
}

function withoutDead(value: string): string {
  return joinEntries(listLiving(value), ({ end }) => end);
}

/** A comma behind a proxy; in front of `off` it is meant. */
function isFallback(entries: readonly ProxyEntry[], index: number): boolean {
  const next = entries[index + 1];
  return entries[index]?.end === "," && next !== undefined && next.text !== "off";
}

function withBars(entries: readonly ProxyEntry[]): string {
  return joinEntries(entries, ({ end }, index) => (isFallback(entries, index) ? "|" : end));
}

function joinEntries(
  entries: readonly ProxyEntry[],
  endOf: (entry: ProxyEntry, index: number) => string,
): string {
  return entries
    .map((entry, index) => `${entry.text}${index < entries.length - 1 ? endOf(entry, index) : ""}`)
    .join("");
}

/** Nothing is verified where nothing is fetched, or all of it from a directory. */
function needsCertificates(facts: Facts): boolean {
  const entries = splitProxyList(facts.effective("GOPROXY").value);
  if (entries.length === 0 || findDirectFetching(facts)) return true;
  const last = entries.findIndex(({ text }) => text === "off");
  const asked = last < 0 ? entries : entries.slice(0, last);
  return asked.some(({ text }) => !text.startsWith("file:"));
}

/** The setting by which Go goes to a repository and not to a proxy: for what is private, even where GOPROXY is off. */
function findDirectFetching({ effective }: Facts): "GOPROXY" | "GONOPROXY" | "GOPRIVATE" | undefined {
  const [first] = splitProxyList(effective("GOPROXY").value);
  if (first?.text === "direct") return "GOPROXY";
  const own = effective("GONOPROXY").value;
  if (own !== "") return own === "none" ? undefined : "GONOPROXY";
  return effective("GOPRIVATE").value === "" ? undefined : "GOPRIVATE";
}
