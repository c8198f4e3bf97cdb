/**
 * Signed notes, the envelope of a log's tree heads (https://pkg.go.dev/golang.org/x/mod/sumdb/note): a text, a blank
 * line, and signatures of the text, one a line. Read strictly; nothing is taken from a note before it is verified.
 */
import { isUtf8 } from "node:buffer";
import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import { GvtError } from "../errors.js";
import { escapeText } from "../go/escape.js";

/** Who signs, and the key to check it with. */
export interface VerifierKey {
  readonly name: string;
  /** The first four bytes of a hash of name and key, in hex: `033de0ae`. */
  readonly id: string;
  readonly key: KeyObject;
}

const ED25519 = 1;
/** The fixed head of an Ed25519 public key in DER (RFC 8410); the 32 bytes of the key follow. */
const ED25519_DER = Buffer.from("302a300506032b6570032100", "hex");
const MAX_NOTE_BYTES = 1_000_000;
const MAX_SIGNATURES = 100;
const SIGNATURE_PREFIX = "\u2014 ";

/** Reads `name+id+base64(algorithm, key)`, the form in which the key of a log is published. */
export function parseVerifierKey(text: string): VerifierKey {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(text) ?? [];
  const bytes = encoded === undefined ? undefined : decodeBase64(encoded);
  if (name === undefined || id === undefined || bytes === undefined) throw badKey(text, "it is malformed");
  if (bytes[0] !== ED25519 || bytes.length !== 33) throw badKey(text, "it is no Ed25519 key");
  const digest = createHash("sha256").update(`${name}\n`).update(bytes).digest("hex");
  if (!digest.startsWith(id)) throw badKey(text, "its id is that of another key");
  const der = Buffer.concat([ED25519_DER, bytes.subarray(1)]);
  return { name, id, key: createPublicKey({ key: der, format: "der", type: "spki" }) };
}

/**
 * The text of a note that the key has signed, its last line break included. Throws `UNVERIFIED` for a malformed note, a
 * signature of this key that does not verify, and a note that this key has not signed.
 */
export function openNote(note: Buffer, key: VerifierKey): Buffer {
  if (note.length > MAX_NOTE_BYTES) throw badNote(`it is larger than ${MAX_NOTE_BYTES} bytes`);
  if (!isPlainText(note)) throw badNote("it is not plain UTF-8 text");
  const split = note.lastIndexOf("\n\n");
  if (split < 0) throw badNote("it has no signatures");
  const text = note.subarray(0, split + 1);
  const block = note.toString("utf8", split + 2);
  if (!block.endsWith("\n")) throw badNote("its last signature has no end");
  const lines = block.slice(0, -1).split("\n");
  if (lines.length > MAX_SIGNATURES) throw badNote(`it has more than ${MAX_SIGNATURES} signatures`);
  const own = lines.map(parseSignature).filter(({ name, id }) => name === key.name && id === key.id);
  const first = own[0];
  if (first === undefined) throw badNote(`it is not signed by ${key.name}+${key.id}`);
  if (!verify(null, text, key.key, first.signature)) throw badNote(`the signature of ${key.name} is wrong`);
  return text;
}

/** UTF-8 without control characters but line breaks. */
export function isPlainText(bytes: Buffer): boolean {
  return isUtf8(bytes) && bytes.every((byte) => byte >= 0x20 || byte === 0x0a);
}

/** Standard base64, padded, canonical; Buffer.from alone would drop what it does not know. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : undefined;
}

interface Signature {
  readonly name: string;
  readonly id: string;
  readonly signature: Buffer;
}

function parseSignature(line: string): Signature {
  const [, name, encoded] = /^([^+\s]+) (\S+)$/u.exec(line.slice(SIGNATURE_PREFIX.length)) ?? [];
  const bytes = encoded === undefined ? undefined : decodeBase64(encoded);
  if (!line.startsWith(SIGNATURE_PREFIX) || name === undefined || bytes === undefined || bytes.length < 5) {
    throw badNote(`it has a malformed signature: ${escapeText(line)}`);
  }
  return { name, id: bytes.toString("hex", 0, 4), signature: bytes.subarray(4) };
}

function badKey(text: string, reason: string): GvtError {
  return new GvtError("UNVERIFIED", `cannot use \`${escapeText(text)}\` as the key of a log: ${reason}`);
}

function badNote(reason: string): GvtError {
  return new GvtError("UNVERIFIED", `the log's signed note cannot be trusted: ${reason}`);
}
