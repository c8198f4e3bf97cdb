/** Any version that Go could publish. */
import fc from "fast-check";
import type { GoVersion } from "../../src/go/version.js";

const number = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 9999 }));
const prerelease = fc.record({
  kind: fc.constantFrom("beta" as const, "rc" as const),
  number: fc.integer({ min: 1, max: 999 }),
});

export const arbitraryGoVersion: fc.Arbitrary<GoVersion> = fc
  .tuple(number, number, fc.option(prerelease, { nil: undefined, freq: 2 }))
  .map(([minor, patch, stage]) => ({ minor, patch, ...(stage && { prerelease: stage }) }));
