/** Checks of the directory that `go install` writes to: GOBIN, else `bin` of GOPATH. */
import { join } from "node:path";
import { about, type Check, type Observation } from "../check.js";
import { splitList } from "../effective.js";
import type { Facts } from "../facts.js";
import type { Program } from "../program-facts.js";
import { quoteWord, type Step } from "../remedy.js";
import { evidenceOf, stepsToClear } from "../settings.js";
import { describeTool, listTools, OF_GO } from "../shadowing.js";
import { fileEvidence, initSteps, shellName } from "./common.js";

export const GOBIN_CHECKS: readonly Check[] = [
  {
    id: "gobin-not-on-path",
    priority: 0,
    severity: "warning",
    title: "what `go install` writes is not on PATH",
    yieldsTo: ["gobin-is-shims-or-goroot", "path-relative-or-empty"],
    run: (facts) => {
      const directory = facts.installDirectory;
      if (!directory.startsWith("/") || facts.findPosition(directory) !== undefined) return [];
      // Nothing can be installed there at all.
      if (facts.findDirectory(directory)?.state === "no directory") return [];
      const tools = listTools(facts);
      const isStated = facts.effective("GOBIN").value !== "";
      if (tools.length === 0 && !isStated) return [];
      const examples = tools.slice(0, 3).map(({ name }) => name);
      return [
        {
          summary: `${directory} is not on PATH${examples.length > 0 ? `, so ${examples.join(", ")} cannot be found` : ""}`,
          about: [about.directory(directory)],
          evidence: [
            fileEvidence(directory, tools.length === 0 ? "GOBIN names it" : `holds ${tools.length} programs`),
            ...(isStated ? evidenceOf(facts, "GOBIN") : []),
          ],
          remedy: {
            summary: "append it to PATH",
            steps: [
              { kind: "extend-path", directory, where: "back" },
              { kind: "advise", text: "put that line into your shell's start-up file too" },
            ],
          },
        },
      ];
    },
  },
  {
    id: "gobin-has-go",
    priority: 0,
    severity: "error",
    title: "a `go` lies where `go install` writes, before gvt's",
    run: (facts) => {
      const position = facts.findPosition(facts.installDirectory);
      if (position === undefined || facts.ownPosition === undefined || position >= facts.ownPosition)
        return [];
      const found = listTools(facts).filter(({ name }) => OF_GO.has(name));
      if (found.length === 0) return [];
      return [
        {
          summary: `${found.map(({ path }) => path).join(" and ")} ${found.length > 1 ? "come" : "comes"} before gvt's shims`,
          about: [about.directory(facts.installDirectory)],
          evidence: found.map((tool) => fileEvidence(tool.path, describeTool(tool))),
          remedy: found.some((tool) => isOfTree(facts, tool))
            ? {
                summary: "let gvt's lines run last, and `go install` write elsewhere",
                steps: stepsAround(facts),
              }
            : {
                summary: "remove it",
                steps: found.map(({ path }): Step => ({ kind: "run", command: `rm ${quoteWord(path)}` })),
              },
        },
      ];
    },
  },
  {
    id: "gobin-relative",
    priority: 0,
    severity: "error",
    title: "GOBIN is not absolute",
    yieldsTo: ["goenv-file-malformed"],
    run: (facts) => {
      const { value } = facts.effective("GOBIN");
      const isRelative = (text: string): boolean => !text.startsWith("/");
      if (value === "" || !isRelative(value)) return [];
      return [
        {
          summary: `GOBIN is ${value}, and \`go install\` needs an absolute path`,
          about: [about.variable("GOBIN")],
          evidence: evidenceOf(facts, "GOBIN", isRelative),
          remedy: {
            summary: "take it back, or write the whole path",
            steps: stepsToClear(facts, "GOBIN", isRelative),
          },
        },
      ];
    },
  },
  {
    id: "gobin-is-shims-or-goroot",
    priority: 0,
    severity: "error",
    title: "`go install` writes into gvt's own directories",
    yieldsTo: ["goroot-equals-gopath"],
    run: (facts) => {
      const { root, tools } = facts.snapshot;
      const real =
        (tools?.path === facts.installDirectory ? tools.realpath : undefined) ?? facts.installDirectory;
      const shims = real === (root.realShims ?? root.shims);
      const version = real.startsWith(`${root.realVersions ?? root.versions}/`);
      if (!shims && !version) return [];
      const name = facts.effective("GOBIN").value === "" ? "GOPATH" : "GOBIN";
      const leads = (value: string): boolean =>
        name === "GOBIN"
          ? value === facts.installDirectory
          : join(splitList(value)[0] ?? "", "bin") === facts.installDirectory;
      return [
        {
          summary: `${name} makes \`go install\` write into ${facts.installDirectory}, which is gvt's`,
          about: [about.variable(name), about.directory(facts.installDirectory)],
          evidence: evidenceOf(facts, name, leads),
          remedy: {
            summary: shims
              ? "a program named `go` there would overwrite the shim"
              : "what lies there goes with the version",
            steps: stepsToClear(facts, name, leads),
          },
        },
      ];
    },
  },
  {
    id: "gobin-unwritable",
    priority: 1,
    severity: "error",
    title: "`go install` cannot write where it must",
    yieldsTo: ["gobin-is-shims-or-goroot", "goroot-equals-gopath"],
    run: (facts) => {
      const path = facts.installDirectory;
      const directory = facts.findDirectory(path);
      if (directory?.state === "no directory") return [observeFile(facts)];
      if (directory?.state !== "directory" || directory.writable) return [];
      const { user } = facts.snapshot;
      const isStated = facts.effective("GOBIN").value !== "";
      const leads = (value: string): boolean => value === path;
      const elsewhere = stepsToClear(facts, "GOBIN", leads);
      const mine = user.uid === undefined || directory.uid === user.uid;
      const inHome = user.home !== undefined && path.startsWith(`${user.home}/`);
      const mend: Step = mine
        ? { kind: "run", command: `chmod u+rwx ${quoteWord(path)}` }
        : { kind: "run", command: `sudo chown ${user.uid} ${quoteWord(path)}` };
      const readOnly: Step = {
        kind: "advise",
        text: `${directory.fileSystem?.mountPoint} is read-only: let GOBIN be a directory on another file system`,
      };
      // A directory of the system is not for one user to own.
      const leave = isStated && !inHome && elsewhere.length > 0;
      return [
        {
          summary: `\`go install\` cannot write into ${path}`,
          about: [about.directory(path)],
          evidence: [
            fileEvidence(
              path,
              `not writable${directory.uid === undefined ? "" : `, owned by uid ${directory.uid}`}`,
            ),
            ...(isStated ? evidenceOf(facts, "GOBIN", leads) : []),
          ],
          remedy: leave
            ? { summary: "let `go install` write into your own directory", steps: elsewhere }
            : {
                summary: "make the directory yours",
                steps: [directory.fileSystem?.readOnly === true ? readOnly : mend],
              },
        },
      ];
    },
  },
];

/** A file stands where the directory must be. */
function observeFile(facts: Facts): Observation {
  const path = facts.installDirectory;
  const leads = (value: string): boolean => value === path;
  const cleared = stepsToClear(facts, "GOBIN", leads);
  const aside: Step = { kind: "run", command: `mv ${quoteWord(path)} ${quoteWord(`${path}-unused`)}` };
  return {
    summary: `\`go install\` cannot write into ${path}, which is no directory`,
    about: [about.directory(path)],
    evidence: [fileEvidence(path, "is no directory"), ...evidenceOf(facts, "GOBIN", leads)],
    remedy:
      cleared.length > 0
        ? { summary: "let `go install` write into a directory", steps: cleared }
        : { summary: "put the file aside", steps: [aside] },
  };
}

/** Bin of a whole Go, into which somebody has led `go install`: without this program that Go would be broken. */
function isOfTree({ snapshot }: Facts, { name, realpath, goroot }: Program): boolean {
  return goroot !== undefined && realpath === join(snapshot.tools?.realpath ?? "", name);
}

function stepsAround(facts: Facts): Step[] {
  return [
    ...stepsToClear(facts, "GOBIN", (value) => value === facts.installDirectory),
    { kind: "run", command: `gvt init ${shellName(facts)} --remove --yes` },
    ...initSteps(facts),
  ];
}
