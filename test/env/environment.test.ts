import { describe, expect, it } from "vitest";
import { applyChanges, type EnvironmentInput, planEnvironment } from "../../src/env/environment.js";
import type { Basis, Selection } from "../../src/select/selection.js";

function selected(basis: Basis): Selection {
  const origin = { kind: "argument", text: "1.22.6" } as const;
  return {
    kind: "toolchain",
    version: { minor: 22, patch: 6 },
    goroot: "/r/1.22.6",
    origin,
    basis,
    rule: "R1",
    notes: [],
  };
}

const INPUT: EnvironmentInput = {
  selection: selected("pin"),
  env: { PATH: "/bin" },
  goEnvToolchain: undefined,
  policy: "default",
};

function changed(change: Partial<EnvironmentInput>): Readonly<Record<string, string | undefined>> {
  const input = { ...INPUT, ...change };
  return applyChanges(input.env, planEnvironment(input));
}

describe("the environment of a toolchain", () => {
  it("has its GOROOT and its programs first on PATH, and all else as it was", () => {
    const env = { PATH: "/bin", GOROOT: "/old", GOPATH: "/p", GOBIN: "/b" };
    expect(changed({ env })).toEqual({
      PATH: "/r/1.22.6/bin:/bin",
      GOROOT: "/r/1.22.6",
      GOPATH: "/p",
      GOBIN: "/b",
      GOTOOLCHAIN: "local",
    });
  });

  it.each([
    [undefined, "/r/1.22.6/bin"],
    ["", "/r/1.22.6/bin"],
    ["/r/1.22.6/bin", "/r/1.22.6/bin"],
    ["/r/1.22.6/bin:/bin", "/r/1.22.6/bin:/bin"],
    ["/bin:/r/1.22.6/bin", "/r/1.22.6/bin:/bin:/r/1.22.6/bin"],
    ["/r/1.22.6/binary", "/r/1.22.6/bin:/r/1.22.6/binary"],
  ])("PATH %j becomes %j", (path, expected) => {
    expect(changed({ env: { PATH: path } })["PATH"]).toBe(expected);
  });

  it.each([
    ["argument", "local"],
    ["pin", "local"],
    ["requirement", "path"],
    ["default", "path"],
    ["nothing", "path"],
  ] as const)("GOTOOLCHAIN where a %s decided is %s", (basis, expected) => {
    expect(changed({ selection: selected(basis) })["GOTOOLCHAIN"]).toBe(expected);
  });

  it.each([
    ["path", "path"],
    ["local", "local"],
    ["auto", "auto"],
    ["keep", undefined],
  ] as const)("GOTOOLCHAIN under the setting %s is %s", (policy, expected) => {
    expect(changed({ policy })["GOTOOLCHAIN"]).toBe(expected);
  });

  it("GOTOOLCHAIN is left alone where the user has set it", () => {
    expect(changed({ env: { GOTOOLCHAIN: "auto" }, policy: "path" })["GOTOOLCHAIN"]).toBe("auto");
    expect(changed({ goEnvToolchain: "auto", policy: "path" })["GOTOOLCHAIN"]).toBeUndefined();
    expect(changed({ env: { GOTOOLCHAIN: "" }, goEnvToolchain: "" })["GOTOOLCHAIN"]).toBe("local");
  });

  it("of the system's Go is as it was", () => {
    const selection = { ...selected("nothing"), kind: "system", program: "/usr/bin/go" } as const;
    expect(planEnvironment({ ...INPUT, selection })).toEqual([]);
  });
});
