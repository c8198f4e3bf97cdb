/** The names that GOEXPERIMENT takes, by line of Go. Pure. */

interface Lines {
  readonly since?: number;
  readonly until?: number;
}

const OLDEST_LINE = 17;
const NEWEST_LINE = 27;

/** As one release of each line, 1.17 to 1.27, takes them; they come from https://go.dev/src/internal/goexperiment/flags.go. */
const EXPERIMENTS: Readonly<Record<string, Lines>> = {
  aliastypeparams: { since: 23, until: 25 },
  allocheaders: { since: 22, until: 22 },
  arenas: { since: 20 },
  boringcrypto: { since: 19 },
  cacheprog: { since: 21, until: 25 },
  cgocheck2: { since: 21 },
  coverageredesign: { since: 20, until: 24 },
  dwarf5: { since: 25 },
  exectracer2: { since: 22, until: 22 },
  fieldtrack: {},
  goroutineleakprofile: { since: 26, until: 26 },
  greenteagc: { since: 25 },
  heapminimum512kib: { since: 18 },
  jsonv2: { since: 25 },
  loopvar: { since: 21 },
  mapsplitgroup: { since: 27 },
  newinliner: { since: 22 },
  pacerredesign: { since: 18, until: 18 },
  pagetrace: { since: 20, until: 22 },
  preemptibleloops: {},
  randomizedheapbase64: { since: 26 },
  range: { since: 22, until: 22 },
  rangefunc: { since: 22, until: 25 },
  regabi: {},
  regabiargs: {},
  regabidefer: { until: 17 },
  regabig: { until: 17 },
  regabireflect: { until: 18 },
  regabiwrappers: {},
  runtimefreegc: { since: 26 },
  runtimesecret: { since: 26 },
  simd: { since: 26 },
  sizespecializedmalloc: { since: 26 },
  spinbitmutex: { since: 24, until: 24 },
  staticlockranking: {},
  swissmap: { since: 24, until: 25 },
  synchashtriemap: { since: 24, until: 25 },
  synctest: { since: 24, until: 25 },
  unified: { since: 18, until: 20 },
};

/**
 * The first word that the go command of this line does not know, as it names it: without the `no` that switches one
 * off. Undefined where it takes them all, and of lines that nobody has asked.
 */
export function findUnknownExperiment(text: string, minor: number): string | undefined {
  if (minor < OLDEST_LINE || minor > NEWEST_LINE) return undefined;
  return text
    .split(",")
    .filter((word) => word !== "" && word !== "none")
    .map((word) => (word.startsWith("no") ? word.slice(2) : word))
    .find((name) => {
      if (!Object.hasOwn(EXPERIMENTS, name)) return true;
      const { since = OLDEST_LINE, until = NEWEST_LINE } = EXPERIMENTS[name] ?? {};
      return minor < since || minor > until;
    });
}
