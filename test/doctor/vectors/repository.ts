/** Worlds for the checks of a repository: version files, git, vendor. */
import { parseCiFile } from "../../../src/doctor/collect/pipeline-files.js";
import {
  type Draft,
  machine,
  setVariable,
  useVersion,
  WORK,
  writeGoEnv,
  writeModuleFile,
} from "../support/machine.js";
import type { Vector } from "./vector.js";

const GO_VERSION = `${WORK}/.go-version`;
const TOOL_VERSIONS = `${WORK}/.tool-versions`;
const WORKFLOW = `${WORK}/.github/workflows/test.yml`;

function initGit(draft: Draft, facts: Partial<NonNullable<Draft["repository"]["git"]>> = {}): void {
  draft.repository.git = { directory: WORK, realpath: WORK, uid: 1000, trusted: true, ...facts };
}

function writeCi(draft: Draft, text: string): void {
  draft.repository.ci.push(...(parseCiFile(WORKFLOW, text) as Draft["repository"]["ci"]));
}

function addVersionFile(draft: Draft, path: string, text: string): void {
  draft.repository.versionFiles.push({ path, line: 1, text });
}

function vendor(draft: Draft, goMod: string, modulesTxt: string): void {
  writeModuleFile(draft, `${WORK}/go.mod`, goMod);
  draft.repository.vendored = modulesTxt.split("\n").filter((line) => line.startsWith("#"));
}

const CONSISTENT =
  "# a.example/m v1.2.3\n## explicit; go 1.17\na.example/m\n# b.example/m v0.1.0\n## go 1.17\nb.example/m\n";

export const REPOSITORY_VECTORS: readonly Vector[] = [
  {
    check: "versions-file-conflict",
    name: "fires for two files in one directory",
    expect: ["warning"],
    snapshot: machine((draft) => addVersionFile(draft, TOOL_VERSIONS, "1.21.5")),
    mentions: [
      `${GO_VERSION} says 1.22.6, and ${TOOL_VERSIONS} says 1.21.5`,
      `write 1.22.6 in line 1 of ${TOOL_VERSIONS}`,
    ],
  },
  {
    check: "versions-file-conflict",
    name: "fires for a CI file that names one other version",
    expect: ["warning"],
    snapshot: machine((draft) => {
      initGit(draft);
      writeCi(draft, "steps:\n  - with:\n      go-version: '1.21'\n");
    }),
    mentions: [`${WORKFLOW}:3`, "go-version-file: .go-version"],
  },
  {
    check: "versions-file-conflict",
    name: "fires for a pin below the floor of go.mod that does not decide here",
    expect: ["warning"],
    snapshot: machine((draft) => {
      initGit(draft);
      draft.repository.versionFiles = [{ path: TOOL_VERSIONS, line: 2, text: "1.20.1" }];
      writeModuleFile(draft, `${WORK}/go.mod`, "module m\n\ngo 1.22\n");
    }),
    mentions: [
      `${TOOL_VERSIONS} says 1.20.1, and ${WORK}/go.mod needs \`go 1.22\``,
      `write 1.22 in line 2 of ${TOOL_VERSIONS}`,
    ],
  },
  {
    check: "versions-file-conflict",
    name: "raises the pin that decides here",
    expect: ["warning"],
    snapshot: machine((draft) => writeModuleFile(draft, `${WORK}/go.mod`, "module m\n\ngo 1.23.1\n")),
    mentions: ["gvt local 1.23.1"],
  },
  {
    check: "versions-file-conflict",
    name: "is silent where CI alone names a version",
    expect: [],
    snapshot: machine((draft) => {
      initGit(draft);
      draft.repository.versionFiles = [];
      writeCi(draft, "go-version: 1.21.5\n");
    }),
  },
  {
    check: "versions-file-conflict",
    name: "fires for a pin at the top that is below the floor of a module that has none",
    expect: ["warning"],
    snapshot: machine((draft) => {
      initGit(draft);
      draft.repository.versionFiles = [{ path: GO_VERSION, line: 1, text: "1.20.1" }];
      writeModuleFile(draft, `${WORK}/api/go.mod`, "module m\n\ngo 1.22\n");
    }),
  },
  {
    check: "versions-file-conflict",
    name: "is silent for a pin at the top that one beside go.mod hides",
    expect: [],
    snapshot: machine((draft) => {
      initGit(draft);
      const near = { path: `${WORK}/api/.go-version`, line: 1, text: "1.22.6" };
      draft.repository.versionFiles = [near, { path: GO_VERSION, line: 1, text: "1.20.1" }];
      writeModuleFile(draft, `${WORK}/api/go.mod`, "module m\n\ngo 1.22\n");
    }),
  },
  {
    check: "versions-file-conflict",
    name: "is silent where a line agrees with a version of it",
    expect: [],
    snapshot: machine((draft) => {
      initGit(draft);
      addVersionFile(draft, TOOL_VERSIONS, "1.22");
      writeCi(draft, "go-version: 1.22.x\nimage: golang:1.22.6-alpine\n");
      writeModuleFile(draft, `${WORK}/go.mod`, "module m\n\ngo 1.22\n");
    }),
  },
  {
    check: "versions-file-conflict",
    name: "is silent for a file further up, outside of the repository, for a matrix, and for what is no version",
    expect: [],
    snapshot: machine((draft) => {
      initGit(draft);
      addVersionFile(draft, "/home/me/.tool-versions", "1.19.1");
      addVersionFile(draft, "/home/me/.go-version", "1.18.1");
      addVersionFile(draft, TOOL_VERSIONS, "system");
      writeCi(draft, "go: ['1.20', '1.21']\ngo-version: stable\n");
    }),
  },
  {
    check: "vcs-stamp-refused",
    name: "fires for a repository of another user",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.18.10");
      writeModuleFile(draft, `${WORK}/go.mod`, "module m\n");
      initGit(draft, { uid: 0, trusted: false, realpath: "/data/my work" });
    }),
    mentions: ["belongs to user 0", "git config --global --add safe.directory '/data/my work'"],
  },
  {
    check: "vcs-stamp-refused",
    name: "is silent where git trusts it",
    expect: [],
    snapshot: machine((draft) => {
      writeModuleFile(draft, `${WORK}/go.mod`, "module m\n");
      initGit(draft, { uid: 0, trusted: true });
    }),
  },
  {
    check: "vcs-stamp-refused",
    name: "is silent where nothing is stamped",
    expect: [],
    snapshot: machine((draft) => {
      writeModuleFile(draft, `${WORK}/go.mod`, "module m\n");
      initGit(draft, { uid: 0, trusted: false });
      writeGoEnv(draft, "GOFLAGS=-v -buildvcs=false\n");
    }),
  },
  {
    check: "vcs-stamp-refused",
    name: "is silent before 1.18",
    expect: [],
    snapshot: machine((draft) => {
      useVersion(draft, "1.17.13");
      writeModuleFile(draft, `${WORK}/go.mod`, "module m\n");
      initGit(draft, { uid: 0, trusted: false });
    }),
  },
  {
    check: "vcs-stamp-refused",
    name: "is silent outside of a module",
    expect: [],
    snapshot: machine((draft) => initGit(draft, { uid: 0, trusted: false })),
  },
  {
    check: "vendor-inconsistent",
    name: "fires for another version and for a module that is not there, with their lines",
    expect: ["error"],
    snapshot: machine((draft) =>
      vendor(
        draft,
        "module m\n\ngo 1.14\n\nrequire (\n\ta.example/m v1.2.4\n\tc.example/m v0.1.0\n)\n",
        CONSISTENT,
      ),
    ),
    mentions: [
      `${WORK}/go.mod:6`,
      `${WORK}/go.mod:7`,
      "a.example/m v1.2.3, and not in go.mod",
      "go mod vendor",
    ],
  },
  {
    check: "vendor-inconsistent",
    name: "is silent where they agree, whatever go.mod does not name",
    expect: [],
    snapshot: machine((draft) =>
      vendor(draft, "module m\ngo 1.17\nrequire a.example/m v1.2.3 // indirect\n", CONSISTENT),
    ),
  },
  {
    check: "vendor-inconsistent",
    name: "is silent for a replaced module that is required",
    expect: [],
    snapshot: machine((draft) =>
      vendor(
        draft,
        "module m\ngo 1.22\nrequire a.example/m v1.0.0\nreplace a.example/m => ../a\n",
        "# a.example/m v1.0.0 => ../a\n## explicit; go 1.20\n# a.example/m => ../a\n",
      ),
    ),
  },
  {
    check: "vendor-inconsistent",
    name: "is silent for a go line below 1.14, where nothing is compared",
    expect: [],
    snapshot: machine((draft) =>
      vendor(draft, "module m\ngo 1.13\nrequire a.example/m v9.0.0\n", CONSISTENT),
    ),
  },
  {
    check: "vendor-inconsistent",
    name: "is silent without vendor",
    expect: [],
    snapshot: machine((draft) =>
      writeModuleFile(draft, `${WORK}/go.mod`, "module m\ngo 1.17\nrequire a.example/m v9.0.0\n"),
    ),
  },
  {
    check: "vendor-inconsistent",
    name: "is silent in a workspace, which has a vendor of its own",
    expect: [],
    snapshot: machine((draft) => {
      vendor(draft, "module m\ngo 1.22\nrequire a.example/m v9.0.0\n", CONSISTENT);
      writeModuleFile(draft, `${WORK}/go.work`, "go 1.22\nuse .\n");
    }),
  },
  {
    check: "vendor-inconsistent",
    name: "is silent where a flag turns vendor off",
    expect: [],
    snapshot: machine((draft) => {
      vendor(draft, "module m\ngo 1.17\nrequire a.example/m v9.0.0\n", CONSISTENT);
      setVariable(draft, "GOFLAGS", "-mod=mod");
    }),
  },
];
