/** Checks of what is special about one platform. */
import { escapeText } from "../../go/escape.js";
import { formatGoVersion } from "../../go/version.js";
import { about, type Check } from "../check.js";
import { splitList } from "../effective.js";
import type { Facts } from "../facts.js";
import type { Step } from "../remedy.js";
import { evidenceOf, evidenceOfVariable, stepsToClear } from "../settings.js";
import { entryEvidence, fileEvidence } from "./common.js";

/** Where WSL shows a drive of Windows. */
const DRIVE = /^\/mnt\/[a-z]\//;
const DRIVE_FILE_SYSTEM = /^(?:9p|drvfs|virtiofs)$/;
/** Variables whose value means something else on the other side. */
const NOT_SHARED = ["GOROOT", "GOPATH", "GOBIN", "PATH"];
const OWN_DIRECTORIES = ["GVT_ROOT", "GOPATH", "GOCACHE", "GOMODCACHE"];
/** `setx` cuts what is longer. */
const SETX_LIMIT = 1024;
/** A variable of Windows has at most 32 767 characters; programs add to PATH. */
const NEAR_LIMIT = 32_000;

export const PLATFORM_CHECKS: readonly Check[] = [
  {
    id: "wsl-windows-go-on-path",
    priority: 1,
    severity: "warning",
    title: "WSL finds the Go of Windows",
    run: (facts) => {
      if (!facts.snapshot.host.wsl) return [];
      const go = facts.findProgram("go");
      const found = go ?? facts.findProgram("go.exe");
      if (!found || (go && go.program.format !== "pe" && !DRIVE.test(go.program.realpath))) return [];
      return [
        {
          summary: `\`go\` is a program of Windows: ${found.program.path}`,
          about: [about.program("go"), about.directory(found.entry.text)],
          evidence: [entryEvidence(found, found.program.realpath)],
          remedy: {
            summary: "keep the PATH of Windows out of WSL",
            steps: [
              {
                kind: "advise",
                text: "write `appendWindowsPath=false` under `[interop]` in /etc/wsl.conf, then run `wsl --shutdown` in Windows",
              },
              { kind: "drop-path", entry: found.entry.text },
            ],
          },
        },
      ];
    },
  },
  {
    id: "wslenv-go-vars",
    priority: 1,
    severity: "warning",
    title: "WSL takes over variables of Windows",
    run: (facts) => {
      const list = facts.snapshot.env["WSLENV"];
      if (!facts.snapshot.host.wsl || !list) return [];
      const shared = list.split(":").filter(isTakenOver);
      if (shared.length === 0) return [];
      const rest = list.split(":").filter((entry) => !shared.includes(entry));
      const names = shared.map((entry) => escapeText(entry.split("/")[0] ?? "")).join(", ");
      return [
        {
          summary: `WSLENV shares ${names} with Windows`,
          about: [about.variable("WSLENV")],
          evidence: evidenceOfVariable(facts, "WSLENV"),
          remedy: {
            summary: "share other variables only",
            steps: [
              { kind: "advise", text: `take ${names} out of WSLENV in the environment variables of Windows` },
              rest.length > 0
                ? { kind: "set", variable: "WSLENV", value: rest.join(":") }
                : { kind: "unset", variable: "WSLENV" },
            ],
          },
        },
      ];
    },
  },
  {
    id: "wsl-drvfs-paths",
    priority: 1,
    severity: "warning",
    title: "WSL keeps Go's files on a drive of Windows",
    run: (facts) => {
      if (!facts.snapshot.host.wsl) return [];
      return OWN_DIRECTORIES.flatMap((name) => {
        const { value, origin } = facts.effective(name);
        const [path = ""] = name === "GVT_ROOT" ? [facts.snapshot.root.path] : splitList(value);
        // The default module cache lies in GOPATH, and goes with it.
        if (name === "GOMODCACHE" && origin.kind === "default") return [];
        const fileSystem = facts.findDirectory(path)?.fileSystem;
        if (!fileSystem || fileSystem.mountPoint === "/" || !DRIVE_FILE_SYSTEM.test(fileSystem.type))
          return [];
        return [
          {
            summary: `${name} is ${path}, on a drive of Windows`,
            about: [about.variable(name), about.directory(path)],
            evidence: [
              fileEvidence(path, `lies on ${fileSystem.mountPoint}, which is ${fileSystem.type}`),
              ...evidenceOf(facts, name),
            ],
            remedy: { summary: "keep it in your home directory of WSL", steps: stepsToMove(facts, name) },
          },
        ];
      });
    },
  },
  {
    id: "windows-path-length",
    priority: 2,
    severity: "warning",
    title: "PATH is near what Windows can hold",
    run: ({ snapshot }) => {
      const { user = "", system = "" } = snapshot.host.windowsPath ?? {};
      const entries = listEntries(user);
      const copied = listEntries(system).filter((entry) => entries.includes(entry));
      const reasons = [
        ...(user.length >= SETX_LIMIT
          ? [`the user's PATH has ${user.length} characters, and \`setx\` cuts it at ${SETX_LIMIT}`]
          : []),
        ...(user.length + system.length >= NEAR_LIMIT
          ? [`both together have ${user.length + system.length} characters of at most 32767`]
          : []),
        ...(copied.length > 1 && copied.length * 2 >= listEntries(system).length
          ? [`the user's PATH repeats ${copied.length} entries of the system's`]
          : []),
      ];
      if (reasons.length === 0) return [];
      return [
        {
          summary: reasons.join("; "),
          about: [about.variable("PATH")],
          evidence: reasons.map((seen) => ({ seen, at: { kind: "variable", name: "PATH" } })),
          remedy: {
            summary: "shorten it in the settings of Windows",
            steps: [
              {
                kind: "advise",
                text: "in `Edit environment variables for your account`, delete from Path what the system's Path has too, and what is gone; never write it with `setx`",
              },
            ],
          },
        },
      ];
    },
  },
  {
    id: "rosetta-arch",
    priority: 2,
    severity: "warning",
    title: "the chosen Go is one for Intel",
    run: ({ snapshot, selected }) => {
      const { platform, host } = snapshot;
      const archs = selected?.tree?.program?.archs ?? [];
      const isApple = platform.os === "darwin" && (platform.arch === "arm64" || host.translated === true);
      if (!selected?.tree || !isApple || archs.length === 0 || archs.includes("arm64")) return [];
      const version = formatGoVersion(selected.version);
      return [
        {
          summary: `${selected.tree.goroot} is for ${archs.join(", ")}, and this Mac is arm64`,
          about: [about.tree(selected.tree.realpath)],
          evidence: [fileEvidence(`${selected.tree.goroot}/bin/go`, `a program for ${archs.join(", ")}`)],
          remedy: {
            summary: "install the one for arm64",
            steps: [
              ...(host.translated
                ? [{ kind: "advise", text: "run gvt with a Node for arm64, in a shell for arm64" } as const]
                : []),
              ...(selected.own
                ? ([
                    { kind: "run", command: `gvt uninstall ${version}` },
                    { kind: "run", command: `gvt install ${version}` },
                  ] as const)
                : [{ kind: "run", command: `gvt install ${version}` } as const]),
            ],
          },
        },
      ];
    },
  },
];

/** `GOPATH/p`; with the flag `w` it only goes the other way. */
function isTakenOver(entry: string): boolean {
  const [name = "", flags = ""] = entry.split("/");
  return NOT_SHARED.includes(name) && !flags.includes("w");
}

function stepsToMove(facts: Facts, name: string): Step[] {
  const set = name === "GVT_ROOT" ? [] : stepsToClear(facts, name);
  if (set.length > 0) return set;
  const text =
    name === "GVT_ROOT"
      ? "let GVT_ROOT name a directory of WSL's own disk, and install there anew"
      : `\`GOTOOLCHAIN=local go env -w ${name}=DIR\`, with a directory of WSL's own disk`;
  return [{ kind: "advise", text }];
}

function listEntries(path: string): string[] {
  return path
    .split(";")
    .map((entry) => entry.toLowerCase().replace(/\\+$/, ""))
    .filter((entry) => entry !== "");
}
