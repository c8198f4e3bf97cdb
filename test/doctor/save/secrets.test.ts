import { describe, expect, it } from "vitest";
import { createRedactor, isRedacted } from "../../../src/doctor/save/secrets.js";

const text = (plain: string): string => createRedactor().text(plain);
const variable = (name: string, value: string): string => createRedactor().variable(name, value);

describe("secrets in a text", () => {
  it.each([
    ["https://me:hunter2@proxy.example/go", "https://redacted1@proxy.example/go"],
    ["https://tok@proxy.example,direct", "https://redacted1@proxy.example,direct"],
    [
      "https://a:b@one.example|https://c:d@two.example",
      "https://redacted1@one.example|https://redacted2@two.example",
    ],
    ["https://me:pass/word@proxy.example", "https://redacted1@proxy.example"],
    [
      "https://p.example/go?token=abc&x=1#k=v",
      "https://p.example/go?token=redacted1&x=redacted2#k=redacted3",
    ],
    ["https://dl.example/Ab3dEf6hIj9kLm2nOp5q/go/", "https://dl.example/redacted1/go/"],
    ["export GITHUB_TOKEN=abc GOPATH=/x", "export GITHUB_TOKEN=redacted1 GOPATH=/x"],
    ['{"token": "abc"}', '{"token": "redacted1"}'],
    ['export NPM_PASSWORD="a b"', 'export NPM_PASSWORD="redacted1"'],
    ["set -gx API_KEY s3cret", "set -gx API_KEY redacted1"],
    ['$env:MY_SECRET = "x"', '$env:MY_SECRET = "redacted1"'],
    ["ENV GOAUTH='helper --key k; netrc'", "ENV GOAUTH='helper redacted1; netrc'"],
    ["curl --token abc https://p.example", "curl --token redacted1 https://p.example"],
    ["machine p.example login me password pw", "machine p.example login redacted1 password redacted2"],
    ["Authorization: Basic bWU6cHc=", "Authorization: redacted1"],
    ["-H 'Cookie: a=b; c=d'", "-H 'Cookie: redacted1'"],
    ["git ghp_abcdefghijklmnop1234 x", "git redacted1 x"],
    ["run: TOKEN=abc make", "run: TOKEN=redacted1 make"],
    ['env: "TOKEN=abc"', 'env: "TOKEN=redacted1"'],
    ["tool -v --token abc", "tool -v --token redacted1"],
    ["ENV http_proxy=me:pw@proxy.example:3128", "ENV http_proxy=redacted1@proxy.example:3128"],
    ["-ldflags=-X main.apiToken=abc", "-ldflags=-X main.apiToken=redacted1"],
    [
      "a=https://x:y@h.example b=https://x:y@h.example",
      "a=https://redacted1@h.example b=https://redacted1@h.example",
    ],
  ])("%s", (plain, expected) => {
    expect(text(plain)).toBe(expected);
    expect(isRedacted(text(plain))).toBe(true);
    expect(text(expected)).toBe(expected);
  });

  it.each([
    "export GOPATH=$HOME/go",
    "GOPROXY=https://proxy.example:8080/go,direct",
    "https://proxy.example:8080/golang.org/x/mod/@v/list",
    "export GITHUB_TOKEN=$(pass show github)",
    "export GITHUB_TOKEN=$OTHER",
    "HTTPS_PROXY=proxy.example:3128",
    "GOFLAGS=-mod=mod -tags=netgo,osusergo",
    "/usr/local/go/bin:/home/me/go/bin",
    "/home/me/secrets:/usr/bin",
    "/home/me/login items/bin:/home/me/password store/bin",
    "FROM registry.example/token-service-golang:1.22",
    "# example.com/m v0.0.0-20240102030405-abcdef123456",
    "GIT_AUTHOR_NAME=me",
    "the passphrase is asked for",
    "directory",
    "go1.22.6",
  ])("%s tells none", (plain) => {
    expect(text(plain)).toBe(plain);
  });

  it.each([
    ["MISE_GITHUB_TOKEN", "abc", "redacted1"],
    ["GOAUTH", "netrc", "netrc"],
    ["GOAUTH", "git /home/me/x; /usr/bin/helper --key k", "git /home/me/x; /usr/bin/helper redacted1"],
    ["GOPROXY", "https://u:p@h.example", "https://redacted1@h.example"],
    ["GOROOT", "/usr/local/go", "/usr/local/go"],
  ])("%s=%s", (name, value, expected) => {
    expect(variable(name, value)).toBe(expected);
  });

  it.each(["a", "-", "x-", "a.", " ", "a=", "https://", '"', "eyJ", "set ", "-a "])(
    "are looked for in %j without end no longer than a blink",
    (piece) => {
      const started = performance.now();
      text(piece.repeat(100_000 / piece.length));
      expect(performance.now() - started).toBeLessThan(2000);
    },
  );

  it("stay different where they differ, and are found where they stand alone", () => {
    const redactor = createRedactor();
    expect(redactor.variable("A_TOKEN", "abcdefgh1234567")).toBe("redacted1");
    expect(redactor.variable("B_TOKEN", "other")).toBe("redacted2");
    expect(redactor.everywhere("/tmp/abcdefgh1234567 other")).toBe("/tmp/redacted1 other");
  });
});
