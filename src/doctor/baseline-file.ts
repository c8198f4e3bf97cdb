/** Baselines on disk: whoever wrote the file, it is read in bounds, and nothing but a baseline is ever written over. */
import { GvtError } from "../errors.js";
import { escapePath } from "../go/escape.js";
import { describeFailedRead, type FailedRead, readBounded, writeAtomically } from "../io/files.js";
import { type Baseline, formatBaseline, parseBaseline } from "./baseline.js";

const MAX_BYTES = 4 << 20;

/** Throws `BAD_CONFIG` where there is none, or none that can be read. */
export async function readBaseline(path: string): Promise<Baseline> {
  const file = await readBounded(path, MAX_BYTES);
  if (file.kind !== "text") throw unreadable(path, file);
  return parseBaseline(file.bytes.toString("utf8"), path);
}

/** Undefined where nothing of that name is there. Throws `BAD_CONFIG` where something else is. */
export async function findBaseline(path: string): Promise<Baseline | undefined> {
  const file = await readBounded(path, MAX_BYTES);
  return file.kind === "absent" ? undefined : readBaseline(path);
}

/** Throws `BAD_CONFIG` where something else of that name is there. */
export async function writeBaseline(path: string, baseline: Baseline): Promise<void> {
  await findBaseline(path);
  await writeAtomically(path, formatBaseline(baseline));
}

function unreadable(path: string, file: FailedRead): GvtError {
  const reason = describeFailedRead(file);
  return new GvtError("BAD_CONFIG", `cannot read the baseline \`${escapePath(path)}\`: ${reason}`, {
    hint: "`gvt doctor --write-baseline FILE` writes one",
  });
}
