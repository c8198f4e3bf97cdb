import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { HttpResponse, http as mock } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { installFetch } from "../../src/io/http.js";
import { openSources } from "../../src/sources/sources.js";
import type { LogTransport } from "../../src/trust/checksum-database.js";
import { createWorld, type World } from "../support/world.js";

const LOOKUP = "/lookup/golang.org/toolchain@v0.0.1-go1.22.6.linux-amd64";
const SUPPORTED = "sumdb/sum.golang.org/supported";

const server = setupServer();
let world: World;
/** What was asked, in order. */
let asked: string[];

beforeAll(() => {
  installFetch();
  server.listen({ onUnhandledRequest: "error" });
});
beforeEach(async () => {
  world = await createWorld();
  asked = [];
});
afterEach(async () => {
  server.resetHandlers();
  await world.remove();
});
afterAll(() => server.close());

/** Answers every host by a table of URL → status or text; what is not in it is not there. */
function serve(table: Readonly<Record<string, string | number>>): void {
  server.use(
    mock.get("*", ({ request }) => {
      asked.push(request.url);
      const answer = table[request.url] ?? 404;
      return typeof answer === "number"
        ? new HttpResponse(null, { status: answer })
        : HttpResponse.text(answer);
    }),
  );
}

async function openLog(
  env: Record<string, string>,
  offline = false,
  source = "goproxy",
): Promise<LogTransport | undefined> {
  return (await openSources(await world.context({ env }), { source, offline })).log;
}

async function read(env: Record<string, string>, path = LOOKUP): Promise<string | undefined> {
  return (await (await openLog(env))?.read(path))?.toString();
}

describe("which way the log is asked", () => {
  test("through a proxy that supports it, and only through that", async () => {
    serve({
      [`https://a.example/go/${SUPPORTED}`]: "",
      [`https://a.example/go/sumdb/sum.golang.org${LOOKUP}`]: "record",
    });
    expect(await read({ GOPROXY: "https://a.example/go,direct" })).toBe("record");
    expect(await read({ GOPROXY: "https://a.example/go,direct" }, "/latest")).toBeUndefined();
    expect(asked.every((url) => url.startsWith("https://a.example/"))).toBe(true);
  });

  test.each([404, 410])(
    "past a proxy that answers %i to the next, and directly in the end",
    async (status) => {
      serve({ [`https://a.example/${SUPPORTED}`]: status, [`https://sum.golang.org${LOOKUP}`]: "record" });
      expect(await read({ GOPROXY: "https://a.example,https://b.example" })).toBe("record");
      expect(asked.slice(0, 2)).toEqual([`https://a.example/${SUPPORTED}`, `https://b.example/${SUPPORTED}`]);
    },
  );

  test.each([400, 401, 403])(
    "a proxy that answers %i is an error, unless the list falls through on errors",
    async (status) => {
      serve({ [`https://a.example/${SUPPORTED}`]: status, [`https://sum.golang.org${LOOKUP}`]: "record" });
      await expect(read({ GOPROXY: "https://a.example,direct" })).rejects.toMatchObject({
        code: "SOURCE_BAD_ANSWER",
      });
      expect(await read({ GOPROXY: "https://a.example|direct" })).toBe("record");
      await expect(read({ GOPROXY: "https://a.example|" })).rejects.toMatchObject({
        code: "SOURCE_BAD_ANSWER",
      });
    },
  );

  test.each(["off", "direct", ""])("directly with GOPROXY=%s", async (GOPROXY) => {
    serve({ [`https://sum.golang.org${LOOKUP}`]: "record" });
    expect(await read({ GOPROXY })).toBe("record");
    expect(asked).toHaveLength(1);
  });

  test.each([
    ["sum.golang.google.cn", "https://sum.golang.google.cn"],
    ["sum.golang.org https://log.example/sum", "https://log.example/sum"],
    ["sum.golang.google.cn https://log.example/sum", "https://log.example/sum"],
    ["sum.golang.org+033de0ae+Ac4z https://log.example", "https://log.example"],
  ])("GOSUMDB=%s is another address, past every proxy", async (GOSUMDB, base) => {
    serve({ [`${base}${LOOKUP}`]: "record" });
    expect(await read({ GOPROXY: "https://a.example", GOSUMDB })).toBe("record");
    expect(asked).toEqual([`${base}${LOOKUP}`]);
  });

  test.each([
    { GOSUMDB: "off" },
    { GONOSUMDB: "*" },
    { GOPRIVATE: "*" },
    { GONOSUMCHECK: "1" },
    { GOFLAGS: "-insecure" },
    { GOSUMDB: "other.example+12345678+AAAA https://other.example" },
  ])("%j does not lead past the log", async (env) => {
    serve({ [`https://sum.golang.org${LOOKUP}`]: "record" });
    expect(await read({ GOPROXY: "direct", ...env })).toBe("record");
  });
});

test("a record that is not there yet is undefined, a refusal is an error", async () => {
  serve({ [`https://sum.golang.org${LOOKUP}`]: 403 });
  await expect(read({ GOPROXY: "direct" })).rejects.toThrow(
    "refuses to answer for the checksum database (403)",
  );
  expect(await read({ GOPROXY: "direct" }, "/tile/8/0/000")).toBeUndefined();
});

async function carry(folder: string): Promise<void> {
  const path = join(world.directory, folder, "sumdb/sum.golang.org", LOOKUP);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, "record");
}

describe("a directory that carries the log", () => {
  const openCarried = async (env: Record<string, string>) => {
    await carry("mirror");
    return openLog(env, false, join(world.directory, "mirror"));
  };

  test("answers for it before the network, which is asked for what it lacks", async () => {
    serve({ "https://sum.golang.org/tile/8/0/000": "tile" });
    const log = await openCarried({ GOPROXY: "direct" });
    expect((await log?.read(LOOKUP))?.toString()).toBe("record");
    expect(asked).toEqual([]);
    expect((await log?.read("/tile/8/0/000"))?.toString()).toBe("tile");
  });

  test("does not stand before a server that GOSUMDB states", async () => {
    serve({ [`https://log.example${LOOKUP}`]: "stated" });
    const log = await openCarried({ GOSUMDB: "sum.golang.org https://log.example" });
    expect((await log?.read(LOOKUP))?.toString()).toBe("stated");
  });
});

describe("offline", () => {
  test("a directory that carries the log answers for it, and no socket is opened", async () => {
    serve({});
    await carry("mirror");
    const log = await openLog({ GOPROXY: "https://a.example" }, true, join(world.directory, "mirror"));
    expect((await log?.read(LOOKUP))?.toString()).toBe("record");
    expect(await log?.read("/latest")).toBeUndefined();
    expect(asked).toEqual([]);
  });

  test("so does a file: proxy", async () => {
    await carry("mod");
    const log = await openLog({ GOPROXY: `https://a.example,file://${world.directory}/mod` }, true);
    expect((await log?.read(LOOKUP))?.toString()).toBe("record");
  });

  test("there is no log where nothing carries it", async () => {
    expect(await openLog({}, true, world.directory)).toBeUndefined();
  });
});
