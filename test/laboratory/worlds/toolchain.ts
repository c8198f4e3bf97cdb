import type { LabWorld, RealVersion } from "../world.js";

const BOTH: readonly RealVersion[] = ["1.21.13", "1.22.6"];
const mod = (text: string) => `printf 'module m\\n\\n${text}\\n' >go.mod`;

export const TOOLCHAIN_WORLDS: readonly LabWorld[] = [
  {
    name: "a toolchain line above the pin, and the user's GOTOOLCHAIN=auto",
    fires: "toolchain-switches-away",
    installed: BOTH,
    made: `${mod("go 1.21\\n\\ntoolchain go1.22.6")}; echo 1.21.13 >.go-version`,
    env: { GOTOOLCHAIN: "auto" },
    byHand: "echo 1.22.6 >.go-version",
  },
  {
    name: "a toolchain line above the pin, which gvt answers with GOTOOLCHAIN=local",
    silent: "toolchain-switches-away",
    installed: BOTH,
    made: `${mod("go 1.21\\n\\ntoolchain go1.22.6")}; echo 1.21.13 >.go-version`,
    symptom: { run: "go version", says: /go1\.21\.13/ },
  },
  {
    name: "GOTOOLCHAIN names another version than the pin",
    fires: "gotoolchain-forces-version",
    installed: BOTH,
    made: "echo 1.22.6 >.go-version",
    env: { GOTOOLCHAIN: "go1.21.13" },
    symptom: { run: "go version", says: /go1\.21\.13|download go1\.21\.13|toolchain not available/ },
  },
  {
    name: "go env -w GOTOOLCHAIN, years ago",
    fires: "gotoolchain-forces-version",
    installed: BOTH,
    made: "echo 1.22.6 >.go-version; mkdir -p $HOME/.config/go; echo GOTOOLCHAIN=go1.21.13+auto >$HOME/.config/go/env",
    symptom: { run: "go version", says: /go1\.21\.13|download go1\.21\.13|toolchain not available/ },
  },
  {
    name: "GOTOOLCHAIN names the pinned version itself",
    silent: "gotoolchain-forces-version",
    made: "echo 1.22.6 >.go-version",
    env: { GOTOOLCHAIN: "go1.22.6" },
    symptom: { run: "go version", says: /go1\.22\.6/ },
  },
  {
    name: "GOTOOLCHAIN without its go",
    fires: "gotoolchain-invalid",
    made: "echo 1.22.6 >.go-version",
    env: { GOTOOLCHAIN: "1.22.6" },
    symptom: { run: "go version", says: /invalid GOTOOLCHAIN/ },
  },
  {
    name: "an invalid GOTOOLCHAIN in the go-env file",
    fires: "gotoolchain-invalid",
    made: "echo 1.22.6 >.go-version; mkdir -p $HOME/.config/go; echo GOTOOLCHAIN=latest >$HOME/.config/go/env",
    symptom: { run: "go version", says: /invalid GOTOOLCHAIN/ },
  },
  {
    name: "an invalid GOTOOLCHAIN means nothing to 1.20",
    silent: "gotoolchain-invalid",
    installed: ["1.20.14"],
    made: "echo 1.20.14 >.go-version",
    env: { GOTOOLCHAIN: "1.22.6" },
    symptom: { run: "go version", says: /go1\.20\.14/ },
  },
  {
    name: "a toolchain line that is no toolchain",
    fires: "toolchain-line-invalid",
    made: mod("go 1.21\\n\\ntoolchain 1.22.6"),
    symptom: { run: "$GO/1.22.6/bin/go list", says: /invalid toolchain/ },
    byHand: mod("go 1.21\\n\\ntoolchain go1.22.6"),
  },
  {
    name: "toolchain default",
    silent: "toolchain-line-invalid",
    made: mod("go 1.21\\n\\ntoolchain default"),
    healthy: true,
  },
  {
    name: "GOVERSION is exported to choose a version",
    fires: "noop-goversion-env",
    made: "echo 1.22.6 >.go-version",
    env: { GOVERSION: "1.21.13" },
    symptom: { run: 'echo "$GOVERSION"; go env GOVERSION', says: /1\.21\.13\ngo1\.22\.6/ },
  },
  {
    name: "GVT_VERSION is exported to choose a version",
    silent: "noop-goversion-env",
    healthy: true,
    env: { GVT_VERSION: "1.22.6" },
  },
  {
    name: "a variable of the go command's own is exported",
    fires: "internal-switch-var-leaked",
    made: "echo 1.22.6 >.go-version",
    env: { GOTOOLCHAIN_INTERNAL_SWITCH_VERSION: "go1.21.13" },
    symptom: { run: "go version", says: /invoked to provide go1\.21\.13/ },
  },
  {
    name: "a variable of the go command's own, which 1.20 does not know",
    silent: "internal-switch-var-leaked",
    healthy: true,
    installed: ["1.20.14"],
    made: "echo 1.20.14 >.go-version",
    env: { GOTOOLCHAIN_INTERNAL_SWITCH_VERSION: "go1.21.13" },
    symptom: { run: "go version", says: /go1\.20\.14/ },
  },
];
