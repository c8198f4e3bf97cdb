/** GOFLAGS as the go command reads it, and the flags that each line of Go knows. Pure. */

/** Flags of any go command, as `GOFLAGS=-name go version` accepts them, by the line that first did; 0 is 1.17 or before. */
const KNOWN: Readonly<Record<number, string>> = {
  0:
    "a asmflags bench benchmem benchtime blockprofile blockprofilerate buildmode c cache compat compiled compiler count " +
    "cover covermode coverpkg coverprofile cpu cpuprofile d deps dropexclude dropreplace droprequire dropretract e " +
    "exclude exec export f failfast find fix fmt gccgoflags gcflags go i insecure installsuffix json ldflags linkshared " +
    "list m memprofile memprofilerate mod modcache modcacherw modfile module msan mutexprofile mutexprofilefraction n o " +
    "outputdir overlay p parallel pkgdir print r race replace require retract retracted run short shuffle t tags test " +
    "test.blockprofile test.blockprofilerate test.count test.coverprofile test.cpu test.cpuprofile test.failfast " +
    "test.list test.memprofile test.memprofilerate test.mutexprofile test.mutexprofilefraction test.outputdir " +
    "test.parallel test.run test.short test.shuffle test.timeout test.trace test.v testcache timeout toolexec trace " +
    "trimpath u v vendor versions vet vettool w work x",
  18: "asan buildvcs dropuse fuzz fuzzcache fuzzminimizetime fuzztime use",
  19: "reuse",
  20: "C pgo skip test.skip",
  21: "fullpath test.fullpath toolchain",
  23: "changed diff dropgodebug godebug",
  24: "droptool tool",
  25: "dropignore ignore",
  26: "artifacts test.artifacts",
};
const SINCE: ReadonlyMap<string, number> = new Map(
  Object.entries(KNOWN).flatMap(([minor, names]) =>
    names.split(" ").map((name) => [name, Number(minor)] as const),
  ),
);
/** Of a newer line nobody knows yet what it knows. */
const NEWEST_LINE = 27;

/** The only flag whose value every build and every list looks at. */
const MOD_VALUES = /=(?:mod|readonly|vendor)?$/;

/** What the go command of this line says of GOFLAGS; undefined where it accepts it. */
export function findFlagsFault(text: string, minor: number): string | undefined {
  const words = splitQuoted(text);
  if (!words) return "unterminated quoted string";
  for (const word of words) {
    if (!/^--?[^-=]/.test(word)) return `non-flag "${word}"`;
    const name = word.replace(/^--?/, "").replace(/=.*$/s, "");
    const since = SINCE.get(name);
    const unknown = since === undefined ? minor <= NEWEST_LINE : since > minor;
    if (unknown) return `unknown flag -${name}`;
    if (name === "mod" && !MOD_VALUES.test(word)) return `${word} is not supported`;
  }
  return undefined;
}

/** Words as Go splits them: a word that begins with a quote ends with it; nothing is escaped. Undefined without an end. */
export function splitQuoted(text: string): string[] | undefined {
  const words: string[] = [];
  let rest = text.replace(/^[ \t\r\n]+/, "");
  while (rest !== "") {
    const quote = rest[0];
    const isQuoted = quote === "'" || quote === '"';
    const end = isQuoted ? rest.indexOf(quote, 1) : rest.search(/[ \t\r\n]/);
    if (isQuoted && end < 0) return undefined;
    words.push(isQuoted ? rest.slice(1, end) : end < 0 ? rest : rest.slice(0, end));
    rest = end < 0 ? "" : rest.slice(isQuoted ? end + 1 : end).replace(/^[ \t\r\n]+/, "");
  }
  return words;
}
