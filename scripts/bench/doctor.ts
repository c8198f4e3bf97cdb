/** The doctor, measured: on a PATH of 40 directories with 300 tools, and 20 toolchains. */
import { copyFileSync, linkSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readPeak, reportPeak } from "./memory.js";
import { findOnPath } from "./peers.js";
import { type Candidate, timeRuns } from "./timing.js";
import { type World, writeReceipt } from "./world.js";

export interface DoctorFigures {
  /** Median milliseconds. */
  readonly whole: number;
  readonly quick: number;
  readonly node: number;
  /** Largest resident set of either, in MB. */
  readonly memory: number;
}

const DIRECTORIES = 40;
const TOOLS = 300;
const TOOLCHAINS = 20;

/** Answers that there is something wrong are answers. */
const ANY_ANSWER = '"$@"; [ $? -le 1 ]';

export function measureDoctor({ home, bare }: World, cli: string, rounds: number): DoctorFigures {
  const directory = join(home, "doctor");
  const root = join(directory, ".gvt");
  const work = join(directory, "work");
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, ".go-version"), "1.22.6\n");
  // A real Go program where there is one: what was built with which Go is read from it.
  const program = join(directory, "program");
  const go = findOnPath("go");
  copyFileSync(go === undefined ? bare : realpathSync(go), program);
  for (let patch = 0; patch < TOOLCHAINS; patch++) {
    const goroot = join(root, "versions", `1.22.${patch}`);
    mkdirSync(join(goroot, "bin"), { recursive: true });
    linkSync(program, join(goroot, "bin", "go"));
    writeReceipt(goroot);
  }
  const entries = Array.from({ length: DIRECTORIES - 2 }, (_, index) => join(directory, `bin${index}`));
  for (const entry of entries) mkdirSync(entry);
  for (let tool = 0; tool < TOOLS; tool++) {
    const entry = entries[tool % entries.length] ?? directory;
    linkSync(program, join(entry, `tool${tool}`));
  }
  const peak = join(directory, "rss");
  const env = {
    HOME: directory,
    PATH: [...entries, "/usr/bin", "/bin"].join(":"),
    SHELL: "/bin/bash",
    NODE_OPTIONS: reportPeak(peak),
  };
  const candidate = (name: string, ...words: string[]): Candidate => ({
    name,
    command: ["/bin/sh", "-c", ANY_ANSWER, "sh", process.execPath, ...words],
    cwd: work,
    env,
  });
  const times = timeRuns(
    [
      candidate("node", "-e", "0"),
      candidate("whole", cli, "doctor"),
      candidate("quick", cli, "doctor", "--quick"),
    ],
    rounds,
    2,
  );
  const of = (name: string): number => times.get(name) ?? Number.NaN;
  return { whole: of("whole"), quick: of("quick"), node: of("node"), memory: readPeak(peak) };
}
