import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import semver from "semver";
import { describe, expect, it } from "vitest";
import { toSemver } from "../../src/go/selector.js";
import {
  compareGoVersions,
  compareInGoOrder,
  findGoVersion,
  findLanguageVersion,
  findPublishedVersion,
  findToolchainName,
  formatGoVersion,
  type GoVersion,
  type LanguageVersion,
  newest,
  parseGoVersion,
  toolchainName,
} from "../../src/go/version.js";
import { arbitraryGoVersion } from "../support/arbitrary-version.js";

interface Vectors {
  readonly chains: readonly { readonly name: string; readonly order: readonly string[] }[];
  readonly same: readonly (readonly [string, string])[];
  readonly invalid: readonly string[];
  readonly names: readonly (readonly [string, string])[];
  readonly noNames: readonly string[];
}

const vectors = JSON.parse(
  readFileSync(join(import.meta.dirname, "../vectors/go-version.json"), "utf8"),
) as Vectors;

/** What a module may state: a release, or a bare line. */
function parseStated(text: string): GoVersion | LanguageVersion {
  return findLanguageVersion(text) ?? parseGoVersion(text);
}

describe("Go's order", () => {
  it.each(vectors.chains.map(({ name, order }) => [name, order] as const))("%s", (_, order) => {
    const stated = order.map(parseStated);
    for (const [i, a] of stated.entries()) {
      for (const [j, b] of stated.entries())
        expect(Math.sign(compareInGoOrder(a, b)), `${order[i]} ${order[j]}`).toBe(Math.sign(i - j));
    }
  });

  it.each(vectors.same)("%s and %s are the same", (a, b) => {
    expect(compareInGoOrder(parseStated(a), parseStated(b))).toBe(0);
  });

  it("is total, and semver's among releases", () => {
    fc.assert(
      fc.property(arbitraryGoVersion, arbitraryGoVersion, arbitraryGoVersion, (a, b, c) => {
        const sign = Math.sign(compareGoVersions(a, b));
        expect(Math.sign(compareGoVersions(b, a))).toBe(sign === 0 ? 0 : -sign);
        expect(sign).toBe(semver.compare(toSemver(a), toSemver(b)));
        expect(sign).toBe(Math.sign(compareInGoOrder(a, b)));
        if (sign <= 0 && compareGoVersions(b, c) <= 0) expect(compareGoVersions(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it("has a newest of any versions", () => {
    fc.assert(
      fc.property(fc.array(arbitraryGoVersion), (versions) => {
        const best = newest(versions);
        expect(best === undefined).toBe(versions.length === 0);
        expect(versions.every((version) => best && compareGoVersions(version, best) <= 0)).toBe(true);
      }),
    );
  });
});

describe("a version's text", () => {
  it("comes back from its version", () => {
    fc.assert(
      fc.property(arbitraryGoVersion, (version) => {
        expect(parseGoVersion(formatGoVersion(version))).toEqual(version);
        expect(findToolchainName(toolchainName(version))).toEqual(version);
      }),
    );
  });

  it.each(vectors.invalid)("%j is no exact version", (text) => {
    expect(findGoVersion(text)).toBeUndefined();
    expect(() => parseGoVersion(text)).toThrow(expect.objectContaining({ code: "BAD_SELECTOR" }));
  });

  it.each(vectors.names)("%s is the toolchain %s", (name, version) => {
    const found = findToolchainName(name);
    expect(found && formatGoVersion(found)).toBe(version);
  });

  it.each(vectors.noNames)("%j names no toolchain", (name) => {
    expect(findToolchainName(name)).toBeUndefined();
  });

  it("1.20 is published, 1.21 is not", () => {
    expect(findPublishedVersion("1.20")).toEqual({ minor: 20, patch: 0 });
    expect(findPublishedVersion("1.21")).toBeUndefined();
    expect(toolchainName({ minor: 20, patch: 0 })).toBe("go1.20");
    expect(toolchainName({ minor: 21, patch: 0 })).toBe("go1.21.0");
  });
});
