/**
 * The client of Go's checksum database (https://go.dev/design/25530-sumdb): what the log records of a module, believed
 * only with a tree head signed under the pinned key, a proof that the record is in that tree, and a tree that has only
 * grown since the one remembered.
 */
import { GvtError } from "../errors.js";
import { escapeText } from "../go/escape.js";
import { decodeBase64, isPlainText, parseVerifierKey, type VerifierKey } from "./note.js";
import { readHashes, type TileSource } from "./tiles.js";
import { HASH_BYTES, type Node, peaksOf, recordHash, rootHash } from "./tree.js";
import { findSize, formatTreeHead, openTreeHead, type TreeHead } from "./tree-head.js";

/** The log's own key. Nothing in a user's environment can put another in its place. */
const SUM_GOLANG_ORG = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";

/** A record is two lines and a signed head some more; nothing near this is honest. */
const MAX_ANSWER_BYTES = 1 << 18;
const LINE_BREAK = 0x0a;

/** How the log is asked: directly, through a module proxy, or from a mirror's folder. */
export interface LogTransport {
  /**
   * What stands at a path of the log: `/lookup/golang.org/toolchain@v0.0.1-go1.22.6.linux-amd64`, `/latest`,
   * `/tile/8/0/x001/234.p/17`. Undefined for 404 and 410; throws where no answer is to be had.
   */
  read(path: string): Promise<Buffer | undefined>;
}

/** A signed tree head as it was remembered, and where, for errors. */
export interface RememberedHead {
  readonly note: Buffer;
  readonly location: string;
}

/** What outlives a run. Nothing in it is believed unseen: heads are verified again, tiles are only a cache. */
export interface LogStore {
  /** More than one only while several writers overlap. */
  readTreeHeads(): Promise<readonly RememberedHead[]>;
  /** Adds a head beside those that are there, never in place of one. */
  addTreeHead(head: TreeHead): Promise<void>;
  removeTreeHead(head: RememberedHead): Promise<void>;
  readTile(path: string): Promise<Buffer | undefined>;
  writeTile(path: string, bytes: Buffer): Promise<void>;
}

export interface Log {
  readonly transport: LogTransport;
  readonly store: LogStore;
  /** `name+id+key` of the log; for a log that is not sum.golang.org, as tests build them. */
  readonly key?: string;
}

/** What the log has on one version of a module, proven. */
export interface LogRecord {
  readonly id: number;
  readonly module: string;
  readonly version: string;
  /** Hash of the module's files, `h1:` and base64. */
  readonly h1: string;
  /** Records in the tree that the proof leads up to. */
  readonly treeSize: number;
}

/**
 * Looks one version of a module up. Undefined where the log has no record of it. Throws `UNVERIFIED` where an answer
 * cannot be trusted, `LOG_FORK` where the log contradicts what it signed before, `SOURCE_BAD_ANSWER` where it serves no
 * whole proof, and what the transport throws.
 */
export async function findLogRecord(
  log: Log,
  module: string,
  version: string,
): Promise<LogRecord | undefined> {
  const key = parseVerifierKey(log.key ?? SUM_GOLANG_ORG);
  const answer = await log.transport.read(`/lookup/${escapePath(module)}@${escapePath(version)}`);
  if (answer === undefined) return undefined;
  const { id, text, note } = parseAnswer(answer);
  const tiles = tileSource(log);
  const head = await followTree(log.store, tiles, key, openTreeHead(note, key));
  await verifyInclusion(head, id, text, tiles);
  return { id, ...readRecord(text.toString("utf8"), module, version), treeSize: head.size };
}

/** Go's escaping of module paths for file systems that ignore case: `A` is `!a`. */
function escapePath(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
}

interface Answer {
  readonly id: number;
  readonly text: Buffer;
  readonly note: Buffer;
}

/** An answer is `<id>\n`, the record's lines, a blank line, and a signed tree head. */
function parseAnswer(answer: Buffer): Answer {
  if (answer.length > MAX_ANSWER_BYTES) throw badAnswer(`it is larger than ${MAX_ANSWER_BYTES} bytes`);
  const start = answer.indexOf("\n") + 1;
  const id = start === 0 ? undefined : findSize(answer.toString("utf8", 0, start - 1));
  if (id === undefined) throw badAnswer("it does not begin with a record's number");
  const end = answer.indexOf("\n\n", start);
  if (end < 0 || answer[start] === LINE_BREAK) throw badAnswer("it has no record");
  const text = answer.subarray(start, end + 1);
  if (!isPlainText(text)) throw badAnswer("its record is not plain UTF-8 text");
  return { id, text, note: answer.subarray(end + 2) };
}

/**
 * The newest tree head known, once this one is proven to be on the same timeline. Loops because another process may
 * remember a newer head at any moment; each turn, what is remembered is what was seen to be consistent.
 */
async function followTree(
  store: LogStore,
  tiles: TileSource,
  key: VerifierKey,
  signed: TreeHead,
): Promise<TreeHead> {
  let newest = signed;
  for (;;) {
    const remembered = (await store.readTreeHeads()).map((one) => ({ one, head: openRemembered(one, key) }));
    for (const { head } of remembered) {
      const [older, newer] = head.size <= newest.size ? [head, newest] : [newest, head];
      await verifyGrowth(older, newer, tiles);
      newest = newer;
    }
    const superseded = remembered.filter(({ head }) => head.size < newest.size);
    if (superseded.length < remembered.length) {
      await Promise.all(superseded.map(({ one }) => store.removeTreeHead(one)));
      return newest;
    }
    await store.addTreeHead(newest);
  }
}

function openRemembered({ note, location }: RememberedHead, key: VerifierKey): TreeHead {
  try {
    return openTreeHead(note, key);
  } catch (cause) {
    throw badMemory(location, cause);
  }
}

/** Throws `LOG_FORK` unless the newer tree begins with the older one. */
async function verifyGrowth(older: TreeHead, newer: TreeHead, tiles: TileSource): Promise<void> {
  if (older.size === newer.size) {
    if (!older.hash.equals(newer.hash)) throw fork(older, newer);
    return;
  }
  const peaks = await readHashes(newer, peaksOf(older.size), tiles);
  if (!rootHash(peaks).equals(older.hash)) throw fork(older, newer);
}

async function verifyInclusion(head: TreeHead, id: number, text: Buffer, tiles: TileSource): Promise<void> {
  if (id >= head.size) throw badAnswer(`it is about record ${id} of a tree of ${head.size}`);
  const leaf: Node = { level: 0, index: id };
  const [hash] = await readHashes(head, [leaf], tiles);
  if (!hash?.equals(recordHash(text))) throw badAnswer(`record ${id} in the log is another`);
}

/**
 * Only the record's own text counts: what surrounds it in an answer, the tree note's further lines included, is not
 * what the proof is about.
 */
function readRecord(text: string, module: string, version: string): Omit<LogRecord, "id" | "treeSize"> {
  const lines = text.split("\n");
  const h1 = findHash(lines, module, version);
  if (h1 === undefined) throw badAnswer(`its record has no checksum of ${module}@${version}`, lines[0]);
  return { module, version, h1 };
}

function findHash(lines: readonly string[], module: string, version: string): string | undefined {
  const prefix = `${module} ${version} h1:`;
  const hashes = new Set(
    lines.filter((line) => line.startsWith(prefix)).map((line) => line.slice(prefix.length)),
  );
  if (hashes.size > 1) throw badAnswer(`its record has several checksums of ${module}@${version}`);
  const [hash] = hashes;
  if (hash === undefined) return undefined;
  if (decodeBase64(hash)?.length !== HASH_BYTES)
    throw badAnswer(`the checksum of ${module}@${version} is malformed`);
  return `h1:${hash}`;
}

function tileSource({ transport, store }: Log): TileSource {
  return {
    fetchTile: (path) => transport.read(path),
    readTile: (path) => store.readTile(path),
    writeTile: (path, bytes) => store.writeTile(path, bytes),
  };
}

function badAnswer(reason: string, line?: string): GvtError {
  return new GvtError("UNVERIFIED", `the checksum database's answer cannot be trusted: ${reason}`, {
    ...(line !== undefined && { facts: { record: escapeText(line) } }),
    hint: "whatever stands between gvt and the log may have altered its answers",
  });
}

function badMemory(location: string, cause: unknown): GvtError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new GvtError("UNVERIFIED", `the remembered tree head in \`${location}\` is damaged`, {
    facts: { reason },
    hint: `it shows that the log has only grown; without it gvt starts anew: \`mv '${location}' /tmp/\``,
    cause,
  });
}

function fork(older: TreeHead, newer: TreeHead): GvtError {
  return new GvtError("LOG_FORK", "the checksum database contradicts a tree head that it has signed before", {
    facts: { older: formatTreeHead(older), newer: formatTreeHead(newer) },
    hint: "keep both: the two signed heads prove that the log shows different people different records",
  });
}
