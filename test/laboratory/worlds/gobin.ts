import type { LabWorld } from "../world.js";

const PINNED = "echo 1.22.6 >.go-version";
const MODULE = `${PINNED}; printf 'module example.com/tool\\n\\ngo 1.20\\n' >go.mod; printf 'package main\\n\\nfunc main() {}\\n' >main.go`;
/** What `go env -w` would have written. */
const goEnv = (line: string) => `mkdir -p $HOME/.config/go; echo ${line} >$HOME/.config/go/env`;
/** A tool that says which one it is: `hello /home/me/go/bin/hello`. */
const tool = (directory: string, name = "hello") =>
  `mkdir -p ${directory}; printf '#!/bin/sh\\necho hello "$0"\\n' >${directory}/${name}; chmod +x ${directory}/${name}`;

/** GOBIN, and what lies where `go install` writes. */
export const GOBIN_WORLDS: readonly LabWorld[] = [
  {
    name: "a tool is installed where PATH does not lead",
    fires: "gobin-not-on-path",
    made: `${PINNED}; ${tool("$HOME/go/bin")}`,
    symptom: { run: "hello", says: /hello: command not found/ },
  },
  {
    name: "GOBIN has a space in its name and is not on PATH",
    fires: "gobin-not-on-path",
    made: MODULE,
    env: { GOBIN: "$HOME/my tools" },
    symptom: { run: "go install . && tool", says: /tool: command not found/ },
  },
  {
    name: "a tool is installed where PATH leads through a link",
    silent: "gobin-not-on-path",
    healthy: true,
    made: `${PINNED}; ${tool("$HOME/go/bin")}; ln -s $HOME/go/bin $HOME/tools`,
    env: { PATH: "$ROOT/shims:$TOOLS:$HOME/tools" },
  },
  {
    name: "nothing is installed, and PATH has no GOPATH/bin",
    silent: "gobin-not-on-path",
    healthy: true,
    made: `${PINNED}; mkdir -p $HOME/go/bin`,
  },
  {
    name: "a tilde in PATH, which only some shells expand, leads to the installed tools",
    fires: "path-relative-or-empty",
    made: `${PINNED}; ${tool("$HOME/go/bin")}`,
    env: { PATH: "$ROOT/shims:$TOOLS:~/go/bin" },
    outline: ["warning path-relative-or-empty < gobin-not-on-path"],
    symptom: { run: "env hello", says: /hello.*No such file/ },
  },
  {
    name: "a go in GOPATH/bin, before the shims",
    fires: "gobin-has-go",
    made: `${PINNED}; foreign 1.21.13 $HOME/sdk/go; mkdir -p $HOME/go/bin; ln -s $HOME/sdk/go/bin/go $HOME/go/bin/go`,
    env: { PATH: "$HOME/go/bin:$ROOT/shims:$TOOLS" },
    outline: ["error gobin-has-go < shims-shadowed < gofmt-go-mismatch"],
    symptom: { run: "go version", says: /go1\.21\.13/ },
  },
  {
    name: "a go in GOBIN before the shims, and the GOROOT that fits it alone",
    fires: "goroot-env-mismatch",
    outline: [
      "error rc-exports-go-vars < goroot-env-mismatch",
      "error gobin-has-go < shims-shadowed < gofmt-go-mismatch",
    ],
    made: `
      ${PINNED}; foreign 1.21.13 $HOME/sdk/go; mkdir -p $HOME/bin; ln -s $HOME/sdk/go/bin/go $HOME/bin/go
      printf 'export GOROOT=$HOME/sdk/go\\n' >$HOME/.bashrc`,
    env: { PATH: "$HOME/bin:$ROOT/shims:$TOOLS", GOBIN: "$HOME/bin", GOROOT: "$HOME/sdk/go" },
  },
  {
    name: "GOBIN is the bin of a whole Go, as old instructions have it",
    fires: "gobin-has-go",
    made: `
      ${MODULE}; foreign 1.21.13 $HOME/sdk/go
      printf 'export GOBIN=$HOME/sdk/go/bin\\nexport PATH=$GOBIN:$PATH\\n' >$HOME/.bashrc`,
    env: { GOBIN: "$HOME/sdk/go/bin", PATH: "$HOME/sdk/go/bin:$ROOT/shims:$TOOLS" },
    symptom: { run: "$HOME/sdk/go/bin/go version >/dev/null && go version", says: /go1\.21\.13/ },
  },
  {
    name: "GOBIN is the bin of another version of gvt's, before the shims",
    fires: "gobin-has-go",
    installed: ["1.21.13", "1.22.6"],
    made: PINNED,
    env: { GOBIN: "$ROOT/versions/1.21.13/bin", PATH: "$ROOT/versions/1.21.13/bin:$ROOT/shims:$TOOLS" },
    symptom: { run: "go version", says: /go1\.21\.13/ },
  },
  {
    name: "Go unpacked where `go install` writes when nobody says where, before the shims",
    fires: "gobin-has-go",
    made: `${PINNED}; foreign 1.21.13 $HOME/go`,
    env: { PATH: "$HOME/go/bin:$ROOT/shims:$TOOLS" },
    symptom: { run: "$HOME/go/bin/go version >/dev/null && go version", says: /go1\.21\.13/ },
  },
  {
    name: "a go in GOPATH/bin, behind the shims",
    silent: "gobin-has-go",
    healthy: true,
    made: `${PINNED}; foreign 1.21.13 $HOME/sdk/go; mkdir -p $HOME/go/bin; ln -s $HOME/sdk/go/bin/go $HOME/go/bin/go`,
    env: { PATH: "$ROOT/shims:$TOOLS:$HOME/go/bin" },
    symptom: { run: "go version", says: /go1\.22\.6/ },
  },
  {
    name: "GOBIN is relative",
    fires: "gobin-relative",
    made: `${MODULE}; printf 'export GOBIN=bin\\n' >$HOME/.profile`,
    env: { GOBIN: "bin" },
    outline: ["error gobin-relative"],
    symptom: { run: "go install .", says: /GOBIN must be an absolute path/ },
  },
  {
    name: "a quoted tilde in the GOBIN of .bashrc",
    fires: "gobin-relative",
    made: `${MODULE}; printf 'export GOBIN="~/bin"\\n' >$HOME/.bashrc`,
    env: { GOBIN: "~/bin" },
    symptom: { run: ". $HOME/.bashrc 2>/dev/null; go install .", says: /GOBIN must be an absolute path/ },
  },
  {
    name: "go env -w GOBIN with a relative directory, which Go takes",
    fires: "gobin-relative",
    made: `${MODULE}; ${goEnv("GOBIN=bin")}`,
    symptom: { run: "go install .", says: /GOBIN must be an absolute path/ },
  },
  {
    name: "a relative GOBIN in the go-env file, and the environment says it right",
    silent: "gobin-relative",
    made: `${MODULE}; ${goEnv("GOBIN=bin")}; mkdir $HOME/bin`,
    env: { GOBIN: "$HOME/bin", PATH: "$ROOT/shims:$TOOLS:$HOME/bin" },
    outline: ["warning goenv-file-overridden"],
  },
  {
    name: "GOBIN is the directory of gvt's shims",
    fires: "gobin-is-shims-or-goroot",
    made: `${MODULE}; sed -i 's,example.com/tool,example.com/gofmt,' go.mod`,
    env: { GOBIN: "$ROOT/shims" },
    symptom: { run: "go env GOBIN", says: /\/shims$/m },
  },
  {
    name: "GOPATH in the go-env file is a version of gvt's",
    fires: "gobin-is-shims-or-goroot",
    made: `${PINNED}; ${goEnv("GOPATH=$ROOT/versions/1.22.6")}`,
    outline: ["error goroot-equals-gopath < gobin-not-on-path < gobin-is-shims-or-goroot"],
    symptom: { run: "go env GOVERSION", says: /warning: GOPATH set to GOROOT/ },
  },
  {
    name: "GOBIN is the bin of a version of gvt's",
    fires: "gobin-is-shims-or-goroot",
    made: MODULE,
    env: { GOBIN: "$ROOT/versions/1.22.6/bin" },
    symptom: { run: "go list -f '{{.Target}}' .", says: /versions\/1\.22\.6\/bin\/tool/ },
  },
  {
    name: "GOBIN is a link to gvt's shims",
    fires: "gobin-is-shims-or-goroot",
    made: `${PINNED}; ln -s $ROOT/shims $HOME/bin; printf 'export GOBIN=$HOME/bin\\n' >$HOME/.bashrc`,
    env: { GOBIN: "$HOME/bin" },
  },
  {
    name: "GOBIN lies in gvt's root, beside shims and versions",
    silent: "gobin-is-shims-or-goroot",
    made: `${PINNED}; mkdir -p $ROOT/shims-of-mine`,
    env: { GOBIN: "$ROOT/shims-of-mine", PATH: "$ROOT/shims:$TOOLS:$ROOT/shims-of-mine" },
    healthy: true,
  },
  {
    name: "GOBIN names a file",
    fires: "gobin-unwritable",
    made: `${MODULE}; : >$HOME/tools`,
    env: { GOBIN: "$HOME/tools" },
    outline: ["error gobin-unwritable"],
    symptom: { run: "go install .", says: /mkdir .*: (?:file exists|not a directory)/ },
  },
  {
    name: "a file stands where GOPATH/bin must be",
    fires: "gobin-unwritable",
    made: `${MODULE}; mkdir $HOME/go; : >$HOME/go/bin`,
    symptom: { run: "go install .", says: /mkdir .*: (?:file exists|not a directory)/ },
  },
  {
    name: "GOBIN is mounted for reading",
    fires: "gobin-unwritable",
    needs: "mount",
    made: `
      ${MODULE}; mkdir -p $HOME/bin $SYSTEM/proc/self
      mount -t tmpfs -o ro tmpfs $HOME/bin; cp /proc/self/mountinfo $SYSTEM/proc/self/`,
    env: { GOBIN: "$HOME/bin", PATH: "$ROOT/shims:$TOOLS:$HOME/bin" },
    outline: ["error gobin-unwritable"],
    symptom: { run: "go install .", says: /read-only file system/ },
    byHand: "export GOBIN=$HOME/own PATH=$ROOT/shims:$TOOLS:$HOME/own",
  },
  {
    name: "GOBIN is mounted, and can be written",
    silent: "gobin-unwritable",
    healthy: true,
    needs: "mount",
    made: `
      ${MODULE}; mkdir -p $HOME/bin $SYSTEM/proc/self
      mount -t tmpfs tmpfs $HOME/bin; cp /proc/self/mountinfo $SYSTEM/proc/self/`,
    env: { GOBIN: "$HOME/bin", PATH: "$ROOT/shims:$TOOLS:$HOME/bin" },
  },
];
