import type { LabWorld } from "../world.js";

const PINNED = "echo 1.22.6 >.go-version";
const LAST = "$ROOT/shims:$TOOLS:$HOME/go/bin";
/** A tool that says where it lies. */
const tool = (directory: string, name = "hello") =>
  `mkdir -p ${directory}; printf '#!/bin/sh\\necho "$0"\\n' >${directory}/${name}; chmod +x ${directory}/${name}`;

/** A module of that path with a program, in $HOME/src, and a proxy that has it as v0.1.0. */
const published = (path: string) => `
  at=proxy/${path}/@v; mkdir -p $HOME/src "$at"
  printf 'module ${path}\\n\\ngo 1.20\\n' >$HOME/src/go.mod
  printf 'package main\\n\\nfunc main() {}\\n' >$HOME/src/main.go
  cp $HOME/src/go.mod "$at/v0.1.0.mod"; echo v0.1.0 >"$at/list"; echo '{"Version":"v0.1.0"}' >"$at/v0.1.0.info"
  (cd $HOME/src && git init -q && git add . &&
    git archive --prefix=${path}@v0.1.0/ -o "$WORK/$at/v0.1.0.zip" "$(git write-tree)")`;
const GOPLS = "golang.org/x/tools/gopls";
const FROM_PROXY = {
  PATH: LAST,
  GOPROXY: "file://$WORK/proxy",
  GOCACHE: "$CACHE",
  GONOSUMDB: "golang.org/x/tools",
};
const build = (go: string) =>
  `(cd $HOME/src && $GO/${go}/bin/go build -buildvcs=false -o $HOME/go/bin/gopls .)`;
/** Makes an ELF file one for RISC-V; what else it says of itself stays. */
const forOthers = (path: string) =>
  `printf '\\363\\000' | dd of=${path} bs=1 seek=18 conv=notrunc status=none`;

/** What `go install` has written: whether it runs, and fits. */
export const TOOL_WORLDS: readonly LabWorld[] = [
  {
    name: "an old copy of a tool comes before what `go install` writes",
    fires: "gobin-shadowed",
    made: `
      ${PINNED}; ${tool("$HOME/bin", "hello")}
      printf 'module example.com/hello\\n\\ngo 1.20\\n' >go.mod
      printf 'package main\\n\\nfunc main() { println("new") }\\n' >main.go`,
    env: { PATH: "$ROOT/shims:$HOME/bin:$TOOLS:$HOME/go/bin" },
    outline: ["warning gobin-shadowed"],
    symptom: { run: "go install . && hello", says: /home\/bin\/hello/ },
  },
  {
    name: "two tools come after others of their names, in GOBIN",
    made: `${PINNED}; for name in one two; do ${tool("$HOME/bin", "$name")}; ${tool("$HOME/gobin", "$name")}; done`,
    env: { GOBIN: "$HOME/gobin", PATH: "$ROOT/shims:$HOME/bin:$TOOLS:$HOME/gobin" },
    outline: ["warning gobin-shadowed", "warning gobin-shadowed"],
    symptom: { run: "one", says: /home\/bin\/one/ },
  },
  {
    name: "a tool comes before a link to it",
    silent: "gobin-shadowed",
    healthy: true,
    made: `${PINNED}; ${tool("$HOME/go/bin")}; mkdir $HOME/bin; ln -s $HOME/go/bin/hello $HOME/bin/hello`,
    env: { PATH: "$ROOT/shims:$HOME/bin:$TOOLS:$HOME/go/bin" },
  },
  {
    name: "a tool of the same name comes later",
    silent: "gobin-shadowed",
    healthy: true,
    made: `${PINNED}; ${tool("$HOME/go/bin")}; ${tool("$HOME/bin")}`,
    env: { PATH: "$ROOT/shims:$TOOLS:$HOME/go/bin:$HOME/bin" },
  },
  {
    name: "a tool lies where PATH does not lead, and another of its name runs",
    fires: "gobin-not-on-path",
    made: `${PINNED}; ${tool("$HOME/go/bin")}; ${tool("$HOME/bin")}`,
    env: { PATH: "$ROOT/shims:$TOOLS:$HOME/bin" },
    outline: ["warning gobin-not-on-path", "warning gobin-shadowed"],
  },
  {
    name: "a tool that lies before the shims and behind its namesake, and another Go too",
    fires: "gobin-shadowed",
    made: `${PINNED}; ${tool("$HOME/bin")}; ${tool("$HOME/go/bin")}; foreign 1.21.13 $HOME/sdk/go`,
    env: { PATH: "$HOME/bin:$HOME/go/bin:$HOME/sdk/go/bin:$ROOT/shims:$TOOLS" },
    outline: ["error shims-shadowed", "warning gobin-shadowed"],
    symptom: { run: "hello", says: /home\/bin\/hello/ },
  },
  {
    name: "an installed tool hides a program of the system",
    fires: "gobin-shadows-system",
    made: `${PINNED}; ${tool("$HOME/go/bin", "tac")}`,
    env: { PATH: "$ROOT/shims:$HOME/go/bin:/usr/bin:$TOOLS" },
    symptom: { run: "echo x | tac", says: /go\/bin\/tac/ },
  },
  {
    name: "an installed tool is a link to the system's program",
    silent: "gobin-shadows-system",
    made: `${PINNED}; mkdir -p $HOME/go/bin; ln -s /usr/bin/tac $HOME/go/bin/tac`,
    env: { PATH: "$ROOT/shims:$HOME/go/bin:/usr/bin:$TOOLS" },
  },
  {
    name: "a program of the system comes before the installed tool",
    silent: "gobin-shadows-system",
    made: `${PINNED}; ${tool("$HOME/go/bin", "tac")}`,
    env: { PATH: "$ROOT/shims:/usr/bin:$TOOLS:$HOME/go/bin" },
    symptom: { run: "echo x | tac", says: /^x$/m },
  },
  {
    name: "GOBIN is where programs of every kind are kept, and one hides the system's",
    silent: "gobin-shadows-system",
    healthy: true,
    made: `${PINNED}; ${tool("$HOME/.local/bin", "tac")}`,
    env: { GOBIN: "$HOME/.local/bin", PATH: "$ROOT/shims:$HOME/.local/bin:/usr/bin:$TOOLS" },
  },
  {
    name: "gopls was built with 1.21, and the module is of 1.22",
    fires: "tool-built-with-older-go",
    made: `${published(GOPLS)}; ${build("1.21.13")}; printf 'module m\\n\\ngo 1.22\\n' >go.mod`,
    env: FROM_PROXY,
    symptom: { run: "go version $HOME/go/bin/gopls", says: /gopls: go1\.21\.13/ },
  },
  {
    name: "gopls was built with the line of the module",
    silent: "tool-built-with-older-go",
    healthy: true,
    made: `${published(GOPLS)}; ${build("1.22.6")}; printf 'module m\\n\\ngo 1.22.6\\n' >go.mod`,
    env: { PATH: LAST },
  },
  {
    name: "a program that is named gopls, but is another, was built with 1.21",
    silent: "tool-built-with-older-go",
    healthy: true,
    made: `${published("example.com/gopls")}; ${build("1.21.13")}; printf 'module m\\n\\ngo 1.22\\n' >go.mod`,
    env: { PATH: LAST },
  },
  {
    name: "gopls was built for another machine",
    fires: "tool-wrong-platform",
    made: `${PINNED}; ${published(GOPLS)}; ${build("1.22.6")}; ${forOthers("$HOME/go/bin/gopls")}`,
    env: FROM_PROXY,
    symptom: { run: "gopls", says: /Exec format error/ },
  },
  {
    name: "a program for another machine, not of Go's making",
    fires: "tool-wrong-platform",
    made: `
      ${PINNED}; mkdir -p $HOME/go/bin
      printf '\\177ELF\\002\\001\\001\\000\\000\\000\\000\\000\\000\\000\\000\\000\\002\\000\\363\\000\\001\\000\\000\\000' >$HOME/go/bin/thing
      head -c 4096 /dev/zero >>$HOME/go/bin/thing; chmod +x $HOME/go/bin/thing`,
    env: { PATH: LAST },
    symptom: { run: "thing", says: /Exec format error/ },
  },
  {
    name: "scripts and programs for Windows among the installed tools",
    silent: "tool-wrong-platform",
    healthy: true,
    made: `${PINNED}; ${tool("$HOME/go/bin")}; printf 'MZ\\000\\000' >$HOME/go/bin/tool.exe; chmod +x $HOME/go/bin/tool.exe`,
    env: { PATH: LAST },
  },
];
