import type { LabWorld } from "../world.js";
import { GO_ENV, PINNED, PROXY } from "./fragments.js";

/** Nothing gets out of this machine. */
const INSIDE = "export https_proxy=http://127.0.0.1:1 http_proxy=http://127.0.0.1:1";
/** As the go-env file has it. */
const LIST = `${INSIDE}; unset GOPROXY; GOSUMDB=off go list -m x.example/y@v1.0.0`;
const REFUSED = "http://127.0.0.1:1";
/** All programs but git. */
const WITHOUT_GIT = "mkdir $HOME/tools; cp -P $TOOLS/* $HOME/tools; rm $HOME/tools/git";
const NO_GIT = { PATH: "$ROOT/shims:$HOME/tools" };

export const NETWORK_WORLDS: readonly LabWorld[] = [
  {
    name: "GOPROXY has no entries",
    fires: "goproxy-invalid",
    outline: ["error goproxy-invalid"],
    made: PINNED,
    env: { GOPROXY: "," },
    symptom: {
      run: "go list -m x.example/y@v1.0.0",
      says: /GOPROXY list is not the empty string, but contains no/,
    },
  },
  {
    name: "GOPROXY has a scheme that Go does not know",
    fires: "goproxy-invalid",
    made: `${PINNED}; ${GO_ENV}; echo 'GOPROXY=ftp://mirror.example' >env`,
    symptom: { run: LIST, says: /invalid proxy URL scheme/ },
  },
  {
    name: "GOPROXY stands between quotes, in the go-env file",
    fires: "goproxy-invalid",
    outline: ["error goenv-file-malformed < goproxy-invalid"],
    made: `${PINNED}; ${PROXY}; ${GO_ENV}; echo "GOPROXY=\\"file://$HOME/proxy\\"" >env`,
    symptom: { run: LIST, says: /first path segment in URL cannot contain colon/ },
  },
  {
    name: "GOPROXY names a proxy behind direct",
    fires: "goproxy-invalid",
    outline: ["info goproxy-invalid"],
    made: `${PINNED}; ${PROXY}; ${GO_ENV}; echo "GOPROXY=direct,file://$HOME/proxy" >env`,
  },
  {
    name: "GOPROXY is a host without a scheme",
    silent: "goproxy-invalid",
    healthy: true,
    made: PINNED,
    env: { GOPROXY: "mirror.example/go" },
  },
  {
    name: "a proxy that refuses, with a comma behind it",
    fires: "goproxy-comma-fallback",
    outline: ["info goproxy-comma-fallback"],
    made: `${PINNED}; ${PROXY}; ${GO_ENV}; echo "GOPROXY=${REFUSED},file://$HOME/proxy" >env`,
    symptom: { run: LIST, says: /connection refused/ },
  },
  {
    name: "a proxy that refuses, with a bar behind it",
    silent: "goproxy-comma-fallback",
    outline: [],
    made: PINNED,
    env: { GOPROXY: `${REFUSED}|file:///proxy` },
  },
  {
    name: "the list of proxies that Go comes with, written out",
    silent: "goproxy-comma-fallback",
    outline: [],
    made: `${PINNED}; ${GO_ENV}; grep ^GOPROXY= $GO/1.22.6/go.env >env`,
  },
  {
    name: "a comma behind a proxy, and one behind direct",
    fires: "goproxy-invalid",
    outline: ["info goproxy-invalid", "info goproxy-comma-fallback"],
    made: PINNED,
    env: { GOPROXY: `${REFUSED},direct,file:///proxy` },
  },
  {
    name: "GOPROXY is off in the go-env file",
    fires: "goproxy-off",
    outline: ["info goproxy-off"],
    made: `${PINNED}; ${GO_ENV}; echo GOPROXY=off >env`,
    symptom: { run: LIST, says: /module lookup disabled by GOPROXY=off/ },
  },
  {
    name: "off ends the list of proxies",
    silent: "goproxy-off",
    outline: [],
    made: PINNED,
    env: { GOPROXY: "file:///proxy,off" },
  },
  {
    name: "SSL_CERT_FILE and SSL_CERT_DIR lead nowhere",
    fires: "ca-roots-missing",
    outline: ["error ca-roots-missing"],
    made: `${PINNED}; echo 'export SSL_CERT_FILE=$HOME/gone.pem' >$HOME/.bashrc`,
    env: { SSL_CERT_FILE: "$HOME/gone.pem", SSL_CERT_DIR: "$HOME/gone" },
  },
  {
    name: "a machine without certificates",
    fires: "ca-roots-missing",
    made: `${PINNED}; rm $SYSTEM/etc/ssl`,
    byHand: "ln -s /etc/ssl $SYSTEM/etc/ssl",
  },
  {
    name: "SSL_CERT_FILE leads nowhere, and the usual directory is there",
    silent: "ca-roots-missing",
    outline: [],
    made: PINNED,
    env: { SSL_CERT_FILE: "$HOME/gone.pem" },
  },
  {
    name: "a machine without certificates that fetches nothing",
    silent: "ca-roots-missing",
    healthy: true,
    made: `${PINNED}; rm $SYSTEM/etc/ssl`,
    env: { GOPROXY: "off" },
  },
  {
    name: "no git, and modules come from their repositories",
    fires: "git-missing",
    outline: ["warning git-missing"],
    made: `${PINNED}; ${WITHOUT_GIT}`,
    env: { ...NO_GIT, GOPROXY: "direct" },
    symptom: {
      run: `${INSIDE}; go list -m github.com/owner/m@v1.0.0`,
      says: /exec: "git": executable file not found/,
    },
    byHand: "ln -s $TOOLS/git $HOME/tools/git",
  },
  {
    name: "no git, and GOPRIVATE names modules",
    fires: "git-missing",
    made: `${PINNED}; ${WITHOUT_GIT}`,
    env: { ...NO_GIT, GOPRIVATE: "git.example" },
    byHand: "ln -s $TOOLS/git $HOME/tools/git",
  },
  {
    name: "no git, and modules come from a proxy",
    silent: "git-missing",
    outline: [],
    made: `${PINNED}; ${WITHOUT_GIT}`,
    env: NO_GIT,
  },
];

export const PRIVATE_MODULE_WORLDS: readonly LabWorld[] = [
  {
    name: "GOSUMDB is off",
    fires: "gosumdb-off",
    outline: ["warning gosumdb-off"],
    made: `${PINNED}; echo 'export GOSUMDB=off # private modules' >$HOME/.bashrc`,
    env: { GOSUMDB: "off" },
  },
  {
    name: "GOSUMDB is off, and Go may switch toolchains",
    fires: "gosumdb-off",
    outline: ["warning gosumdb-off < toolchain-needs-sumdb"],
    made: "printf 'module m\\n\\ngo 1.22.0\\n' >go.mod; echo 1.22 >$ROOT/version",
    env: { GOSUMDB: "off", GOTOOLCHAIN: "auto" },
  },
  {
    name: "modules of one host are left out of the checksum database",
    silent: "gosumdb-off",
    outline: [],
    made: PINNED,
    env: { GONOSUMDB: "git.example" },
  },
  {
    name: "GOPRIVATE matches everything",
    fires: "private-pattern-too-broad",
    outline: ["warning private-pattern-too-broad"],
    made: `${PINNED}; ${PROXY}; ${GO_ENV}; printf 'GOPRIVATE=*\\nGOPROXY=file://%s\\n' $HOME/proxy >env`,
    symptom: { run: LIST, says: /unrecognized import path|connection refused/ },
  },
  {
    name: "GOPRIVATE has a whole host of everybody's beside one's own",
    fires: "private-pattern-too-broad",
    made: `${PINNED}; echo 'export GOPRIVATE=git.example,github.com' >$HOME/.profile`,
    env: { GOPRIVATE: "git.example,github.com" },
  },
  {
    name: "GOPRIVATE has one owner on a host of everybody's",
    silent: "private-pattern-too-broad",
    outline: [],
    made: PINNED,
    env: { GOPRIVATE: "github.com/company,*.corp.example" },
  },
  {
    name: "GONOPROXY alone names what is private",
    fires: "private-pattern-mismatch",
    outline: ["info private-pattern-mismatch"],
    made: `${PINNED}; ${GO_ENV}; echo GONOPROXY=github.com/owner/m >env
      git init -q $HOME/m && cd $HOME/m && echo 'module github.com/owner/m' >go.mod && git add .
      git -c user.name=a -c user.email=a@b.example commit -qm m && git tag v1.0.0`,
    symptom: {
      run: `${INSIDE}; export GIT_ALLOW_PROTOCOL=file:https GIT_CONFIG_COUNT=1
        export GIT_CONFIG_KEY_0=url.file://$HOME/m.insteadOf GIT_CONFIG_VALUE_0=https://github.com/owner/m
        go mod download github.com/owner/m@v1.0.0`,
      says: /sum\.golang\.org\/lookup\/github\.com\/owner\/m/,
    },
  },
  {
    name: "GOPRIVATE and GONOPROXY name the same",
    silent: "private-pattern-mismatch",
    outline: [],
    made: PINNED,
    env: { GONOPROXY: "git.example", GOPRIVATE: "git.example" },
  },
  {
    name: "GONOPROXY matches everything, and the checksum database is asked for it",
    fires: "private-pattern-mismatch",
    outline: ["warning private-pattern-too-broad < private-pattern-mismatch"],
    made: PINNED,
    env: { GONOPROXY: "*" },
  },
  {
    name: "GONOSUMCHECK, as tutorials have it",
    fires: "unknown-go-var",
    outline: ["info unknown-go-var"],
    made: `${PINNED}; echo 'export GONOSUMCHECK=1' >$HOME/.bashrc`,
    env: { GONOSUMCHECK: "1" },
  },
  {
    name: "a variable of another program's begins with GO",
    silent: "unknown-go-var",
    outline: [],
    made: PINNED,
    env: { GOLANGCI_LINT_CACHE: "/x", GO_ENV: "test", GOMAXPROCS: "2", GODEBUG: "gctrace=0" },
  },
];
