/**
 * A transparency log of its own key, held in memory: appends records, signs heads of any size it has had, serves
 * lookups and tiles, and lies where a test tells it to.
 */
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type { LogStore, LogTransport, RememberedHead } from "../../src/trust/checksum-database.js";

export interface KeyPair {
  readonly name: string;
  readonly id: Buffer;
  readonly secret: KeyObject;
  /** `name+id+key`, as a client pins it. */
  readonly verifier: string;
}

/** Changes what stands at a path on its way to the client; gives back `honest` where it has nothing to change. */
type Lie = (path: string, honest: Buffer | undefined) => Buffer | undefined;

export interface TestLog {
  readonly keys: KeyPair;
  /** Paths asked for, in order. */
  readonly requests: string[];
  readonly transport: LogTransport;
  lie: Lie;
  /** Appends records and gives the number of the last. */
  append(...texts: string[]): number;
  size(): number;
  /** The signed head of the log when it had this many records. */
  signHead(size?: number, furtherLines?: string): Buffer;
  /** The answer to a lookup: a record with a head. */
  answer(id: number, head?: Buffer): Buffer;
  tile(path: string): Buffer | undefined;
}

export function generateKeys(name = "log.example"): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const bytes = Buffer.concat([
    Buffer.of(1),
    publicKey.export({ format: "der", type: "spki" }).subarray(-32),
  ]);
  const id = createHash("sha256").update(`${name}\n`).update(bytes).digest().subarray(0, 4);
  const verifier = `${name}+${id.toString("hex")}+${bytes.toString("base64")}`;
  return { name, id, secret: privateKey, verifier };
}

export function signatureLine(text: string, { name, id, secret }: KeyPair): string {
  return `— ${name} ${Buffer.concat([id, sign(null, Buffer.from(text), secret)]).toString("base64")}\n`;
}

export function signNote(text: string, ...signers: readonly KeyPair[]): Buffer {
  return Buffer.from(`${text}\n${signers.map((signer) => signatureLine(text, signer)).join("")}`);
}

/** The two lines that the log has on a module. */
export function recordOf(module: string, version: string, h1 = hashText(`${module} ${version}`)): string {
  return `${module} ${version} ${h1}\n${module} ${version}/go.mod ${hashText(module)}\n`;
}

export function hashText(text: string): string {
  return `h1:${createHash("sha256").update(text).digest("base64")}`;
}

export function createLog(keys: KeyPair = generateKeys()): TestLog {
  const records: string[] = [];
  // levels[n] lists the hashes of all complete subtrees of 2^n records.
  const levels: Buffer[][] = [];
  const log: TestLog = {
    keys,
    requests: [],
    transport: {
      async read(path) {
        log.requests.push(path);
        return log.lie(path, honestAnswer(log, records, path));
      },
    },
    lie: (_path, honest) => honest,
    append(...texts) {
      for (const text of texts) addRecord(records, levels, text);
      return records.length - 1;
    },
    size: () => records.length,
    signHead: (size = records.length, furtherLines = "") =>
      signNote(
        `go.sum database tree\n${size}\n${treeHash(levels, size).toString("base64")}\n${furtherLines}`,
        keys,
      ),
    answer: (id, head = log.signHead()) => Buffer.concat([Buffer.from(`${id}\n${records[id]}\n`), head]),
    tile: (path) => tileAt(levels, path),
  };
  return log;
}

interface MemoryStore extends LogStore {
  readonly heads: Map<string, Buffer>;
  readonly tiles: Map<string, Buffer>;
}

/** A store for tests that look at thousands of trees; those of the files use files. */
export function createMemoryStore(): MemoryStore {
  const heads = new Map<string, Buffer>();
  const tiles = new Map<string, Buffer>();
  return {
    heads,
    tiles,
    async readTreeHeads(): Promise<readonly RememberedHead[]> {
      return [...heads].map(([location, note]) => ({ location, note }));
    },
    async addTreeHead({ size, hash, note }) {
      heads.set(`${size}-${hash.toString("hex")}`, note);
    },
    async removeTreeHead({ location }) {
      heads.delete(location);
    },
    readTile: async (path) => tiles.get(path),
    async writeTile(path, bytes) {
      tiles.set(path, bytes);
    },
  };
}

function honestAnswer(log: TestLog, records: readonly string[], path: string): Buffer | undefined {
  if (path === "/latest") return log.signHead();
  const [, module, version] = /^\/lookup\/([^@]+)@(.+)$/.exec(path) ?? [];
  if (module === undefined) return log.tile(path);
  const id = records.findIndex((record) => record.startsWith(`${module} ${version} `));
  return id < 0 ? undefined : log.answer(id);
}

function addRecord(records: string[], levels: Buffer[][], text: string): void {
  records.push(text);
  let hash = hash256("\0", text);
  for (let level = 0; ; level++) {
    levels[level] ??= [];
    const row = levels[level] ?? [];
    row.push(hash);
    const left = row.at(-2);
    if (row.length % 2 === 1 || left === undefined) return;
    hash = hash256("\x01", left, hash);
  }
}

/** RFC 6962's own definition: split at the largest power of two that leaves something to the right. */
function treeHash(levels: readonly Buffer[][], end: number, start = 0): Buffer {
  const size = end - start;
  if (size === 0) return hash256();
  const level = Math.ceil(Math.log2(size));
  if (size === 2 ** level) {
    const hash = levels[level]?.[start / size];
    if (hash !== undefined) return hash;
  }
  const middle = start + 2 ** (level - 1);
  return hash256("\x01", treeHash(levels, middle, start), treeHash(levels, end, middle));
}

function tileAt(levels: readonly Buffer[][], path: string): Buffer | undefined {
  const [, level, number, width] = /^\/tile\/8\/(\d+)\/([x\d/]+?)(?:\.p\/(\d+))?$/.exec(path) ?? [];
  if (number === undefined) return undefined;
  const index = Number(number.replace(/[x/]/g, ""));
  const hashes = levels[8 * Number(level)]?.slice(index * 256, index * 256 + Number(width ?? 256)) ?? [];
  return hashes.length === Number(width ?? 256) ? Buffer.concat(hashes) : undefined;
}

function hash256(...parts: (string | Buffer)[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}
