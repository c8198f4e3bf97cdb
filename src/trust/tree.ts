/**
 * The shape of a transparency log's Merkle tree (RFC 6962, https://research.swtch.com/tlog) and of the tiles it is
 * published in. Pure arithmetic; sizes up to 2^53 are exact, so no bit operations.
 *
 * A *node* is the root of a perfect subtree: node (level, index) covers records [index · 2^level, (index+1) · 2^level).
 * A *tile* (level, index) lists the nodes of level 8 · level from index · 256 on: 256 of them, or at the right edge of
 * the tree as many as there are.
 */
import { createHash } from "node:crypto";

export interface Node {
  readonly level: number;
  readonly index: number;
}

export interface Tile {
  readonly level: number;
  readonly index: number;
  /** How many nodes it lists: 1 to 256. */
  readonly width: number;
}

export const HASH_BYTES = 32;
const TILE_HEIGHT = 8;
export const TILE_WIDTH = 256;

export function recordHash(text: Uint8Array): Buffer {
  return createHash("sha256").update("\0").update(text).digest();
}

function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash("sha256").update("\x01").update(left).update(right).digest();
}

/** The perfect subtrees that make up a tree of this size, from left to right; each is smaller than the one before. */
export function peaksOf(size: number): readonly Node[] {
  const peaks: Node[] = [];
  for (let level = 0, index = size; index > 0; level++, index = Math.floor(index / 2)) {
    if (index % 2 === 1) peaks.unshift({ level, index: index - 1 });
  }
  return peaks;
}

/** The tree hash, from the hashes of its peaks; that of no records is the hash of nothing. */
export function rootHash(peaks: readonly Buffer[]): Buffer {
  if (peaks.length === 0) return createHash("sha256").digest();
  return peaks.reduceRight((right, left) => nodeHash(left, right));
}

/** The tile that a node's hash can be read from, in a tree of this size that has the node. */
export function tileOf(node: Node, size: number): Tile {
  const level = Math.floor(node.level / TILE_HEIGHT);
  const firstLeaf = node.index * 2 ** (node.level % TILE_HEIGHT);
  return tileAt(level, Math.floor(firstLeaf / TILE_WIDTH), size);
}

/** The tile that lists the root of a full tile. */
export function parentTile(tile: Tile, size: number): Tile {
  return tileAt(tile.level + 1, Math.floor(tile.index / TILE_WIDTH), size);
}

export function isFull(tile: Tile): boolean {
  return tile.width === TILE_WIDTH;
}

/** The node that a full tile hangs from. */
export function rootOf(tile: Tile): Node {
  return { level: (tile.level + 1) * TILE_HEIGHT, index: tile.index };
}

/**
 * The tiles at the right edge of the tree. Written to the base of 256, the size has one for each of its digits that is
 * not 0, as wide as the digit says; together they list what lies under the peaks, and nothing else.
 */
export function edgeTiles(size: number): readonly Tile[] {
  const tiles: Tile[] = [];
  for (let level = 0, nodes = size; nodes > 0; level++, nodes = Math.floor(nodes / TILE_WIDTH)) {
    if (nodes % TILE_WIDTH > 0) tiles.push(tileAt(level, Math.floor(nodes / TILE_WIDTH), size));
  }
  return tiles;
}

/** The hash of a node that lies in a tile, from the tile's bytes. */
export function hashInTile(node: Node, bytes: Buffer): Buffer {
  const leaves = 2 ** (node.level % TILE_HEIGHT);
  const start = ((node.index * leaves) % TILE_WIDTH) * HASH_BYTES;
  return foldPerfect(bytes.subarray(start, start + leaves * HASH_BYTES));
}

/** The hash of the perfect subtree over these hashes; their number is a power of two. */
export function foldPerfect(hashes: Buffer): Buffer {
  if (hashes.length <= HASH_BYTES) return hashes;
  const middle = hashes.length / 2;
  return nodeHash(foldPerfect(hashes.subarray(0, middle)), foldPerfect(hashes.subarray(middle)));
}

/** Where a tile is published: `/tile/8/0/x001/x234/067.p/17`. */
export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index).padStart(3, "0");
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/\d{3}/g) ?? [];
  const number = groups.map((group, place) => (place < groups.length - 1 ? `x${group}` : group)).join("/");
  return `/tile/${TILE_HEIGHT}/${level}/${number}${width < TILE_WIDTH ? `.p/${width}` : ""}`;
}

function tileAt(level: number, index: number, size: number): Tile {
  const nodes = Math.floor(size / TILE_WIDTH ** level);
  return { level, index, width: Math.min(TILE_WIDTH, nodes - index * TILE_WIDTH) };
}
