/** Worlds for the checks of single platforms and of editors. */
import { machine, program, putOnPath, SHIMS, takeOffPath } from "../support/machine.js";
import type { Vector } from "./vector.js";

const WINDOWS = "/mnt/c/Program Files/Go/bin";

export const PLATFORM_VECTORS: readonly Vector[] = [
  {
    check: "wsl-windows-go-on-path",
    name: "fires where only go.exe is there",
    expect: ["warning"],
    snapshot: machine((draft) => {
      draft.host.wsl = true;
      takeOffPath(draft, SHIMS);
      putOnPath(draft, WINDOWS, [program(`${WINDOWS}/go.exe`, { format: "pe", os: "windows" })], "back");
    }),
    mentions: [WINDOWS, "appendWindowsPath=false"],
  },
  {
    check: "wsl-windows-go-on-path",
    name: "is silent where gvt's shims come first",
    expect: [],
    snapshot: machine((draft) => {
      draft.host.wsl = true;
      putOnPath(draft, WINDOWS, [program(`${WINDOWS}/go.exe`, { format: "pe", os: "windows" })], "back");
    }),
  },
];
