import { describe, expect, test } from "vitest";
import { findLogRecord, type LogRecord } from "../../src/trust/checksum-database.js";
import { HASH_BYTES, recordHash } from "../../src/trust/tree.js";
import {
  createLog,
  createMemoryStore,
  generateKeys,
  hashText,
  recordOf,
  signNote,
  type TestLog,
} from "../support/log.js";

const MODULE = "golang.org/toolchain";
const VERSION = "v0.0.1-go1.22.6.linux-amd64";
const OTHER = "v0.0.1-go1.21.13.linux-amd64";
const LOOKUP = `/lookup/${MODULE}@${VERSION}`;
const keys = generateKeys();

/** A log of 700 records: some others, then the module's at 300, then others. */
function logWithModule(record = recordOf(MODULE, VERSION), branch = ""): TestLog {
  const log = createLog(keys);
  const others = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, n) => recordOf(`site.example/m${from + n}${branch}`, "v1.0.0"));
  log.append(...others(0, 300), record, ...others(301, 700));
  return log;
}

function lookUp(
  log: TestLog,
  store = createMemoryStore(),
  version = VERSION,
): Promise<LogRecord | undefined> {
  return findLogRecord({ transport: log.transport, store, key: keys.verifier }, MODULE, version);
}

/** Answers the lookup with something else. */
function answering(log: TestLog, answer: Buffer | string): TestLog {
  log.lie = (path, honest) => (path === LOOKUP ? Buffer.from(answer) : honest);
  return log;
}

const unverified = (message: RegExp) => ({ code: "UNVERIFIED", message: expect.stringMatching(message) });

describe("a record", () => {
  test("is found, with its proof", async () => {
    expect(await lookUp(logWithModule())).toEqual({
      id: 300,
      module: MODULE,
      version: VERSION,
      h1: hashText(`${MODULE} ${VERSION}`),
      treeSize: 700,
    });
  });

  test("that the log does not have is undefined", async () => {
    const store = createMemoryStore();
    expect(await lookUp(logWithModule(), store, "v0.0.1-go1.99.0.linux-amd64")).toBeUndefined();
    expect(store.heads.size).toBe(0);
  });

  test("is asked for as Go escapes a module's path", async () => {
    const log = createLog(keys);
    await findLogRecord(
      { ...log, store: createMemoryStore(), key: keys.verifier },
      "site.example/Some/Path",
      "v1.0.0-RC",
    );
    expect(log.requests).toEqual(["/lookup/site.example/!some/!path@v1.0.0-!r!c"]);
  });

  test("may state the same checksum twice", async () => {
    const line = `${MODULE} ${VERSION} ${hashText("x")}\n`;
    expect(await lookUp(logWithModule(`${line}${line}`))).toMatchObject({ h1: hashText("x") });
  });

  test("may know checksums of a kind that is yet to come", async () => {
    const record = `${MODULE} ${VERSION} h2:AAAA\n${recordOf(MODULE, VERSION)}`;
    expect(await lookUp(logWithModule(record))).toMatchObject({ h1: hashText(`${MODULE} ${VERSION}`) });
  });

  test("is not believed under a key that is not pinned", async () => {
    const log = logWithModule();
    await expect(
      findLogRecord({ transport: log.transport, store: createMemoryStore() }, MODULE, VERSION),
    ).rejects.toMatchObject(unverified(/not signed by sum\.golang\.org\+033de0ae/));
  });

  test("fails as the transport fails", async () => {
    const fault = new Error("connection reset");
    const log = logWithModule();
    log.lie = (path, honest) => {
      if (path.startsWith("/tile/")) throw fault;
      return honest;
    };
    await expect(lookUp(log)).rejects.toBe(fault);
  });
});

describe("an answer", () => {
  test("CVE-2026-42501: with another module's genuine record is refused", async () => {
    const log = logWithModule();
    await expect(lookUp(answering(log, log.answer(299)))).rejects.toMatchObject(
      unverified(/no checksum of golang.org\/toolchain@v0.0.1-go1.22.6.linux-amd64/),
    );
  });

  test("CVE-2026-42501: with another version's genuine record is refused", async () => {
    const log = logWithModule();
    const id = log.append(recordOf(MODULE, OTHER));
    await expect(lookUp(answering(log, log.answer(id)))).rejects.toMatchObject(unverified(/no checksum/));
  });

  test("CVE-2026-56864: a checksum in the tree note's further lines counts for nothing", async () => {
    const log = logWithModule();
    // The log's operator signs lines that clients are told to ignore; the record is a genuine one of another module.
    const head = log.signHead(700, `${MODULE} ${VERSION} ${hashText("forged")}\n`);
    await expect(lookUp(answering(log, log.answer(299, head)))).rejects.toMatchObject(
      unverified(/no checksum/),
    );
    expect(await lookUp(answering(log, log.answer(300, head)))).toMatchObject({
      h1: hashText(`${MODULE} ${VERSION}`),
    });
  });

  test("CVE-2026-56865: with a forged record under a forged full tile is refused", async () => {
    const log = logWithModule();
    log.append(...Array.from({ length: 67 }, (_, n) => `more ${n}\n`));
    // 767 = 2 · 256 + 255: ten peaks in two tiles, and the record in a third, /tile/8/0/001.
    const forged = recordOf(MODULE, VERSION, hashText("forged"));
    const at = (300 - 256) * HASH_BYTES;
    log.lie = (path, honest) => {
      if (path === LOOKUP) return Buffer.concat([Buffer.from(`300\n${forged}\n`), log.signHead()]);
      if (path !== "/tile/8/0/001" || !honest) return honest;
      return Buffer.concat([
        honest.subarray(0, at),
        recordHash(Buffer.from(forged)),
        honest.subarray(at + HASH_BYTES),
      ]);
    };
    await expect(lookUp(log)).rejects.toMatchObject(unverified(/tile\/8\/0\/001/));
  });

  test("with a forged record that the tiles do not have is refused", async () => {
    const log = logWithModule();
    const forged = recordOf(MODULE, VERSION, hashText("forged"));
    const answer = Buffer.concat([Buffer.from(`300\n${forged}\n`), log.signHead()]);
    await expect(lookUp(answering(log, answer))).rejects.toMatchObject(
      unverified(/record 300 in the log is another/),
    );
  });

  test.each<[string, (log: TestLog) => Buffer | string, RegExp]>([
    ["nothing", () => "", /number/],
    ["a web page", () => "<!doctype html>\n<html>\n\n</html>\n", /number/],
    ["an empty record", (log) => Buffer.concat([Buffer.from("300\n\n"), log.signHead()]), /no record/],
    [
      "an empty record of two lines",
      (log) => Buffer.concat([Buffer.from("300\n\n\n"), log.signHead()]),
      /no record/,
    ],
    ["no tree head", () => `300\n${recordOf(MODULE, VERSION)}\n`, /note/],
    ["only a number", () => "300\n", /no record/],
    ["a number with a sign", (log) => `+${log.answer(300)}`, /number/],
    ["a number with a zero before it", (log) => `0${log.answer(300)}`, /number/],
    ["a negative number", (log) => `-${log.answer(300)}`, /number/],
    ["a number in another notation", (log) => log.answer(300).toString().replace("300\n", "3e2\n"), /number/],
    ["another record's number", (log) => log.answer(300).toString().replace("300\n", "301\n"), /record 301/],
    [
      "a number past the tree",
      (log) => log.answer(300).toString().replace("300\n", "700\n"),
      /record 700 of a tree of 700/,
    ],
    [
      "a control character in its record",
      (log) => log.answer(300).toString().replace("h1:", "h1:\x07"),
      /plain/,
    ],
    ["carriage returns", (log) => log.answer(300).toString().replaceAll("\n", "\r\n"), /number/],
    [
      "a head signed by somebody else",
      (log) => log.answer(300, signNote("go.sum database tree\n", generateKeys())),
      /not signed/,
    ],
    ["300 KB", (log) => Buffer.concat([log.answer(300), Buffer.alloc(300_000, "x")]), /larger/],
  ])("of %s is refused", async (_, answer, reason) => {
    const log = logWithModule();
    await expect(lookUp(answering(log, answer(log)))).rejects.toMatchObject(unverified(reason));
  });

  test.each<[string, string, RegExp]>([
    [
      "two checksums that differ",
      `${recordOf(MODULE, VERSION)}${recordOf(MODULE, VERSION, hashText("y"))}`,
      /several/,
    ],
    ["no h1 line", `${MODULE} ${VERSION} h2:AAAA\n`, /no checksum/],
    ["only the checksum of go.mod", `${MODULE} ${VERSION}/go.mod ${hashText("x")}\n`, /no checksum/],
    [
      "a checksum of 31 bytes",
      `${MODULE} ${VERSION} h1:${Buffer.alloc(31).toString("base64")}\n`,
      /malformed/,
    ],
    ["a checksum in lax base64", `${MODULE} ${VERSION} ${hashText("x").replace("=", "")}\n`, /malformed/],
    ["a word after the checksum", `${MODULE} ${VERSION} ${hashText("x")} \n`, /malformed/],
    ["a longer version that begins alike", recordOf(MODULE, `${VERSION}.1`), /no checksum/],
    ["a longer path that ends alike", recordOf(`evil.example/${MODULE}`, VERSION), /no checksum/],
  ])("with a genuine record that has %s is refused", async (_, record, reason) => {
    const log = logWithModule(record);
    await expect(lookUp(answering(log, log.answer(300)))).rejects.toMatchObject(unverified(reason));
  });

  test("never puts control characters into an error", async () => {
    const log = logWithModule("evil.example/\u009b31m v1.0.0 h1:x\n");
    const error: unknown = await lookUp(answering(log, log.answer(300))).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ facts: { record: "evil.example/\\x9b31m v1.0.0 h1:x" } });
  });
});

describe("the remembered tree head", () => {
  const headsOf = (store: ReturnType<typeof createMemoryStore>) => [...store.heads.values()].map(String);

  test("is the first one seen, then the newest", async () => {
    const log = logWithModule();
    const store = createMemoryStore();
    answering(log, log.answer(300, log.signHead(400)));
    expect(await lookUp(log, store)).toMatchObject({ treeSize: 400 });
    expect(headsOf(store)).toEqual([log.signHead(400).toString()]);
    answering(log, log.answer(300));
    expect(await lookUp(log, store)).toMatchObject({ treeSize: 700 });
    expect(headsOf(store)).toEqual([log.signHead(700).toString()]);
  });

  test("stays when an older one of the same log comes, and the proof leads up to it", async () => {
    const log = logWithModule();
    const store = createMemoryStore();
    await lookUp(log, store);
    answering(log, log.answer(300, log.signHead(512)));
    expect(await lookUp(log, store)).toMatchObject({ treeSize: 700 });
    expect(headsOf(store)).toEqual([log.signHead(700).toString()]);
  });

  test("newer than what a mirror has makes the mirror no witness, not a liar", async () => {
    const log = logWithModule();
    log.append(...Array.from({ length: 100 }, (_, n) => `more ${n}\n`));
    const store = createMemoryStore();
    expect(await lookUp(log, store)).toMatchObject({ treeSize: 800 });
    store.tiles.clear();
    const seen = headsOf(store);
    await expect(lookUp(logWithModule(), store)).rejects.toMatchObject({
      code: "SOURCE_BAD_ANSWER",
      message: expect.stringMatching(/does not serve its tile `\/tile\/8\//),
    });
    expect(headsOf(store)).toEqual(seen);
  });

  test.each([
    ["larger", 700, 650],
    ["smaller", 650, 700],
    ["equally large", 700, 700],
  ])("of a forked log that is %s is an error that shows both heads", async (_, forkedSize, seenSize) => {
    const honest = logWithModule();
    const forked = logWithModule(undefined, "-forked");
    const store = createMemoryStore();
    await lookUp(answering(honest, honest.answer(300, honest.signHead(seenSize))), store);
    const seen = headsOf(store);
    answering(forked, forked.answer(300, forked.signHead(forkedSize)));
    const error: unknown = await lookUp(forked, store).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: "LOG_FORK" });
    const facts = Object.values((error as { facts: Record<string, string> }).facts).join("\n");
    for (const head of [honest.signHead(seenSize), forked.signHead(forkedSize)]) {
      const [, size, hash, , signature] = head.toString().split("\n");
      for (const part of [size, hash, signature]) expect(facts).toContain(part);
    }
    expect(headsOf(store)).toEqual(seen);
  });

  test("of a fork cannot be hidden behind forged tiles", async () => {
    const honest = logWithModule();
    const forked = logWithModule(undefined, "-forked");
    const store = createMemoryStore();
    await lookUp(answering(honest, honest.answer(300, honest.signHead(650))), store);
    forked.lie = (path, tile) => (path === LOOKUP ? forked.answer(300) : (honest.tile(path) ?? tile));
    await expect(lookUp(forked, store)).rejects.toMatchObject({ code: "UNVERIFIED" });
  });

  test.each<[string, (head: Buffer) => Buffer]>([
    ["emptied", () => Buffer.alloc(0)],
    ["cut short", (head) => head.subarray(0, 60)],
    ["altered", (head) => Buffer.from(head.toString().replace("\n700\n", "\n600\n"))],
    ["signed by somebody else", () => createLog().signHead()],
  ])("that was %s is an error that names and keeps it", async (_, damage) => {
    const log = logWithModule();
    const store = createMemoryStore();
    await lookUp(log, store);
    for (const [place, head] of store.heads) store.heads.set(place, damage(head));
    const before = new Map(store.heads);
    await expect(lookUp(log, store)).rejects.toMatchObject(
      unverified(new RegExp(`${[...before.keys()][0]}.* is damaged`)),
    );
    expect(store.heads).toEqual(before);
  });

  test("never moves back while many look up against heads of all ages", async () => {
    const log = logWithModule();
    const store = createMemoryStore();
    const sizes = [301, 700, 350, 512, 699, 511, 640, 302, 698, 513];
    await Promise.all(
      sizes.map((size) => {
        const transport = {
          read: async (path: string) =>
            path === LOOKUP ? log.answer(300, log.signHead(size)) : log.tile(path),
        };
        return findLogRecord({ transport, store, key: keys.verifier }, MODULE, VERSION);
      }),
    );
    expect(headsOf(store)).toEqual([log.signHead(700).toString()]);
  });

  test("grows by any step to any size", async () => {
    const log = logWithModule();
    const store = createMemoryStore();
    for (let size = 301; size <= 700; size += 1 + (size % 7)) {
      answering(log, log.answer(300, log.signHead(size)));
      expect(await lookUp(log, store)).toMatchObject({ treeSize: size });
    }
  });
});

test("an answer of a log from before the first record is refused", async () => {
  const log = createLog(keys);
  const answer = Buffer.concat([Buffer.from(`0\n${recordOf(MODULE, VERSION)}\n`), log.signHead(0)]);
  await expect(lookUp(answering(log, answer))).rejects.toMatchObject(unverified(/record 0 of a tree of 0/));
});
