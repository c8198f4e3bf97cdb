/** Worlds for the checks of caches and disks. */
import {
  type Draft,
  directoryOf,
  HOME,
  machine,
  ROOT,
  setDirectory,
  setVariable,
  writeGoEnv,
} from "../support/machine.js";
import type { Vector } from "./vector.js";

const MIB = 1 << 20;

function fileSystem(
  mountPoint: string,
  freeMib: number,
): NonNullable<Draft["directories"][number]["fileSystem"]> {
  return { mountPoint, type: "ext4", noexec: false, readOnly: false, freeBytes: freeMib * MIB };
}

export const CACHE_VECTORS: readonly Vector[] = [
  {
    check: "gocache-invalid",
    name: "fires for off",
    expect: ["error"],
    snapshot: machine((draft) => setVariable(draft, "GOCACHE", "off")),
    mentions: ["unset GOCACHE"],
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
    name: "fires once for a volume that several directories share",
    expect: ["warning"],
    snapshot: machine((draft) => {
      setDirectory(draft, ROOT, ["GVT_ROOT"], { fileSystem: fileSystem("/home", 900) });
      setDirectory(draft, `${HOME}/.cache/go-build`, ["GOCACHE"], { fileSystem: fileSystem("/home", 900) });
    }),
    mentions: ["900 MiB", "/home", "go clean -cache"],
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
];
