/** Worlds for the checks of caches and disks. */
import type { DirectoryFacts } from "../../../src/doctor/snapshot.js";
import {
  type Draft,
  directoryOf,
  GO_ENV_FILE,
  HOME,
  machine,
  program,
  putOnPath,
  ROOT,
  setDirectory,
  setVariable,
  useVersion,
  writeGoEnv,
} from "../support/machine.js";
import type { Vector } from "./vector.js";

const MIB = 1 << 20;
const GIB = 1 << 30;
const BUILDS = `${HOME}/.cache/go-build`;
const MODULES = `${HOME}/go/pkg/mod`;

function fileSystem(
  mountPoint: string,
  freeMib: number,
): NonNullable<Draft["directories"][number]["fileSystem"]> {
  return { mountPoint, type: "ext4", noexec: false, readOnly: false, freeBytes: freeMib * MIB };
}

function onFileSystem(mountPoint: string, type: string) {
  return { mountPoint, type, noexec: false, readOnly: false, freeBytes: 50 * GIB };
}

/** Where Go puts temporary files. */
function setTemporary(draft: Draft, path: string, facts: Partial<DirectoryFacts> = {}): void {
  draft.directories = draft.directories.filter(({ roles }) => !roles.includes("tmp"));
  setDirectory(draft, path, ["tmp"], facts);
}

export const CACHE_VECTORS: readonly Vector[] = [
  {
    check: "gocache-invalid",
    name: "fires for off",
    expect: ["error"],
    snapshot: machine((draft) => setVariable(draft, "GOCACHE", "off")),
    mentions: ["Go needs a build cache since 1.12", "unset GOCACHE"],
  },
  {
    check: "gocache-invalid",
    name: "fires for a relative path in the go-env file",
    expect: ["error"],
    snapshot: machine((draft) => writeGoEnv(draft, "GOCACHE=.cache\n")),
  },
  {
    check: "gocache-invalid",
    name: "fires where the default belongs to somebody else",
    expect: ["error"],
    snapshot: machine((draft) =>
      setDirectory(draft, `${HOME}/.cache/go-build`, ["GOCACHE"], { writable: false, uid: 0 }),
    ),
    mentions: [`"about":["variable:GOCACHE","directory:${BUILDS}"]`],
  },
  {
    check: "gocache-invalid",
    name: "is silent where it is yet to be created",
    expect: [],
    snapshot: machine((draft) =>
      setDirectory(draft, `${HOME}/.cache/go-build`, ["GOCACHE"], { state: "missing", realpath: undefined }),
    ),
  },
  {
    check: "gocache-invalid",
    name: "is silent where it did not answer",
    expect: [],
    snapshot: machine((draft) =>
      setDirectory(draft, `${HOME}/.cache/go-build`, ["GOCACHE"], { state: "unanswered", writable: false }),
    ),
  },
  {
    check: "disk-low",
    name: "fires once for a volume that several directories share, and spares the module cache",
    expect: ["warning"],
    snapshot: machine((draft) => {
      setDirectory(draft, MODULES, ["GOMODCACHE"], { fileSystem: fileSystem("/home", 900) });
      setDirectory(draft, ROOT, ["GVT_ROOT"], { fileSystem: fileSystem("/home", 900) });
      setDirectory(draft, `${HOME}/.cache/go-build`, ["GOCACHE"], { fileSystem: fileSystem("/home", 900) });
    }),
    mentions: [
      "900 MiB",
      "/home",
      '"steps":[{"kind":"run","command":"GOTOOLCHAIN=local go clean -cache"},{"kind":"run","command":"gvt prune"},{"kind":"advise"',
    ],
  },
  {
    check: "disk-low",
    name: "empties the module cache where nothing else lies beside it",
    expect: ["warning", "warning"],
    snapshot: machine((draft) => {
      setDirectory(draft, MODULES, ["GOMODCACHE"], { fileSystem: fileSystem("/mod", 10) });
      setDirectory(draft, "/tmp", ["tmp"], { fileSystem: fileSystem("/tmp", 10) });
    }),
    mentions: ["go clean -modcache", "free on /tmp what is still missing"],
  },
  {
    check: "disk-low",
    name: "asks less of the temporary directory",
    expect: [],
    snapshot: machine((draft) =>
      setDirectory(draft, "/tmp", ["tmp"], { fileSystem: fileSystem("/tmp", 300) }),
    ),
  },
  {
    check: "disk-low",
    name: "is silent where the free space is not known, or is enough",
    expect: [],
    snapshot: machine((draft) => {
      draft.directories = [
        directoryOf(ROOT, ["GVT_ROOT"], { fileSystem: undefined }) as Draft["directories"][number],
      ];
      setDirectory(draft, `${HOME}/.cache/go-build`, ["GOCACHE"], { fileSystem: fileSystem("/", 1024) });
    }),
  },
  {
    check: "modcache-invalid",
    name: "fires for a relative path",
    expect: ["error"],
    snapshot: machine((draft) => setVariable(draft, "GOMODCACHE", "~/mod")),
    mentions: ["GOMODCACHE is ~/mod", "unset GOMODCACHE"],
  },
  {
    check: "modcache-invalid",
    name: "fires where it cannot be written to, and names the line of the go-env file",
    expect: ["error"],
    snapshot: machine((draft) => {
      writeGoEnv(draft, "GOFLAGS=\nGOMODCACHE=/srv/mod\n");
      setDirectory(draft, "/srv/mod", ["GOMODCACHE"], { writable: false, uid: 0 });
    }),
    mentions: [`${GO_ENV_FILE}:2`, '"about":["variable:GOMODCACHE","directory:/srv/mod"]'],
  },
  {
    check: "modcache-invalid",
    name: "fires where a file lies in the default's place",
    expect: ["error"],
    snapshot: machine((draft) =>
      setDirectory(draft, MODULES, ["GOMODCACHE"], { state: "no directory", writable: false }),
    ),
    mentions: [
      "it is no directory",
      `"about":["variable:GOMODCACHE","directory:${MODULES}","variable:GOPATH"]`,
    ],
  },
  {
    check: "modcache-invalid",
    name: "is silent where nothing is downloaded into a cache for reading",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GOPROXY", "off");
      setDirectory(draft, MODULES, ["GOMODCACHE"], { writable: false, uid: 0 });
    }),
  },
  {
    check: "modcache-invalid",
    name: "is silent where it is yet to be created",
    expect: [],
    snapshot: machine((draft) =>
      setDirectory(draft, MODULES, ["GOMODCACHE"], { state: "missing", realpath: undefined }),
    ),
  },
  {
    check: "modcache-symlink",
    name: "fires for a link, and names where it leads",
    expect: ["warning"],
    snapshot: machine((draft) =>
      setDirectory(draft, MODULES, ["GOMODCACHE"], { symlink: true, realpath: "/big/go mod" }),
    ),
    mentions: ["a link to /big/go mod", "GOTOOLCHAIN=local go env -w 'GOMODCACHE=/big/go mod'"],
  },
  {
    check: "modcache-symlink",
    name: "lets the line of the go-env file name where it leads",
    expect: ["warning"],
    snapshot: machine((draft) => {
      writeGoEnv(draft, "GOMODCACHE=/mod\n");
      setDirectory(draft, "/mod", ["GOMODCACHE"], { symlink: true, realpath: "/big/mod" });
    }),
    mentions: ['"before":"GOMODCACHE=/mod","after":"GOMODCACHE=/big/mod"'],
  },
  {
    check: "modcache-symlink",
    name: "is silent for a link above it, a dangling one, and a linked build cache",
    expect: [],
    snapshot: machine((draft) => {
      setDirectory(draft, MODULES, ["GOMODCACHE"], { realpath: "/big/mod" });
      setDirectory(draft, BUILDS, ["GOCACHE"], { symlink: true, realpath: "/big/build" });
      setDirectory(draft, "/elsewhere", ["GOMODCACHE"], { symlink: true, state: "missing" });
    }),
  },
  {
    check: "modcache-symlink",
    name: "is silent for a link to a file",
    expect: [],
    snapshot: machine((draft) =>
      setDirectory(draft, MODULES, ["GOMODCACHE"], {
        symlink: true,
        state: "no directory",
        realpath: "/big/file",
        writable: false,
      }),
    ),
  },
  {
    check: "gocache-large",
    name: "fires above 5 GiB of both, and empties the build cache where that is enough",
    expect: ["info"],
    snapshot: machine((draft) => {
      setDirectory(draft, BUILDS, ["GOCACHE"], { size: { bytes: 3 * GIB, complete: true } });
      setDirectory(draft, MODULES, ["GOMODCACHE"], { size: { bytes: 2.5 * GIB, complete: true } });
    }),
    mentions: ["hold 5.5 GiB", "GOTOOLCHAIN=local go clean -cache"],
  },
  ...(
    [
      [1, 5, ["-cache"]],
      [5, 6, ["-modcache"]],
      [6, 6, ["-cache", "-modcache"]],
    ] as const
  ).map(
    ([build, modules, flags]): Vector => ({
      check: "gocache-large",
      name: `empties ${flags.join(" and ")} for ${build} GiB of builds and ${modules} GiB of modules`,
      expect: ["info"],
      snapshot: machine((draft) => {
        setDirectory(draft, BUILDS, ["GOCACHE"], { size: { bytes: build * GIB, complete: true } });
        setDirectory(draft, MODULES, ["GOMODCACHE"], { size: { bytes: modules * GIB, complete: true } });
      }),
      mentions: [
        `"steps":${JSON.stringify(flags.map((flag) => ({ kind: "run", command: `GOTOOLCHAIN=local go clean ${flag}` })))}`,
      ],
    }),
  ),
  {
    check: "gocache-large",
    name: "says how much at least where time ran out",
    expect: ["info"],
    snapshot: machine((draft) =>
      setDirectory(draft, MODULES, ["GOMODCACHE"], { size: { bytes: 6 * GIB, complete: false } }),
    ),
    mentions: ["hold at least 6.0 GiB", "go clean -modcache"],
  },
  {
    check: "gocache-large",
    name: "works out the whole from a part of the build cache",
    expect: ["info"],
    snapshot: machine((draft) =>
      setDirectory(draft, BUILDS, ["GOCACHE"], { size: { bytes: 2 * GIB, complete: false, share: 0.25 } }),
    ),
    mentions: ["hold about 8.0 GiB"],
  },
  {
    check: "gocache-large",
    name: "is silent up to 5 GiB, for what was counted too little to tell, and for a cache that is not used",
    expect: [],
    snapshot: machine((draft) => {
      setDirectory(draft, BUILDS, ["GOCACHE"], { size: { bytes: 4 * GIB, complete: false } });
      setDirectory(draft, MODULES, ["GOMODCACHE"], { size: { bytes: GIB, complete: true } });
      setDirectory(draft, "/old", ["GOCACHE"], { size: { bytes: 9 * GIB, complete: true } });
    }),
  },
  {
    check: "gocache-network-fs",
    name: "fires for NFS",
    expect: ["warning"],
    snapshot: machine((draft) =>
      setDirectory(draft, BUILDS, ["GOCACHE"], { fileSystem: onFileSystem("/home", "nfs4") }),
    ),
    mentions: ["nfs4 (/home)", "go env -w GOCACHE=DIR"],
  },
  ...(
    [
      ["/", "nfs"],
      ["/home", "9p"],
    ] as const
  ).map(
    ([mountPoint, type]): Vector => ({
      check: "gocache-network-fs",
      name: `fires for ${type} at ${mountPoint}`,
      expect: ["warning"],
      snapshot: machine((draft) =>
        setDirectory(draft, BUILDS, ["GOCACHE"], { fileSystem: onFileSystem(mountPoint, type) }),
      ),
    }),
  ),
  {
    check: "gocache-network-fs",
    name: "takes back the variable that leads there",
    expect: ["warning"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOCACHE", "/net/cache");
      setDirectory(draft, "/net/cache", ["GOCACHE"], { fileSystem: onFileSystem("/net", "fuse.sshfs") });
    }),
    mentions: ["unset GOCACHE"],
  },
  {
    check: "gocache-network-fs",
    name: "is silent for a sandbox whose root is 9p, and where only GOPATH is remote",
    expect: [],
    snapshot: machine((draft) => {
      setDirectory(draft, BUILDS, ["GOCACHE"], { fileSystem: onFileSystem("/", "9p") });
      setDirectory(draft, `${HOME}/go`, ["GOPATH"], { fileSystem: onFileSystem("/home", "nfs") });
    }),
  },
  {
    check: "gocacheprog-missing",
    name: "fires for a path that is not there",
    expect: ["error"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.24.4");
      setVariable(draft, "GOCACHEPROG", "'/opt/go cache/prog' -v");
      draft.cacheProgram = { path: "/opt/go cache/prog", executable: false };
    }),
    mentions: ["/opt/go cache/prog is no program", "unset GOCACHEPROG"],
  },
  {
    check: "gocacheprog-missing",
    name: "fires for a quote that is not closed",
    expect: ["error"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.24.4");
      setVariable(draft, "GOCACHEPROG", "'gocacher");
    }),
    mentions: ["a quote is not closed"],
  },
  {
    check: "gocacheprog-missing",
    name: "fires for spaces and no program",
    expect: ["error"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.24.4");
      setVariable(draft, "GOCACHEPROG", " ");
    }),
    mentions: ["it names no program"],
  },
  {
    check: "gocacheprog-missing",
    name: "is silent for a path that leads to a program",
    expect: [],
    snapshot: machine((draft) => {
      useVersion(draft, "1.24.4");
      setVariable(draft, "GOCACHEPROG", "/opt/gocacher");
      draft.cacheProgram = { path: "/opt/gocacher", executable: true };
    }),
  },
  {
    check: "gocacheprog-missing",
    name: "fires for a name that is not on PATH, in the go-env file",
    expect: ["error"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.25.3");
      writeGoEnv(draft, "GOCACHEPROG=gocacher --dir /x\n");
    }),
    mentions: ["gocacher is not on PATH", `${GO_ENV_FILE}:1`],
  },
  {
    check: "gocacheprog-missing",
    name: "is silent before 1.24, where Go does not read it",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, "GOCACHEPROG", "gocacher")),
  },
  {
    check: "gocacheprog-missing",
    name: "is silent for a program that is there, and for one that cannot be told",
    expect: [],
    snapshot: machine((draft) => {
      useVersion(draft, "1.24.4");
      putOnPath(draft, "/opt/tools", [program("/opt/tools/gocacher")], "back");
      setVariable(draft, "GOCACHEPROG", "gocacher -v");
    }),
  },
  {
    check: "gocacheprog-missing",
    name: "is silent where a directory on PATH does not answer",
    expect: [],
    snapshot: machine((draft) => {
      useVersion(draft, "1.24.4");
      putOnPath(draft, "/net/bin", [], "back", { state: "unanswered" });
      setVariable(draft, "GOCACHEPROG", "gocacher");
    }),
  },
  {
    check: "gotmpdir-invalid",
    name: "fires for a GOTMPDIR that is gone, and takes back a TMPDIR that is gone too",
    expect: ["error"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOTMPDIR", "/gone");
      setVariable(draft, "TMPDIR", "/gone/too");
      setTemporary(draft, "/gone", { state: "missing", realpath: undefined });
      setDirectory(draft, "/gone/too", ["TMPDIR"], { state: "missing", realpath: undefined });
    }),
    mentions: ["GOTMPDIR is /gone: it is not there", "unset GOTMPDIR", "unset TMPDIR"],
  },
  {
    check: "gotmpdir-invalid",
    name: "fires for a TMPDIR that cannot be written to",
    expect: ["error"],
    snapshot: machine((draft) => {
      setVariable(draft, "TMPDIR", "/run/user/0");
      setTemporary(draft, "/run/user/0", { writable: false, uid: 0 });
    }),
    mentions: ["unset TMPDIR"],
  },
  {
    check: "gotmpdir-invalid",
    name: "names the line of the go-env file",
    expect: ["error"],
    snapshot: machine((draft) => {
      writeGoEnv(draft, "GOTMPDIR=/gone\n");
      setTemporary(draft, "/gone", { state: "missing", realpath: undefined });
    }),
    mentions: [`"seen":"GOTMPDIR=/gone","at":{"kind":"file","path":"${GO_ENV_FILE}","line":1}`],
  },
  {
    check: "gotmpdir-invalid",
    name: "warns of one that is not absolute, which works where there is such a directory",
    expect: ["warning"],
    snapshot: machine((draft) => {
      setVariable(draft, "TMPDIR", "tmp");
      setTemporary(draft, "tmp", { state: "relative", writable: false });
    }),
    mentions: ["it is not absolute, so each directory needs its own", "unset TMPDIR"],
  },
  {
    check: "gotmpdir-invalid",
    name: "fires where /tmp cannot be written to",
    expect: ["error"],
    snapshot: machine((draft) => setTemporary(draft, "/tmp", { writable: false })),
    mentions: ["sudo chmod 1777 /tmp"],
  },
  {
    check: "gotmpdir-invalid",
    name: "is silent for a TMPDIR that is gone where GOTMPDIR is good",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GOTMPDIR", "/scratch");
      setVariable(draft, "TMPDIR", "/gone");
      setTemporary(draft, "/scratch");
      setDirectory(draft, "/gone", ["TMPDIR"], { state: "missing" });
    }),
  },
  {
    check: "gotmpdir-invalid",
    name: "is silent where it does not answer",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "TMPDIR", "/net/tmp");
      setTemporary(draft, "/net/tmp", { state: "unanswered", writable: false });
    }),
  },
  {
    check: "tmp-noexec",
    name: "fires for /tmp, and moves what Go puts there beside the build cache",
    expect: ["warning"],
    snapshot: machine((draft) =>
      setTemporary(draft, "/tmp", { fileSystem: { ...onFileSystem("/tmp", "tmpfs"), noexec: true } }),
    ),
    mentions: [
      `mkdir -p ${HOME}/.cache/go-tmp`,
      `GOTOOLCHAIN=local go env -w GOTMPDIR=${HOME}/.cache/go-tmp`,
    ],
  },
  {
    check: "tmp-noexec",
    name: "asks for another place where the caches are noexec too",
    expect: ["warning"],
    snapshot: machine((draft) => {
      const noexec = { ...onFileSystem("/", "ext4"), noexec: true };
      setTemporary(draft, "/tmp", { fileSystem: noexec });
      setDirectory(draft, BUILDS, ["GOCACHE"], { fileSystem: noexec });
    }),
    mentions: ["go env -w GOTMPDIR=DIR"],
  },
  {
    check: "tmp-noexec",
    name: "is silent for one that is yet to be made there",
    expect: [],
    snapshot: machine((draft) =>
      setTemporary(draft, "/tmp/mine", {
        state: "missing",
        fileSystem: { ...onFileSystem("/tmp", "tmpfs"), noexec: true },
      }),
    ),
  },
  {
    check: "tmp-noexec",
    name: "is silent where GOTMPDIR leads elsewhere",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "TMPDIR", "/noexec");
      setVariable(draft, "GOTMPDIR", "/scratch");
      setDirectory(draft, "/noexec", ["TMPDIR"], {
        fileSystem: { ...onFileSystem("/noexec", "tmpfs"), noexec: true },
      });
      setTemporary(draft, "/scratch");
    }),
  },
];
