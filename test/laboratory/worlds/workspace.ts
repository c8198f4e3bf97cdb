import type { LabWorld } from "../world.js";

const mod = (text: string) => `printf 'module m\\n\\n${text}\\n' >go.mod`;

export const WORKSPACE_WORLDS: readonly LabWorld[] = [
  {
    name: "GOWORK names a file that is gone",
    fires: "gowork-missing",
    made: `${mod("go 1.21")}; echo 1.22.6 >.go-version`,
    env: { GOWORK: "$HOME/gone/go.work" },
    symptom: { run: "go list", says: /reading go\.work|go\.work: no such file|cannot load workspace/ },
  },
  {
    name: "GOWORK is off",
    silent: "gowork-missing",
    healthy: true,
    made: `${mod("go 1.21")}; echo 1.22.6 >.go-version`,
    env: { GOWORK: "off" },
  },
  {
    name: "a go.work above the repository that does not use it",
    fires: "gowork-parent-surprise",
    made: `
      printf 'go 1.22\\n\\nuse ./other\\n' >../go.work; mkdir ../other; printf 'module o\\n\\ngo 1.22\\n' >../other/go.mod
      mkdir .git; ${mod("go 1.21")}; printf 'package m\\n' >m.go`,
    symptom: { run: "go list .", says: /go\.work/ },
  },
  {
    name: "a go.work of the repository's own",
    silent: "gowork-parent-surprise",
    healthy: true,
    made: `mkdir .git; printf 'go 1.22\\n\\nuse .\\n' >go.work; ${mod("go 1.21")}`,
  },
  {
    name: "the go line of go.work is below that of a module it uses",
    fires: "gowork-go-too-low",
    made: `printf 'go 1.21\\n\\nuse .\\n' >go.work; ${mod("go 1.22.1")}; echo 1.22.6 >.go-version; printf 'package m\\n' >m.go`,
    symptom: { run: "go list .", says: /go work use|requires go >= 1\.22\.1/ },
  },
  {
    name: "the go line of go.work is that of its module",
    silent: "gowork-go-too-low",
    healthy: true,
    made: `printf 'go 1.22.1\\n\\nuse .\\n' >go.work; ${mod("go 1.22.1")}; echo 1.22.6 >.go-version`,
  },
];
