/** Signed tree heads: what a log says it holds at one moment, by number of records and hash. */
import { GvtError } from "../errors.js";
import { decodeBase64, openNote, type VerifierKey } from "./note.js";
import { HASH_BYTES } from "./tree.js";

export interface TreeHead {
  /** Number of records. */
  readonly size: number;
  readonly hash: Buffer;
  /** The signed note, byte for byte. */
  readonly note: Buffer;
}

/** An honest note has some 200 characters. */
const MAX_SHOWN = 4096;
const TITLE = "go.sum database tree";

/** Reads a note that the key has signed; throws `UNVERIFIED` for any other. */
export function openTreeHead(note: Buffer, key: VerifierKey): TreeHead {
  // Further lines are room for later additions to the format, and say nothing today.
  const [title, size, hash, ...rest] = openNote(note, key).toString("utf8").split("\n");
  if (title !== TITLE || rest.length === 0) throw badTreeHead("it is no tree head");
  const records = findSize(size ?? "");
  if (records === undefined) throw badTreeHead("its size is no number that gvt can count to");
  const bytes = decodeBase64(hash ?? "");
  if (bytes?.length !== HASH_BYTES) throw badTreeHead("its hash is malformed");
  return { size: records, hash: bytes, note };
}

/** A number of records as the log writes it: decimal, without sign or leading zeros, and exact in JavaScript. */
export function findSize(text: string): number | undefined {
  if (!/^(?:0|[1-9]\d{0,15})$/.test(text)) return undefined;
  const size = Number(text);
  return Number.isSafeInteger(size) ? size : undefined;
}

/** The signed note as one line, so that whoever is shown it can prove what the log has signed. */
export function formatTreeHead({ note }: TreeHead): string {
  const line = note.toString("utf8").trimEnd().replace(/\n+/g, " | ");
  return line.slice(0, MAX_SHOWN).replace(/[^\x20-\x7e\u2014]/gu, "?");
}

function badTreeHead(reason: string): GvtError {
  return new GvtError("UNVERIFIED", `the log's tree head cannot be trusted: ${reason}`);
}
