/** Checks of editors: whether they use the Go that a terminal uses. */
import { about, type Check } from "../check.js";
import type { Facts } from "../facts.js";
import type { Tree } from "../program-facts.js";
import type { EditorSetting } from "../setting-facts.js";
import { fileEvidence } from "./common.js";

const ROOTS = ["go.goroot", "go.toolsEnvVars.GOROOT"];
const PROGRAM = "go.alternateTools.go";

export const EDITOR_CHECKS: readonly Check[] = [
  {
    id: "vscode-goroot-pinned",
    priority: 1,
    severity: "warning",
    title: "the editor uses another Go than the terminal",
    run: (facts) => {
      const tree = facts.selected?.tree;
      if (!tree) return [];
      return listActing(facts)
        .filter((setting) => leadsElsewhere(setting, tree, facts))
        .map((setting) => {
          const { path, line, key, value, removable } = setting;
          return {
            summary: `${path}:${line} sets ${key} to ${value}, and ${tree.goroot} is chosen here`,
            about: [about.file(path)],
            evidence: [fileEvidence(path, `${key} is ${value}`, line)],
            remedy: {
              summary: "let the editor find `go` on PATH",
              steps: [
                // Others work with the repository's.
                removable === undefined || isOfRepository(setting)
                  ? { kind: "advise", text: `take ${key} out of line ${line} of ${path}` }
                  : { kind: "edit", path, line, before: removable },
              ],
            },
          };
        });
    },
  },
];

/** Settings of the repository hide those of the user. */
function listActing({ snapshot }: Facts): EditorSetting[] {
  const settings = snapshot.editors.filter(({ key }) => key === PROGRAM || ROOTS.includes(key));
  const hidden = new Set(settings.filter(isOfRepository).map(({ key }) => key));
  return settings.filter((setting) => isOfRepository(setting) || !hidden.has(setting.key));
}

function isOfRepository({ path }: EditorSetting): boolean {
  return path.includes("/.vscode/");
}

/** What the editor puts in itself cannot be told, and a bare name is looked for on PATH. */
function leadsElsewhere(
  { key, value, realpath }: EditorSetting,
  tree: Tree,
  { snapshot, findTree }: Facts,
): boolean {
  if (!value.includes("/") || value.includes("${env:") || value.includes("${config:")) return false;
  const real = realpath ?? value;
  if (key !== PROGRAM) return findTree(real) !== tree;
  const { shims, realShims } = snapshot.root;
  return ![`${tree.realpath}/bin/go`, `${shims}/go`, `${realShims}/go`].includes(real);
}
