/** What checks of several subjects ask and say: whether a program is gvt's, whether it runs here, how to begin. */
import { findShell } from "../../env/shells.js";
import { formatGoVersion, isExact, isInLine, newest, parseGoVersion } from "../../go/version.js";
import type { Evidence } from "../check.js";
import { describeValueOrigin } from "../effective.js";
import type { Facts, PlacedProgram } from "../facts.js";
import { isOlder, type Needed } from "../governing.js";
import type { Program } from "../program-facts.js";
import type { Step } from "../remedy.js";
import type { Snapshot } from "../snapshot.js";

/** A shim, or the decided toolchain's own program. */
export function isOwn({ selected, selection }: Facts, { program }: PlacedProgram): boolean {
  if (program.owner === "gvt-shim") return true;
  if (selection?.kind === "system")
    return program.path === selection.program || program.goroot === selected?.tree?.realpath;
  return program.goroot !== undefined && program.goroot === selected?.tree?.realpath;
}

/** False only where the format says that the kernel cannot start it. */
export function runsHere({ platform, host }: Snapshot, program: Program): boolean {
  if (program.format === "pe") return host.wsl;
  if (program.format !== "elf" && program.format !== "mach-o") return true;
  if ((program.format === "mach-o") !== (platform.os === "darwin")) return false;
  const runnable = [platform.arch, ...host.foreignArchs];
  return program.archs?.some((arch) => runnable.includes(arch)) ?? true;
}

/** The shell that remedies are written for. */
export function shellName({ snapshot }: Facts): string {
  return findShell(snapshot.user.shell ?? "sh")?.name ?? "sh";
}

/** Makes new shells, and the one that is open, find gvt's shims first. */
export function initSteps(facts: Facts, lasting = true): Step[] {
  return [
    ...(lasting ? [{ kind: "run", command: `gvt init ${shellName(facts)} --yes` } as const] : []),
    ...listLeading(facts).map((entry): Step => ({ kind: "drop-path", entry })),
    { kind: "source", directory: facts.snapshot.root.shell },
  ];
}

/** What a shim has put first for the programs that it starts, and gvt's shell file leaves there. */
function listLeading({ snapshot: { path, root } }: Facts): readonly string[] {
  const end = path.findIndex(({ text }) => !text.startsWith(`${root.versions}/`));
  return [...new Set(path.slice(0, end < 0 ? path.length : end).map(({ text }) => text))];
}

/** What makes the directory ask for a version that is new enough: installed where there is one. */
export function stepsToRaise(facts: Facts, needed: Needed): Step[] {
  const { snapshot, managed } = facts;
  const installed = snapshot.root.installed
    .map(parseGoVersion)
    .filter((version) => !isOlder(version, needed));
  const { minor } = needed.version;
  const sameLine = newest(installed.filter((version) => isInLine(version, { minor })));
  const found = sameLine ?? installed.find((version) => !version.prerelease);
  const wanted = isExact(needed.version) ? formatGoVersion(needed.version) : `1.${minor}`;
  const unset: Step[] = snapshot.env["GVT_VERSION"] ? [{ kind: "unset", variable: "GVT_VERSION" }] : [];
  return [
    ...unset,
    { kind: "run", command: `gvt local ${found ? formatGoVersion(found) : wanted}` },
    // Until gvt's shims are on PATH, what it decides changes nothing.
    ...(managed ? [] : initSteps(facts)),
  ];
}

export function entryEvidence({ entry, position }: PlacedProgram, seen: string): Evidence {
  return { seen, at: { kind: "path-entry", position, directory: entry.text } };
}

export function fileEvidence(path: string, seen: string, line?: number): Evidence {
  return { seen, at: { kind: "file", path, line } };
}

/** `3 files: a, b, c`. */
export function listFirst({
  count,
  first,
}: {
  readonly count: number;
  readonly first: readonly string[];
}): string {
  const more = count > first.length ? ", …" : "";
  return `${count} ${count === 1 ? "file" : "files"}: ${first.slice(0, 3).join(", ")}${count > 3 ? ", …" : more}`;
}

/** `go1.22.6 at /usr/bin/go (a link to …)`. */
export function describeGo({ program }: PlacedProgram): string {
  const name =
    program.build?.path === "cmd/go" || program.goroot !== undefined ? program.build?.go : undefined;
  const link = program.realpath === program.path ? "" : ` (a link to ${program.realpath})`;
  return `${name ?? program.owner} at ${program.path}${link}`;
}

/** What GOTOOLCHAIN is, and who says so. */
export function toolchainEvidence(facts: Facts): Evidence {
  const { value, origin } = facts.effective("GOTOOLCHAIN");
  return {
    seen: `GOTOOLCHAIN is ${value}, set by ${describeValueOrigin(origin)}`,
    at: { kind: "variable", name: "GOTOOLCHAIN" },
  };
}

/** The statement that chose the version. */
export function originEvidence({ selection, selected }: Facts): readonly Evidence[] {
  const origin = selection?.origin;
  if (origin?.kind === "file") return [fileEvidence(origin.path, origin.text, origin.line)];
  if (origin?.kind === "environment")
    return [{ seen: `${origin.variable}=${origin.text}`, at: { kind: "variable", name: origin.variable } }];
  return selected?.tree ? [fileEvidence(selected.tree.goroot, formatGoVersion(selected.version))] : [];
}

/** What the manual page says is not so for a `go` that gvt's shim starts. */
export function whyThoughCovered({ running, selection }: Facts, beyond?: string): { readonly why?: string } {
  if (running?.behindShim !== true || selection?.kind !== "toolchain") return {};
  const others = "editors and programs that read it, or start another `go`, are misled";
  return {
    why: `gvt's shim sets GOROOT itself, so \`go\` works in this shell; ${others}${beyond === undefined ? "" : `, ${beyond}`}`,
  };
}
