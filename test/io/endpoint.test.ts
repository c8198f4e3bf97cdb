import { describe, expect, test } from "vitest";
import { parseEndpoint, parseNetrc, showUrl, urlWithin } from "../../src/io/endpoint.js";

const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

describe("endpoints", () => {
  test.each([
    ["https://go.dev/dl", "https://go.dev/dl", "https://go.dev/dl"],
    ["https://go.dev/dl//", "https://go.dev/dl", "https://go.dev/dl"],
    ["HTTPS://Mirror.EXAMPLE:443", "https://mirror.example", "https://mirror.example"],
    [
      "http://me:pw@mirror.example:8080/go/",
      "http://mirror.example:8080/go",
      "http://***@mirror.example:8080/go",
    ],
  ])("%s is asked at %s and called %s", (text, base, name) => {
    expect(parseEndpoint(text)).toMatchObject({ base, name });
  });

  test.each([
    "ftp://x.example",
    "file:///x",
    "nonsense",
    "https://x.example/?token=secret",
    "https://x.example/#secret",
  ])("%s is refused without being shown", (text) => {
    expect(() => parseEndpoint(text)).toThrow(/^cannot read the URL of a source: (?!.*secret)/);
  });

  test("a password may hold what a URL escapes, and a stray per cent sign", () => {
    expect(parseEndpoint("https://me:p%40%C3%A9%2@x.example").authorization).toBe(basic("me:p@é%2"));
  });

  test("a netrc entry is used over https, for its machine, where the URL has no credentials", () => {
    const netrc = parseNetrc("machine x.example login me password pw");
    expect(parseEndpoint("https://x.example/go", netrc).authorization).toBe(basic("me:pw"));
    expect(parseEndpoint("https://you:own@x.example/go", netrc).authorization).toBe(basic("you:own"));
    expect(parseEndpoint("http://x.example/go", netrc).authorization).toBeUndefined();
    expect(parseEndpoint("https://y.example/go", netrc).authorization).toBeUndefined();
  });

  test("a query stays in the request and out of messages", () => {
    const url = urlWithin(parseEndpoint("https://go.dev/dl"), "?mode=json&include=all");
    expect(url.href).toBe("https://go.dev/dl/?mode=json&include=all");
    expect(showUrl(url)).toBe("https://go.dev/dl/");
  });
});

describe("netrc", () => {
  test.each([
    ["several lines", "machine a\n  login me\n  password pw\n", { a: "me:pw" }],
    [
      "the first entry of a machine",
      "machine a login me password 1\nmachine a login me password 2",
      { a: "me:1" },
    ],
    ["an entry without a password", "machine a login me\nmachine b login me password pw", { b: "me:pw" }],
    ["nothing after default", "default login x password y\nmachine a login me password pw", {}],
    [
      "no macro",
      "macdef m\nmachine a login me password pw\n\nmachine b login me password pw",
      { b: "me:pw" },
    ],
    ["account and unknown words", "machine a account z login me password pw", { a: "me:pw" }],
    ["an empty file", "", {}],
  ])("%s", (_, text, expected) => {
    const entries = Object.entries(expected).map(([machine, pair]) => [machine, basic(pair)]);
    expect([...parseNetrc(text)]).toEqual(entries);
  });
});
