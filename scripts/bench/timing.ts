/** Measuring: the same number of runs of each candidate in turn, so that a change of the machine's speed meets all. */
import { spawnSync } from "node:child_process";

export interface Candidate {
  readonly name: string;
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Runs the command behind it COUNT times, one after the other, in a shell that adds the same fork to each. */
const LOOP =
  'i=0; while [ "$i" -lt "$COUNT" ]; do "$@" >/dev/null 2>&1 </dev/null || exit 9; i=$((i+1)); done';

/** Median milliseconds of one run of each candidate. */
export function timeRuns(
  candidates: readonly Candidate[],
  rounds: number,
  runs: number,
): Map<string, number> {
  const samples = new Map<string, number[]>(candidates.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const candidate of candidates) {
      const milliseconds = timeOnce(["/bin/sh", "-c", LOOP, "sh", ...candidate.command], candidate, runs);
      if (round > 0) samples.get(candidate.name)?.push(milliseconds / runs); // round 0 warms up
    }
  }
  return new Map([...samples].map(([name, values]) => [name, median(values)]));
}

/** Milliseconds of one command; throws where it fails, so that no failure is taken for speed. */
export function timeOnce(
  command: readonly string[],
  { cwd, env, name }: Omit<Candidate, "command">,
  count = 1,
): number {
  const [program = "", ...args] = command;
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(program, args, {
    cwd,
    env: { ...env, COUNT: String(count) },
    encoding: "utf8",
  });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`${name} failed: ${command.join(" ")}\n${stderr}`);
  return milliseconds;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
