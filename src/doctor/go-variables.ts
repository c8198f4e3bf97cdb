/** The variables that the go command knows, and of those the ones that hold a path. Pure. */

/** What a newer line knows besides, nobody knows yet. */
export const NEWEST_LINE = 27;

/** As `go env -w` accepts them, by any release up to that line; from KnownEnv of https://go.dev/src/internal/cfg/cfg.go. */
const KNOWN: ReadonlySet<string> = new Set(
  (
    "AR CC CGO_CFLAGS CGO_CFLAGS_ALLOW CGO_CFLAGS_DISALLOW CGO_CPPFLAGS CGO_CPPFLAGS_ALLOW CGO_CPPFLAGS_DISALLOW " +
    "CGO_CXXFLAGS CGO_CXXFLAGS_ALLOW CGO_CXXFLAGS_DISALLOW CGO_ENABLED CGO_FFLAGS CGO_FFLAGS_ALLOW " +
    "CGO_FFLAGS_DISALLOW CGO_LDFLAGS CGO_LDFLAGS_ALLOW CGO_LDFLAGS_DISALLOW CXX FC GCCGO GO111MODULE GO386 GOAMD64 " +
    "GOARCH GOARM GOARM64 GOAUTH GOBIN GOCACHE GOCACHEPROG GOENV GOEXE GOEXPERIMENT GOFIPS140 GOFLAGS GOGCCFLAGS " +
    "GOHOSTARCH GOHOSTOS GOINSECURE GOMIPS GOMIPS64 GOMODCACHE GONOPROXY GONOSUMDB GOOS GOPATH GOPPC64 GOPRIVATE " +
    "GOPROXY GORISCV64 GOROOT GOSUMDB GOTMPDIR GOTOOLCHAIN GOTOOLDIR GOVCS GOWASM GOWORK GO_EXTLINK_ENABLED PKG_CONFIG"
  ).split(" "),
);

/** Whether the go command reads it, from the environment or from the file that `go env -w` writes. */
export function isGoVariable(name: string): boolean {
  return KNOWN.has(name);
}

/** Names that tutorials spread. */
const MISTAKEN: Readonly<Record<string, string>> = { GONOSUMCHECK: "GONOSUMDB", GONOSUM: "GONOSUMDB" };
/** Names of other programs and of build scripts, however near they come. */
const FOREIGN = new Set(["GO_ENV", "GO_FLAGS", "GO_OS", "GO_ARCH"]);

/** The variable that was meant by a name that Go does not read; undefined where it may be another program's. */
export function findIntendedVariable(name: string): string | undefined {
  if (isGoVariable(name) || FOREIGN.has(name) || !name.startsWith("GO")) return undefined;
  const plain = name.replaceAll("_", "");
  return MISTAKEN[name] ?? [...KNOWN].find((known) => known.startsWith("GO") && isOneSlipFrom(plain, known));
}

/** Equal, or one letter too many, too few, or another. */
function isOneSlipFrom(text: string, known: string): boolean {
  let start = 0;
  while (start < text.length && text[start] === known[start]) start += 1;
  const rests = [
    [text.slice(start), known.slice(start)],
    [text.slice(start + 1), known.slice(start)],
    [text.slice(start), known.slice(start + 1)],
    [text.slice(start + 1), known.slice(start + 1)],
  ];
  return rests.some(([a, b]) => a === b);
}
