import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSources } from "../../src/sources/sources.js";
import { createWorld, type World } from "../support/world.js";

let world: World;
beforeEach(async () => {
  world = await createWorld();
  for (const name of ["mirror", "my mirror", "home/mirror"])
    await mkdir(join(world.directory, name), { recursive: true });
});
afterEach(() => world.remove());

async function namesOf(env: Record<string, string>, source?: string, offline = false): Promise<string[]> {
  const named = source?.replace("$DIR", world.directory);
  const { list } = await openSources(await world.context({ env }), { source: named, offline });
  return list.map(({ kind, name }) => `${kind} ${name.replace(world.directory, "")}`);
}

const GOPROXY = "https://a.example";

test("go.dev comes first, then the module proxy that Go is configured to", async () => {
  expect(await namesOf({ GOPROXY })).toEqual([
    "site https://go.dev/dl",
    "goproxy module proxy https://a.example",
  ]);
});

test("nothing names a proxy: only Go's own server is asked, and the name says why", async () => {
  expect(await namesOf({}, "goproxy")).toEqual([
    "goproxy module proxy https://go.dev/dl/mod (GOPROXY is not set)",
  ]);
});

test.each([
  ["goproxy", ["goproxy module proxy https://a.example"]],
  ["https://me:secret@mirror.example/go/", ["site https://***@mirror.example/go"]],
  ["http://mirror.example/go", ["site http://mirror.example/go"]],
  ["$DIR/mirror", ["directory /mirror"]],
  ["mirror", ["directory /mirror"]],
  ["~/mirror", ["directory /home/mirror"]],
  ["file://$DIR/my%20mirror", ["directory /my mirror"]],
])("--source %s is that source alone", async (source, expected) => {
  expect(await namesOf({ GOPROXY }, source)).toEqual(expected);
});

test("the setting lists several, and the argument wins over it", async () => {
  const env = { GOPROXY, GVT_SOURCE: "/srv/mirror goproxy" };
  expect(await namesOf(env)).toEqual(["directory /srv/mirror", "goproxy module proxy https://a.example"]);
  expect(await namesOf(env, "$DIR/mirror")).toEqual(["directory /mirror"]);
});

test("what is named for one command must be there", async () => {
  await expect(namesOf({ GOPROXY }, "/nonexistent/mirror")).rejects.toMatchObject({
    code: "USAGE",
    message: "`/nonexistent/mirror` is no directory, and so no source",
  });
});

test("offline only directories and file: proxies remain", async () => {
  const env = {
    GOPROXY: "https://a.example,file:///srv/mod,direct",
    GVT_SOURCE: "https://go.dev/dl /srv/mirror goproxy",
  };
  expect(await namesOf(env, undefined, true)).toEqual([
    "directory /srv/mirror",
    "goproxy module proxy file:///srv/mod",
  ]);
});

test.each([undefined, "https://me:secret@mirror.example", "goproxy"])(
  "offline with --source %s there is nowhere to go",
  async (source) => {
    const error: unknown = await namesOf({ GOPROXY }, source, true).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "OFFLINE", hint: expect.stringContaining("--offline --source DIR") });
    expect(JSON.stringify(error)).not.toContain("secret");
  },
);

test.each(["ftp://me:secret@x.example", "s3://bucket"])("%s is no source", async (source) => {
  const error: unknown = await namesOf({}, source).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: "USAGE" });
  expect(String(error)).not.toContain("secret");
});

test("offline, proxy settings that cannot be read do not matter", async () => {
  const env = { HTTPS_PROXY: "ftp://x", SSL_CERT_FILE: "/dev/null" };
  expect(await namesOf(env, "$DIR/mirror", true)).toEqual(["directory /mirror"]);
});

test("a mirror's credentials may come from netrc", async () => {
  await writeFile(join(world.home, ".netrc"), "machine mirror.example login me password pw\n");
  expect(await namesOf({}, "https://mirror.example/go")).toEqual(["site https://mirror.example/go"]);
});
