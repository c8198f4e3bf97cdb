import { describe, expect, it } from "vitest";
import { findIntendedVariable, isGoVariable } from "../../src/doctor/go-variables.js";
import { matchesModule, splitPatterns } from "../../src/doctor/module-patterns.js";
import { findProxyFault, listDeadEntries, splitProxyList } from "../../src/doctor/proxy-list.js";
import { agree, findPin, findTagPin, isBelow } from "../../src/doctor/stated-pins.js";

describe("GOPROXY", () => {
  it.each([
    ["https://a.example,direct", undefined],
    [" https://a.example , direct ", undefined],
    ["proxy.example", undefined],
    ["localhost:3000", undefined],
    ["off,ftp://x", undefined],
    ["direct,nonsense", undefined],
    ["file:///srv/proxy", undefined],
    ["HTTPS://a.example", undefined],
    [",|,", "it has no entries"],
    ["none", "none: it has no scheme"],
    ["/srv/proxy", "/srv/proxy: it has no scheme"],
    ["ftp://x", "ftp://x: its scheme is not https, http or file"],
    ["https:/x", "https:/x: it names no host"],
    ["https://:8080", "https://:8080: it names no host"],
    ["https://a.example:port", "https://a.example:port: it names no host"],
    ["file://host/x", "file://host/x: a file:// URL is a path and nothing else"],
    ["file:///x?y", "file:///x?y: a file:// URL is a path and nothing else"],
    ["https://a.example,s3://b", "s3://b: its scheme is not https, http or file"],
  ])("%j has the fault %j", (value, fault) => {
    expect(findProxyFault(value)).toBe(fault);
  });

  it("keeps what ends each entry", () => {
    expect(splitProxyList("a.example|,b.example,off")).toEqual([
      { text: "a.example", end: "|" },
      { text: "b.example", end: "," },
      { text: "off", end: "" },
    ]);
    expect(listDeadEntries("a.example,off,b.example|direct")).toEqual(["b.example", "direct"]);
  });
});

describe("patterns of private modules", () => {
  it.each([
    ["*", "github.com/a/b", true],
    ["github.com", "github.com/a/b", true],
    ["github.com/a", "github.com/a", true],
    ["github.com/a", "github.com/ab", false],
    ["github.com/a/b/c", "github.com/a/b", false],
    ["*.example", "git.example/x", true],
    ["*.example", "git.corp.example/x", true],
    ["*.example", "example/x", false],
    ["git.example/*/x", "git.example/team/x/v2", true],
    ["git.example/*", "git.example", false],
    ["git?example", "git.example/x", true],
    ["git[a-z]example", "git.example/x", false],
    ["[^g]it.example", "git.example/x", false],
    ["[^a]it.example", "git.example/x", true],
    ["git\\.example", "git.example/x", true],
    ["git.example/a+b(c)", "git.example/a+b(c)", true],
    ["[", "[/x", false],
  ])("%s and %s: %s", (pattern, module, matches) => {
    expect(matchesModule(pattern, module)).toBe(matches);
  });

  it("are split at commas, without a slash at their end", () => {
    expect(splitPatterns("a.example/,,b.example/x")).toEqual(["a.example", "b.example/x"]);
  });
});

describe("a name that is nearly one of Go's", () => {
  it.each([
    ["GO_ROOT", "GOROOT"],
    ["GOPRIVAT", "GOPRIVATE"],
    ["GOPRIVATEE", "GOPRIVATE"],
    ["GOPRIVITE", "GOPRIVATE"],
    ["GOROOTS", "GOROOT"],
    ["GOPROXY", undefined],
    ["GOLANG_VERSION", undefined],
    ["GOPATH_BACKUP", undefined],
    ["GOMAXPROCS", undefined],
    ["GO", undefined],
  ])("%s is meant as %s", (name, intended) => {
    expect(findIntendedVariable(name)).toBe(intended);
    expect(intended === undefined || isGoVariable(intended)).toBe(true);
  });
});

describe("a version that is stated for other tools", () => {
  it.each([
    ["1.22.6", { minor: 22, patch: 6 }],
    ["go1.22.6", { minor: 22, patch: 6 }],
    ["1.22", { minor: 22 }],
    ["1.20", { minor: 20 }],
    ["1.22.x", { minor: 22 }],
    ["~1.22.3", { minor: 22 }],
    ["^1.22", undefined],
    [">=1.22", undefined],
    ["stable", undefined],
    ["1.x", undefined],
    ["1", undefined],
    ["system", undefined],
  ])("%s is %j", (text, pin) => {
    expect(findPin(text)).toEqual(pin);
  });

  it.each([
    ["1.22.6-alpine3.20", { minor: 22, patch: 6 }],
    ["1.22-bookworm", { minor: 22 }],
    ["alpine3.20", undefined],
    ["1-alpine", undefined],
    ["latest", undefined],
  ])("the tag %s is %j", (tag, pin) => {
    expect(findTagPin(tag)).toEqual(pin);
  });

  it("is below a floor where even the newest that it allows is", () => {
    const floor = { version: { minor: 22, patch: 3 }, text: "go 1.22.3", line: 1 };
    const below = ["1.22.2", "1.22rc1", "1.21", "1.22", "1.22.3", "1.23.0"].filter((text) => {
      const pin = findPin(text);
      return pin && isBelow(pin, floor);
    });
    expect(below).toEqual(["1.22.2", "1.22rc1", "1.21"]);
  });

  it("agrees with what one version can satisfy too", () => {
    expect(agree({ minor: 22 }, { minor: 22, patch: 6 })).toBe(true);
    expect(agree({ minor: 22, patch: 5 }, { minor: 22, patch: 6 })).toBe(false);
    expect(agree({ minor: 21 }, { minor: 22, patch: 6 })).toBe(false);
  });
});
