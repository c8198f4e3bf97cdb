import { expect, test } from "vitest";
import { findMissingOs } from "../../src/go/minimum-os.js";
import { parseGoVersion } from "../../src/go/version.js";

test.each([
  ["1.24.0", "linux", "3.1.0", "Linux 3.2"],
  ["1.24.0", "linux", "3.2.0", undefined],
  ["1.24.0", "linux", "2.6.32-754.el6.x86_64", "Linux 3.2"],
  ["1.23.9", "linux", "2.6.32-754.el6.x86_64", undefined],
  ["1.27.0", "linux", "4.4.0-19041-Microsoft", undefined],
  ["1.27.0", "linux", "6.8.0-45-generic", undefined],
  ["1.24rc1", "linux", "3.1.0", "Linux 3.2"],
  ["1.22.6", "darwin", "19.6.0", undefined],
  ["1.23.0", "darwin", "19.6.0", "macOS 11"],
  ["1.25.0", "darwin", "20.6.0", "macOS 12"],
  ["1.27.0", "darwin", "21.6.0", "macOS 13"],
  ["1.27.0", "darwin", "24.0.0", undefined],
  ["1.27.0", "freebsd", "12.0", undefined],
  ["1.27.0", "linux", "unreadable", undefined],
])("go%s on %s %s lacks %s", (version, os, release, missing) => {
  expect(findMissingOs(parseGoVersion(version), { os, arch: "amd64" }, release)).toBe(missing);
});
