/** Checks of what is special about one platform, and of editors. */
import { about, type Check } from "../check.js";
import { entryEvidence } from "./common.js";

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
      if (!found || (go && go.program.format !== "pe" && !go.program.realpath.startsWith("/mnt/"))) return [];
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
];
