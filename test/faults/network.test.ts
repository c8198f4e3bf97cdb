import { mkdir, readdir } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createCertificates } from "../support/certificates.js";
import { type Cli, createCli } from "../support/cli.js";
import { startSocksProxy } from "../support/proxy.js";
import { expectRefused } from "../support/refusal.js";
import { startSite } from "../support/site.js";
import { buildToy, type Toy } from "../support/toy-archive.js";

const BALLAST = 3_000_000;

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

  test("behind a SOCKS proxy, which looks the host up, and with nothing said of it", async () => {
    const socks = await startSocksProxy(cli.toys.site.url);
    const installed = await install("http://mirror.example/dl", { HTTP_PROXY: socks.url });
    expect(installed).toMatchObject({ stdout: "", status: 0 });
    expect(installed.stderr.split("\n")).toHaveLength(3);
    expect(installed.stderr).toMatch(
      /^installing go1\.22\.96 from http:\/\/mirror\.example\/dl\ngo1\.22\.96 is installed/,
    );
    expect(new Set(socks.tunnels)).toEqual(new Set(["mirror.example:80"]));
    await socks.close();
  });

  test("behind a SOCKS proxy that is silent, after three seconds", async () => {
    const socks = await startSocksProxy(cli.toys.site.url, { silentTo: "greeting" });
    const began = performance.now();
    const refused = await install("http://mirror.example/dl", { HTTP_PROXY: socks.url });
    await expectRefused(cli, refused, 4, /the proxy socks5h:\S+ did not answer within 2\.5 s/);
    expect(performance.now() - began).toBeLessThan(4500);
    await socks.close();
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

  test("where https leads to http, the redirect is not followed", async () => {
    const { authority, tls } = await createCertificates(cli.home, "IP:127.0.0.1");
    const secure = await startSite({ tls });
    secure.fault(`/dl/${toy.filename}`, { kind: "redirect", to: `${cli.toys.site.url}/dl/${toy.filename}` });
    const outcome = await install(`${secure.url}/dl`, { SSL_CERT_FILE: authority });
    await secure.close();
    await expectRefused(cli, outcome, 4, /redirect|http:/);
    expect(cli.toys.site.count(archive())).toBe(0);
    await expectHonestInstall();
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

function flip(bytes: Uint8Array, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
