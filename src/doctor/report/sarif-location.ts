/** Places as SARIF writes them: files of the repository relative to it, other files absolute, all else by name. Pure. */
import type { Where } from "../check.js";
import type { Snapshot } from "../snapshot.js";
import { describeWhere } from "./text.js";

/** What code scanning calls the root of the repository. */
const ROOT_ID = "%SRCROOT%";

export function describeRoots({ repository }: Snapshot): Readonly<Record<string, object>> {
  const directory = repository.git?.directory;
  return directory === undefined ? {} : { [ROOT_ID]: { uri: `file://${encodePath(directory)}/` } };
}

export function locationOf(at: Where, snapshot: Snapshot) {
  switch (at.kind) {
    case "file":
      return {
        physicalLocation: {
          artifactLocation: artifactLocation(at.path, snapshot),
          ...(at.line !== undefined && at.line > 0 && { region: { startLine: at.line } }),
        },
      };
    case "path-entry":
      return {
        logicalLocations: [{ name: describeWhere(at), kind: "variable", fullyQualifiedName: "PATH" }],
      };
    case "variable":
      return { logicalLocations: [{ name: describeWhere(at), kind: "variable" }] };
  }
}

export function artifactLocation(path: string, { repository }: Snapshot) {
  const root = repository.git?.directory;
  return root !== undefined && path.startsWith(`${root}/`)
    ? { uri: encodePath(path.slice(root.length + 1)), uriBaseId: ROOT_ID }
    : { uri: `file://${encodePath(path)}` };
}

/** Through bytes, because half a surrogate pair has no encoding. */
function encodePath(path: string): string {
  return Buffer.from(path).toString().split("/").map(encodeURIComponent).join("/");
}
