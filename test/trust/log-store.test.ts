import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { layoutOf } from "../../src/store/layout.js";
import { findLogRecord } from "../../src/trust/checksum-database.js";
import { openLogStore } from "../../src/trust/log-store.js";
import { createLog, generateKeys, recordOf, type TestLog } from "../support/log.js";

const keys = generateKeys();
let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "gvt-log-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

function createGrowingLog(): TestLog {
  const log = createLog(keys);
  log.append(...Array.from({ length: 600 }, (_, n) => recordOf("site.example/m", `v1.0.${n}`)));
  return log;
}

/** Looks record 7 up under the head of this size. */
function lookUp(log: TestLog, size = log.size()) {
  const lookup = "/lookup/site.example/m@v1.0.7";
  const read = async (path: string) =>
    path === lookup ? log.answer(7, log.signHead(size)) : log.transport.read(path);
  const store = openLogStore(layoutOf(root));
  return findLogRecord({ transport: { read }, store, key: keys.verifier }, "site.example/m", "v1.0.7");
}

test("a root that does not exist yet gets its first tree head", async () => {
  const log = createGrowingLog();
  await lookUp(log);
  const [name, ...rest] = await readdir(join(root, "sumdb"));
  expect(rest).toEqual([]);
  expect(name).toMatch(/^600-[0-9a-f]{16}$/);
  expect(await readFile(join(root, "sumdb", name ?? ""))).toEqual(log.signHead());
});

test("a newer head supersedes the older, an older one leaves no trace", async () => {
  const log = createGrowingLog();
  for (const size of [300, 600, 450]) await lookUp(log, size);
  expect(await readdir(join(root, "sumdb"))).toEqual([expect.stringMatching(/^600-/)]);
});

test("twenty lookups at once leave the newest head", async () => {
  const log = createGrowingLog();
  await Promise.all(Array.from({ length: 20 }, (_, n) => lookUp(log, 600 - 17 * n)));
  expect(await readdir(join(root, "sumdb"))).toEqual([expect.stringMatching(/^600-/)]);
});

test("verified tiles are not fetched again", async () => {
  const log = createGrowingLog();
  await lookUp(log);
  expect(log.requests.length).toBeGreaterThan(0);
  log.requests.length = 0;
  await lookUp(log);
  expect(log.requests).toEqual([]);
});

test("a lookup without network, from tiles alone, is as good", async () => {
  const log = createGrowingLog();
  const first = await lookUp(log);
  log.lie = () => {
    throw new Error("no network");
  };
  expect(await lookUp(log)).toEqual(first);
});

test.each([
  ["cut short", (path: string) => writeFile(path, "go.sum")],
  ["a directory", (path: string) => rm(path).then(() => mkdir(path))],
  ["a link to nowhere", (path: string) => rm(path).then(() => symlink("nowhere", path))],
])("a remembered head that is %s is refused, named and kept", async (_, damage) => {
  const log = createGrowingLog();
  await lookUp(log);
  const [name = ""] = await readdir(join(root, "sumdb"));
  const path = join(root, "sumdb", name);
  await damage(path);
  await expect(lookUp(log)).rejects.toMatchObject({
    code: "UNVERIFIED",
    message: expect.stringContaining(path),
  });
  expect(await readdir(join(root, "sumdb"))).toEqual([name]);
});

test("damaged tiles in the cache are mended", async () => {
  const log = createGrowingLog();
  await lookUp(log);
  const tile = join(root, "cache/tiles/tile/8/0/000");
  await writeFile(tile, Buffer.alloc(8192, 1));
  await lookUp(log);
  expect(await readFile(tile)).toEqual(log.tile("/tile/8/0/000"));
});

test("a cache that cannot be written fails nothing", async () => {
  await mkdir(join(root, "cache"));
  await writeFile(join(root, "cache/tiles"), "in the way");
  expect(await lookUp(createGrowingLog())).toMatchObject({ id: 7 });
});

test("a head that cannot be remembered is a disk error", async () => {
  await writeFile(join(root, "sumdb"), "in the way");
  await expect(lookUp(createGrowingLog())).rejects.toMatchObject({
    code: "DISK",
    message: expect.stringContaining(join(root, "sumdb")),
  });
});

test("what else lies in the folder is left alone", async () => {
  await mkdir(join(root, "sumdb"));
  await writeFile(join(root, "sumdb/.600-0000000000000000.0123456789abcdef"), "half written");
  await lookUp(createGrowingLog());
  expect(await readdir(join(root, "sumdb"))).toHaveLength(2);
});
