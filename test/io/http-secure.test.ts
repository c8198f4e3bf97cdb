import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { parseEndpoint } from "../../src/io/endpoint.js";
import { createHttpClient, type HttpClient } from "../../src/io/http-client.js";
import type { Timing } from "../../src/io/requests.js";
import { createCertificates, type TestCertificates } from "../support/certificates.js";
import { startProxy, startSocksProxy, type TestProxy } from "../support/proxy.js";
import { type Site, startSite } from "../support/site.js";

let directory: string;
let certificates: TestCertificates;
let site: Site;
let proxy: TestProxy | undefined;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "gvt-https-"));
  certificates = await createCertificates(directory, "IP:127.0.0.1,DNS:mirror.example");
  site = await startSite({ tls: certificates.tls });
  site.addFile("/x", "yes");
});
afterAll(async () => {
  await site.close();
  await rm(directory, { recursive: true });
});
afterEach(async () => {
  await proxy?.close();
  proxy = undefined;
});

function client(env: Record<string, string>, timing: Partial<Timing> = {}): HttpClient {
  return createHttpClient({
    env,
    signal: new AbortController().signal,
    version: "1.2.3",
    trace: () => undefined,
    timing: { backoff: 1, ...timing },
  });
}

const read = (env: Record<string, string>, url = site.url) =>
  client(env).read(parseEndpoint(url), "x", { limit: 10 });
const found = { kind: "found", bytes: Buffer.from("yes") };

describe("certificates", () => {
  test("an unknown authority is refused, with the host, the reason and what to do", async () => {
    await expect(read({})).rejects.toMatchObject({
      code: "SOURCE_UNREACHABLE",
      message: expect.stringMatching(/the certificate of 127\.0\.0\.1:\d+ is refused: .*\[.+\]/),
      hint: expect.stringContaining("SSL_CERT_FILE or NODE_EXTRA_CA_CERTS"),
    });
  });

  test("NODE_TLS_REJECT_UNAUTHORIZED=0 does not switch the check off", async () => {
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    await expect(read({})).rejects.toThrow("is refused");
    vi.unstubAllEnvs();
  });

  test.each(["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"])("%s adds an authority", async (variable) => {
    expect(await read({ [variable]: certificates.authority })).toMatchObject(found);
  });

  test("SSL_CERT_DIR adds the authorities in its directories", async () => {
    expect(await read({ SSL_CERT_DIR: `/nowhere:${directory}` })).toMatchObject(found);
  });

  test("archives come under the same rules", async () => {
    await expect(client({}).open(parseEndpoint(site.url), "x")).rejects.toThrow("is refused");
    const opened = await client({ SSL_CERT_FILE: certificates.authority }).open(parseEndpoint(site.url), "x");
    expect(opened?.size).toBe(3);
    for await (const chunk of opened?.bytes ?? []) expect(Buffer.from(chunk).toString()).toBe("yes");
  });

  test("a file that holds no certificate is an error that names it", async () => {
    const path = join(directory, "no-certificate");
    await writeFile(path, "-----BEGIN CERTIFICATE-----\nbm8=\n-----END CERTIFICATE-----\n");
    await expect(read({ SSL_CERT_FILE: path })).rejects.toMatchObject({
      code: "BAD_CONFIG",
      message: "cannot read the certificates that SSL_CERT_FILE names: it holds no PEM certificate",
      facts: { file: path },
    });
  });

  test("a certificate file that is not there is told once a certificate is refused", async () => {
    await expect(read({ NODE_EXTRA_CA_CERTS: "/nowhere/ca.pem" })).rejects.toThrow(
      "(NODE_EXTRA_CA_CERTS=/nowhere/ca.pem is not there)",
    );
  });

  test("a server that never finishes the handshake costs the time for a connection, once", async () => {
    const accepted: Socket[] = [];
    const server = createServer((socket) => void accepted.push(socket));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const endpoint = parseEndpoint(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const http = client({}, { connectTimeout: 100 });
    await expect(http.read(endpoint, "x", { limit: 10 })).rejects.toThrow("did not answer within 0.1 s");
    await expect(http.open(endpoint, "y")).rejects.toThrow("did not answer within 0.1 s");
    expect(accepted).toHaveLength(1);
    for (const socket of accepted) socket.destroy();
    server.close();
  });

  test("a certificate of another host is refused", async () => {
    const other = await createCertificates(await mkdtemp(join(directory, "other-")), "DNS:other.example");
    const server = await startSite({ tls: other.tls });
    await expect(read({ SSL_CERT_FILE: other.authority }, server.url)).rejects.toThrow(
      "ERR_TLS_CERT_ALTNAME_INVALID",
    );
    await server.close();
  });
});

describe("proxies", () => {
  test("https goes through a tunnel, with the proxy's credentials and none of the site's", async () => {
    proxy = await startProxy(site.url);
    const env = {
      https_proxy: proxy.url.replace("//", "//me:s%40cret@"),
      SSL_CERT_FILE: certificates.authority,
    };
    expect(await read(env, "https://mirror.example")).toMatchObject(found);
    expect(proxy.tunnels).toEqual(["mirror.example:443"]);
    expect(proxy.authorizations).toEqual([`Basic ${Buffer.from("me:s@cret").toString("base64")}`]);
  });

  test("plain http is sent to the proxy as an absolute URL", async () => {
    const relay = await startSite();
    relay.addFile("/go/x", "yes");
    expect(await read({ HTTP_PROXY: relay.url }, "http://dl.example/go")).toMatchObject(found);
    expect(relay.requests.map(({ url }) => url)).toEqual(["http://dl.example/go/x"]);
    await relay.close();
  });

  test("a proxy that wants a password says so, and its own is not shown", async () => {
    proxy = await startProxy(site.url, 407);
    const env = { HTTPS_PROXY: proxy.url.replace("//", "//me:secret@") };
    const error: unknown = await read(env, "https://mirror.example").catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: "SOURCE_UNREACHABLE",
      message: expect.stringContaining("asks for a user name and password (407)"),
      hint: expect.stringContaining("HTTPS_PROXY"),
    });
    expect(String(error)).not.toContain("secret");
    expect(proxy.tunnels).toHaveLength(1);
  });

  test("plain http through a proxy that wants a password says so too", async () => {
    proxy = await startProxy(site.url, 407);
    await expect(read({ HTTP_PROXY: proxy.url }, "http://dl.example")).rejects.toThrow("(407)");
  });

  test("a proxy that refuses the tunnel is named", async () => {
    proxy = await startProxy(site.url, 403);
    await expect(read({ HTTPS_PROXY: proxy.url }, "https://mirror.example")).rejects.toThrow(
      `the proxy ${proxy.url} answers 403 to CONNECT`,
    );
  });

  test("a proxy that takes the request and is silent is what is named", async () => {
    proxy = await startProxy(site.url, "silence");
    const http = client({ HTTPS_PROXY: proxy.url }, { stallTimeout: 100 });
    await expect(http.read(parseEndpoint("https://mirror.example"), "x", { limit: 10 })).rejects.toThrow(
      `the proxy ${proxy.url} does not answer to CONNECT`,
    );
  });

  test("a proxy that is down is what is named, not the host behind it", async () => {
    const gone = await startProxy(site.url);
    await gone.close();
    await expect(read({ HTTPS_PROXY: gone.url }, "https://mirror.example")).rejects.toMatchObject({
      message: expect.stringContaining(`the proxy ${gone.url} refuses the connection`),
      hint: "HTTPS_PROXY and HTTP_PROXY name the proxy, NO_PROXY the hosts that need none",
    });
  });

  test("the loopback and what NO_PROXY names are asked directly", async () => {
    proxy = await startProxy(site.url);
    const env = { HTTPS_PROXY: proxy.url, NO_PROXY: ".invalid", SSL_CERT_FILE: certificates.authority };
    expect(await read(env)).toMatchObject(found);
    await expect(read(env, "https://mirror.invalid")).rejects.toThrow("its name does not resolve");
    expect(proxy.tunnels).toEqual([]);
  });
});

describe("SOCKS proxies", () => {
  test.each(["socks5h:", "socks5:"])(
    "%s is asked for the host by its name, over https and http alike",
    async (protocol) => {
      const plain = await startSite();
      plain.addFile("/x", "yes");
      for (const [leadsTo, url] of [
        [site.url, "https://mirror.example"],
        [plain.url, "http://mirror.example"],
      ] as const) {
        const socks = await startSocksProxy(leadsTo);
        const way = socks.url.replace("socks5h:", protocol);
        const env = { HTTPS_PROXY: way, HTTP_PROXY: way, SSL_CERT_FILE: certificates.authority };
        expect(await read(env, url)).toMatchObject(found);
        const opened = await client(env).open(parseEndpoint(url), "x");
        for await (const chunk of opened?.bytes ?? []) expect(Buffer.from(chunk).toString()).toBe("yes");
        expect(new Set(socks.tunnels)).toEqual(
          new Set([`mirror.example:${url.startsWith("https") ? 443 : 80}`]),
        );
        await socks.close();
      }
      await plain.close();
    },
  );

  test("credentials are sent to a proxy that asks for them", async () => {
    const socks = await startSocksProxy(site.url, { credentials: "me:s@cret" });
    const env = {
      HTTPS_PROXY: socks.url.replace("//", "//me:s%40cret@"),
      SSL_CERT_FILE: certificates.authority,
    };
    expect(await read(env, "https://mirror.example")).toMatchObject(found);
    await socks.close();
  });

  test.each(["//", "//me:wrong@"])(
    "a proxy that asks for other credentials than %s says so, once",
    async (by) => {
      const socks = await startSocksProxy(site.url, { credentials: "me:secret" });
      const env = { HTTPS_PROXY: socks.url.replace("//", by) };
      const error: unknown = await read(env, "https://mirror.example").catch((caught: unknown) => caught);
      expect(error).toMatchObject({
        code: "SOURCE_UNREACHABLE",
        message: expect.stringContaining(`the proxy ${socks.url} asks for another user name and password`),
        hint: expect.stringContaining("HTTPS_PROXY"),
      });
      expect(String(error)).not.toContain("wrong");
      await socks.close();
    },
  );

  test.each([
    [{ reply: 2 }, "does not connect to mirror.example:443: its rules forbid it"],
    [{ reply: 5 }, "does not connect to mirror.example:443: the host refuses the connection"],
    [{ reply: 77 }, "does not connect to mirror.example:443: it answers 77"],
    [{ hangsUp: true }, "hangs up before it has answered"],
    [{ silentTo: "greeting" }, "did not answer within 0.1 s"],
    [{ silentTo: "CONNECT" }, "did not answer within 0.1 s"],
  ] as const)("a proxy that is %o is what is named, at once, and left", async (behaviour, message) => {
    const socks = await startSocksProxy(site.url, behaviour);
    const http = client({ HTTPS_PROXY: socks.url }, { connectTimeout: 100 });
    await expect(http.read(parseEndpoint("https://mirror.example"), "x", { limit: 10 })).rejects.toThrow(
      `the proxy ${socks.url} ${message}`,
    );
    await vi.waitFor(() => expect(socks.connections.size).toBe(0));
    await socks.close();
  });

  test("a proxy that speaks HTTP is told from one that speaks SOCKS", async () => {
    proxy = await startProxy(site.url);
    const env = { HTTPS_PROXY: proxy.url.replace("http:", "socks5:") };
    await expect(read(env, "https://mirror.example")).rejects.toThrow("does not speak SOCKS 5");
  });

  test("a site behind the proxy that never finishes the handshake costs the time for a connection", async () => {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const socks = await startSocksProxy(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const http = client({ HTTPS_PROXY: socks.url }, { connectTimeout: 100 });
    await expect(http.read(parseEndpoint("https://mirror.example"), "x", { limit: 10 })).rejects.toThrow(
      "did not answer within 0.1 s",
    );
    await socks.close();
    server.close();
  });

  test("a certificate is checked behind the proxy too", async () => {
    const socks = await startSocksProxy(site.url);
    await expect(read({ HTTPS_PROXY: socks.url }, "https://mirror.example")).rejects.toThrow("is refused");
    await socks.close();
  });
});
