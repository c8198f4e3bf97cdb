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
  ['go: invalid toolchain "local" in go.mod', "toolchain-line-invalid"],
  [
    "go.mod:4: invalid toolchain version '1.22.1': must match format go1.23.0 or default",
    "toolchain-line-invalid",
  ],
  [
    "go: invalid toolchain: go1.99 is a language version but not a toolchain version (go1.99.x)",
    "toolchain-line-invalid",
  ],
  ["go: reading go.work: open /nope/go.work: no such file or directory", "gowork-missing"],
  ["go: invalid GOWORK: not an absolute path", "gowork-missing"],
  [
    "current directory is contained in a module that is not one of the workspace modules listed in go.work. You can add the module to the workspace using:\n\tgo work use .",
    "gowork-parent-surprise",
  ],
  ["directory . outside modules listed in go.work or their selected dependencies", "gowork-parent-surprise"],
  [
    "go: module . listed in go.work file requires go >= 1.21.5, but go.work lists go 1.20; to update it:",
    "gowork-go-too-low",
  ],
  [
    "go: module . listed in go.work file requires go >= 1.21, but go.work implicitly requires go 1.18; to download and use go 1.21:",
    "gowork-go-too-low",
  ],
  [
    "go: download go1.24.9: golang.org/toolchain@v0.0.1-go1.24.9.linux-amd64: verifying module: checksum database disabled by GOSUMDB=off",
    "toolchain-needs-sumdb",
  ],
  ["go: toolchain go1.22.12 invoked to provide go1.24.4", "internal-switch-var-leaked"],
  ["go: toolchain go1.22.12 invoked to provide go1.24.4", "golang-dl-wrappers"],
  [
    "go1.22.4: not downloaded. Run 'go1.22.4 download' to install to /home/me/sdk/go1.22.4",
    "dl-wrapper-not-downloaded",
  ],
  [
    "go: rsc.io/quote@v1.5.2: GOPROXY list is not the empty string, but contains no entries",
    "goroot-go-env-altered",
  ],
  [
    'runtime/cgo: exec: "gcc": cannot run executable found relative to current directory',
    "path-relative-or-empty",
  ],
  ["dyld[123]: missing LC_UUID load command in /tmp/x", "macos-too-new-for-go"],
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
  ["go: cannot install cross-compiled binaries when GOBIN is set", "gobin-blocks-cross-install"],
  [
    "go install example.com/m: copying /tmp/go-build1/b001/exe/a.out: open /srv/bin/m: permission denied",
    "gobin-unwritable",
  ],
  ["$GOPATH/go.mod exists but should not", "gopath-has-go-mod"],
  ["go: warning: ignoring go.mod in $GOPATH /home/me/go", "gopath-has-go-mod"],
  [
    "build cache is required, but could not be located: GOCACHE is not defined and neither $XDG_CACHE_HOME nor $HOME are defined",
    "home-unset",
  ],
  ["missing $GOPATH", "home-unset"],
  [
    "main.go:10:17: cannot range over maps.Keys(m) (value of type iter.Seq[string])",
    "tool-built-with-older-go",
  ],
  [
    "slices/iter.go:50:17: cannot range over seq (variable of type iter.Seq[E]) (compile)",
    "tool-built-with-older-go",
  ],
  ["bash: /home/me/go/bin/gopls: cannot execute binary file: Exec format error", "tool-wrong-platform"],
  ["go: unsupported GOOS/GOARCH pair linux /amd64", "goos-goarch-invalid"],
  ["cmd/go: unsupported GOOS/GOARCH pair macos/amd64", "goos-goarch-invalid"],
  ["go: writing go env config: open /home/me/.config/go/env: permission denied", "goenv-file-foreign-owner"],
  ["go: example.com/tool@latest: cannot query module due to -mod=vendor", "goflags-risky"],
  [
    'go: -mod may only be set to readonly or vendor when in workspace mode, but it is set to "mod"',
    "goflags-risky",
  ],
  ["go: unknown environment setting GO111MODULE=true", "go111module-off"],
  ["go: modules disabled by GO111MODULE=off; see 'go help modules'", "go111module-off"],
  ["go: unknown GOEXPERIMENT synctest", "goexperiment-invalid"],
  ["go: cannot find go env config: path in $XDG_CONFIG_HOME is relative", "xdg-relative"],
  ['cgo: C compiler "gcc" not found: exec: "gcc": executable file not found in $PATH', "cgo-no-compiler"],
  ["package example.com/m: build constraints exclude all Go files in /home/me/m", "cgo-no-compiler"],
  ['go: unknown environment setting GO111MODULE="on"', "goenv-file-malformed"],
  ['go: GOPATH entry is relative; must be absolute path: "\\"/tmp/gp\\"".', "goenv-file-malformed"],
  ['go: invalid GOTOOLCHAIN "local\\r"', "goenv-file-malformed"],
  ['go: GOMODCACHE entry is relative; must be absolute path: "rel".', "modcache-invalid"],
  ["go: could not create module cache: mkdir /srv/mod: permission denied", "modcache-invalid"],
  [
    'error starting GOCACHEPROG program "/nowhere": fork/exec /nowhere: no such file or directory',
    "gocacheprog-missing",
  ],
  ["go: creating work dir: stat /nowhere: no such file or directory", "gotmpdir-invalid"],
  ["go: creating work dir: mkdir /tmp/go-build746204913: permission denied", "gotmpdir-invalid"],
  ["fork/exec /tmp/go-build3182111308/b001/t.test: permission denied", "tmp-noexec"],
  ["go: m@v1.0.0: GOPROXY list is not the empty string, but contains no entries", "goproxy-invalid"],
  ["go: m@v1.0.0: invalid proxy URL scheme (must be https, http, file): ftp://x", "goproxy-invalid"],
  ["go: m@v1.0.0: module lookup disabled by GOPROXY=off", "goproxy-off"],
  ["tls: failed to verify certificate: x509: certificate signed by unknown authority", "ca-roots-missing"],
  ['git init --bare in /x: exec: "git": executable file not found in $PATH', "git-missing"],
  [
    "golang.org/toolchain@v0.0.1-go1.22.7.linux-amd64: verifying module: checksum database disabled by GOSUMDB=off",
    "gosumdb-off",
  ],
  [
    "error obtaining VCS status: exit status 128\n\tUse -buildvcs=false to disable VCS stamping.",
    "vcs-stamp-refused",
  ],
  ["go: inconsistent vendoring in /home/me/m:", "vendor-inconsistent"],
  ["go: go.mod requires go >= 1.24.4 (running go 1.22.12; GOTOOLCHAIN=local)", "docker-version-too-low"],
  ['go: no such tool "compile"', "docker-removes-pkg"],
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
