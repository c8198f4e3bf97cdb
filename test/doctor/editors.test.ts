import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { collectEditors, parseEditorSettings } from "../../src/doctor/collect/editors.js";
import { createLook } from "../../src/doctor/collect/look.js";
import { createDisk, type Disk } from "./support/disk.js";

function parse(text: string) {
  return parseEditorSettings("/s.json", text).map(({ line, key, value, removable }) => [
    line,
    key,
    value,
    removable,
  ]);
}

describe("settings of an editor", () => {
  it("are read with their lines, through comments and nested tables", () => {
    const text = `{
  // "go.goroot": "/commented",
  "editor.tabSize": 2, /* "go.goroot":
  "/commented" */
  "go.goroot": "/usr/local/go",
  "go.toolsEnvVars": { "GOROOT": "/a", "OTHER": "/b" },
  "go.alternateTools": {
    "go": "/opt/go/bin/go"
  },
  "[go]": { "go.goroot": "/not/one" },
  "list": ["go.goroot", { "go.goroot": "/nor/this" }],
}`;
    expect(parse(text)).toEqual([
      [5, "go.goroot", "/usr/local/go", '  "go.goroot": "/usr/local/go",'],
      [6, "go.toolsEnvVars.GOROOT", "/a", undefined],
      [8, "go.alternateTools.go", "/opt/go/bin/go", undefined],
    ]);
  });

  it.each([
    ['{"go.goroot":"C:\\\\Go","a":"//"}', [1, "go.goroot", "C:\\Go", undefined]],
    ['{"a":"http://x", "go.goroot"\n:\n"/x"}', [3, "go.goroot", "/x", undefined]],
    ['{"a": [1, {}], "go.gopath": "~/go"', [1, "go.gopath", "~/go", undefined]],
  ])("are read from %j", (text, expected) => {
    expect(parse(text)).toEqual([expected]);
  });

  it.each(["", "{", "}", '{"go.goroot": null}', '{"go.goroot"', "[[[", '{"go.goroot": ["/x"]}', "\u0000"])(
    "are none in %j",
    (text) => {
      expect(parse(text)).toEqual([]);
    },
  );
});

describe("where a setting leads", () => {
  let disk: Disk;
  beforeEach(async () => {
    disk = await createDisk();
    await mkdir(join(disk.home, "go1"), { recursive: true });
    await symlink("go1", join(disk.home, "current"));
  });
  afterEach(() => disk.remove());

  it.each(["~/current", "${env:HOME}/current", "${userHome}/current"])("%s is put in", async (value) => {
    const path = join(disk.home, ".config/Code/User/settings.json");
    await disk.write(path, `{ "go.goroot": "${value}" }`);
    const look = createLook({ filesystemRoot: "", silentMounts: [], patience: 400 });
    const [setting] = await collectEditors(look, disk.home, disk.directory);
    expect(setting).toMatchObject({ path, line: 1, realpath: join(disk.home, "go1") });
  });

  it("the repository's settings may name its folder", async () => {
    await mkdir(join(disk.directory, "go"));
    await disk.write(
      join(disk.directory, ".vscode/settings.json"),
      '{ "go.goroot": "${workspaceFolder}/go" }',
    );
    const look = createLook({ filesystemRoot: "", silentMounts: [], patience: 400 });
    const [setting] = await collectEditors(look, disk.home, disk.directory);
    expect(setting?.realpath).toBe(join(disk.directory, "go"));
  });
});
