import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { EXIT_STATUS, isGvtError } from "../../src/errors.js";
import { openLogStore } from "../../src/trust/log-store.js";
import { type Cli, createCli } from "../support/cli.js";
import { createLog, recordOf, type TestLog } from "../support/log.js";
import { expectNothingInstalled, expectRefused } from "../support/refusal.js";
import { fetchFromProxy, requires } from "../support/requirements.js";
import { startSite } from "../support/site.js";
import type { Toy } from "../support/toy-archive.js";
import { startToySite, type ToySite } from "../support/toy-site.js";

describe("the real transparency log, and a server that answers with what is not its", () => {
  let cli: Cli;
  afterEach(() => cli.remove());

  const MODULE = "golang.org/toolchain@v0.0.1-go1.22.6.linux-amd64";
  const LOOKUP = `sumdb/sum.golang.org/lookup/${MODULE}`;

  /** A module proxy with a toy in the place of 1.22.6, whose `/sumdb/` is the real one's but for one lookup. */
  const start = async (answer: (real: Buffer) => Promise<Buffer | undefined>) => {
    cli = await createCli();
    const toy = await cli.toys.add({ version: "1.22.6", platform: { os: "linux", arch: "amd64" } });
    await cli.toys.vouch("");
    const served = await answer(await fetchFromProxy(LOOKUP));
    const proxy = await startSite({
      intercept: ({ url = "" }, response) => {
        const path = url.replace(/^\//, "");
        if (!path.startsWith("sumdb/")) return false;
        if (path === LOOKUP) {
          if (served) response.end(served);
          else response.writeHead(404).end();
        } else {
          fetchFromProxy(path).then(
            (bytes) => response.end(bytes),
            () => response.writeHead(404).end(),
          );
        }
        return true;
      },
    });
    proxy.addModule(toy.moduleVersion, toy.zip);
    const env = { GOPROXY: proxy.url, GOSUMDB: "sum.golang.org" };
    const outcome = await cli.run([cli.launcher, "install", "--source", "goproxy", "1.22.6"], { env });
    await proxy.close();
    return outcome;
  };

  test.each<[string, (real: Buffer) => Promise<Buffer | undefined>, RegExp]>([
    ["its own record, which is not of these bytes", async (real) => real, /does not match|contradict/],
    ["no record", async () => undefined, /nothing vouches/],
    [
      "the genuine record of another version",
      () => fetchFromProxy(LOOKUP.replace("go1.22.6", "go1.22.5")),
      /its record has no checksum of golang\.org\/toolchain@v0\.0\.1-go1\.22\.6/,
    ],
    [
      "a record that was altered",
      async (real) => Buffer.from(real.toString().replace(/h1:.{4}/, "h1:AAAA")),
      /in the log is another/,
    ],
    [
      "a head that nobody signed",
      async (real) => Buffer.from(real.toString().replace(/tree\n\d/, "tree\n9")),
      /signed|signature/,
    ],
    ["a web page", async () => Buffer.from("<html>log in</html>"), /web page|cannot be trusted/],
  ])(
    "%s: nothing is installed",
    async (_, answer, reason) => {
      if (!requires("module proxy", "the real transparency log's answers")) return;
      const outcome = await start(answer);
      expect([3, 4]).toContain(outcome.status);
      await expectRefused(cli, outcome, outcome.status ?? 0, reason);
    },
    20_000,
  );
});

describe("a transparency log that lies", () => {
  let toys: ToySite;
  let toy: Toy;
  let log: TestLog;
  let id: number;

  beforeEach(async () => {
    toys = await startToySite();
    toy = await toys.add({ version: "1.22.96" });
    await toys.vouch("");
    log = createLog();
    log.append(...Array.from({ length: 300 }, (_, n) => recordOf(`site.example/m${n}`, "v1.0.0")));
    id = log.append(recordOf("golang.org/toolchain", toy.moduleVersion, toy.h1));
    log.append(...Array.from({ length: 300 }, (_, n) => recordOf(`site.example/n${n}`, "v1.0.0")));
  });

  afterEach(() => toys.close());

  const lookup = () => `/lookup/golang.org/toolchain@${toy.moduleVersion}`;
  const install = async (asked = log) => {
    const context = await toys.context();
    const store = openLogStore(context.layout);
    return toys.install(context, toy, {
      source: "goproxy",
      log: { transport: asked.transport, store, key: log.keys.verifier },
    });
  };
  const expectLieFound = async (code: string, message: RegExp, asked = log) => {
    const error: unknown = await install(asked).catch((reason: unknown) => reason);
    if (!isGvtError(error)) throw error;
    expect({ code: error.code, status: EXIT_STATUS[error.code] }).toEqual({ code, status: 3 });
    expect([error.message, ...Object.values(error.facts)].join("\n")).toMatch(message);
    await expectNothingInstalled(toys.root);
    return error;
  };
  const answering = (bytes: Buffer | undefined) => {
    log.lie = (path, honest) => (path === lookup() ? bytes : honest);
  };
  const expectHonestInstall = async () => {
    log.lie = (_, honest) => honest;
    expect(await install()).toMatchObject({ kind: "installed" });
  };

  test("with the record of another module", async () => {
    answering(log.answer(299));
    await expectLieFound("UNVERIFIED", /its record has no checksum of golang\.org\/toolchain/);
    await expectHonestInstall();
  });

  test("by knowing no such record", async () => {
    answering(undefined);
    await expectLieFound("UNVERIFIED", /nothing vouches for/);
    await expectHonestInstall();
  });

  test("with a head from before the record", async () => {
    answering(log.answer(id, log.signHead(id)));
    await expectLieFound("UNVERIFIED", /it is about record 300 of a tree of 300/);
    await expectHonestInstall();
  });

  test("with an older head after a newer one is no lie, and the newer stays remembered", async () => {
    await expectHonestInstall();
    await toys.add({ version: "1.22.95" });
    const { layout } = await toys.context();
    const before = await readdir(layout.sumdb);
    expect(before).toEqual([expect.stringMatching(/^601-/)]);
    log.lie = (path, honest) => (path === lookup() ? log.answer(id, log.signHead(400)) : honest);
    await rm(join(toys.root, "versions/1.22.96"), { recursive: true });
    expect(await install()).toMatchObject({ kind: "installed" });
    expect(await readdir(layout.sumdb)).toEqual(before);
  });

  test("by telling this client another history: both heads are shown", async () => {
    await expectHonestInstall();
    await rm(join(toys.root, "versions/1.22.96"), { recursive: true });
    const fork = createLog(log.keys);
    fork.append(...Array.from({ length: 350 }, (_, n) => recordOf(`fork.example/m${n}`, "v1.0.0")));
    fork.append(recordOf("golang.org/toolchain", toy.moduleVersion, toy.h1));
    fork.append(...Array.from({ length: 400 }, (_, n) => recordOf(`fork.example/n${n}`, "v1.0.0")));
    const error = await expectLieFound("LOG_FORK", /contradicts a tree head that it has signed before/, fork);
    expect(error.facts["older"]).toContain("601");
    expect(error.facts["newer"]).toContain("751");
  });

  test("about the bytes", async () => {
    const forged = createLog(log.keys);
    forged.append(recordOf("golang.org/toolchain", toy.moduleVersion));
    await expectLieFound("CHECKSUM_MISMATCH", /v0\.0\.1-go1\.22\.96/, forged);
  });

  test("is not outvoted: with a list of one's own beside it, its contradiction is fatal", async () => {
    await toys.vouch(toy.checksums);
    const forged = createLog(log.keys);
    forged.append(recordOf("golang.org/toolchain", toy.moduleVersion));
    await expectLieFound("CHECKSUM_MISMATCH", /v0\.0\.1-go1\.22\.96/, forged);
  });
});
