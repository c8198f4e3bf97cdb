import { describe, expect, it } from "vitest";
import { findUnknownExperiment } from "../../src/doctor/go-experiments.js";
import { isBuildTarget } from "../../src/doctor/go-platforms.js";

describe("the pairs that each line builds for", () => {
  it.each([
    ["linux", "amd64", 17, 27],
    ["linux", "sparc64", 17, 27],
    ["linux", "loong64", 19, 27],
    ["freebsd", "riscv64", 20, 27],
    ["openbsd", "ppc64", 21, 27],
    ["wasip1", "wasm", 21, 27],
    ["openbsd", "riscv64", 22, 27],
    ["windows", "arm", 17, 25],
    ["openbsd", "mips64", 17, 26],
  ])("%s/%s from 1.%i to 1.%i", (os, arch, first, last) => {
    for (let minor = 17; minor <= 27; minor += 1)
      expect(isBuildTarget({ os, arch }, minor)).toBe(minor >= first && minor <= last);
  });

  it.each([
    ["darwin", "386"],
    ["nacl", "arm"],
    ["linux", "x86_64"],
    ["windows", "riscv64"],
    ["", "amd64"],
    ["linux", ""],
    ["toString", "call"],
  ])("never %s/%s", (os, arch) => {
    expect(isBuildTarget({ os, arch }, 17)).toBe(false);
    expect(isBuildTarget({ os, arch }, 27)).toBe(false);
  });

  it("are not known of lines that nobody has asked", () => {
    expect(isBuildTarget({ os: "linux", arch: "amd64" }, 16)).toBeUndefined();
    expect(isBuildTarget({ os: "hurd", arch: "386" }, 28)).toBeUndefined();
  });
});

describe("the experiments that each line knows", () => {
  it.each([
    ["fieldtrack", 17, 27],
    ["regabig", 17, 17],
    ["unified", 18, 20],
    ["coverageredesign", 20, 24],
    ["rangefunc", 22, 25],
    ["synctest", 24, 25],
    ["jsonv2", 25, 27],
    ["mapsplitgroup", 27, 27],
  ])("%s from 1.%i to 1.%i, and the same with `no`", (name, first, last) => {
    for (let minor = 17; minor <= 27; minor += 1) {
      const unknown = minor >= first && minor <= last ? undefined : name;
      expect(findUnknownExperiment(name, minor)).toBe(unknown);
      expect(findUnknownExperiment(`none,no${name},`, minor)).toBe(unknown);
    }
  });

  it.each([
    ["nosuch", "such"],
    ["nonone", "none"],
    ["arenas, loopvar", " loopvar"],
    ["toString", "toString"],
    ["arenas,first,second", "first"],
  ])("`%s` stops at `%s`, as Go names it", (text, unknown) => {
    expect(findUnknownExperiment(text, 25)).toBe(unknown);
  });

  it("are not known of lines that nobody has asked", () => {
    expect(findUnknownExperiment("nosuch", 16)).toBeUndefined();
    expect(findUnknownExperiment("nosuch", 28)).toBeUndefined();
  });
});
