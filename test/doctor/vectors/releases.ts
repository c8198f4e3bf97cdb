/** Worlds for the checks of a release against its age and the operating system. */
import { type Draft, goProgram, machine, useSystemGo, useVersion } from "../support/machine.js";
import type { Vector } from "./vector.js";

function useMac(draft: Draft, kernel: string): void {
  draft.platform = { os: "darwin", arch: "arm64" };
  draft.host = { release: kernel, wsl: false, foreignArchs: ["amd64"] };
  for (const tree of draft.trees) {
    const native = goProgram(tree.goroot, tree.version ?? "", "go", { format: "mach-o", archs: ["arm64"] });
    tree.program = native as Draft["trees"][number]["program"];
  }
}

export const RELEASE_VECTORS: readonly Vector[] = [
  {
    check: "macos-too-new-for-go",
    name: "fires for 1.22 on macOS 26",
    expect: ["error"],
    snapshot: machine((draft) => useMac(draft, "25.0.0")),
    mentions: ["macOS 26", "gvt local 1.24"],
  },
  {
    check: "macos-too-new-for-go",
    name: "is silent on macOS 15",
    expect: [],
    snapshot: machine((draft) => useMac(draft, "24.6.0")),
  },
  {
    check: "macos-too-new-for-go",
    name: "is silent for 1.24",
    expect: [],
    snapshot: machine((draft) => {
      useVersion(draft, "1.24.0");
      useMac(draft, "25.0.0");
    }),
  },
  {
    check: "macos-too-new-for-go",
    name: "is silent on a Linux of that number",
    expect: [],
    snapshot: machine((draft) => {
      draft.host.release = "26.0.0";
    }),
  },
  {
    check: "os-too-old-for-go",
    name: "warns of 1.25 on macOS 11, and names the newest that runs",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.25.3");
      useMac(draft, "20.6.0");
    }),
    mentions: ["macOS 12", "gvt local 1.24"],
  },
  {
    check: "os-too-old-for-go",
    name: "goes as many lines back as it takes",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.27.0");
      useMac(draft, "20.6.0");
    }),
    mentions: ["macOS 13", "gvt local 1.24"],
  },
  {
    check: "os-too-old-for-go",
    name: "warns of 1.24 on Linux 2.6.32",
    expect: ["warning"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.24.4");
      draft.host.release = "2.6.32-754.el6.x86_64";
    }),
    mentions: ["Linux 3.2", "gvt local 1.23"],
  },
  {
    check: "os-too-old-for-go",
    name: "is silent where the system is new enough",
    expect: [],
    snapshot: machine((draft) => {
      useVersion(draft, "1.24.4");
      draft.host.release = "3.2.0";
    }),
  },
  {
    check: "version-eol",
    name: "informs where two newer lines are out, with the date of what is known",
    expect: ["info"],
    snapshot: machine((draft) => {
      draft.releases = { newest: "1.24.1", date: "2025-03-04" };
    }),
    mentions: ["go1.22.6 gets no security fixes", "go1.24.1 was out on 2025-03-04", "gvt install 1.24"],
    omits: ['1.24.1"}'],
  },
  {
    check: "version-eol",
    name: "names what is installed and maintained",
    expect: ["info"],
    snapshot: machine((draft) => {
      draft.root.installed = ["1.21.13", "1.22.6", "1.24.4", "1.25rc1"];
      draft.releases = { newest: "1.24.1", date: "2025-03-04" };
    }),
    mentions: ["gvt local 1.24.4"],
    omits: ["gvt install"],
  },
  {
    check: "version-eol",
    name: "judges the system's Go too",
    expect: ["info"],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.19.8");
      draft.releases = { newest: "1.24.1", date: "2025-03-04" };
    }),
    mentions: ["gvt init bash --yes", '"seen":"1.19.8","at":{"kind":"file","path":"/usr/local/go"}'],
  },
  {
    check: "version-eol",
    name: "is silent for the second newest line",
    expect: [],
    snapshot: machine((draft) => {
      draft.releases = { newest: "1.23.0", date: "2024-08-13" };
    }),
  },
  {
    check: "version-eol",
    name: "is silent where nothing is known",
    expect: [],
    snapshot: machine(),
  },
];
