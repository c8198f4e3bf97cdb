/** Manual pages of the checks of GOPROXY, checksums, private modules, certificates and git. */
import type { Manuals } from "./manual.js";

export const NETWORK_MANUALS: Manuals = {
  "goproxy-invalid": {
    looksAt:
      "each entry of GOPROXY up to `direct` or `off`, as Go reads it; what stands behind these is information",
    messages: [
      "GOPROXY list is not the empty string, but contains no entries",
      "invalid proxy URL scheme (must be https, http, file): <url>",
      "invalid proxy URL missing scheme: <url>",
      "invalid file:// proxy URL with non-path elements: <url>",
      "http: no Host in request URL",
    ],
    why: "no module is downloaded, whatever the other entries are",
    remedy: "take GOPROXY back, or mend the entry: a URL with https, http or file, `direct` or `off`",
    ignore: "never; where it is information, entries that are kept for later",
  },
  "ca-roots-missing": {
    looksAt:
      "on Linux, SSL_CERT_FILE and SSL_CERT_DIR, else the files and directories that Go knows, as long as GOPROXY lets it fetch anything by https",
    messages: [
      "x509: certificate signed by unknown authority",
      "tls: failed to verify certificate: x509: certificate signed by unknown authority",
    ],
    why: "Go trusts no server, so it downloads neither modules nor toolchains; small container images come without certificates",
    remedy: "install the package ca-certificates, or unset the variable that leads astray",
    ignore: "where nothing is ever downloaded",
  },
  "git-missing": {
    looksAt:
      "git on PATH, where GOPROXY begins with `direct`, or GONOPROXY or GOPRIVATE name modules that Go fetches itself",
    messages: [
      'exec: "git": executable file not found in $PATH',
      "go: missing Git command. See https://golang.org/s/gogetcmd",
      'unable to resolve git version: failed to execute git version: exec: "git": executable file not found in $PATH',
    ],
    why: "such modules come from their repositories, and Go runs git for that",
    remedy: "install git",
    ignore: "where those modules are in the module cache already, or their servers offer no git",
  },
  "goproxy-off": {
    looksAt: "GOPROXY in the environment and the go-env file",
    messages: ["module lookup disabled by GOPROXY=off"],
    why: "what is not in the module cache or in vendor cannot be built",
    remedy: "take GOPROXY back",
    ignore: "where you work offline on purpose",
  },
  "goproxy-comma-fallback": {
    looksAt: "commas behind a proxy in a GOPROXY of your own, unless `off` follows",
    messages: [],
    why: "behind a comma Go goes on only where a module is not found (404, 410): a proxy that is down stops the build",
    remedy: "write `|`, behind which Go goes on after any error",
    ignore: "where the next entry must not learn the names of private modules",
  },
  "gosumdb-off": {
    looksAt: "GOSUMDB in the environment and the go-env file",
    messages: ["verifying module: checksum database disabled by GOSUMDB=off"],
    why: "a module that go.sum does not know yet is taken as the proxy gives it, and Go downloads no toolchain",
    remedy: "take GOSUMDB back; name private modules in GOPRIVATE or GONOSUMDB",
    ignore: "where the database cannot be reached and go.sum is never changed here",
  },
  "private-pattern-too-broad": {
    looksAt:
      "patterns of GOPRIVATE, GONOPROXY and GONOSUMDB that match any module of github.com, or those of golang.org",
    messages: [],
    why: "public modules come without proxy or without verification: slower, gone when their author is, and open to be exchanged",
    remedy: "name your own organisation: `github.com/your-company`, `*.company.example`",
    ignore: "where a proxy of your own verifies everything",
  },
  "private-pattern-mismatch": {
    looksAt: "patterns of GONOPROXY that neither GONOSUMDB nor GOPRIVATE has",
    messages: ["verifying module: <module>: reading https://sum.golang.org/<path>: 404 Not Found"],
    why: "Go asks the public checksum database for private modules: it learns their names, and knows no answer",
    remedy: "name the pattern in GONOSUMDB too, or in GOPRIVATE instead",
    ignore: "where these modules are public",
  },
  "unknown-go-var": {
    looksAt:
      "variables whose name is one slip away from one of Go's, and GONOSUMCHECK; names of other programs are passed over",
    messages: [],
    why: "Go does not read it, so what it is meant to change stays as it is",
    remedy: "write the name that Go reads",
    ignore: "where another program reads it",
  },
};
