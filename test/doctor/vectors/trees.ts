/** Worlds for the checks of what lies in a tree, and of what interrupted work leaves. */
import {
  type Draft,
  HOME,
  machine,
  ROOT,
  setVariable,
  tree,
  useSystemGo,
  useVersion,
} from "../support/machine.js";
import type { Vector } from "./vector.js";

function decided(draft: Draft): Draft["trees"][number] {
  const [first] = draft.trees;
  if (!first) throw new Error("the machine has a tree");
  return first;
}

export const TREE_VECTORS: readonly Vector[] = [
  {
    check: "goroot-go-env-altered",
    name: "fires where a line was taken out",
    expect: ["warning"],
    snapshot: machine((draft) => {
      decided(draft).goEnv = "GOPROXY=https://proxy.example\n# GOSUMDB=x\nGOTOOLCHAIN=auto\n";
    }),
    mentions: ["does not set GOSUMDB", "gvt repair 1.22.6"],
  },
  {
    check: "goroot-go-env-altered",
    name: "fires where go.env is gone, in a version that is not decided too",
    expect: ["warning", "warning"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.21.13");
      for (const each of draft.trees) each.goEnv = undefined;
    }),
    mentions: ["go.env is not there"],
  },
  {
    check: "goroot-go-env-altered",
    name: "is silent before 1.21, which has none",
    expect: [],
    snapshot: machine((draft) => useVersion(draft, "1.20.14")),
  },
  {
    check: "goroot-go-env-altered",
    name: "is silent for other values, and for what a distribution does to its own",
    expect: [],
    snapshot: machine((draft) => {
      decided(draft).goEnv = "GOPROXY=direct\nGOSUMDB=off\nGOTOOLCHAIN=local\n";
      draft.trees.push(tree("/usr/lib/go", "go1.24.4", { goEnv: "" }) as Draft["trees"][number]);
    }),
  },
  {
    check: "goroot-polluted",
    name: "fires for programs in an installed tree",
    expect: ["warning"],
    snapshot: machine((draft) => {
      const { comparison } = decided(draft);
      if (comparison) comparison.addedPrograms = { count: 1, first: ["bin/gopls"] };
    }),
    mentions: [
      `mv -n ${ROOT}/versions/1.22.6/bin/gopls ${HOME}/go/bin`,
      `export PATH="$PATH:${HOME}/go/bin"`,
    ],
  },
  {
    check: "goroot-polluted",
    name: "fires for programs in a tree that is not gvt's",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      decided(draft).bin = ["dlv", "go", "gofmt"];
    }),
    mentions: ["/usr/local/go/bin/dlv"],
  },
  {
    check: "goroot-polluted",
    name: "does not name bin itself as the place to move to",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      setVariable(draft, "GOBIN", "/usr/local/go/bin");
      decided(draft).bin = ["dlv", "go", "gofmt"];
    }),
    mentions: ["to where `go install` should write"],
  },
  {
    check: "goroot-polluted",
    name: "names no place where GOBIN is relative",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      setVariable(draft, "GOBIN", "bin");
      decided(draft).bin = ["dlv", "go", "gofmt"];
    }),
    mentions: ["to where `go install` should write"],
  },
  {
    check: "goroot-polluted",
    name: "fires for godoc, which 1.13 has brought no more",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.13.15");
      decided(draft).bin = ["go", "godoc", "gofmt"];
    }),
  },
  {
    check: "goroot-polluted",
    name: "is silent for godoc before 1.13, which brought it",
    expect: [],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.12.17");
      decided(draft).bin = ["go", "godoc", "gofmt"];
    }),
  },
  {
    check: "goroot-polluted",
    name: "is silent for directories of a tree that was built for several platforms",
    expect: [],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      decided(draft).bin = [".DS_Store", "darwin_arm64", "go", "gofmt"];
    }),
  },
  {
    check: "install-leftovers",
    name: "informs of what nobody works on any more",
    expect: ["info"],
    snapshot: machine((draft) => {
      draft.root.leftovers = [
        { path: `${ROOT}/tmp/1-2-3`, kind: "stage", ageSeconds: 60 },
        { path: `${ROOT}/locks/1.22.6.lock`, kind: "lock", ageSeconds: 3600 },
        { path: `${ROOT}/cache/downloads/x.partial`, kind: "partial", ageSeconds: 172_800 },
      ];
    }),
    mentions: ["3 leftovers", "less than an hour old", "1 h old", "2 days old", "gvt prune"],
  },
  {
    check: "install-leftovers",
    name: "is silent where there are none",
    expect: [],
    snapshot: machine(),
  },
];
