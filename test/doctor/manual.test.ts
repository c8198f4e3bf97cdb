import { describe, expect, it } from "vitest";
import { MANUALS } from "../../src/doctor/catalogue.js";
import { findByMessage } from "../../src/doctor/manual/manual.js";

/** As Go, a shell or gvt prints them. */
const MESSAGES: readonly (readonly [string, string])[] = [
  ['compile: version "go1.21.13" does not match go tool version "go1.22.12"', "goroot-env-mismatch"],
  ["compile: version go1.21.13 does not match go tool version go1.22.6", "goroot-env-mismatch"],
  ["go: cannot find GOROOT directory: /x", "goroot-env-missing-dir"],
  ["go: cannot find GOROOT directory: 'go' binary is trimmed and GOROOT is not set", "go-binary-detached"],
  ["bash: go: command not found", "go-not-found"],
  ["main.go:4:2: package fmt is not in std (/x/src/fmt)", "goroot-incomplete"],
  ['go: no such tool "compile"', "goroot-incomplete"],
  ["src/os/file.go:3:6: Open redeclared in this block", "goroot-overlaid"],
  ["go: go.mod requires go >= 1.24.4 (running go 1.22.12; GOTOOLCHAIN=local)", "version-below-go-directive"],
  ['go: cannot find "go1.24.4" in PATH', "version-below-go-directive"],
  ['go: invalid GOTOOLCHAIN "1.22.6"', "gotoolchain-invalid"],
  ["go.mod:3: invalid go version '1.22.6': must match format 1.23", "go-line-too-new-for-parser"],
  ["go.mod:5: unknown directive: toolchain", "go-line-too-new-for-parser"],
  ["go: parsing $GOFLAGS: unknown flag -nosuch", "goflags-invalid"],
  ['go: parsing $GOFLAGS: non-flag "mod=mod"', "goflags-invalid"],
  ["cannot install, GOBIN must be an absolute path", "gobin-relative"],
  ['go: GOPATH entry is relative; must be absolute path: "foo".', "gopath-invalid"],
  ["build cache is disabled by GOCACHE=off, but required as of Go 1.12", "gocache-invalid"],
  ["warning: GOPATH set to GOROOT (/home/me/go) has no effect", "goroot-equals-gopath"],
  [
    "warning: go env -w GOBIN=... does not override conflicting OS environment variable",
    "goenv-file-overridden",
  ],
];

describe("a message that somebody pastes", () => {
  it.each(MESSAGES)("%s leads to %s", (message, id) => {
    expect(findByMessage(MANUALS, message)).toContain(id);
  });

  it("leads to its causes when it was broken over two lines and stands among others", () => {
    const text =
      "# example.com/m\ncompile: version go1.21.13 does not\n  match go tool version go1.22.6\nexit 1";
    expect(findByMessage(MANUALS, text)).toEqual(
      expect.arrayContaining(["goroot-env-mismatch", "goroot-in-goenv-file"]),
    );
  });

  it("leads nowhere where nobody knows it", () => {
    expect(findByMessage(MANUALS, "undefined: foo")).toEqual([]);
  });
});
