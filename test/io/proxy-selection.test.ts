import { describe, expect, test } from "vitest";
import { proxySelector } from "../../src/io/proxy-selection.js";

const PROXY = "http://proxy.example:3128";

function proxyFor(url: string, env: Record<string, string>): string | undefined {
  return proxySelector(env)(new URL(url))?.href;
}

describe("which variable counts", () => {
  test.each([
    ["https://a.example", { HTTPS_PROXY: PROXY }, `${PROXY}/`],
    ["https://a.example", { https_proxy: PROXY }, `${PROXY}/`],
    ["https://a.example", { HTTPS_PROXY: PROXY, https_proxy: "http://other.example" }, `${PROXY}/`],
    ["https://a.example", { HTTPS_PROXY: "", https_proxy: PROXY }, `${PROXY}/`],
    ["https://a.example", { HTTP_PROXY: PROXY }, undefined],
    ["http://a.example", { HTTP_PROXY: PROXY }, `${PROXY}/`],
    ["http://a.example", { HTTPS_PROXY: PROXY }, undefined],
    ["https://a.example", { ALL_PROXY: PROXY }, undefined],
    ["http://a.example", { HTTP_PROXY: PROXY, REQUEST_METHOD: "GET" }, undefined],
    ["https://a.example", { HTTPS_PROXY: "proxy.example:3128" }, `${PROXY}/`],
    ["https://a.example", { HTTPS_PROXY: "10.0.0.1:3128" }, "http://10.0.0.1:3128/"],
    ["https://a.example", { HTTPS_PROXY: "https://me:pw@proxy.example" }, "https://me:pw@proxy.example/"],
    ["https://a.example", { HTTPS_PROXY: "socks5://proxy.example:1080" }, "socks5://proxy.example:1080"],
    ["https://a.example", {}, undefined],
  ])("%s with %j goes through %s", (url, env, expected) => {
    expect(proxyFor(url, env)).toBe(expected);
  });

  test.each([
    "ftp://proxy.example",
    "socks4://proxy.example",
    "http://",
    "http://pass word@x:1:2",
    "http://me:50%@proxy.example",
    "socks5://me:%ff@proxy.example",
  ])("%s is an error that shows nothing of it", (value) => {
    expect(() => proxySelector({ HTTPS_PROXY: value })).toThrow(
      /^HTTPS_PROXY is not the address of a proxy$/,
    );
  });
});

describe("what is asked directly", () => {
  test.each([
    ["https://localhost", ""],
    ["https://localhost:8443", ""],
    ["https://127.0.0.1", ""],
    ["https://127.8.8.8", ""],
    ["https://[::1]:8443", ""],
    ["https://a.example", "*"],
    ["https://a.example", "b.example, *"],
    ["https://a.example", "a.example"],
    ["https://a.example", "A.EXAMPLE"],
    ["https://x.a.example", "a.example"],
    ["https://x.a.example", ".a.example"],
    ["https://x.a.example", "*.a.example"],
    ["https://a.example", "a.example:443"],
    ["https://a.example:8443", "a.example:8443"],
    ["https://a.example", " , a.example ,"],
    ["https://bücher.example", "bücher.example"],
    ["https://10.1.2.3", "10.0.0.0/8"],
    ["https://10.1.2.3", "10.1.2.3"],
    ["https://10.1.2.3:8443", "10.1.2.3:8443"],
    ["https://[fd00::1]", "fd00::/8"],
    ["https://[fd00::1]", "fd00::1"],
    ["https://[fd00::1]:8443", "[fd00::1]:8443"],
  ])("%s with NO_PROXY=%s", (url, list) => {
    expect(proxyFor(url, { HTTPS_PROXY: PROXY, NO_PROXY: list })).toBeUndefined();
    expect(proxyFor(url, { HTTPS_PROXY: PROXY, no_proxy: list })).toBeUndefined();
  });
});

describe("what NO_PROXY does not exempt", () => {
  test.each([
    ["https://a.example", ".a.example"],
    ["https://a.example", "*.a.example"],
    ["https://ba.example", "a.example"],
    ["https://a.example.org", "a.example"],
    ["https://a.example", "a.example:80"],
    ["https://a.example", "x.a.example"],
    ["https://a.example", ":443"],
    ["https://a.example", "10.0.0.0/8"],
    ["https://11.1.2.3", "10.0.0.0/8"],
    ["https://10.1.2.3", "10.1.2.3:8443"],
    ["https://10.1.2.3", "2.3"],
    ["https://10.1.2.3", "10.0.0.0/99"],
    ["https://foo.localhost", ""],
  ])("%s with NO_PROXY=%s", (url, list) => {
    expect(proxyFor(url, { HTTPS_PROXY: PROXY, NO_PROXY: list })).toBe(`${PROXY}/`);
  });
});
