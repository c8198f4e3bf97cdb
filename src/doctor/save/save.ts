/** Snapshots in files: written whole, without secrets, for their owner's eyes; read back as if anybody had made them. */
import { GvtError } from "../../errors.js";
import { escapePath, escapeText } from "../../go/escape.js";
import { describeFailedRead, readBounded, writeAtomically } from "../../io/files.js";
import { formatJson } from "../json.js";
import { ShapeError } from "../shape.js";
import { SNAPSHOT_SCHEMA, type Snapshot } from "../snapshot.js";
import { redact } from "./redact.js";
import { SNAPSHOT } from "./snapshot-shape.js";

/** Forty entries of PATH, 300 tools and 20 toolchains take half a megabyte. */
const MAX_BYTES = 16 << 20;

/** Indented: people should see what they send away. */
export function formatSnapshot(snapshot: Snapshot): string {
  return `${formatJson(redact(snapshot), 2)}\n`;
}

/** Replaces an earlier snapshot, and nothing else. Throws `USAGE`. */
export async function saveSnapshot(path: string, snapshot: Snapshot): Promise<void> {
  const there = await readBounded(path, MAX_BYTES);
  if (there.kind !== "absent" && !(there.kind === "text" && isSnapshot(there.bytes))) throw inTheWay(path);
  await writeAtomically(path, formatSnapshot(snapshot), 0o600);
}

/** Throws `USAGE` for whatever is no snapshot that this gvt can read. */
export async function readSnapshot(path: string): Promise<Snapshot> {
  const file = await readBounded(path, MAX_BYTES);
  if (file.kind !== "text") throw noSnapshot(path, describeFailedRead(file));
  return parseSnapshot(file.bytes.toString("utf8"), path);
}

function parseSnapshot(text: string, path: string): Snapshot {
  const value = parseJson(text, path);
  const schema = schemaOf(value);
  if (schema === undefined) throw noSnapshot(path, "it states no schema");
  if (schema !== SNAPSHOT_SCHEMA) throw otherSchema(path, schema);
  try {
    return SNAPSHOT.read(value, "");
  } catch (cause) {
    if (!(cause instanceof ShapeError)) throw cause;
    throw noSnapshot(path, cause.message, cause);
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw noSnapshot(path, "it is not JSON", cause);
  }
}

function isSnapshot(bytes: Buffer): boolean {
  try {
    return schemaOf(JSON.parse(bytes.toString("utf8"))) !== undefined;
  } catch {
    return false; // no JSON, hence somebody's own file
  }
}

/** What a snapshot of any schema has. */
function schemaOf(value: unknown): number | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { schema, taken, startupFiles } = value as Record<string, unknown>;
  return typeof schema === "number" && typeof taken === "string" && Array.isArray(startupFiles)
    ? schema
    : undefined;
}

function noSnapshot(path: string, reason: string, cause?: unknown): GvtError {
  return new GvtError(
    "USAGE",
    `\`${escapePath(path)}\` is no snapshot of the doctor's: ${escapePath(reason)}`,
    {
      hint: "`gvt doctor --save FILE` makes one",
      cause,
    },
  );
}

function otherSchema(path: string, schema: number): GvtError {
  return new GvtError(
    "USAGE",
    `\`${escapePath(path)}\` has schema ${escapeText(String(schema))}, and this gvt reads schema ${SNAPSHOT_SCHEMA}`,
    { hint: "replay it with the gvt that it names as `gvt`, or a newer one" },
  );
}

function inTheWay(path: string): GvtError {
  return new GvtError("USAGE", `\`${escapePath(path)}\` is there, and is no snapshot of the doctor's`, {
    hint: "name another file: `--save` replaces an earlier snapshot only",
  });
}
