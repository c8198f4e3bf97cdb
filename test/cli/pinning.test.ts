import { lstat, readdir, readFile, readlink, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Cli, createCli } from "../support/cli.js";

let cli: Cli;

beforeEach(async () => {
  cli = await createCli({ installed: ["1.21.3", "1.22.6"] });
});

afterEach(() => cli.remove());

describe.each([
  ["local", ".go-version"],
  ["global", "$ROOT/version"],
])("gvt %s", (command, file) => {
  test.each([
    ["1.22.6", "1.22.6"],
    ["go1.22.6", "go1.22.6"],
    ["1.22", "1.22"],
    ["1.22.x", "1.22.x"],
    ["system", "system"],
    [">=1.21 <1.22", "1.21.3"],
    ["^1.21", "1.22.6"],
  ])("%s of what is installed writes %s, in silence", async (spec, text) => {
    expect(await cli.gvt(command, spec)).toMatchObject({ stdout: "", stderr: "", status: 0 });
    expect(await cli.read(file)).toBe(`${text}\n`);
    expect(await cli.gvt(command)).toMatchObject({ stdout: `${text}\n`, stderr: "", status: 0 });
    expect(cli.toys.site.requests).toEqual([]);
  });

  test("of an alias writes the alias", async () => {
    await cli.gvt("config", "alias.work", "1.21");
    expect((await cli.gvt(command, "work")).status).toBe(0);
    expect(await cli.read(file)).toBe("work\n");
    expect(await cli.gvt("current")).toMatchObject({ stdout: "1.21.3\n" });
  });

  test.each([
    ["1.23.91", "1.23.91", "1.23.91"],
    ["1.23", "1.23.91", "1.23"],
    ["latest", "1.23.91", "1.23.91"],
    ["oldstable", "1.22.96", "1.22.96"],
    [">=1.23", "1.23.91", "1.23.91"],
  ])("%s installs %s first, says so, and writes %s", async (spec, version, text) => {
    await cli.offer("1.23.91", "1.22.96");
    const { stdout, stderr, status } = await cli.gvt(command, spec);
    expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
    expect(stderr).toMatch(new RegExp(`^installing go${version} from .*\ngo${version} is installed; .*\n$`));
    expect(await cli.read(file)).toBe(`${text}\n`);
    expect(await readdir(cli.path("$ROOT/versions"))).toContain(version);
  });

  test("of what cannot be had writes nothing", async () => {
    await cli.offer("1.23.91");
    expect((await cli.gvt(command, "1.23.92")).status).toBe(7);
    expect(await cli.read(file)).toBeUndefined();
  });

  test.each([
    ["1.23.91", "1.23.91"],
    ["1.23", "1.23"],
    ["latest", "1.23.91"],
  ])("--no-install %s only writes %s", async (spec, text) => {
    await cli.offer("1.23.91");
    expect(await cli.gvt(command, "--no-install", spec)).toMatchObject({ stdout: "", stderr: "", status: 0 });
    expect(await cli.read(file)).toBe(`${text}\n`);
    expect(await readdir(cli.path("$ROOT/versions"))).toEqual(["1.21.3", "1.22.6"]);
  });

  test("--unset takes it back; where there is nothing to take back it says so", async () => {
    await cli.gvt(command, "1.22");
    expect(await cli.gvt(command, "--unset")).toMatchObject({ stdout: "", stderr: "", status: 0 });
    expect(await cli.read(file)).toBeUndefined();
    const { stderr, status } = await cli.gvt(command, "--unset");
    expect(status).toBe(1);
    expect(stderr).toContain("there is no ");
  });

  test("--json prints what is pinned and where, and takes no SPEC", async () => {
    await cli.gvt(command, "1.22");
    expect(JSON.parse((await cli.gvt(command, "--json")).stdout)).toEqual({
      version: "1.22",
      path: cli.path(file),
      line: 1,
    });
    expect((await cli.gvt(command, "--json", "1.21")).stderr).toContain("error: `--json` takes no SPEC\n");
  });

  test("without a SPEC and a pin fails and says what to do", async () => {
    const { stdout, stderr, status } = await cli.gvt(command);
    expect({ stdout, status }).toEqual({ stdout: "", status: 1 });
    expect(stderr).toMatch(/^error: .+\n\nhint: `gvt (local|global) .+\n$/);
  });

  test.each([
    ["1.2", "did you mean 1.20?"],
    ["nope", "neither a version nor an alias"],
    ["../x", "is no version"],
    ["-h1", "has no option"],
  ])("%j is refused and writes nothing", async (spec, message) => {
    const { stderr, status } = await cli.gvt(command, spec);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(await cli.read(file)).toBeUndefined();
  });

  test.each([
    ["# ours\n\n1.21.3 # since May\n# end\n", "# ours\n\n1.22 # since May\n# end\n"],
    ["1.21.3", "1.22"],
    ["\ufeff1.21.3\r\n", "\ufeff1.22\r\n"],
    ["# nothing yet", "# nothing yet\n1.22\n"],
    ["", "1.22\n"],
    ["latest\n", "1.22\n"],
  ])("changes the word of %j and nothing else", async (before, after) => {
    await writeFile(cli.path(file), before);
    expect(await cli.gvt(command, "1.22")).toMatchObject({ stderr: "", status: 0 });
    expect(await cli.read(file)).toBe(after);
  });

  test("keeps comments in whatever encoding, and the mode", async () => {
    await writeFile(cli.path(file), Buffer.from("# caf\xe9\n1.21.3 # \xa0\xff\n", "latin1"), { mode: 0o600 });
    expect(await cli.gvt(command, "1.22")).toMatchObject({ stderr: "", status: 0 });
    expect((await readFile(cli.path(file))).toString("latin1")).toBe("# caf\xe9\n1.22 # \xa0\xff\n");
    expect((await stat(cli.path(file))).mode & 0o777).toBe(0o600);
  });
});

test("gvt local names what stands above as the pin of a directory below", async () => {
  await writeFile(cli.path("../.go-version"), "1.21\n");
  expect(await cli.gvt("local")).toMatchObject({ stdout: "1.21\n", status: 0 });
  await cli.gvt("local", "1.22");
  expect(await readFile(cli.path("../.go-version"), "utf8")).toBe("1.21\n");
});

test("gvt local comes before a .tool-versions beside it, which stays", async () => {
  await writeFile(cli.path(".tool-versions"), "golang 1.21.3\n");
  await cli.gvt("local", "1.22");
  expect(await cli.gvt("current")).toMatchObject({ stdout: "1.22.6\n" });
  expect(await cli.read(".tool-versions")).toBe("golang 1.21.3\n");
});

describe("what is no version file is a clear error, and stays", () => {
  let other: Cli | undefined;
  afterEach(() => other?.remove());

  test.each([
    ["a directory", { directory: true } as const, "it is a directory"],
    ["a FIFO", { fifo: true } as const, "it is a FIFO"],
    ["10 MiB", { repeat: "1.22.6\n", times: 1_500_000 } as const, "it is longer than 4 KiB"],
  ])("%s", async (_, content, message) => {
    other = await createCli({ installed: ["1.22.6"], files: { ".go-version": content } });
    const before = await lstat(other.path(".go-version"));
    for (const words of [["1.22"], ["--unset"]]) {
      const { stderr, status } = await other.gvt("local", ...words);
      expect({ stderr, status }).toEqual({
        stderr: expect.stringContaining(`${other.path(".go-version")}\`: ${message}`),
        status: 5,
      });
    }
    const after = await lstat(other.path(".go-version"));
    expect([after.ino, after.size, after.mtimeMs]).toEqual([before.ino, before.size, before.mtimeMs]);
  });

  test("a link that leads nowhere gives way, a link to a file is written through", async () => {
    const files = { ".go-version": { link: "$WORK/nowhere" } } as const;
    other = await createCli({ installed: ["1.22.6"], files });
    expect(await other.gvt("local", "--unset")).toMatchObject({ stderr: "", status: 0 });
    await symlink("nowhere", other.path(".go-version"));
    expect(await other.gvt("local", "1.22")).toMatchObject({ stderr: "", status: 0 });
    expect(await other.read(".go-version")).toBe("1.22\n");
    await rename(other.path(".go-version"), other.path("pin"));
    await symlink("pin", other.path(".go-version"));
    expect(await other.gvt("local", "system")).toMatchObject({ stderr: "", status: 0 });
    expect(await readlink(other.path(".go-version"))).toBe("pin");
    expect(await other.read("pin")).toBe("system\n");
  });
});

test("a directory that cannot be written to is a clear error", async () => {
  await rm(cli.work, { recursive: true });
  await writeFile(cli.work, "");
  const { stderr, status } = await cli.run([cli.launcher, "local", "1.22"], {
    cwd: "/proc/self",
    env: { PWD: "" },
  });
  expect(status).toBe(5);
  expect(stderr).toContain("error: cannot write `/proc/");
  expect((await stat(cli.work)).size).toBe(0);
});
