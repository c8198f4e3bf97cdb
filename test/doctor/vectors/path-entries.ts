/** Worlds for the checks of PATH's entries. */
import {
  addTree,
  type Draft,
  goProgram,
  HOME,
  machine,
  program,
  putOnPath,
  ROOT,
  SHIMS,
  setVariable,
  takeOffPath,
  tool,
  tree,
  useSystemGo,
  writeStartupFile,
} from "../support/machine.js";
import type { Vector } from "./vector.js";

const BASHRC = `${HOME}/.bashrc`;

function putMissing(draft: Draft, text: string): void {
  putOnPath(draft, text, [], "back", { state: "missing", realpath: undefined });
}

function putRelative(draft: Draft, text: string): void {
  putOnPath(draft, text, [], "back", { state: "relative", realpath: undefined });
}

export const PATH_ENTRY_VECTORS: readonly Vector[] = [
  {
    check: "path-goroot-without-bin",
    name: "fires where the tree itself is on PATH, and no go is found",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      takeOffPath(draft, "/usr/local/go/bin");
      putOnPath(draft, "/usr/local/go", [], "front", { holdsGoroot: true });
      writeStartupFile(draft, BASHRC, "export PATH=/usr/local/go:$PATH\n");
    }),
    mentions: [`write /usr/local/go/bin in line 1 of ${BASHRC}`, 'export PATH="/usr/local/go/bin:$PATH"'],
  },
  {
    check: "path-goroot-without-bin",
    name: "only has the entry taken off where another go is found",
    expect: ["warning"],
    snapshot: machine((draft) => putOnPath(draft, "/usr/local/go", [], "back", { holdsGoroot: true })),
    mentions: ["take it off PATH", "no start-up file that gvt reads puts it there"],
  },
  {
    check: "path-goroot-without-bin",
    name: "informs where the bin is on PATH too",
    expect: ["info"],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.22.6");
      putOnPath(draft, "/usr/local/go", [], "back", { holdsGoroot: true });
    }),
  },
  {
    check: "path-goroot-without-bin",
    name: "is silent where the directory has a go of its own",
    expect: [],
    snapshot: machine((draft) =>
      putOnPath(draft, "/opt/tools", [program("/opt/tools/go")], "back", { holdsGoroot: true }),
    ),
  },
  {
    check: "path-dead-go-entry",
    name: "informs of a bin that is gone, with the line behind it",
    expect: ["info"],
    snapshot: machine((draft) => {
      putMissing(draft, "/usr/local/go/bin");
      writeStartupFile(draft, BASHRC, "export PATH=$PATH:/usr/local/go/bin\n");
    }),
    mentions: [`"path":"${BASHRC}","line":1`, "/usr/local/go/bin"],
    omits: ["no start-up file that gvt reads"],
  },
  {
    check: "path-dead-go-entry",
    name: "knows the names that managers and distributions use",
    expect: ["info", "info", "info", "info", "info"],
    snapshot: machine((draft) => {
      for (const text of [
        `${HOME}/sdk/go1.20.5/bin`,
        "/usr/lib/go-1.18/bin",
        `${HOME}/.goenv/bin`,
        `${HOME}/.asdf/installs/golang/1.20/go/bin`,
        `${ROOT}/versions/1.20.0/bin`,
      ])
        putMissing(draft, text);
    }),
  },
  {
    check: "path-dead-go-entry",
    name: "does not delete a line that puts something else on PATH too",
    expect: ["info"],
    snapshot: machine((draft) => {
      putMissing(draft, "/opt/go/bin");
      writeStartupFile(draft, BASHRC, "export PATH=/opt/go/bin:$TOOLS/bin:$PATH\n");
    }),
    mentions: [`take /opt/go/bin out of line 1 of ${BASHRC}`],
  },
  {
    check: "path-dead-go-entry",
    name: "is silent where `go install` would write, and in names that only look alike",
    expect: [],
    snapshot: machine((draft) => {
      for (const text of [
        `${HOME}/go/bin`,
        "/opt/google/chrome/bin",
        "/opt/gopher/bin",
        `${HOME}/go/src/example.com/tool/bin`,
        "/opt/node/bin",
      ])
        putMissing(draft, text);
    }),
  },
  {
    check: "path-dead-go-entry",
    name: "informs once of a tree that GOROOT names, whatever its name, and not of its neighbour",
    expect: ["info"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOROOT", "/opt/toolchain");
      for (const text of ["/opt/toolchain/bin/", "/opt/toolchain/bin/", "/opt/node/bin"])
        putMissing(draft, text);
    }),
    mentions: ["/opt/toolchain/bin/ is on PATH"],
  },
  {
    check: "path-dead-go-entry",
    name: "is silent where `go install` writes with GOBIN, or would write without it",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GOBIN", "/opt/go/bin");
      setVariable(draft, "GOPATH", "/srv/go");
      for (const text of ["/opt/go/bin", "/srv/go/bin", `${HOME}/go/bin`]) putMissing(draft, text);
    }),
  },
  {
    check: "path-dead-go-entry",
    name: "is silent where the directory is there, or did not answer",
    expect: [],
    snapshot: machine((draft) => {
      putOnPath(draft, "/opt/go/bin", [], "back");
      putOnPath(draft, "/net/go/bin", [], "back", { state: "unanswered" });
    }),
  },
  {
    check: "path-relative-or-empty",
    name: "fires once for an empty entry and a dot",
    expect: ["warning"],
    snapshot: machine((draft) => {
      putRelative(draft, "");
      putRelative(draft, ".");
    }),
    mentions: [
      "an empty one, `.`",
      "PATH entry 4, (empty): a shell takes the current directory for it",
      ".: means another directory wherever you are",
      "look for `::` in PATH",
      "write a whole path in place of .",
    ],
  },
  {
    check: "path-relative-or-empty",
    name: "does not guess what a tilde means where there is no home",
    expect: ["warning"],
    snapshot: machine((draft) => {
      delete draft.user.home;
      putRelative(draft, "~/go/bin");
    }),
    mentions: ["write a whole path in place of ~/go/bin"],
  },
  {
    check: "path-relative-or-empty",
    name: "puts the absolute path in the place of a tilde",
    expect: ["warning"],
    snapshot: machine((draft) => {
      putRelative(draft, "~/go/bin");
      writeStartupFile(draft, BASHRC, 'export PATH="$PATH:~/go/bin"\n');
    }),
    mentions: [
      "~/go/bin: only some shells take `~`",
      `- ${BASHRC}:1: `,
      `write $HOME in place of ~ in line 1 of ${BASHRC}`,
      `export PATH="$PATH:${HOME}/go/bin"`,
      `"directory:${HOME}/go/bin"`,
    ],
  },
  {
    check: "path-relative-or-empty",
    name: "is silent where every entry begins with a slash",
    expect: [],
    snapshot: machine((draft) => putMissing(draft, "/opt/~/bin")),
  },
  {
    check: "path-duplicate-entries",
    name: "informs of shims that stand twice, and once more under another name",
    expect: ["info"],
    snapshot: machine((draft) => {
      const programs = draft.path[0]?.programs ?? [];
      putOnPath(draft, SHIMS, programs, "back");
      putOnPath(draft, "/gvt/shims", programs, "back", { realpath: SHIMS });
    }),
    mentions: [
      SHIMS,
      "3 times",
      '"seen":"counts","at":{"kind":"path-entry","position":1,',
      `{"kind":"drop-path","entry":"${SHIMS}"}`,
      '{"kind":"drop-path","entry":"/gvt/shims"},{"kind":"source"',
    ],
  },
  {
    check: "path-duplicate-entries",
    name: "puts the decided version's own bin in front again",
    expect: ["info"],
    snapshot: machine((draft) => {
      const goroot = `${ROOT}/versions/1.22.6`;
      takeOffPath(draft, SHIMS);
      const programs = [tool(`${goroot}/bin/dlv`, "dlv"), goProgram(goroot, "go1.22.6")];
      for (const where of ["front", "back"] as const) putOnPath(draft, `${goroot}/bin`, programs, where);
    }),
    mentions: [`{"kind":"extend-path","directory":"${ROOT}/versions/1.22.6/bin","where":"front"}`],
  },
  {
    check: "path-duplicate-entries",
    name: "informs of where `go install` writes",
    expect: ["info"],
    snapshot: machine((draft) => {
      putOnPath(draft, `${HOME}/go/bin`, [], "back");
      putOnPath(draft, "/gopath/bin", [], "back", { realpath: `${HOME}/go/bin` });
    }),
  },
  {
    check: "path-duplicate-entries",
    name: "is silent for what is not there",
    expect: [],
    snapshot: machine((draft) => {
      delete draft.tools?.realpath;
      for (const text of [`${HOME}/go/bin`, `${HOME}/go/bin`]) putMissing(draft, text);
    }),
  },
  {
    check: "path-duplicate-entries",
    name: "sees one directory under two names",
    expect: ["info"],
    snapshot: machine((draft) => {
      addTree(draft, tree("/usr/local/go", "go1.21.0"), "back");
      const again = draft.path.at(-1);
      putOnPath(draft, "/opt/go/bin", again?.programs ?? [], "back", { realpath: "/usr/local/go/bin" });
    }),
    mentions: ['"steps":[{"kind":"drop-path","entry":"/opt/go/bin"},{"kind":"advise"'],
  },
  {
    check: "path-duplicate-entries",
    name: "is silent for directories of the system, which may have two names",
    expect: [],
    snapshot: machine((draft) => {
      putOnPath(draft, "/bin", [program("/bin/go")], "back", { realpath: "/usr/bin" });
      putOnPath(draft, "/usr/bin", [], "back");
    }),
  },
];
