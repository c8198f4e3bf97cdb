import type { LabWorld } from "../world.js";
import { PINNED } from "./fragments.js";

const MODULE = "printf 'module m\\n\\ngo 1.22\\n' >go.mod";
const PROGRAM = `${MODULE}; printf 'package main\\n\\nfunc main() {}\\n' >m.go`;
const COMMIT =
  "git init -q . && git add . && git -c user.name=a -c user.email=a@b.example commit -qm m && chown -R 65534 .";
const BUILD = "GIT_CONFIG_SYSTEM=/dev/null go build -o /dev/null .";
/** A module beside it, and what `go mod vendor` makes of that. */
const VENDORED = `printf 'module a.example/m\\n' >$HOME/a.mod; mkdir $HOME/a; mv $HOME/a.mod $HOME/a/go.mod; echo 'package m' >$HOME/a/m.go
  printf 'module m\\n\\ngo 1.22\\n\\nrequire a.example/m v1.0.0\\n\\nreplace a.example/m => %s/a\\n' $HOME >go.mod
  printf 'package p\\n\\nimport _ "a.example/m"\\n' >p.go
  $GO/1.22.6/bin/go mod vendor`;

export const REPOSITORY_WORLDS: readonly LabWorld[] = [
  {
    name: "two version files that disagree",
    fires: "versions-file-conflict",
    outline: ["warning versions-file-conflict"],
    made: `${PINNED}; echo 'golang 1.21.13' >.tool-versions`,
    byHand: "echo 'golang 1.22.6' >$WORK/.tool-versions",
  },
  {
    name: "a version file and CI that disagree",
    fires: "versions-file-conflict",
    made: `${PINNED}; git init -q .; printf 'test:\\n  image: golang:1.21\\n' >.gitlab-ci.yml`,
    byHand: "printf 'test:\\n  image: golang:1.22.6\\n' >$WORK/.gitlab-ci.yml",
  },
  {
    name: "a version file and a line of it in CI",
    silent: "versions-file-conflict",
    outline: [],
    made: `${PINNED}; git init -q .; printf 'test:\\n  image: golang:1.22-alpine\\n' >.gitlab-ci.yml; echo 'golang 1.22.6' >.tool-versions`,
  },
  {
    name: "a version file further up names another version",
    silent: "versions-file-conflict",
    outline: [],
    made: `${PINNED}; echo 1.21.13 >../.go-version`,
  },
  {
    name: "a pin below the floor of go.mod",
    fires: "versions-file-conflict",
    outline: ["error version-below-go-directive < versions-file-conflict"],
    installed: ["1.21.13", "1.22.6"],
    made: `${MODULE}; echo 1.21.13 >.go-version`,
    env: { GOTOOLCHAIN: "local" },
    symptom: { run: "go list .", says: /requires go >= 1\.22/ },
  },
  {
    name: "a pin below the floor of go.mod, which Go makes up for",
    fires: "versions-file-conflict",
    outline: ["warning toolchain-switches-away < versions-file-conflict"],
    installed: ["1.22.6", "1.24.4"],
    made: `printf 'module m\\n\\ngo 1.24.4\\n' >go.mod; ${PINNED}; mkdir $HOME/more; ln -s $GO/1.24.4/bin/go $HOME/more/go1.24.4`,
    env: { GOTOOLCHAIN: "auto", PATH: "$ROOT/shims:$TOOLS:$HOME/more" },
  },
  {
    name: "a repository of another user",
    fires: "vcs-stamp-refused",
    outline: ["warning vcs-stamp-refused"],
    needs: "root",
    made: `${PROGRAM}; ${COMMIT}`,
    symptom: { run: BUILD, says: /error obtaining VCS status/ },
  },
  {
    name: "a repository of another user, and no stamps are asked for",
    silent: "vcs-stamp-refused",
    outline: [],
    needs: "root",
    made: `${PROGRAM}; ${COMMIT}; mkdir -p $HOME/.config/go; echo GOFLAGS=-buildvcs=false >$HOME/.config/go/env`,
  },
  {
    name: "a repository of another user that git was told to trust",
    silent: "vcs-stamp-refused",
    outline: [],
    needs: "root",
    made: `${PROGRAM}; ${COMMIT}; printf '[safe]\\n\\tdirectory = %s/*\\n' "$(dirname $WORK)" >$HOME/.gitconfig`,
  },
  {
    name: "a repository of another user, and no git",
    silent: "vcs-stamp-refused",
    outline: [],
    needs: "root",
    made: `${PROGRAM}; ${COMMIT}; mkdir $HOME/tools; cp -P $TOOLS/* $HOME/tools; rm $HOME/tools/git`,
    env: { PATH: "$ROOT/shims:$HOME/tools" },
  },
  {
    name: "vendor is of before the last change of go.mod",
    fires: "vendor-inconsistent",
    outline: ["error vendor-inconsistent"],
    made: `${VENDORED}; sed -i 's/v1.0.0/v1.1.0/' go.mod`,
    symptom: { run: "go list .", says: /inconsistent vendoring/ },
  },
  {
    name: "vendor is of before the last change of go.mod, and a flag asks for it everywhere",
    fires: "vendor-inconsistent",
    outline: ["error vendor-inconsistent", "warning goflags-risky"],
    made: `${VENDORED}; sed -i 's/v1.0.0/v1.1.0/' go.mod`,
    env: { GOFLAGS: "-mod=vendor" },
    symptom: { run: "go list .", says: /inconsistent vendoring/ },
  },
  {
    name: "a workspace passes the vendor of its members over",
    silent: "vendor-inconsistent",
    outline: [],
    made: `${VENDORED}; sed -i 's/v1.0.0/v1.1.0/' go.mod; printf 'go 1.22\\n\\nuse .\\n' >go.work`,
  },
  {
    name: "vendor is what go.mod asks for",
    silent: "vendor-inconsistent",
    outline: [],
    made: VENDORED,
  },
  {
    name: "vendor is of before the last change of go.mod, and a flag passes it over",
    silent: "vendor-inconsistent",
    made: `${VENDORED}; sed -i 's/v1.0.0/v1.1.0/' go.mod`,
    env: { GOFLAGS: "-mod=mod" },
  },
];

const MONOREPO = `git init -q .; ${PINNED}; mkdir -p api web
  printf 'module api\\n\\ngo 1.22\\n' >api/go.mod; printf 'module web\\n\\ngo 1.20\\n' >web/go.mod`;

/** As `gvt doctor --repo` sees them. */
export const MONOREPO_WORLDS: readonly LabWorld[] = [
  { name: "a monorepo whose modules live with one pin", repository: true, outline: [], made: MONOREPO },
  {
    name: "a monorepo, seen from a shell with faults of its own",
    repository: true,
    outline: [],
    made: MONOREPO,
    env: { GOROOT: "/gone", GOCACHE: "off", GVT_VERSION: "1.20.14", GOTOOLCHAIN: "nonsense" },
  },
  {
    name: "a module below needs a newer Go than the pin at the top",
    repository: true,
    fires: "version-below-go-directive",
    installed: ["1.22.6", "1.24.4"],
    made: `${MONOREPO}; printf 'module api\\n\\ngo 1.24.0\\n' >api/go.mod; echo 1.22.6 >api/.go-version`,
    symptom: { run: "cd api && GOTOOLCHAIN=local go list", says: /requires go >= 1\.24\.0/ },
  },
  {
    name: "a module below has two version files that disagree",
    repository: true,
    fires: "versions-file-conflict",
    outline: ["warning versions-file-conflict"],
    made: `${MONOREPO}; echo 1.22.6 >web/.go-version; echo 'golang 1.21.13' >web/.tool-versions`,
    byHand: "rm $WORK/web/.tool-versions",
  },
  {
    name: "a module below has a vendor of its own, and an old one",
    repository: true,
    fires: "vendor-inconsistent",
    outline: ["error vendor-inconsistent"],
    made: `git init -q .; ${PINNED}; mkdir lib; cd lib; ${VENDORED}; sed -i 's/v1.0.0/v1.1.0/' go.mod`,
    symptom: { run: "cd lib && go list .", says: /inconsistent vendoring/ },
  },
  {
    name: "a module below has a line that the pinned Go cannot read",
    repository: true,
    fires: "go-line-too-new-for-parser",
    installed: ["1.20.14", "1.21.13", "1.22.6"],
    made: `${MONOREPO}; echo 1.20.14 >api/.go-version; printf 'module api\\n\\ngo 1.21.0\\n' >api/go.mod; echo 'package m' >api/m.go`,
    symptom: { run: "cd api && go list", says: /must match format 1\.23/ },
  },
  {
    name: "a monorepo with a Dockerfile for each module",
    repository: true,
    fires: "docker-version-too-low",
    outline: ["error docker-version-too-low", "warning docker-unpinned-golang"],
    made: `${MONOREPO}; echo 'FROM golang:1.21' >api/Dockerfile; echo 'FROM golang' >web/Dockerfile`,
    byHand: "echo 'FROM golang:1.22' >$WORK/api/Dockerfile",
  },
  {
    name: "CI builds a module below with a Go that is too old for it",
    repository: true,
    fires: "ci-version-drift",
    outline: ["warning ci-version-drift"],
    made: `${MONOREPO}; rm .go-version; printf 'test:\\n  image: golang:1.21\\n' >.gitlab-ci.yml`,
    byHand: "echo 'image: golang:1.22' >$WORK/.gitlab-ci.yml",
  },
  {
    name: "CI builds each module below with a Go of its own",
    repository: true,
    silent: "versions-file-conflict",
    made: `${MONOREPO}; rm .go-version; printf 'api:\\n  image: golang:1.22\\nweb:\\n  image: golang:1.20\\n' >.gitlab-ci.yml`,
  },
  {
    name: "a module below with a pin of its own, above that of the top",
    repository: true,
    silent: "versions-file-conflict",
    outline: [],
    installed: ["1.22.6", "1.24.4"],
    made: `${MONOREPO}; echo 1.24.4 >api/.go-version; printf 'module api\\n\\ngo 1.24\\n' >api/go.mod`,
  },
  {
    name: "a module below that needs more than the pin at the top, and has none",
    repository: true,
    fires: "versions-file-conflict",
    outline: ["warning versions-file-conflict"],
    installed: ["1.22.6", "1.24.4"],
    made: `${MONOREPO}; printf 'module api\\n\\ngo 1.24.0\\n' >api/go.mod`,
    byHand: "echo 1.24.0 >$WORK/.go-version",
  },
];
