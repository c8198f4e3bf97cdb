import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseModuleProxies, readModuleProxies } from "../../src/sources/module-proxies.js";
import { createWorld } from "../support/world.js";

/** `https://a,` for an entry that falls through on 404 alone, `https://a|` for one that does on every error. */
function show(value: string): string[] {
  return parseModuleProxies(value, "a test").map(({ place, fallsBackOnError, direct }) => {
    const where = place.kind === "server" ? place.endpoint.base : `file:${place.path}`;
    return `${where}${fallsBackOnError ? "|" : ","}${direct ? " direct" : ""}`;
  });
}

const DIRECT = "https://go.dev/dl/mod, direct";

test.each([
  ["https://a.example", ["https://a.example,"]],
  ["https://a.example,direct", ["https://a.example,", DIRECT]],
  ["https://a.example|https://b.example/go,off", ["https://a.example|", "https://b.example/go,"]],
  [" https://a.example , , |direct", ["https://a.example,", DIRECT]],
  ["a.example", ["https://a.example,"]],
  ["a.example/go", ["https://a.example/go,"]],
  ["a.example:8080", ["https://a.example:8080,"]],
  ["http://a.example:8080/", ["http://a.example:8080,"]],
  ["file:///srv/mod/", ["file:/srv/mod,"]],
  ["file:///srv/my%20mod", ["file:/srv/my mod,"]],
  ["direct", [DIRECT]],
  ["direct,https://a.example", [DIRECT]],
  ["off", []],
  ["off,https://a.example", []],
])("GOPROXY=%s is read as Go reads it", (value, expected) => {
  expect(show(value)).toEqual(expected);
});

test.each([
  [",", "the list has no entries"],
  [" ", "the list has no entries"],
  ["proxyname", "an entry is no URL and none of Go's words"],
  ["ftp://me:secret@a.example", "an entry is no https, http or file URL"],
  ["file://host/srv", "a file: URL is a path and no more"],
  ["/srv/mod", "an entry is no URL and none of Go's words"],
])("GOPROXY=%s is an error that says where it is set and shows no password", (value, reason) => {
  expect(() => show(value)).toThrow(`cannot read GOPROXY of a test: ${reason}`);
  expect(() => show(value)).not.toThrow("secret");
});

test("netrc is used unless GOAUTH says otherwise, and where nothing names a proxy only Go's own servers are asked", async () => {
  const world = await createWorld();
  await writeFile(join(world.home, ".netrc"), "machine a.example login me password pw\n");
  const read = async (env: Record<string, string>) =>
    (await readModuleProxies(await world.context({ env }))).proxies;
  const authorized = ({ list }: Awaited<ReturnType<typeof read>>) =>
    list.map(({ place }) => place.kind === "server" && place.endpoint.authorization !== undefined);
  const GOPROXY = "https://a.example,https://b.example";
  expect(authorized(await read({ GOPROXY }))).toEqual([true, false]);
  expect(authorized(await read({ GOPROXY, GOAUTH: "off" }))).toEqual([false, false]);
  expect(authorized(await read({ GOPROXY, NETRC: "/nowhere" }))).toEqual([false, false]);
  const unset = await read({});
  expect(unset.origin).toBeUndefined();
  expect(unset.list).toMatchObject([
    { direct: true, place: { endpoint: { base: "https://go.dev/dl/mod" } } },
  ]);
  await world.remove();
});
