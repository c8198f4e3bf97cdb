import type { LabWorld } from "../world.js";

const PINNED = "echo 1.22.6 >.go-version";
const OFFICIAL = "foreign 1.22.6 $SYSTEM/usr/local/go";
const RUNS = { run: "go version && gofmt </dev/null && go list fmt", says: /go1\.22\.6(?:.|\n)*\nfmt\n/ };
const MODULE = "printf 'module m\\n\\ngo 1.22\\n' >go.mod";
/** As `eval "$(TOOL init -)"`, before gvt's block. */
const bashrc = (line: string) =>
  `printf '%s\\n' '${line}' '# >>> gvt >>>' '. "$HOME/.gvt/shell/env.sh"' '# <<< gvt <<<' >$HOME/.bashrc`;
/** `script FILE LINE…`: a program. */
const SCRIPT =
  'script() { mkdir -p "${1%/*}"; f=$1; shift; printf "%s\\n" "#!/usr/bin/env bash" "$@" >"$f"; chmod +x "$f"; }';

const WITH_GVT: readonly LabWorld[] = [
  { name: "gvt alone, with a pin", made: PINNED, outline: [], symptom: RUNS },
  { name: "gvt alone, in a module", made: MODULE, outline: [], symptom: RUNS },
  { name: "gvt alone, with a default", made: "echo 1.22 >$ROOT/version", outline: [], symptom: RUNS },
  {
    name: "gvt alone, let in by .bashrc and by .profile",
    made: `${PINNED}; gvt init bash --yes`,
    outline: [],
    symptom: RUNS,
  },
  {
    name: "the official tree in the usual place, behind gvt",
    made: `foreign 1.24.4 $SYSTEM/usr/local/go; ${PINNED}`,
    env: { PATH: "$ROOT/shims:$TOOLS:$SYSTEM/usr/local/go/bin" },
    outline: [],
    symptom: RUNS,
  },
  {
    name: "the system's Go is pinned",
    installed: ["1.24.4"],
    made: `${OFFICIAL}; echo system >.go-version`,
    env: { PATH: "$ROOT/shims:$TOOLS:$SYSTEM/usr/local/go/bin" },
    symptom: RUNS,
  },
  {
    name: "goenv beside gvt, behind it",
    made: `${PINNED}; ${SCRIPT}
      foreign 1.21.13 $HOME/.goenv/versions/1.21.13; mkdir $HOME/.goenv/bin
      script $HOME/.goenv/shims/go 'export GOENV_ROOT="$HOME/.goenv"' 'exec "$HOME/.goenv/libexec/goenv" exec go "$@"'
      ${bashrc('eval "$(goenv init -)"')}`,
    env: {
      PATH: "$ROOT/shims:$ROOT/bin:$HOME/.goenv/shims:$HOME/.goenv/bin:$TOOLS",
      GOENV_ROOT: "$HOME/.goenv",
      GOENV_SHELL: "bash",
    },
    outline: [],
    symptom: RUNS,
  },
  {
    name: "asdf beside gvt, behind it",
    made: `${PINNED}; ${SCRIPT}
      foreign 1.21.13 $HOME/.asdf/installs/golang/1.21.13/go
      script $HOME/.asdf/shims/go '# asdf-plugin: golang 1.21.13' 'exec asdf exec "go" "$@"'
      ${bashrc('. "$HOME/.asdf/asdf.sh"')}`,
    env: { PATH: "$ROOT/shims:$ROOT/bin:$HOME/.asdf/shims:$TOOLS", ASDF_DATA_DIR: "$HOME/.asdf" },
    outline: [],
    symptom: RUNS,
  },
  {
    name: "mise beside gvt, behind it",
    made: `${PINNED}; ${SCRIPT}; script $HOME/.local/bin/mise
      mkdir -p $HOME/.local/share/mise/shims; ln -s $HOME/.local/bin/mise $HOME/.local/share/mise/shims/go
      ${bashrc('eval "$(mise activate bash)"')}`,
    env: {
      PATH: "$ROOT/shims:$ROOT/bin:$HOME/.local/share/mise/shims:$HOME/.local/bin:$TOOLS",
      MISE_SHELL: "bash",
    },
    outline: [],
    symptom: RUNS,
  },
  {
    name: "mise before gvt, which gives only what is not Go",
    made: `${PINNED}; ${SCRIPT}; script $HOME/.local/share/mise/installs/node/20/bin/node
      foreign 1.21.13 $HOME/.local/share/mise/installs/go/1.21.13`,
    env: { PATH: "$HOME/.local/share/mise/installs/node/20/bin:$ROOT/shims:$ROOT/bin:$TOOLS" },
    outline: [],
    symptom: RUNS,
  },
  {
    name: "a shell that sudo has started, in somebody's repository",
    made: `${PINNED}; ${MODULE}; git init -q .; mkdir -p $HOME/go/bin $HOME/.cache/go-build
      chown -R 1000:1000 . $HOME/go $HOME/.cache 2>/dev/null || :`,
    env: { SUDO_USER: "somebody", SUDO_UID: "1000", SUDO_GID: "1000", LOGNAME: "root", USER: "root" },
    outline: [],
    symptom: RUNS,
  },
  {
    name: "no login shell, and nothing but PATH and HOME",
    made: PINNED,
    env: { SHELL: null, PWD: null },
    outline: [],
    symptom: RUNS,
  },
  {
    name: "GOPATH of one's own, with its bin on PATH",
    made: `${PINNED}; mkdir -p $HOME/gopath/bin; cp $TOOLS/true $HOME/gopath/bin/tool`,
    env: { GOPATH: "$HOME/gopath", PATH: "$ROOT/shims:$TOOLS:$HOME/gopath/bin" },
    outline: [],
    symptom: RUNS,
  },
  {
    name: "Go switches toolchains by itself where the requirement decides",
    installed: ["1.21.13", "1.22.6"],
    made: "printf 'module m\\n\\ngo 1.22.0\\n\\ntoolchain go1.22.6\\n' >go.mod",
    symptom: RUNS,
  },
  {
    name: "a shim's own process: GOROOT and PATH of the version that is selected",
    made: PINNED,
    env: {
      GOROOT: "$ROOT/versions/1.22.6",
      GOTOOLCHAIN: "local",
      PATH: "$ROOT/versions/1.22.6/bin:$ROOT/shims:$TOOLS",
    },
    outline: [],
    symptom: RUNS,
  },
  {
    name: "the programs of busybox, and its shell",
    made: `${PINNED}; ${MODULE}; mkdir -p $SYSTEM/bin; cp $TOOLS/busybox $SYSTEM/bin/
      for name in $($SYSTEM/bin/busybox --list); do ln -s busybox $SYSTEM/bin/$name; done`,
    env: { PATH: "$ROOT/shims:$ROOT/bin:$SYSTEM/bin", SHELL: "/bin/ash" },
    symptom: { ...RUNS, run: `busybox sh -c '${RUNS.run}'` },
  },
];

const WITHOUT_GVT: readonly LabWorld[] = [
  {
    name: "the official tree in the usual place, without gvt",
    made: OFFICIAL,
    env: { PATH: "$SYSTEM/usr/local/go/bin:$TOOLS" },
    outline: [],
  },
  {
    name: "the official tree, in a module that needs a newer Go, which it would download",
    made: `${OFFICIAL}; printf 'module m\\n\\ngo 1.24.4\\n' >go.mod`,
    env: { PATH: "$SYSTEM/usr/local/go/bin:$TOOLS" },
    outline: [],
    symptom: { run: "go version", says: /download go1\.24\.4|go1\.24\.4.*toolchain not available/ },
  },
  {
    name: "the official tree as its instructions have it: a line of .profile",
    made: `${OFFICIAL}; mkdir -p $HOME/go/bin; cp $TOOLS/true $HOME/go/bin/tool
      printf 'export PATH=$PATH:'$SYSTEM'/usr/local/go/bin\\nexport PATH=$PATH:$(go env GOPATH)/bin\\n' >$HOME/.profile`,
    env: { PATH: "$TOOLS:$SYSTEM/usr/local/go/bin:$HOME/go/bin" },
    outline: [],
  },
  {
    name: "Debian's golang package: relative links from bin into lib, and from there into share",
    made: `
      lib=$SYSTEM/usr/lib/go-1.22 share=$SYSTEM/usr/share/go-1.22
      rm $SYSTEM/lib; mkdir -p $SYSTEM/usr/bin $SYSTEM/usr/share; foreign 1.22.6 $lib; mkdir -p $share/pkg; ln -s /lib $SYSTEM/lib
      for part in src test api misc; do
        [ -e $lib/$part ] && mv $lib/$part $share/ || mkdir $share/$part; ln -s ../../share/go-1.22/$part $lib/$part
      done
      mv $lib/pkg/include $share/pkg/; ln -s ../../../share/go-1.22/pkg/include $lib/pkg/include
      ln -s go-1.22 $SYSTEM/usr/lib/go; ln -s go-1.22 $SYSTEM/usr/share/go
      for name in go gofmt; do ln -s ../lib/go-1.22/bin/$name $SYSTEM/usr/bin/$name; done`,
    env: { PATH: "$SYSTEM/usr/bin:$TOOLS" },
    outline: [],
  },
  {
    name: "Debian's golang package, twice: /bin is a link to /usr/bin",
    made: `foreign 1.22.6 $SYSTEM/usr/lib/go-1.22; mkdir -p $SYSTEM/usr/bin; ln -s usr/bin $SYSTEM/bin
      for name in go gofmt; do ln -s ../lib/go-1.22/bin/$name $SYSTEM/usr/bin/$name; done`,
    env: { PATH: "$SYSTEM/usr/bin:$SYSTEM/bin:$TOOLS", SUDO_USER: "somebody", SUDO_UID: "1000" },
    outline: [],
  },
  {
    name: "Fedora's golang package: by way of its alternatives",
    made: `foreign 1.22.6 $SYSTEM/usr/lib/golang; mkdir -p $SYSTEM/usr/bin $SYSTEM/etc/alternatives
      for name in go gofmt; do
        ln -s $SYSTEM/usr/lib/golang/bin/$name $SYSTEM/etc/alternatives/$name; ln -s $SYSTEM/etc/alternatives/$name $SYSTEM/usr/bin/
      done`,
    env: { PATH: "$SYSTEM/usr/bin:$TOOLS" },
    outline: [],
  },
  {
    name: "the official image: GOPATH is where one is, and root has no other HOME",
    made: `${OFFICIAL}; mkdir bin src`,
    env: {
      PATH: "$WORK/bin:$SYSTEM/usr/local/go/bin:$TOOLS",
      GOLANG_VERSION: "1.22.6",
      GOTOOLCHAIN: "local",
      GOPATH: "$WORK",
      SHELL: null,
      HOSTNAME: "0123456789ab",
    },
    outline: [],
  },
  {
    name: "the official image in a pipeline that keeps its caches in the checkout",
    made: `${OFFICIAL}; ${MODULE}; git init -q .; mkdir -p .go/pkg/mod .cache`,
    env: {
      PATH: "$SYSTEM/go/bin:$SYSTEM/usr/local/go/bin:$TOOLS",
      GOLANG_VERSION: "1.22.6",
      GOTOOLCHAIN: "local",
      GOPATH: "$WORK/.go",
      GOCACHE: "$WORK/.cache",
      CI: "true",
      GITLAB_CI: "true",
      SHELL: null,
    },
  },
  {
    name: "a hosted runner: a cache of tools, variables for each, and a link in /usr/bin",
    made: `${MODULE}; git init -q .; mkdir -p $HOME/go/bin $SYSTEM/usr/bin
      for v in 1.21.13 1.22.6 1.24.4; do foreign $v $SYSTEM/opt/hostedtoolcache/go/$v/x64; done
      for name in go gofmt; do ln -s $SYSTEM/opt/hostedtoolcache/go/1.21.13/x64/bin/$name $SYSTEM/usr/bin/; done`,
    env: {
      PATH: "$HOME/go/bin:$SYSTEM/opt/hostedtoolcache/go/1.22.6/x64/bin:$SYSTEM/snap/bin:$HOME/.local/bin:$TOOLS:$SYSTEM/usr/bin",
      GOROOT_1_21_X64: "$SYSTEM/opt/hostedtoolcache/go/1.21.13/x64",
      GOROOT_1_22_X64: "$SYSTEM/opt/hostedtoolcache/go/1.22.6/x64",
      GOROOT_1_24_X64: "$SYSTEM/opt/hostedtoolcache/go/1.24.4/x64",
      GOTOOLCHAIN: "local",
      CI: "true",
      GITHUB_ACTIONS: "true",
      RUNNER_TOOL_CACHE: "$SYSTEM/opt/hostedtoolcache",
      SHELL: null,
    },
    outline: ["info multiple-go-on-path"],
  },
];

/** Machines on which nothing is wrong. */
export const HEALTHY_WORLDS: readonly LabWorld[] = [
  ...WITH_GVT.map((world): LabWorld => ({ ...world, healthy: true })),
  ...WITHOUT_GVT.map((world): LabWorld => ({ symptom: RUNS, ...world, healthy: true, installed: [] })),
];
