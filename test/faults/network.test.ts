import { mkdir, readdir, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { EXIT_STATUS, isGvtError } from "../../src/errors.js";
import { openLogStore } from "../../src/trust/log-store.js";
import { type Cli, createCli } from "../support/cli.js";
import { createLog, recordOf, type TestLog } from "../support/log.js";
import { fetchFromProxy, requires } from "../support/requirements.js";
import type { RunResult } from "../support/sandbox.js";
import { startSite } from "../support/site.js";
import { buildToy, type Toy } from "../support/toy-archive.js";
import { startToySite, type ToySite } from "../support/toy-site.js";

const BALLAST = 3_000_000;

/** What became of an installation that had to fail, and of an honest one after it. */
async function expectRefused(
  cli: Cli,
  { stdout, stderr, status }: RunResult,
  wanted: number,
  reason: RegExp,
): Promise<void> {
  expect({ stdout, status, stderr }).toEqual({
    stdout: "",
    status: wanted,
    stderr: expect.stringMatching(reason),
  });
  expect(stderr).toMatch(/^error: /m);
  expect(stderr).not.toContain("bug in gvt");
  await expectNothingInstalled(cli.root);
}

async function expectNothingInstalled(root: string): Promise<void> {
  for (const directory of ["versions", "tmp", "locks"])
    expect(await readdir(join(root, directory)).catch(() => [])).toEqual([]);
}

describe("the command line against a server on the loopback", () => {
  let cli: Cli;
  let toy: Toy;

  beforeEach(async () => {
    cli = await createCli();
    toy = await cli.toys.add({ version: "1.22.96", ballast: BALLAST });
    await mkdir(join(cli.root, "versions"), { recursive: true });
  });

  afterEach(() => cli.remove());

  const zip = () => `/mod/golang.org/toolchain/@v/${toy.moduleVersion}.zip`;
  const info = () => zip().replace(/zip$/, "info");
  const archive = () => `/dl/${toy.filename}`;
  const install = (source: string, env = {}) =>
    cli.run([cli.launcher, "install", "--source", source, "1.22.96"], { env });
  const fromProxy = () => install("goproxy");
  const fromSite = () => install(`${cli.toys.site.url}/dl`);
  const expectHonestInstall = async () => {
    expect(await fromProxy()).toMatchObject({ stdout: "", status: 0 });
    expect(await readdir(cli.path("$ROOT/versions"))).toEqual(["1.22.96"]);
    expect(await readdir(cli.path("$ROOT/cache/downloads"))).toEqual([]);
  };

  test("where nothing listens", async () => {
    const closed = await startSite();
    await closed.close();
    await expectRefused(cli, await install(`${closed.url}/dl`), 4, /refuses the connection/);
    await expectRefused(cli, await install("goproxy", { GOPROXY: closed.url }), 4, /refuses the connection/);
    await expectHonestInstall();
  });

  test("where the name does not resolve", async () => {
    await expectRefused(
      cli,
      await install("http://nowhere.invalid/dl"),
      4,
      /cannot be found: its name does not resolve/,
    );
    await expectHonestInstall();
  });

  test("where the host accepts a connection and never says a word, after three seconds", async () => {
    const sockets = new Set<{ destroy(): void }>();
    const mute = createServer((socket) => void sockets.add(socket.on("error", () => undefined)));
    await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
    const { port } = mute.address() as AddressInfo;
    const began = performance.now();
    await expectRefused(
      cli,
      await install(`https://127.0.0.1:${port}/dl`),
      4,
      /did not answer within 2\.5 s/,
    );
    expect(performance.now() - began).toBeLessThan(4500);
    for (const socket of sockets) socket.destroy();
    mute.close();
    await expectHonestInstall();
  });

  test.each([
    ["the zip", zip],
    ["its description", info],
  ])("where a login page comes instead of %s", async (_, path) => {
    cli.toys.site.fault(path(), { kind: "html", times: 9 });
    await expectRefused(cli, await fromProxy(), 4, /web page/);
    cli.toys.site.fault(path(), { kind: "html", times: 0 });
    await expectHonestInstall();
  });

  test("where a login page comes instead of the archive and the index", async () => {
    cli.toys.site.fault(archive(), { kind: "html" });
    cli.toys.site.fault("/dl/?mode=json&include=all", { kind: "html" });
    await expectRefused(cli, await fromSite(), 4, /web page/);
    await expectHonestInstall();
  });

  test.each<[string, (honest: Toy) => Uint8Array, number, RegExp]>([
    ["a truncated zip", ({ zip: bytes }) => bytes.subarray(0, -1000), 3, /v0\.0\.1-go1\.22\.96/],
    [
      "a zip with one byte flipped",
      ({ zip: bytes }) => flip(bytes, bytes.length >> 1),
      3,
      /v0\.0\.1-go1\.22\.96/,
    ],
    [
      "another version's zip",
      () => buildToy({ version: "1.22.95", ballast: BALLAST }).zip,
      3,
      /v0\.0\.1-go1\.22\.96/,
    ],
    ["no zip at all", () => Buffer.from("PK\x03\x04 and nothing more"), 3, /v0\.0\.1-go1\.22\.96/],
    ["nothing", () => Buffer.alloc(0), 3, /v0\.0\.1-go1\.22\.96/],
  ])("where %s is served", async (_, forge, status, reason) => {
    cli.toys.site.addFile(zip(), forge(toy), { etag: '"forged"' });
    await expectRefused(cli, await fromProxy(), status, reason);
    cli.toys.site.addFile(zip(), toy.zip, { etag: '"honest"' });
    await expectHonestInstall();
  });

  test("where an archive is served that the index does not mean", async () => {
    cli.toys.site.addArchive(toy.filename, flip(toy.tarGz, 1000), "/dl");
    await expectRefused(cli, await fromSite(), 3, /does not match|contradict|nothing vouches/);
    await expectHonestInstall();
  });

  test("where the connection breaks half-way, the next try goes on from there", async () => {
    cli.toys.site.fault(zip(), { kind: "cut", after: 2_500_000, times: 1 });
    expect(await fromProxy()).toMatchObject({ status: 0 });
    const ranges = cli.toys.site.requests
      .filter(({ url }) => url === zip())
      .map(({ headers }) => headers["range"]);
    expect(ranges).toEqual([undefined, expect.stringMatching(/^bytes=\d+-$/)]);
  });

  test("where it breaks each time, what came is kept for a later install", async () => {
    cli.toys.site.fault(zip(), { kind: "cut", after: 100_000, times: 40 });
    await expectRefused(cli, await fromProxy(), 4, /broke|ended/);
    expect(await readdir(cli.path("$ROOT/cache/downloads"))).toHaveLength(2);
    cli.toys.site.fault(zip(), { kind: "cut", after: 0, times: 0 });
    await expectHonestInstall();
  });

  test.each([500, 503, 429])("where it answers %i once and then serves", async (status) => {
    for (const path of [info(), zip()]) cli.toys.site.fault(path, { kind: "status", status, times: 1 });
    await expectHonestInstall();
  });

  test("where it answers 500 for good", async () => {
    cli.toys.site.fault(zip(), { kind: "status", status: 500, times: 9 });
    await expectRefused(cli, await fromProxy(), 4, /500/);
  });

  test.each([404, 410, 403])(
    "where it answers %i to this version alone, there is no such version",
    async (status) => {
      for (const path of [info(), zip()]) cli.toys.site.fault(path, { kind: "status", status });
      cli.toys.site.addFile("/mod/golang.org/toolchain/@v/list", "v0.0.1-go1.22.5.linux-amd64\n");
      await expectRefused(cli, await fromProxy(), 7, /there is no Go 1\.22\.96 for /);
    },
  );

  test("where it announces more than it sends", async () => {
    cli.toys.site.fault(zip(), { kind: "wrong-length", by: 1000, times: 9 });
    await expectRefused(cli, await fromProxy(), 4, /127\.0\.0\.1/);
    cli.toys.site.fault(zip(), { kind: "wrong-length", by: 0, times: 0 });
    await expectHonestInstall();
  });

  test("where it sends others in a circle", async () => {
    cli.toys.site.fault(zip(), { kind: "redirect", to: zip() });
    await expectRefused(cli, await fromProxy(), 4, /redirect/);
  });

  test("that is the first of several is named with its reason, and the next one serves", async () => {
    const closed = await startSite();
    await closed.close();
    const env = { GOPROXY: `${closed.url}|${cli.toys.site.url}/mod` };
    expect(await install("goproxy", env)).toMatchObject({ status: 0 });
    expect(await cli.gvt("uninstall", "1.22.96")).toMatchObject({ status: 0 });
    const both = await cli.run([cli.launcher, "install", "1.22.96"], {
      env: { GVT_SOURCE: `${closed.url}/dl goproxy`, GOPROXY: closed.url },
    });
    await expectRefused(cli, both, 4, /refuses the connection/);
    expect(both.stderr.match(/refuses the connection/g)?.length).toBeGreaterThanOrEqual(2);
  });
});

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

function flip(bytes: Uint8Array, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
