import { createHash, randomBytes } from "node:crypto";
import { HttpResponse, http as mock } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parseEndpoint } from "../../src/io/endpoint.js";
import { installFetch } from "../../src/io/http.js";
import { createHttpClient, type HttpClient } from "../../src/io/http-client.js";
import type { Timing } from "../../src/io/requests.js";
import { type Site, startSite } from "../support/site.js";

const FILE = "/dl/go1.22.6.linux-amd64.tar.gz";
const CONTENT = randomBytes(300_000);
const DIGEST = createHash("sha256").update(CONTENT).digest("hex");

let site: Site;
let signal: AbortController;

beforeEach(async () => {
  site = await startSite();
  signal = new AbortController();
});
afterEach(() => site.close());

function client(timing: Partial<Timing> = {}, trace: string[] = []): HttpClient {
  return createHttpClient({
    env: {},
    signal: signal.signal,
    version: "1.2.3",
    trace: (line) => trace.push(line),
    timing: { backoff: 1, longestPause: 20, ...timing },
  });
}

const base = () => parseEndpoint(`${site.url}/dl`);
const read = (path: string, limit = 1000) => client().read(base(), path, { limit });

async function download(http: HttpClient, name = FILE.slice("/dl/".length)): Promise<Buffer> {
  const opened = await http.open(base(), name);
  const chunks: Uint8Array[] = [];
  for await (const chunk of opened?.bytes ?? []) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe("small answers", () => {
  test("an answer is read whole, with its validator, and the server learns only gvt's name", async () => {
    site.addFile("/dl/index.json", "[1]", { etag: '"a"' });
    expect(await read("index.json")).toEqual({ kind: "found", bytes: Buffer.from("[1]"), validator: '"a"' });
    const headers = site.requests[0]?.headers;
    expect(headers).toMatchObject({ "user-agent": "gvt/1.2.3", "accept-encoding": "identity" });
    expect(headers).not.toHaveProperty("authorization");
  });

  test("what is at hand and still holds is not sent again", async () => {
    site.addFile("/dl/index.json", "[1]", { etag: '"a"' });
    const answer = await client().read(base(), "index.json", { limit: 10, validator: '"a"' });
    expect(answer).toEqual({ kind: "unchanged" });
  });

  test.each([403, 404, 410])(
    "status %i means that there is no such thing, and is asked once",
    async (status) => {
      site.fault("/dl/x", { kind: "status", status });
      expect(await read("x")).toEqual({ kind: "absent", status });
      expect(site.count("/dl/x")).toBe(1);
    },
  );

  test.each([429, 500, 502, 503, 504])("status %i is asked again until it passes", async (status) => {
    site.addFile("/dl/x", "yes");
    site.fault("/dl/x", { kind: "status", status, times: 2 });
    expect(await read("x")).toMatchObject({ kind: "found" });
    expect(site.count("/dl/x")).toBe(3);
  });

  test("a server that goes on failing is given up after four tries", async () => {
    site.fault("/dl/x", { kind: "status", status: 503 });
    await expect(read("x")).rejects.toMatchObject({
      code: "SOURCE_UNREACHABLE",
      message: `cannot get an answer from ${site.url}/dl: it answers 503`,
    });
    expect(site.count("/dl/x")).toBe(4);
  });

  test("Retry-After is kept to, but not for a thousand years", async () => {
    site.addFile("/dl/x", "yes");
    site.fault("/dl/x", { kind: "status", status: 429, headers: { "retry-after": "1000000000" }, times: 1 });
    const trace: string[] = [];
    await client({ longestPause: 7 }, trace).read(base(), "x", { limit: 10 });
    expect(trace).toContain(`${site.url}/dl: it answers 429; again in 7 ms`);
  });

  test("a status that says nothing else is an answer that cannot be used", async () => {
    site.fault("/dl/x", { kind: "status", status: 401 });
    await expect(read("x")).rejects.toMatchObject({
      code: "SOURCE_BAD_ANSWER",
      message: `${site.url}/dl/x answers 401`,
    });
  });

  test.each([
    ["a web page in place of data", { kind: "html" } as const, "web page"],
    ["an encoding nobody asked for", { kind: "encoding", encoding: "gzip" } as const, "encoding `gzip`"],
  ])("%s is refused with that reason", async (_, fault, reason) => {
    site.addFile("/dl/x", "yes");
    site.fault("/dl/x", fault);
    await expect(read("x")).rejects.toMatchObject({
      code: "SOURCE_BAD_ANSWER",
      message: expect.stringContaining(reason),
    });
  });

  test("an answer longer than allowed is refused, announced or not", async () => {
    site.addFile("/dl/x", "0123456789");
    await expect(read("x", 9)).rejects.toThrow("longer than 9 bytes");
    await site.close();
    site = await startSite({
      intercept: (_, response) => Boolean(response.write("0123456789") && response.end()),
    });
    await expect(read("x", 9)).rejects.toThrow("longer than 9 bytes");
  });

  test.each([
    ["a reset connection", { kind: "reset", times: 1 } as const],
    ["a cut body", { kind: "cut", after: 1, times: 1 } as const],
    ["a length that is not kept", { kind: "wrong-length", by: 5, times: 1 } as const],
  ])("%s is asked again", async (_, fault) => {
    site.addFile("/dl/x", "yes");
    site.fault("/dl/x", fault);
    expect(await read("x")).toMatchObject({ kind: "found", bytes: Buffer.from("yes") });
  });

  test("an interruption ends a pause at once", async () => {
    site.fault("/dl/x", { kind: "status", status: 503 });
    const reading = client({ backoff: 60_000, longestPause: 60_000 }).read(base(), "x", { limit: 10 });
    setTimeout(() => signal.abort("SIGINT"), 50);
    await expect(reading).rejects.toMatchObject({ code: "INTERRUPTED" });
  });
});

describe("hosts that do not answer", () => {
  test("a refused connection is not tried a second time", async () => {
    const dead = parseEndpoint(site.url);
    await site.close();
    const trace: string[] = [];
    const http = client({}, trace);
    const expected = {
      code: "SOURCE_UNREACHABLE",
      message: expect.stringContaining("refuses the connection"),
    };
    await expect(http.read(dead, "x", { limit: 10 })).rejects.toMatchObject(expected);
    await expect(http.read(dead, "y", { limit: 10 })).rejects.toMatchObject(expected);
    expect(trace).toHaveLength(1);
    site = await startSite();
  });

  test("a host that accepts and is silent costs one stall timeout, once", async () => {
    site.fault("/dl/x", { kind: "hang" });
    const http = client({ stallTimeout: 100 });
    await expect(http.read(base(), "x", { limit: 10 })).rejects.toThrow("then was silent for 0.1 s");
    await expect(http.read(base(), "y", { limit: 10 })).rejects.toThrow("then was silent for 0.1 s");
    expect(site.requests).toHaveLength(1);
  });

  test("a name that does not resolve is said to be that", async () => {
    const nowhere = parseEndpoint("https://mirror.invalid");
    await expect(client().read(nowhere, "x", { limit: 10 })).rejects.toThrow(
      "mirror.invalid cannot be found: its name does not resolve",
    );
  });
});

describe("redirects", () => {
  test("a relative one is followed", async () => {
    site.addFile("/dl/there", "yes");
    site.fault("/dl/x", { kind: "redirect", to: "../dl/there" });
    expect(await read("x")).toMatchObject({ kind: "found" });
  });

  test.each([
    ["to another http host", "http://other.example/x", "which is not https"],
    ["to a file", "file:///etc/passwd", "which is not https"],
    ["to data", "data:text/plain,x", "which is not https"],
    ["with credentials", "https://me:secret@other.example/x", "a URL with credentials"],
    ["to a link-local address", "https://169.254.169.254/latest", "network link"],
  ])("%s is refused", async (_, to, reason) => {
    site.fault("/dl/x", { kind: "redirect", to });
    const error: unknown = await read("x").catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "SOURCE_BAD_ANSWER", message: expect.stringContaining(reason) });
    expect(String(error)).not.toContain("secret");
  });

  test("five are followed and a sixth is not", async () => {
    for (let hop = 0; hop < 6; hop++) site.fault(`/dl/${hop}`, { kind: "redirect", to: `${hop + 1}` });
    site.addFile("/dl/6", "yes");
    expect(await read("1")).toMatchObject({ kind: "found" });
    await expect(read("0")).rejects.toThrow("redirects more than 5 times");
  });

  test("credentials stay with the server they were given for, and out of every message", async () => {
    const trace: string[] = [];
    const endpoint = parseEndpoint(`${site.url.replace("//", "//me:s%65cret@")}/dl`);
    site.fault("/dl/x", { kind: "redirect", to: "https://other.invalid/x" });
    const failing = client({}, trace).read(endpoint, "x", { limit: 10 });
    const error: unknown = await failing.catch((caught: unknown) => caught);
    expect(site.requests[0]?.headers["authorization"]).toBe(
      `Basic ${Buffer.from("me:secret").toString("base64")}`,
    );
    expect(String(error)).toContain("//***@127.0.0.1");
    expect(`${error} ${trace.join()}`).not.toMatch(/s%65cret|secret/);
  });
});

describe("archives", () => {
  beforeEach(() => void site.addArchive("go1.22.6.linux-amd64.tar.gz", CONTENT, "/dl"));

  test("the bytes come with size and validator", async () => {
    const opened = await client().open(base(), "go1.22.6.linux-amd64.tar.gz");
    expect(opened).toMatchObject({ offset: 0, size: CONTENT.length, validator: expect.stringMatching(/^"/) });
    expect(await digest(download(client()))).toBe(DIGEST);
  });

  test("there is no stream where there is no file", async () => {
    expect(await client().open(base(), "go9.9.9.linux-amd64.tar.gz")).toBeUndefined();
  });

  test.each([
    ["a cut", { kind: "cut", after: 100_000, times: 2 } as const],
    ["a stall", { kind: "stall", after: 100_000, times: 1 } as const],
  ])("%s half-way is got over without a byte lost or doubled", async (_, fault) => {
    site.fault(FILE, fault);
    expect(await digest(download(client({ stallTimeout: 200 })))).toBe(DIGEST);
    expect(site.requests[1]?.headers).toMatchObject({ range: "bytes=100000-", "if-range": etag() });
  });

  test("a length that is announced and not kept is an error", async () => {
    site.fault(FILE, { kind: "wrong-length", by: 7 });
    await expect(download(client())).rejects.toMatchObject({ code: "SOURCE_UNREACHABLE" });
  });

  test("a reader that takes its time is no stall", async () => {
    site.addFile("/dl/large", Buffer.alloc(8 << 20));
    const opened = await client({ stallTimeout: 100 }).open(base(), "large");
    let length = 0;
    for await (const chunk of opened?.bytes ?? []) {
      if (length === 0) await new Promise((resolve) => setTimeout(resolve, 400));
      length += chunk.length;
    }
    expect(length).toBe(8 << 20);
    expect(site.requests).toHaveLength(1);
  });

  test("without a validator it is read again from the start, and what was handed on is skipped", async () => {
    site.addFile(FILE, CONTENT);
    site.fault(FILE, { kind: "cut", after: 100_000, times: 1 });
    expect(await digest(download(client()))).toBe(DIGEST);
    expect(site.requests[1]?.headers["range"]).toBeUndefined();
  });

  test("a file that changes half-way is an error, not a mixture", async () => {
    site.fault(FILE, { kind: "cut", after: 100_000, times: 1 });
    const opened = await client().open(base(), "go1.22.6.linux-amd64.tar.gz");
    site.addFile(FILE, randomBytes(CONTENT.length), { etag: '"other"' });
    await expect(drain(opened?.bytes)).rejects.toThrow("changed while it was read");
  });

  test("a server that cuts every time is given up", async () => {
    site.fault(FILE, { kind: "cut", after: 10 });
    await expect(download(client())).rejects.toMatchObject({ code: "SOURCE_UNREACHABLE" });
    expect(site.requests).toHaveLength(4);
  });

  test("a partial download is continued under its validator", async () => {
    const resume = { offset: 250_000, validator: etag() };
    const opened = await client().open(base(), "go1.22.6.linux-amd64.tar.gz", resume);
    expect(opened).toMatchObject({ offset: 250_000, size: CONTENT.length });
    expect((await drain(opened?.bytes)).equals(CONTENT.subarray(250_000))).toBe(true);
  });

  test.each([
    ["another file by now", { offset: 10, validator: '"old"' }, undefined],
    ["a server without ranges", { offset: 10, validator: "" }, { kind: "ignores-range" } as const],
    ["more at hand than there is", { offset: 999_999_999, validator: "" }, undefined],
  ])("%s begins anew", async (_, resume, fault) => {
    if (fault) site.fault(FILE, fault);
    const point = { ...resume, validator: resume.validator || etag() };
    const opened = await client().open(base(), "go1.22.6.linux-amd64.tar.gz", point);
    expect(opened?.offset).toBe(0);
    expect(await digest(drain(opened?.bytes))).toBe(DIGEST);
  });

  test("a range that was not asked for is an error", async () => {
    site.fault(FILE, { kind: "wrong-range" });
    const resume = { offset: 10, validator: etag() };
    await expect(client().open(base(), "go1.22.6.linux-amd64.tar.gz", resume)).rejects.toMatchObject({
      code: "SOURCE_BAD_ANSWER",
      message: expect.stringContaining("another part of the file"),
    });
  });

  test.each([
    ["a login portal", { kind: "html" } as const, "web page"],
    ["a compressed body", { kind: "encoding", encoding: "br" } as const, "encoding `br`"],
  ])("%s is no archive", async (_, fault, reason) => {
    site.fault(FILE, fault);
    await expect(download(client())).rejects.toMatchObject({
      code: "SOURCE_BAD_ANSWER",
      message: expect.stringContaining(reason),
    });
  });

  test("bytes that trickle are given up after a stall timeout of waiting", async () => {
    site.fault(FILE, { kind: "slow", pause: 20 });
    await expect(download(client({ stallTimeout: 100 }))).rejects.toThrow(/it sent \d+ bytes in/);
  });

  test("a reader that leaves early closes the connection", async () => {
    site.addFile("/dl/large", Buffer.alloc(20 << 20));
    const opened = await client().open(base(), "large");
    for await (const chunk of opened?.bytes ?? []) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    await site.close(); // would wait for the response otherwise
    site = await startSite();
  });

  test("an archive is known to be there, or not, without its bytes", async () => {
    expect(await client().findPresence(base(), "go1.22.6.linux-amd64.tar.gz")).toBe("there");
    expect(await client().findPresence(base(), "go9.9.9.linux-amd64.tar.gz")).toBe("absent");
    site.fault(FILE, { kind: "status", status: 405 });
    expect(await client().findPresence(base(), "go1.22.6.linux-amd64.tar.gz")).toBe("there");
    site.fault(FILE, { kind: "status", status: 403 });
    expect(await client().findPresence(base(), "go1.22.6.linux-amd64.tar.gz")).toBe("forbidden");
    expect(site.requests.every(({ method }) => method === "HEAD")).toBe(true);
  });
});

describe("in process", () => {
  const server = setupServer();
  beforeAll(() => {
    installFetch();
    server.listen({ onUnhandledRequest: "error" });
  });
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());

  test("a redirect from https to http is refused", async () => {
    server.use(
      mock.get("https://mirror.example/dl/x", () =>
        HttpResponse.text(null, { status: 302, headers: { location: "http://mirror.example/dl/y" } }),
      ),
    );
    await expect(
      client().read(parseEndpoint("https://mirror.example/dl"), "x", { limit: 10 }),
    ).rejects.toThrow("which is not https");
  });

  test("another host gets no credentials", async () => {
    const seen: (string | null)[] = [];
    server.use(
      mock.get("https://mirror.example/x", ({ request }) => {
        seen.push(request.headers.get("authorization"));
        return HttpResponse.text(null, { status: 307, headers: { location: "https://cdn.example/x" } });
      }),
      mock.get("https://cdn.example/x", ({ request }) => {
        seen.push(request.headers.get("authorization"));
        return HttpResponse.text("yes");
      }),
    );
    await client().read(parseEndpoint("https://me:secret@mirror.example"), "x", { limit: 10 });
    expect(seen).toEqual([expect.stringMatching(/^Basic /), null]);
  });
});

async function drain(bytes: AsyncIterable<Uint8Array> | undefined): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes ?? []) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function digest(content: Promise<Buffer>): Promise<string> {
  return createHash("sha256")
    .update(await content)
    .digest("hex");
}

/** As the site makes it. */
function etag(): string {
  return `"${DIGEST.slice(0, 16)}"`;
}
