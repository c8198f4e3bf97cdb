/** Reads hashes of a log's tree out of its tiles, and believes no tile that does not lead up to the signed tree hash. */
import { GvtError } from "../errors.js";
import {
  edgeTiles,
  foldPerfect,
  HASH_BYTES,
  hashInTile,
  isFull,
  type Node,
  parentTile,
  peaksOf,
  rootHash,
  rootOf,
  TILE_WIDTH,
  type Tile,
  tileOf,
  tilePath,
} from "./tree.js";
import type { TreeHead } from "./tree-head.js";

/** Where tiles come from: the log itself, and a cache of tiles that were verified once. */
export interface TileSource {
  /** Undefined where the log has no such tile. */
  fetchTile(path: string): Promise<Buffer | undefined>;
  readTile(path: string): Promise<Buffer | undefined>;
  writeTile(path: string, bytes: Buffer): Promise<void>;
}

/** Tiles by their path; parents and children are found through `tilePath`. */
interface ReadTile {
  readonly tile: Tile;
  readonly bytes: Buffer;
  readonly cached: boolean;
}
type TileSet = ReadonlyMap<string, ReadTile>;

/**
 * The hashes of some nodes of the tree, each proven to be in it:
 *
 * 1. plan: the tiles of the right edge, and for each node its tile with all that stand above it;
 * 2. read them, each exactly as long as it is wide;
 * 3. the edge must give the signed tree hash, and every other tile the hash that its parent lists for it;
 * 4. only then keep them and take the hashes out.
 */
export async function readHashes(
  head: TreeHead,
  nodes: readonly Node[],
  source: TileSource,
): Promise<Buffer[]> {
  const plan = planTiles(head.size, nodes);
  let tiles = await readTiles(plan, source, "cache-first");
  let fault = findFault(head, tiles);
  if (fault !== undefined && [...tiles.values()].some(({ cached }) => cached)) {
    // A cache may rot; what the log itself says now decides.
    tiles = await readTiles(plan, source, "log-only");
    fault = findFault(head, tiles);
  }
  if (fault !== undefined) throw badTile(fault, head);
  await keep(tiles, source);
  return nodes.map((node) => hashInTile(node, bytesOf(tiles, tileOf(node, head.size))));
}

function planTiles(size: number, nodes: readonly Node[]): readonly Tile[] {
  const plan = new Map<string, Tile>();
  for (const tile of edgeTiles(size)) plan.set(tilePath(tile), tile);
  for (const node of nodes) {
    let tile = tileOf(node, size);
    while (!plan.has(tilePath(tile))) {
      plan.set(tilePath(tile), tile);
      tile = parentTile(tile, size);
    }
  }
  return [...plan.values()];
}

type Origin = "cache-first" | "log-only";

async function readTiles(plan: readonly Tile[], source: TileSource, origin: Origin): Promise<TileSet> {
  const read = await Promise.all(plan.map((tile) => readTile(tile, source, origin)));
  return new Map(read.map((one) => [tilePath(one.tile), one]));
}

/** A partial tile may be gone once its full one is published; then its bytes are the first of that. */
async function readTile(tile: Tile, source: TileSource, origin: Origin): Promise<ReadTile> {
  const length = tile.width * HASH_BYTES;
  const full = { ...tile, width: TILE_WIDTH };
  const candidates = isFull(tile) ? [tile] : [tile, full];
  if (origin === "cache-first") {
    for (const candidate of candidates) {
      const bytes = await source.readTile(tilePath(candidate));
      if (bytes?.length === candidate.width * HASH_BYTES) {
        return { tile, bytes: bytes.subarray(0, length), cached: true };
      }
    }
  }
  for (const candidate of candidates) {
    const bytes = await source.fetchTile(tilePath(candidate));
    if (bytes === undefined) continue;
    if (bytes.length !== candidate.width * HASH_BYTES) throw wrongLength(candidate, bytes.length);
    return { tile, bytes: bytes.subarray(0, length), cached: false };
  }
  throw missingTile(tile);
}

/** What of these tiles does not lead up to the tree head. Every tile is looked at: none is believed for its place. */
function findFault(head: TreeHead, tiles: TileSet): string | undefined {
  const peaks = peaksOf(head.size).map((peak) => hashInTile(peak, bytesOf(tiles, tileOf(peak, head.size))));
  if (!rootHash(peaks).equals(head.hash)) return "the tiles at the edge of the tree do not give its hash";
  for (const { tile, bytes } of tiles.values()) {
    // A partial tile is one of the edge, whose every hash went into the tree hash.
    if (!isFull(tile)) continue;
    const listed = hashInTile(rootOf(tile), bytesOf(tiles, parentTile(tile, head.size)));
    if (!listed.equals(foldPerfect(bytes)))
      return `\`${tilePath(tile)}\` is not the tile that its parent lists`;
  }
  return undefined;
}

function bytesOf(tiles: TileSet, tile: Tile): Buffer {
  const found = tiles.get(tilePath(tile));
  if (!found) throw new Error(`the plan lacks ${tilePath(tile)}`);
  return found.bytes;
}

async function keep(tiles: TileSet, source: TileSource): Promise<void> {
  const fresh = [...tiles.values()].filter(({ cached }) => !cached);
  await Promise.all(fresh.map(({ tile, bytes }) => source.writeTile(tilePath(tile), bytes)));
}

function badTile(fault: string, head: TreeHead): GvtError {
  return new GvtError("UNVERIFIED", `the log's tiles cannot be trusted: ${fault}`, {
    facts: { "tree size": String(head.size), "tree hash": head.hash.toString("base64") },
    hint: "whatever stands between gvt and the log may have altered its answers",
  });
}

function wrongLength(tile: Tile, length: number): GvtError {
  const expected = tile.width * HASH_BYTES;
  return new GvtError(
    "UNVERIFIED",
    `the log's tile \`${tilePath(tile)}\` has ${length} bytes instead of ${expected}`,
  );
}

/** A mirror that stopped at an older head lacks what is newer: that is no answer, and contradicts nothing. */
function missingTile(tile: Tile): GvtError {
  return new GvtError("SOURCE_BAD_ANSWER", `the log does not serve its tile \`${tilePath(tile)}\``);
}
