import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findProgram } from "../support/programs.js";
import { createSandbox, runJobs, type Sandbox, SHIM } from "../support/sandbox.js";
import { answerOf, jobOf, judge } from "../support/selection-world.js";
import { callOf, VECTORS, type Vector } from "../support/vectors.js";

/** One edit that a tired hand could make: what it replaces, by what, and rows of which rules would notice. */
interface Mutant {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly rules: readonly string[];
}

const MUTANTS: readonly Mutant[] = [
  {
    name: "an override is passed on to the program",
    from: "case ${1:-} in +*) gvt_override=$1 && shift ;;",
    to: "case ${1:-} in +*) gvt_override=$1 ;;",
    rules: ["R1"],
  },
  {
    name: "an override does not come first",
    from: 'if [ -n "$gvt_override" ]; then',
    to: "if false; then",
    rules: ["R1"],
  },
  { name: "GVT_VERSION is not asked", from: "gvt_pin=${GVT_VERSION:-}", to: "gvt_pin=''", rules: ["R2"] },
  {
    name: "GVT_VERSION is a requirement",
    from: "gvt_basis=pin",
    to: "gvt_basis=default",
    rules: ["R2"],
  },
  {
    name: "a comment is a word",
    from: "'' | '#'*) gvt_first='' ;;",
    to: "'') gvt_first='' ;;",
    rules: ["R4"],
  },
  {
    name: "the prefix v is unknown",
    from: "v1*) gvt_word=${1#v} ;;",
    to: "v0*) gvt_word=${1#v} ;;",
    rules: ["R4"],
  },
  { name: "1.2 is a line", from: "1.1 | 1.2) return 1 ;;", to: "1.0) return 1 ;;", rules: ["R6"] },
  { name: "a leading zero is a number", from: "'' | 0?* | ?????*", to: "'' | ?????*", rules: ["R6", "R17"] },
  {
    name: "a letter is a number",
    from: "| *[!0123456789]*) return 1 ;;",
    to: ") return 1 ;;",
    rules: ["R6", "R9"],
  },
  {
    name: "a long file is read in part",
    from: '[ "$gvt_size" -le "$2" ] && [ "$gvt_size" =',
    to: '[ "$gvt_size" =',
    rules: ["R6"],
  },
  {
    name: "a NUL is nothing",
    from: '[ "$gvt_size" = "${gvt_offset:-$gvt_size}" ]',
    to: "true",
    rules: ["R6"],
  },
  {
    name: "a control character is plain",
    from: "case $gvt_text in *[![:print:]$gvt_tab$gvt_nl]*) return 1 ;; *) ;; esac",
    to: ":",
    rules: ["R4"],
  },
  {
    name: "a dangling link is no pin",
    from: ' -o -h "$gvt_dir/.go-version"',
    to: "",
    rules: ["R6"],
  },
  {
    name: "a dangling link is no default",
    from: '[ -e "$1" -o -h "$1" ]',
    to: '[ -e "$1" ]',
    rules: ["R13"],
  },
  {
    name: ".tool-versions comes first",
    from: '        if [ -e "$gvt_dir/.go-version"',
    to: '        if ! [ -e "$gvt_dir/.tool-versions" ] && [ -e "$gvt_dir/.go-version"',
    rules: ["R3", "R6"],
  },
  {
    name: "asdf's name for Go is unknown",
    from: "      golang | go)",
    to: "      go)",
    rules: ["R5"],
  },
  {
    name: "a file of tools without Go ends the walk",
    from: 'gvt_read_tools "$gvt_dir/.tool-versions" || return 1',
    to: 'gvt_read_tools "$gvt_dir/.tool-versions" && [ -n "$gvt_pin_file" ] || return 1',
    rules: ["R5"],
  },
  {
    name: "the walk ends at the first directory",
    from: "gvt_dir=${gvt_dir%/*}\n  done",
    to: "gvt_dir=''\n  done",
    rules: ["R3", "R8"],
  },
  {
    name: "the walk ends at the home",
    from: '[ -n "$gvt_dir" ] || break',
    to: '[ "$gvt_dir" != "$HOME" ] || break',
    rules: ["R3"],
  },
  {
    name: "patches are compared as text",
    from: '[ "$gvt_best" -ge "$gvt_patch" ]',
    to: "case $gvt_best in [$gvt_patch-9]*) ;; *) false ;; esac",
    rules: ["R7", "R12"],
  },
  {
    name: "a receipt may be a directory",
    from: '[ -f "$gvt_root/versions/$1/.gvt.json" ]',
    to: '[ -e "$gvt_root/versions/$1/.gvt.json" ]',
    rules: ["R17"],
  },
  {
    name: "a directory is enough",
    from: '[ -f "$gvt_root/versions/$1/.gvt.json" ]',
    to: '[ -d "$gvt_root/versions/$1" ]',
    rules: ["R17"],
  },
  {
    name: "go.mod comes before go.work",
    from: "gvt_module=${gvt_work:-$gvt_mod}",
    to: "gvt_module=${gvt_mod:-$gvt_work}",
    rules: ["R8"],
  },
  { name: "GOWORK=off is not heard", from: "off) gvt_seek='' ;;", to: "off) ;;", rules: ["R8"] },
  {
    name: "a directory is a go.mod",
    from: '[ -e "$gvt_dir/go.mod" ] && ! [ -d "$gvt_dir/go.mod" ]',
    to: '[ -e "$gvt_dir/go.mod" ]',
    rules: ["R8"],
  },
  {
    name: "the go line counts alone",
    from: '[ -n "$gvt_want_kind" ] && ! gvt_is_newer || gvt_want',
    to: ":",
    rules: ["R9"],
  },
  {
    name: "the toolchain line counts whatever it says",
    from: '[ -n "$gvt_want_kind" ] && ! gvt_is_newer || gvt_want',
    to: "gvt_want",
    rules: ["R9"],
  },
  {
    name: "the last go line counts",
    from: "case $gvt_first$gvt_go_seen$gvt_toolchain_seen in",
    to: "case $gvt_first in",
    rules: ["R9"],
  },
  {
    name: "a comment belongs to the value",
    from: 'gvt_split "${1%%//*}"',
    to: 'gvt_split "$1"',
    rules: ["R9"],
  },
  {
    name: "the module decides over a pin beside it",
    from: '"${gvt_module%/*}"/*) ;;',
    to: '"${gvt_module%/*}"/?*) ;;',
    rules: ["R10"],
  },
  {
    name: "every pin decides",
    from: '[ -n "$gvt_module" ] && [ "$gvt_pin" != system ] || return 0',
    to: "return 0",
    rules: ["R11"],
  },
  {
    name: "a pin above must be newer",
    from: '[ "$gvt_minor" -eq "$gvt_want_minor" ] && [ "$gvt_order" -ge "$gvt_want_order" ]',
    to: '[ "$gvt_minor" -eq "$gvt_want_minor" ] && [ "$gvt_order" -gt "$gvt_want_order" ]',
    rules: ["R11"],
  },
  {
    name: "an older patch serves",
    from: 'gvt_pick_patch "$gvt_minor" && gvt_meets_requirement; then',
    to: 'gvt_pick_patch "$gvt_minor"; then',
    rules: ["R12"],
  },
  {
    name: "an older default serves",
    from: "if gvt_meets_requirement; then return; fi",
    to: "return",
    rules: ["R12"],
  },
  {
    name: "the newest line serves",
    from: '[ "$gvt_next" -le "$gvt_minor" ]',
    to: '[ "$gvt_next" -ge "$gvt_minor" ]',
    rules: ["R12"],
  },
  {
    name: "a missing pin falls back to the system",
    from: '*) gvt_is_installed "$gvt_version" || return 1 ;;',
    to: '*) gvt_is_installed "$gvt_version" || { gvt_found=system && return; } ;;',
    rules: ["R7", "R15"],
  },
  {
    name: "a relative entry of PATH is searched",
    from: "    case $gvt_path in /*) ;; *) continue ;; esac\n",
    to: "    case $gvt_path in /*) ;; *) gvt_path=$PWD/$gvt_path ;; esac\n",
    rules: ["R14"],
  },
  {
    name: "the root is known by one name",
    from: '[ "$gvt_dir" -ef "$gvt_root" ] && return',
    to: '[ "$gvt_dir" = "$gvt_root" ] && return',
    rules: ["R14"],
  },
  { name: "GOROOT is not set", from: "export GOROOT PATH", to: "export PATH", rules: ["R19"] },
  { name: "PATH grows each time", from: '    "$GOROOT/bin" | "$GOROOT/bin":*) ;;\n', to: "", rules: ["R19"] },
  {
    name: "GOTOOLCHAIN is always set",
    from: '[ -z "${GOTOOLCHAIN:-}" ] && [ "$gvt_found" != system ] || return 0',
    to: '[ "$gvt_found" != system ] || return 0',
    rules: ["R20"],
  },
  {
    name: "the go-env file is not read",
    from: "GOTOOLCHAIN=*) gvt_user_toolchain=${gvt_line#*=} ;;",
    to: "",
    rules: ["R20"],
  },
  {
    name: "a requirement is a pin to Go",
    from: "gvt_basis=requirement gvt_found=$gvt_want_version",
    to: "gvt_basis=pin gvt_found=$gvt_want_version",
    rules: ["R8", "R11"],
  },
  { name: "a setting in a table counts", from: "'['*) break ;;", to: "'['*) continue ;;", rules: ["R20"] },
];

const dash = findProgram("dash", "mutants of the shim");
const worlds = new Map<Vector, { readonly sandbox: Sandbox; readonly expected: string }>();
let shim = "";
let directory = "";

beforeAll(async () => {
  shim = await readFile(SHIM, "utf8");
  directory = await mkdtemp(join(tmpdir(), "gvt-mutants-"));
  const wanted = new Set(MUTANTS.flatMap(({ rules }) => rules));
  for (const vector of VECTORS.filter(({ rule }) => wanted.has(rule))) {
    const sandbox = await createSandbox(vector);
    const { answer } = await judge(sandbox, callOf(vector));
    worlds.set(vector, { sandbox, expected: JSON.stringify(answer) });
  }
}, 60_000);

afterAll(async () => {
  await rm(directory, { recursive: true });
  await Promise.all([...worlds.values()].map(({ sandbox }) => sandbox.remove()));
});

/** The rows that a shim gets wrong, run under the names that they call it by. */
async function failuresOf(text: string, rules: readonly string[]): Promise<string[]> {
  const rows = [...worlds].filter(([{ rule }]) => rules.includes(rule));
  await Promise.all(
    rows.map(([vector, { sandbox }]) =>
      writeFile(join(sandbox.root, "shims", callOf(vector).as), text, { mode: 0o755 }),
    ),
  );
  const shell = { name: "dash", command: [dash ?? "dash"] };
  const results = await runJobs(rows.map(([vector, { sandbox }]) => jobOf(sandbox, shell, callOf(vector))));
  return rows.flatMap(([vector, { expected }], index) => {
    const result = results[index];
    if (!result || vector.expect.status !== undefined) return [];
    const answer = answerOf(result);
    const deferred = answer.outcome === "DEFER" && result.stderr === "";
    const right = deferred ? !vector.fast : JSON.stringify(answer) === expected && result.stderr === "";
    return right ? [] : [`${vector.rule}: ${vector.name}`];
  });
}

describe.skipIf(dash === undefined)("a mutant of the shim", () => {
  it("is told from the shim itself, which fails no row", async () => {
    expect(await failuresOf(shim, [...new Set(MUTANTS.flatMap(({ rules }) => rules))])).toEqual([]);
  }, 60_000);

  it.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))(
    "turns a row red: %s",
    async (_, { from, to, rules }) => {
      expect(shim.split(from).length, "the line that is edited is still there").toBeGreaterThan(1);
      expect(
        await failuresOf(
          shim.replace(from, () => to),
          rules,
        ),
      ).not.toEqual([]);
    },
    30_000,
  );
});
