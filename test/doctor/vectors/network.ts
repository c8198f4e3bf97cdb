/** Worlds for the checks of GOPROXY, checksums, private modules, certificates and git. */
import {
  type Draft,
  GO_ENV_FILE,
  HOME,
  machine,
  program,
  putOnPath,
  setVariable,
  takeOffPath,
  useSystemGo,
  useVersion,
  writeGoEnv,
  writeStartupFile,
} from "../support/machine.js";
import type { Vector } from "./vector.js";

const BASHRC = `${HOME}/.bashrc`;

/** Lines that set a variable, and a shell in which they have done so. */
function exportInBashrc(draft: Draft, name: string, value: string): void {
  writeStartupFile(draft, BASHRC, `# Go\nexport ${name}=${value}\n`);
  setVariable(draft, name, value);
}

function forgetCertificates(draft: Draft, usual?: string): void {
  draft.certificates = { searched: ["/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/certs"], usual };
}

function removeGit(draft: Draft): void {
  takeOffPath(draft, "/usr/bin");
  putOnPath(draft, "/usr/bin", [program("/usr/bin/gcc")], "back");
}

export const NETWORK_VECTORS: readonly Vector[] = [
  {
    check: "goproxy-invalid",
    name: "fires for a list without entries",
    expect: ["error"],
    snapshot: machine((draft) => setVariable(draft, "GOPROXY", " , ")),
    mentions: ["it has no entries", "let Go use its default", "unset GOPROXY"],
  },
  {
    check: "goproxy-invalid",
    name: "leaves a good one in the go-env file alone",
    expect: ["error"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOPROXY", "none");
      writeGoEnv(draft, "GOPROXY=direct\n");
    }),
    mentions: ['"evidence":[{"seen":"GOPROXY=none","at":{"kind":"variable","name":"GOPROXY"}}]'],
  },
  {
    check: "goproxy-invalid",
    name: "is silent where nothing sets it",
    expect: [],
    snapshot: machine((draft) => useVersion(draft, "1.20.14")),
  },
  {
    check: "goproxy-invalid",
    name: "fires for a scheme that Go does not know, without showing a password",
    expect: ["error"],
    snapshot: machine((draft) => writeGoEnv(draft, "GOPROXY=ftp://me:secret@mirror.example,direct\n")),
    mentions: ["ftp://me:xxxxx@mirror.example: its scheme is not https, http or file", `${GO_ENV_FILE}:1`],
  },
  ...[
    "none",
    "/srv/proxy",
    "file://host/dir",
    "https:/mirror.example",
    "https://mirror.example,|,s3://bucket",
  ].map(
    (value): Vector => ({
      check: "goproxy-invalid",
      name: `fires for ${value}`,
      expect: ["error"],
      snapshot: machine((draft) => setVariable(draft, "GOPROXY", value)),
    }),
  ),
  {
    check: "goproxy-invalid",
    name: "tells what stands behind direct, which Go never asks",
    expect: ["info"],
    snapshot: machine((draft) => setVariable(draft, "GOPROXY", "direct,https://mirror.example")),
    mentions: ["https://mirror.example", "put `direct` or `off` last", "go env -w GOPROXY=direct"],
  },
  ...[
    "https://mirror.example|direct",
    "mirror.example/go,off",
    "http://localhost:3000,file:///srv/proxy",
    "https://me:secret@mirror.example:8443/a?b",
    "off",
    "https://[::1]:8080/",
  ].map(
    (value): Vector => ({
      check: "goproxy-invalid",
      name: `is silent for ${value}`,
      expect: [],
      snapshot: machine((draft) => setVariable(draft, "GOPROXY", value)),
    }),
  ),
  {
    check: "goproxy-off",
    name: "fires for the environment, and names the line behind it",
    expect: ["info"],
    snapshot: machine((draft) => exportInBashrc(draft, "GOPROXY", "off")),
    mentions: ["and fetches none", `"line":2`],
  },
  {
    check: "goproxy-off",
    name: "tells that private modules are fetched all the same",
    expect: ["info"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOPROXY", "off");
      setVariable(draft, "GOPRIVATE", "git.example");
    }),
    mentions: ["and fetches only private ones"],
  },
  {
    check: "goproxy-off",
    name: "is silent where off only ends a list, and where a distribution has decided so",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, "GOPROXY", "https://mirror.example,off")),
  },
  {
    check: "goproxy-comma-fallback",
    name: "fires for a list of one's own",
    expect: ["info"],
    snapshot: machine((draft) => setVariable(draft, "GOPROXY", "https://a.example,https://b.example,direct")),
    mentions: ["'GOPROXY=https://a.example|https://b.example|direct'"],
  },
  {
    check: "goproxy-comma-fallback",
    name: "is silent for what one of the toolchains comes with",
    expect: [],
    snapshot: machine((draft) => {
      useVersion(draft, "1.20.14");
      setVariable(draft, "GOPROXY", "https://proxy.example,direct");
    }),
  },
  ...[
    ",",
    "ftp://a.example,https://b.example",
    "direct,https://a.example",
    "https://a.example|,|direct",
    " https://a.example ",
  ].map(
    (value): Vector => ({
      check: "goproxy-comma-fallback",
      name: `is silent for "${value}", where no comma stands between two that are asked`,
      expect: [],
      snapshot: machine((draft) => setVariable(draft, "GOPROXY", value)),
    }),
  ),
  {
    check: "goproxy-comma-fallback",
    name: "leaves out what is never asked",
    expect: ["info"],
    snapshot: machine((draft) => setVariable(draft, "GOPROXY", "https://a.example,direct,https://b.example")),
    mentions: ["'GOPROXY=https://a.example|direct'"],
  },
  {
    check: "goproxy-comma-fallback",
    name: "is silent for bars, and for a comma in front of off",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, "GOPROXY", "https://a.example|https://b.example,off")),
  },
  {
    check: "gosumdb-off",
    name: "fires for the environment, and deletes the line behind it",
    expect: ["warning"],
    snapshot: machine((draft) => exportInBashrc(draft, "GOSUMDB", "off")),
    mentions: [`${BASHRC}:2`, "unset GOSUMDB"],
  },
  {
    check: "gosumdb-off",
    name: "fires for the go-env file",
    expect: ["warning"],
    snapshot: machine((draft) => writeGoEnv(draft, "GOSUMDB=off\n")),
    mentions: [`${GO_ENV_FILE}:1`],
  },
  {
    check: "gosumdb-off",
    name: "is silent where a distribution has decided so in go.env",
    expect: [],
    snapshot: machine((draft) => {
      useSystemGo(draft, "go1.24.4");
      for (const tree of draft.trees) tree.goEnv = "GOPROXY=direct\nGOSUMDB=off\nGOTOOLCHAIN=local\n";
    }),
  },
  {
    check: "gosumdb-off",
    name: "is silent for another database, and for modules that are left out of it",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GOSUMDB", "sum.golang.org https://mirror.example/sumdb");
      setVariable(draft, "GONOSUMDB", "git.example");
    }),
  },
  ...["*", "github.com", "*.com", "github.com/*", "golang.org", "git.example,gith?b.com"].map(
    (value): Vector => ({
      check: "private-pattern-too-broad",
      name: `fires for ${value}`,
      expect: ["warning"],
      snapshot: machine((draft) => setVariable(draft, "GOPRIVATE", value)),
    }),
  ),
  {
    check: "private-pattern-too-broad",
    name: "keeps what is narrow",
    expect: ["warning"],
    snapshot: machine((draft) => writeGoEnv(draft, "GONOSUMDB=git.example,*,*.corp.example\n")),
    mentions: ["GONOSUMDB has *,", '"line":1,', '"after":"GONOSUMDB=git.example,*.corp.example"'],
    omits: ["go env -w"],
  },
  {
    check: "private-pattern-too-broad",
    name: "keeps what is narrow in the line that counts, and that line alone",
    expect: ["warning"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOPRIVATE", "*,corp.example");
      writeGoEnv(draft, "GOPRIVATE=a.example\nGOBIN=/b\nGOPRIVATE=github.com/*,corp.example\n");
    }),
    mentions: [
      "unset GOPRIVATE",
      `{"kind":"edit","path":"${GO_ENV_FILE}","line":1,"before":"GOPRIVATE=a.example"}`,
      '"line":3,"before":"GOPRIVATE=github.com/*,corp.example","after":"GOPRIVATE=corp.example"}]',
    ],
  },
  {
    check: "private-pattern-too-broad",
    name: "leaves a line that says what is narrow already",
    expect: ["warning"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOPRIVATE", "*,corp.example");
      writeGoEnv(draft, "GOPRIVATE=corp.example\n");
    }),
    mentions: ["unset GOPRIVATE"],
    omits: ['"kind":"edit"', "go env -w"],
  },
  {
    check: "private-pattern-too-broad",
    name: "takes the line out where nothing narrow is left",
    expect: ["warning"],
    snapshot: machine((draft) => writeGoEnv(draft, "GOPRIVATE=*\n")),
    mentions: [`"steps":[{"kind":"edit","path":"${GO_ENV_FILE}","line":1,"before":"GOPRIVATE=*"}]`],
  },
  ...[
    "github.com/company",
    "*.corp.example,git.example/team/*",
    "none",
    "github.com/compan?/[a-c]*",
    "[z-a]",
  ].map(
    (value): Vector => ({
      check: "private-pattern-too-broad",
      name: `is silent for ${value}`,
      expect: [],
      snapshot: machine((draft) => setVariable(draft, "GOPRIVATE", value)),
    }),
  ),
  {
    check: "private-pattern-too-broad",
    name: "is silent for a GOPRIVATE that the other two hide",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GOPRIVATE", "*");
      setVariable(draft, "GONOPROXY", "none");
      setVariable(draft, "GONOSUMDB", "none");
    }),
  },
  {
    check: "private-pattern-mismatch",
    name: "fires for a pattern that the checksum database is asked for",
    expect: ["info"],
    snapshot: machine((draft) => {
      setVariable(draft, "GONOPROXY", "git.example,corp.example");
      setVariable(draft, "GONOSUMDB", "git.example");
    }),
    mentions: ["GONOPROXY has corp.example", "GONOSUMDB=git.example,corp.example"],
  },
  {
    check: "private-pattern-mismatch",
    name: "is silent where GOPRIVATE has it too",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GONOPROXY", "git.example");
      setVariable(draft, "GOPRIVATE", "git.example");
    }),
  },
  {
    check: "private-pattern-mismatch",
    name: "is silent for none",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, "GONOPROXY", "none")),
  },
  {
    check: "private-pattern-mismatch",
    name: "is silent where nothing is verified",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GONOPROXY", "git.example");
      setVariable(draft, "GOSUMDB", "off");
    }),
  },
  ...[
    ["GONOSUMCHECK", "GONOSUMDB"],
    ["GO_PATH", "GOPATH"],
    ["GOPROXI", "GOPROXY"],
    ["GOMODECACHE", "GOMODCACHE"],
    ["GOTOOLCHAN", "GOTOOLCHAIN"],
  ].map(
    ([name = "", intended = ""]): Vector => ({
      check: "unknown-go-var",
      name: `fires for ${name}`,
      expect: ["info"],
      snapshot: machine((draft) => setVariable(draft, name, "1")),
      mentions: [`${name} has no effect: Go's variable is ${intended}`],
    }),
  ),
  {
    check: "unknown-go-var",
    name: "is silent for Go's own, for the runtime's, and for other programs'",
    expect: [],
    snapshot: machine((draft) => {
      const names = [
        "GOAMD64",
        "GOARM",
        "GOCACHEPROG",
        "GODEBUG",
        "GOENV_ROOT",
        "GOGC",
        "GOLANGCI_LINT_CACHE",
        "GOMAXPROCS",
        "GOMEMLIMIT",
        "GOPACKAGESDRIVER",
        "GOPASS_UMASK",
        "GORACE",
        "GOTRACEBACK",
        "GOVERSION",
        "GO_ENV",
        "GO_VERSION",
      ];
      for (const name of names) setVariable(draft, name, "1");
    }),
  },
  {
    check: "unknown-go-var",
    name: "is silent for an empty one",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, "GO_PATH", "")),
  },
  {
    check: "ca-roots-missing",
    name: "fires for a machine without certificates",
    expect: ["error"],
    snapshot: machine((draft) => forgetCertificates(draft)),
    mentions: [
      "no certificate authority is installed",
      "install the system's certificates",
      "ca-certificates",
    ],
  },
  ...["file:///srv/proxy,direct", "off"].map(
    (value): Vector => ({
      check: "ca-roots-missing",
      name: `fires for ${value}, behind which Go goes to the servers of what is private`,
      expect: ["error"],
      snapshot: machine((draft) => {
        setVariable(draft, "GOPROXY", value);
        setVariable(draft, "GOPRIVATE", "git.example");
        forgetCertificates(draft);
      }),
    }),
  ),
  {
    check: "ca-roots-missing",
    name: "fires where only the first of all comes from a directory",
    expect: ["error"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOPROXY", "file:///srv/proxy,direct");
      forgetCertificates(draft);
    }),
  },
  {
    check: "ca-roots-missing",
    name: "fires where nothing sets GOPROXY",
    expect: ["error"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.20.14");
      forgetCertificates(draft);
    }),
  },
  {
    check: "ca-roots-missing",
    name: "takes back a variable that leads astray, where the usual places would do",
    expect: ["error"],
    snapshot: machine((draft) => {
      setVariable(draft, "SSL_CERT_FILE", "/gone.pem");
      forgetCertificates(draft, "/etc/ssl/certs/ca-certificates.crt");
    }),
    mentions: ["SSL_CERT_FILE leads to no certificate", "unset SSL_CERT_FILE"],
  },
  {
    check: "ca-roots-missing",
    name: "is silent where nobody has looked",
    expect: [],
    snapshot: machine((draft) => {
      draft.certificates = { searched: [] };
    }),
  },
  ...["file:///srv/proxy,off", "off"].map(
    (value): Vector => ({
      check: "ca-roots-missing",
      name: `is silent for ${value}, where no server is asked`,
      expect: [],
      snapshot: machine((draft) => {
        setVariable(draft, "GOPROXY", value);
        forgetCertificates(draft);
      }),
    }),
  ),
  {
    check: "ca-roots-missing",
    name: "is silent on macOS, where Go asks the system",
    expect: [],
    snapshot: machine((draft) => {
      draft.platform = { os: "darwin", arch: "arm64" };
      forgetCertificates(draft);
    }),
  },
  {
    check: "ca-roots-missing",
    name: "is silent where one of the places does not answer",
    expect: [],
    snapshot: machine((draft) => {
      draft.certificates = { searched: ["/etc/ssl/certs", "/net/certs"] };
      draft.unanswered = ["/net"];
    }),
  },
  {
    check: "git-missing",
    name: "fires where GOPRIVATE names modules",
    expect: ["warning"],
    snapshot: machine((draft) => {
      removeGit(draft);
      setVariable(draft, "GOPRIVATE", "git.example");
    }),
    mentions: ["GOPRIVATE is git.example", "install the package `git`"],
  },
  {
    check: "git-missing",
    name: "fires where GOPROXY begins with direct",
    expect: ["warning"],
    snapshot: machine((draft) => {
      removeGit(draft);
      writeGoEnv(draft, "GOPROXY=direct\n");
    }),
    mentions: [`${GO_ENV_FILE}:1`],
  },
  {
    check: "git-missing",
    name: "fires for what is private where GOPROXY is off for the rest",
    expect: ["warning"],
    snapshot: machine((draft) => {
      removeGit(draft);
      setVariable(draft, "GOPROXY", "off");
      setVariable(draft, "GONOPROXY", "git.example");
    }),
    mentions: ["GONOPROXY lets Go fetch"],
  },
  {
    check: "git-missing",
    name: "is silent where nothing is fetched",
    expect: [],
    snapshot: machine((draft) => {
      removeGit(draft);
      setVariable(draft, "GOPROXY", "off");
    }),
  },
  ...(["unanswered", "unreadable"] as const).map(
    (state): Vector => ({
      check: "git-missing",
      name: `is silent where a directory on PATH is ${state}`,
      expect: [],
      snapshot: machine((draft) => {
        removeGit(draft);
        putOnPath(draft, "/net/bin", [], "back", { state });
        setVariable(draft, "GOPROXY", "direct");
      }),
    }),
  ),
  {
    check: "git-missing",
    name: "is silent where a proxy is asked first",
    expect: [],
    snapshot: machine(removeGit),
  },
  {
    check: "git-missing",
    name: "is silent where private modules come from the proxy too",
    expect: [],
    snapshot: machine((draft) => {
      removeGit(draft);
      setVariable(draft, "GOPRIVATE", "git.example");
      setVariable(draft, "GONOPROXY", "none");
    }),
  },
  {
    check: "git-missing",
    name: "is silent where git is there",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, "GOPROXY", "direct")),
  },
];
