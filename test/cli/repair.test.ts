import { mkdir, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Cli, createCli } from "../support/cli.js";

let cli: Cli;
const path = (name: string) => cli.path(`$ROOT/versions/1.22.96/${name}`);

beforeEach(async () => {
  cli = await createCli();
  await cli.offer("1.22.96", "1.21.93");
  await cli.gvt("install", "1.22.96", "1.21.93");
  await cli.gvt("global", "1.22.96");
});

afterEach(() => cli.remove());

const eventsOf = (stdout: string) =>
  stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { event: string });

describe("gvt verify", () => {
  test("of a whole toolchain says so; without a VERSION it is the one that runs here", async () => {
    const line = /^go1\.22\.96 is whole: \d+ files as they were published\n$/;
    for (const words of [["1.22.96"], ["1.22"], []]) {
      const { stdout, stderr, status } = await cli.gvt("verify", ...words);
      expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
      expect(stdout).toMatch(line);
    }
  });

  test("names what differs and what mends it, with status 1", async () => {
    await rm(path("bin/gofmt"));
    await writeFile(path("VERSION"), "go1.22.97\n");
    await writeFile(path("bin/stringer"), "");
    const { stdout, stderr, status } = await cli.gvt("verify", "1.22.96");
    expect({ stderr, status }).toEqual({
      stderr: "\nhint: `gvt repair 1.22.96` restores what was published\n",
      status: 1,
    });
    expect(stdout).toMatch(
      /^go1\.22\.96 is not as it was published:\n {2}missing {2}bin\/gofmt\n {2}altered {2}VERSION: it has .+\n {2}added {4}bin\/stringer\n$/,
    );
  });

  test("of programs that were added to bin alone names what removes them", async () => {
    await writeFile(path("bin/stringer"), "");
    const { stderr, status } = await cli.gvt("verify", "1.22.96");
    expect({ stderr, status }).toEqual({
      stderr: "\nhint: `gvt repair --clean 1.22.96` restores what was published\n",
      status: 1,
    });
  });

  test("--all looks at everything, strays too", async () => {
    expect(await cli.gvt("verify", "--all")).toMatchObject({
      stdout: expect.stringMatching(/^go1\.21\.93 is whole: .+\ngo1\.22\.96 is whole: .+\n$/),
      status: 0,
    });
    await writeFile(cli.path("$ROOT/versions/notes.txt"), "");
    await mkdir(cli.path("$ROOT/versions/1.20.5"));
    const { stdout, status } = await cli.gvt("verify", "--all");
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /^go1\.20\.5 cannot be compared with what was published: .+there is no such file\n/,
    );
    expect(stdout).toContain("versions/notes.txt is no toolchain: its name is no Go version\n");
  });

  test("--json says the same", async () => {
    await rm(path("bin/gofmt"));
    const { stdout, stderr, status } = await cli.gvt("verify", "--json", "1.22.96", "1.21.93");
    expect({ stderr, status }).toEqual({ stderr: "", status: 1 });
    expect(JSON.parse(stdout)).toEqual({
      toolchains: [
        {
          version: "1.22.96",
          goroot: path("").slice(0, -1),
          whole: false,
          missing: ["bin/gofmt"],
          altered: [],
          added: [],
        },
        expect.objectContaining({ version: "1.21.93", whole: true, missing: [] }),
      ],
      strays: [],
    });
  });

  test.each([
    [["1.20.5"], 7, "Go 1.20.5 is not installed"],
    [["latest"], 2, "`latest` names no single version"],
    [["--all", "1.22.96"], 2, "`--all` takes no VERSION"],
  ])("%j fails with status %i: %s", async (words, wanted, message) => {
    const { stdout, stderr, status } = await cli.gvt("verify", ...words);
    expect({ stdout, status }).toEqual({ stdout: "", status: wanted });
    expect(stderr).toMatch(new RegExp(`^error: ${message}\n\nhint: .+\n$`));
  });

  test("of the machine's own Go says that there is nothing to hold it against", async () => {
    const { stderr, status } = await cli.run([cli.launcher, "verify"], { env: { GVT_VERSION: "system" } });
    expect(status).toBe(2);
    expect(stderr).toContain("error: the Go that runs here is this machine's own");
  });
});

describe("gvt repair", () => {
  test("restores what is missing, keeps what was added to bin, and says both", async () => {
    await rm(path("bin/go"));
    await writeFile(path("bin/stringer"), "");
    await writeFile(path("src/old.go"), "");
    const { stdout, stderr, status } = await cli.gvt("repair", "1.22.96");
    expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
    expect(stderr.split("\n")).toEqual([
      "go1.22.96 is not as it was published:",
      "  missing  bin/go",
      "  added    bin/stringer",
      "  added    src/old.go",
      `repairing go1.22.96 from ${cli.toys.site.url}/dl`,
      "  kept     bin/stringer",
      "  removed  src/old.go",
      expect.stringMatching(/^go1\.22\.96 is repaired; vouched for by organisation \(/),
      "",
    ]);
    expect(await cli.gvt("exec", "go")).toMatchObject({ status: 0 });
    expect(await readdir(path("bin"))).toEqual(["go", "gofmt", "stringer"]);
    expect(await cli.gvt("repair", "--clean", "1.22.96")).toMatchObject({ status: 0 });
    expect(await cli.gvt("verify", "1.22.96")).toMatchObject({ status: 0 });
  });

  test("of a whole toolchain changes nothing and asks nobody, wherever it is to look", async () => {
    const before = cli.toys.site.requests.length;
    const { stderr, status } = await cli.gvt("repair", "--offline", "1.22.96");
    expect(status).toBe(0);
    expect(stderr).toMatch(/^go1\.22\.96 is whole: .+\ngo1\.22\.96 needs no repair\n$/);
    expect(cli.toys.site.requests).toHaveLength(before);
  });

  test("--offline takes the archive from a directory", async () => {
    const [toy] = await cli.offer("1.22.96");
    await mkdir(cli.path("archives"));
    await writeFile(join(cli.path("archives"), toy?.filename ?? ""), toy?.tarGz ?? "");
    await rm(path("bin"), { recursive: true });
    const before = cli.toys.site.requests.length;
    expect(await cli.gvt("repair", "--offline", "--source", "archives", "1.22.96")).toMatchObject({
      status: 0,
    });
    expect(cli.toys.site.requests).toHaveLength(before);
    expect(await cli.gvt("verify", "1.22.96")).toMatchObject({ status: 0 });
  });

  test("of several repairs those that it can, and ends with the first failure's status", async () => {
    for (const version of ["1.22.96", "1.21.93"]) await rm(cli.path(`$ROOT/versions/${version}/VERSION`));
    const [toy] = await cli.offer("1.22.96");
    cli.toys.site.fault(`/dl/${toy?.filename}`, { kind: "status", status: 403 });
    const { stderr, status } = await cli.gvt("repair", "1.22.96", "1.21.93");
    expect(status).toBeGreaterThan(2);
    expect(stderr).toContain("error: ");
    expect(stderr).toContain("go1.21.93 is repaired;");
    expect(await cli.gvt("verify", "1.22.96")).toMatchObject({ status: 1 });
    expect(await cli.gvt("verify", "1.21.93")).toMatchObject({ status: 0 });
  });

  test("--json prints what it found, what it does, and how it ended, one event a line", async () => {
    await rm(path("bin/go"));
    await writeFile(path("bin/stringer"), "");
    const { stdout, stderr, status } = await cli.gvt("repair", "--json", "1.22.96", "1.21.93");
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    const events = eventsOf(stdout);
    expect(events[0]).toMatchObject({ event: "inspect", version: "1.22.96", missing: ["bin/go"] });
    expect(events.map(({ event }) => event)).toEqual(expect.arrayContaining(["publish", "replace"]));
    expect(events.at(-2)).toEqual({
      event: "repaired",
      version: "1.22.96",
      goroot: path("").slice(0, -1),
      kept: ["bin/stringer"],
      removed: [],
    });
    expect(events.at(-1)).toMatchObject({ event: "whole", version: "1.21.93" });
  });

  test.each([
    [["1.20.5"], 7, "Go 1.20.5 is not installed"],
    [["latest"], 2, "`latest` names no single version"],
    [[], 2, "`gvt repair` needs VERSION…"],
  ])("%j fails with status %i: %s", async (words, wanted, message) => {
    const { stdout, stderr, status } = await cli.gvt("repair", ...words);
    expect({ stdout, status }).toEqual({ stdout: "", status: wanted });
    expect(stderr).toMatch(new RegExp(`^error: ${message}\n\nhint: .+\n$`));
  });
});

describe("gvt prune", () => {
  test("of a root where nothing was interrupted has nothing to do", async () => {
    const { stdout, stderr, status } = await cli.gvt("prune");
    expect({ stdout, stderr, status }).toEqual({
      stdout: "",
      stderr: "there is nothing to remove\n",
      status: 0,
    });
  });

  test("shows what was left behind and how much it is, and removes it unless told not to", async () => {
    const partial = cli.path("$ROOT/cache/downloads/go1.22.6.linux-amd64.tar.gz.0.partial");
    const lock = cli.path("$ROOT/locks/1.22.6.lock");
    await writeFile(partial, Buffer.alloc(1_500_000));
    await mkdir(lock);
    await utimes(lock, 0, 0);
    const listed = `   1.5 MB  ${partial}  (a partial download)\n      0 B  ${lock}  (a lock that nobody holds)\n`;
    const dry = await cli.gvt("prune", "--dry-run");
    expect(dry).toMatchObject({ stdout: listed, stderr: "2 things, 1.5 MB, would be removed\n", status: 0 });
    expect(await readdir(cli.path("$ROOT/cache/downloads"))).toHaveLength(1);
    const json = JSON.parse((await cli.gvt("prune", "-n", "--json")).stdout) as unknown;
    expect(json).toEqual({
      removed: false,
      bytes: 1_500_000,
      leftovers: [
        { path: partial, kind: "download", bytes: 1_500_000 },
        { path: lock, kind: "lock", bytes: 0 },
      ],
    });
    expect(await cli.gvt("prune")).toMatchObject({
      stdout: listed,
      stderr: "2 things, 1.5 MB, removed\n",
      status: 0,
    });
    expect(await readdir(cli.path("$ROOT/cache/downloads"))).toEqual([]);
    expect(await readdir(cli.path("$ROOT/locks"))).toEqual([]);
    expect(await cli.gvt("verify", "--all")).toMatchObject({ status: 0 });
  });
});
