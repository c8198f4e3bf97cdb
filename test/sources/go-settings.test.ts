import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readGoSettings } from "../../src/sources/go-settings.js";
import { findUserGoEnvPath } from "../../src/store/user-go-env.js";
import { createWorld, type World } from "../support/world.js";

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.remove());

async function write(path: string, text: string): Promise<string> {
  const full = join(world.directory, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, text);
  return full;
}

async function find(name: string, env: Record<string, string> = {}) {
  return (await readGoSettings(await world.context({ env }))).find(name);
}

test("the environment comes first, then the go-env file, then go.env of a Go on PATH", async () => {
  const file = await write("home/.config/go/env", "# mine\nGOPROXY=https://file.example\n");
  await write("go/bin/go", "");
  const goEnv = await write("go/go.env", "GOPROXY=https://goroot.example\nGOSUMDB=sum.golang.org\n");
  const PATH = join(world.directory, "go/bin");
  expect(await find("GOPROXY", { GOPROXY: "https://env.example", PATH })).toEqual({
    value: "https://env.example",
    origin: "the environment",
  });
  expect(await find("GOPROXY", { GOPROXY: "", PATH })).toEqual({
    value: "https://file.example",
    origin: `${file}:2`,
  });
  expect(await find("GOPROXY", { GOENV: "off", PATH })).toEqual({
    value: "https://goroot.example",
    origin: `${goEnv}:1`,
  });
  expect(await find("GOSUMDB", { PATH })).toMatchObject({ value: "sum.golang.org" });
  expect(await find("GOBIN", { PATH })).toBeUndefined();
});

test("an empty line in the go-env file hides what go.env says", async () => {
  await write("home/.config/go/env", "GOPROXY=\n");
  await write("go/bin/go", "");
  await write("go/go.env", "GOPROXY=https://goroot.example\n");
  expect(await find("GOPROXY", { PATH: join(world.directory, "go/bin") })).toBeUndefined();
});

test("a link on PATH leads to the tree that the program is in, and a Go without go.env is passed over", async () => {
  await write("old/bin/go", "");
  await write("go/bin/go", "");
  await write("go/go.env", "GOPROXY=https://goroot.example\n");
  await mkdir(join(world.directory, "bin"));
  await symlink("../go/bin/go", join(world.directory, "bin/go"));
  const PATH = [join(world.directory, "old/bin"), "relative", "", join(world.directory, "bin")].join(":");
  expect(await find("GOPROXY", { PATH })).toMatchObject({ value: "https://goroot.example" });
});

test("without a Go on PATH the newest that is installed is asked, and gvt's own shims are not", async () => {
  await write("home/.gvt/versions/1.9.7/VERSION", "");
  await write("home/.gvt/versions/1.21.13/go.env", "GOPROXY=https://old.example\n");
  await write("home/.gvt/versions/1.22.6/go.env", "GOPROXY=https://new.example\n");
  await write("home/.gvt/shims/go", "");
  await write("home/.gvt/go.env", "GOPROXY=https://trap.example\n");
  expect(await find("GOPROXY", { PATH: join(world.home, ".gvt/shims") })).toMatchObject({
    value: "https://new.example",
  });
});

test("a go-env file that is a directory, or not there, says nothing", async () => {
  await mkdir(join(world.home, ".config/go/env"), { recursive: true });
  expect(await find("GOPROXY")).toBeUndefined();
});

test.each([
  ["linux", {}, "home/.config/go/env"],
  ["linux", { XDG_CONFIG_HOME: "/xdg" }, "/xdg/go/env"],
  ["linux", { XDG_CONFIG_HOME: "relative" }, undefined],
  ["darwin", { XDG_CONFIG_HOME: "/xdg" }, "home/Library/Application Support/go/env"],
  ["linux", { GOENV: "/my/env" }, "/my/env"],
  ["linux", { GOENV: "my/env" }, "my/env"],
  ["linux", { GOENV: "off" }, undefined],
])("on %s with %j the go-env file is %s", async (os, env, expected) => {
  const path = findUserGoEnvPath(await world.context({ os, env }));
  expect(path).toBe(expected && (expected.startsWith("/") ? expected : join(world.directory, expected)));
});
