import type { LabWorld } from "../world.js";

/** Where the go command keeps what it downloads. */
const COPY = "$HOME/go/pkg/mod/golang.org/toolchain@v0.0.1-go1.21.13.linux-amd64";
const UNVERIFIED = { GOPROXY: "file://$HOME/proxy", GOSUMDB: "off" };

export const RELEASE_WORLDS: readonly LabWorld[] = [
  {
    name: "the version that is selected has had no fixes for long",
    fires: "version-eol",
    made: "echo 1.22.6 >.go-version",
    outline: ["info version-eol"],
  },
  {
    name: "the version that is selected is of the line before the newest",
    silent: "version-eol",
    installed: ["1.24.4"],
    made: "echo 1.24.4 >.go-version",
    outline: [],
  },
  {
    name: "a kernel that 1.24 does not run on any more",
    fires: "os-too-old-for-go",
    installed: ["1.24.4"],
    made: "echo 1.24.4 >.go-version",
    kernel: "2.6.32-754.el6.x86_64",
    outline: ["warning os-too-old-for-go"],
  },
  {
    name: "the same kernel, and a Go that still runs on it",
    silent: "os-too-old-for-go",
    healthy: true,
    made: "echo 1.22.6 >.go-version",
    kernel: "2.6.32-754.el6.x86_64",
  },
];

export const TOOLCHAIN_DOWNLOAD_WORLDS: readonly LabWorld[] = [
  {
    name: "GOSUMDB=off where toolchains switch",
    fires: "toolchain-needs-sumdb",
    made: "echo 1.22.6 >.go-version",
    env: { GOSUMDB: "off", GOTOOLCHAIN: "auto" },
  },
  {
    name: "GOSUMDB=off where the module needs a newer Go, and there is no gvt on PATH",
    fires: "toolchain-needs-sumdb",
    installed: [],
    made: "foreign 1.22.6 $HOME/sdk/go; printf 'module m\\n\\ngo 1.24.4\\n' >go.mod",
    env: { PATH: "$HOME/sdk/go/bin:$TOOLS", GOSUMDB: "off" },
    outline: ["error gosumdb-off < toolchain-needs-sumdb"],
  },
  {
    name: "GOSUMDB=off where no toolchain switches",
    silent: "toolchain-needs-sumdb",
    made: "echo 1.22.6 >.go-version",
    env: { GOSUMDB: "off", GOTOOLCHAIN: "local" },
  },
  {
    name: "GOSUMDB=off behind the shim, which keeps Go from downloading",
    silent: "toolchain-needs-sumdb",
    made: "echo 1.22 >$ROOT/version",
    env: { GOSUMDB: "off" },
  },
  {
    name: "Go takes toolchains from a directory, and verifies none",
    fires: "fake-toolchain-risk",
    made: "echo 1.22.6 >.go-version; mkdir $HOME/proxy",
    env: { ...UNVERIFIED, GOTOOLCHAIN: "auto" },
  },
  {
    name: "Go takes toolchains from a directory, by what the go-env file says, and no shim keeps it",
    fires: "fake-toolchain-risk",
    installed: [],
    made: `foreign 1.22.6 $HOME/sdk/go; mkdir -p $HOME/proxy $HOME/.config/go
      printf 'GOPROXY=file://%s\\nGONOSUMDB=golang.org/*\\nGOTOOLCHAIN=auto\\n' $HOME/proxy >$HOME/.config/go/env`,
    env: { PATH: "$HOME/sdk/go/bin:$TOOLS" },
  },
  {
    name: "Go takes modules from a directory, but switches no toolchain",
    silent: "fake-toolchain-risk",
    made: "echo 1.22.6 >.go-version; mkdir $HOME/proxy",
    env: UNVERIFIED,
  },
  {
    name: "Go has downloaded a toolchain by itself",
    fires: "toolchain-copies-in-modcache",
    made: `echo 1.22.6 >.go-version; foreign 1.21.13 ${COPY}; find $HOME/go/pkg -type d -exec chmod a-w {} +`,
    outline: ["info toolchain-copies-in-modcache"],
  },
  {
    name: "a module cache with modules, and none of them a toolchain",
    silent: "toolchain-copies-in-modcache",
    healthy: true,
    made: "echo 1.22.6 >.go-version; mkdir -p $HOME/go/pkg/mod/golang.org/x/tools@v0.20.0 $HOME/go/pkg/mod/cache/download",
  },
];
