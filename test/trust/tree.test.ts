import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseVerifierKey } from "../../src/trust/note.js";
import { readHashes, type TileSource } from "../../src/trust/tiles.js";
import {
  edgeTiles,
  HASH_BYTES,
  peaksOf,
  recordHash,
  rootHash,
  tileOf,
  tilePath,
} from "../../src/trust/tree.js";
import { openTreeHead, type TreeHead } from "../../src/trust/tree-head.js";
import { createLog, generateKeys, type TestLog } from "../support/log.js";

const keys = generateKeys();
const key = parseVerifierKey(keys.verifier);
// Three levels of tiles, and both edges of the third.
const big = logOf(66_000);

function logOf(size: number): TestLog {
  const log = createLog(keys);
  log.append(...Array.from({ length: size }, (_, id) => recordText(id)));
  return log;
}

function recordText(id: number): string {
  return `record ${id}\n`;
}

function headOf(log: TestLog, size: number): TreeHead {
  return openTreeHead(log.signHead(size), key);
}

function tilesOf(
  log: TestLog,
  alter: (path: string, tile: Buffer) => Buffer | undefined = (_, tile) => tile,
): TileSource {
  return {
    async fetchTile(path) {
      const tile = log.tile(path);
      return tile && alter(path, tile);
    },
    readTile: async () => undefined,
    writeTile: async () => undefined,
  };
}

const size = fc.oneof(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 65_000, max: 66_000 }));

describe("the tree", () => {
  test("hashes a real record of the log as the log does", () => {
    const { lookup } = JSON.parse(readFileSync(new URL("../vectors/sumdb.json", import.meta.url), "utf8"));
    expect(recordHash(Buffer.from(`${lookup.lines.join("\n")}\n`)).toString("hex")).toBe(lookup.recordHash);
  });

  test("of no records has the hash of nothing", () => {
    expect(rootHash([]).toString("hex")).toBe(createHash("sha256").digest("hex"));
  });

  test.each([
    [{ level: 0, index: 0, width: 256 }, "/tile/8/0/000"],
    [{ level: 0, index: 1_234_067, width: 17 }, "/tile/8/0/x001/x234/067.p/17"],
    [{ level: 3, index: 999, width: 1 }, "/tile/8/3/999.p/1"],
    [{ level: 1, index: 1000, width: 256 }, "/tile/8/1/x001/000"],
    [{ level: 0, index: 35_184_372_088_831, width: 255 }, "/tile/8/0/x035/x184/x372/x088/831.p/255"],
  ])("publishes %j at %s", (tile, path) => {
    expect(tilePath(tile)).toBe(path);
  });

  test("has peaks that cover every record once, whatever its size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (records) => {
        let next = 0;
        for (const { level, index } of peaksOf(records)) {
          expect(index * 2 ** level).toBe(next);
          next += 2 ** level;
        }
        expect(next).toBe(records);
      }),
    );
  });

  test("has its peaks in the tiles of its edge, and nothing else in them", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (records) => {
        const edge = new Set(edgeTiles(records).map(tilePath));
        const holding = new Set(peaksOf(records).map((peak) => tilePath(tileOf(peak, records))));
        expect(holding).toEqual(edge);
        for (const tile of edgeTiles(records)) {
          const covered = peaksOf(records)
            .filter((peak) => tilePath(tileOf(peak, records)) === tilePath(tile))
            .reduce((sum, { level }) => sum + 2 ** (level % 8), 0);
          expect(covered).toBe(tile.width);
        }
      }),
    );
  });
});

describe("hashes read from tiles", () => {
  test("prove every record against every larger tree", async () => {
    await fc.assert(
      fc.asyncProperty(size, fc.nat(), async (records, pick) => {
        const id = pick % records;
        const [hash] = await readHashes(headOf(big, records), [{ level: 0, index: id }], tilesOf(big));
        expect(hash).toEqual(recordHash(Buffer.from(recordText(id))));
      }),
    );
  });

  test("prove that every tree begins with every smaller one", async () => {
    await fc.assert(
      fc.asyncProperty(size, fc.nat(), async (records, pick) => {
        const older = headOf(big, pick % records);
        const peaks = await readHashes(headOf(big, records), peaksOf(older.size), tilesOf(big));
        expect(rootHash(peaks)).toEqual(older.hash);
      }),
    );
  });

  test("are not given out when any byte of any tile is another", async () => {
    await fc.assert(
      fc.asyncProperty(
        size,
        fc.nat(),
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (records, pick, which, at, mask) => {
          const asked: string[] = [];
          const node = { level: 0, index: pick % records };
          await readHashes(
            headOf(big, records),
            [node],
            tilesOf(big, (path, tile) => {
              asked.push(path);
              return tile;
            }),
          );
          const victim = asked[which % asked.length];
          const forged = tilesOf(big, (path, tile) => {
            if (path !== victim) return tile;
            const offset = at % tile.length;
            return Buffer.concat([
              tile.subarray(0, offset),
              Buffer.of((tile[offset] ?? 0) ^ mask),
              tile.subarray(offset + 1),
            ]);
          });
          await expect(readHashes(headOf(big, records), [node], forged)).rejects.toMatchObject({
            code: "UNVERIFIED",
          });
        },
      ),
    );
  });

  test.each([-1, 1, 32, -32])("are not given out when a tile is %d bytes too long", async (excess) => {
    const wrong = tilesOf(big, (_, tile) =>
      excess > 0 ? Buffer.concat([tile, Buffer.alloc(excess)]) : tile.subarray(0, excess),
    );
    await expect(readHashes(headOf(big, 1000), [{ level: 0, index: 3 }], wrong)).rejects.toMatchObject({
      code: "UNVERIFIED",
      message: expect.stringMatching(/bytes instead of/),
    });
  });

  test("come from the full tile where the partial one is gone", async () => {
    const gone = tilesOf(big, (path, tile) => (path === "/tile/8/0/003.p/232" ? undefined : tile));
    const [hash] = await readHashes(headOf(big, 1000), [{ level: 0, index: 999 }], gone);
    expect(hash).toEqual(recordHash(Buffer.from(recordText(999))));
  });

  test("are an error where a tile is served in neither form", async () => {
    const none = tilesOf(big, (path, tile) => (path.startsWith("/tile/8/0/003") ? undefined : tile));
    await expect(readHashes(headOf(big, 1000), [{ level: 0, index: 999 }], none)).rejects.toMatchObject({
      code: "SOURCE_BAD_ANSWER",
      message: expect.stringContaining("/tile/8/0/003.p/232"),
    });
  });

  test("CVE-2026-56865: a full tile is verified also where several peaks share one tile", async () => {
    // 511 = 256 + 255: nine peaks in two tiles. A client that counts peaks for tiles skips the third, /tile/8/0/000.
    const honest = big.tile("/tile/8/0/000") ?? Buffer.alloc(0);
    const forgedHash = recordHash(
      Buffer.from("golang.org/toolchain v0.0.1-go1.22.6.linux-amd64 h1:forged\n"),
    );
    const forged = Buffer.concat([forgedHash, honest.subarray(HASH_BYTES)]);
    const lying = tilesOf(big, (path, tile) => (path === "/tile/8/0/000" ? forged : tile));
    await expect(readHashes(headOf(big, 511), [{ level: 0, index: 0 }], lying)).rejects.toMatchObject({
      code: "UNVERIFIED",
      message: expect.stringContaining("/tile/8/0/000"),
    });
  });
});

describe("the cache of tiles", () => {
  function cachedTiles(log: TestLog) {
    const cache = new Map<string, Buffer>();
    const fetched: string[] = [];
    const source: TileSource = {
      async fetchTile(path) {
        fetched.push(path);
        return log.tile(path);
      },
      readTile: async (path) => cache.get(path),
      async writeTile(path, bytes) {
        cache.set(path, bytes);
      },
    };
    return { cache, fetched, source };
  }
  const node = { level: 0, index: 5 };

  test("saves the second fetch", async () => {
    const { fetched, source } = cachedTiles(big);
    await readHashes(headOf(big, 1000), [node], source);
    const first = fetched.length;
    await readHashes(headOf(big, 1000), [node], source);
    expect(fetched).toHaveLength(first);
  });

  test("holds nothing that was not verified", async () => {
    const { cache, source } = cachedTiles(big);
    const lying: TileSource = {
      ...source,
      fetchTile: async (path) => (path === "/tile/8/0/000" ? Buffer.alloc(8192, 7) : big.tile(path)),
    };
    await expect(readHashes(headOf(big, 1000), [node], lying)).rejects.toMatchObject({ code: "UNVERIFIED" });
    expect(cache.size).toBe(0);
  });

  test.each([
    ["altered", (tile: Buffer) => Buffer.alloc(tile.length, 7)],
    ["cut short", (tile: Buffer) => tile.subarray(0, 31)],
    ["emptied", () => Buffer.alloc(0)],
  ])("that was %s is fetched anew", async (_, damage) => {
    const { cache, source } = cachedTiles(big);
    await readHashes(headOf(big, 1000), [node], source);
    for (const [path, tile] of cache) cache.set(path, damage(tile));
    const [hash] = await readHashes(headOf(big, 1000), [node], source);
    expect(hash).toEqual(recordHash(Buffer.from(recordText(5))));
    expect(cache.get("/tile/8/0/000")).toEqual(big.tile("/tile/8/0/000"));
  });
});
