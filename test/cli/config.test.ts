import { writeFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Cli, createCli } from "../support/cli.js";

let cli: Cli;

beforeEach(async () => {
  cli = await createCli({ installed: ["1.22.6"], env: { GVT_SOURCE: "", GVT_TRUST_CHECKSUMS: "" } });
});

afterEach(() => cli.remove());

const write = (text: string) => writeFile(cli.path("$ROOT/config.toml"), text);
const read = () => cli.read("$ROOT/config.toml");

describe("gvt config", () => {
  test("lists every setting with its value and where it was set", async () => {
    await write('verify = "strict"\n\n[alias]\nwork = "1.22"\n');
    const { stdout, stderr, status } = await cli.run([cli.launcher, "config"], {
      env: { GVT_TOOLCHAIN: "keep" },
    });
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    const file = cli.path("$ROOT/config.toml");
    const rows = stdout
      .trim()
      .split("\n")
      .map((line) => line.split(/ {2,}/));
    expect(rows).toEqual([
      ["sources", "https://go.dev/dl goproxy", "default"],
      ["verify", "strict", file],
      ["toolchain", "keep", "GVT_TOOLCHAIN"],
      ["auto_install", "false", "default"],
      ["minimum_release_age", "0d", "default"],
      ["trust.checksums", "default"],
      ["alias.work", "1.22", file],
    ]);
    const json = JSON.parse((await cli.gvt("config", "--json")).stdout);
    expect(json).toContainEqual(expect.objectContaining({ key: "verify", value: "strict", origin: file }));
    expect(await cli.gvt("config", "verify")).toMatchObject({ stdout: "strict\n" });
    expect(JSON.parse((await cli.gvt("config", "verify", "--json")).stdout)).toMatchObject({ key: "verify" });
  });

  test.each([
    ["verify", "strict", 'verify = "strict"\n'],
    ["toolchain", "path", 'toolchain = "path"\n'],
    ["auto_install", "true", "auto_install = true\n"],
    ["minimum_release_age", "3d", 'minimum_release_age = "3d"\n'],
    ["sources", "/media/mirror goproxy", 'sources = ["/media/mirror","goproxy"]\n'],
    ["trust.checksums", "/etc/passwd", '[trust]\nchecksums = "/etc/passwd"\n'],
    ["alias.work", "1.22", '[alias]\nwork = "1.22"\n'],
    ["alias.new", ">=1.22", '[alias]\nnew = ">=1.22"\n'],
  ])("%s %s writes it, reads it back, and --unset forgets it", async (key, value, text) => {
    expect(await cli.gvt("config", key, value)).toMatchObject({ stdout: "", stderr: "", status: 0 });
    expect(await read()).toBe(text);
    expect(await cli.gvt("config", key)).toMatchObject({ stdout: `${value}\n`, status: 0 });
    expect(await cli.gvt("config", "--unset", key)).toMatchObject({ stdout: "", stderr: "", status: 0 });
    expect(await read()).not.toContain(value);
  });

  test("keeps comments, order and everything else of the file", async () => {
    const text = '# ours\nverify = "strict" # why\n\n[alias] # names\nold = "1.21"\n\n[trust]\n# none yet\n';
    await write(text);
    await cli.gvt("config", "alias.work", "1.22");
    await cli.gvt("config", "auto_install", "true");
    await cli.gvt("config", "trust.checksums", "/etc/passwd");
    const after = (await read()) ?? "";
    for (const line of text.split("\n").filter((row) => row !== "")) expect(after).toContain(line);
    for (const key of ["alias.work", "auto_install", "trust.checksums"])
      expect((await cli.gvt("config", "--unset", key)).status).toBe(0);
    expect(await read()).toBe(text);
  });

  test("keeps the comment of the line it changes", async () => {
    await write('verify = "standard" # until the audit\n');
    await cli.gvt("config", "verify", "strict");
    expect(await read()).toBe('verify = "strict" # until the audit\n');
  });

  test.each([
    ["verify", "off", "`off` is no value for `verify`: expected one of `standard`, `strict`"],
    ["toolchain", "go1.22", "expected one of `default`, `path`, `local`, `auto`, `keep`"],
    ["auto_install", "maybe", "expected `true` or `false`"],
    ["minimum_release_age", "soon", "expected an age such as `3d` or `12h`"],
    ["trust.checksums", "sums", "expected an absolute path"],
    ["trust.checksums", "/nonexistent/sums", "there is no such file"],
    ["trust.checksums", "/etc", "it is a directory"],
    ["alias.latest", "1.22", "`latest` cannot name an alias"],
    ["alias.1x", "1.22", "`1x` cannot name an alias"],
    ["alias.work", "1.2", "did you mean 1.20?"],
    ["alias.work", "nope", "`nope` is neither a version nor an alias"],
    ["alias.work", "work", "this alias leads back to itself"],
    ["sources", "ftp://mirror.example", "`ftp://mirror.example` is no source"],
    ["colour", "red", "there is no setting `colour`"],
  ])("%s %s is refused and writes nothing", async (key, value, message) => {
    const { stdout, stderr, status } = await cli.gvt("config", key, value);
    expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
    expect(stderr).toContain(message);
    expect(await read()).toBeUndefined();
  });

  test.each([
    [["colour"], "there is no setting `colour`"],
    [["alias.none"], "there is no alias `none`"],
    [["--unset"], "`gvt config --unset` needs KEY"],
    [["--unset", "verify", "strict"], "`gvt config --unset` takes no VALUE"],
    [["a", "b", "c"], "unexpected argument `c`"],
  ])("%j fails: %s", async (words, message) => {
    const { stderr, status } = await cli.gvt("config", ...words);
    expect(status).toBe(2);
    expect(stderr).toContain(`error: ${message}`);
  });

  test.each(["verify", "alias.work"])("--unset of %s where it is not set says so", async (key) => {
    expect(await cli.gvt("config", "--unset", key)).toMatchObject({
      stderr: `nothing to take back: ${cli.path("$ROOT/config.toml")} does not set \`${key}\`\n`,
      status: 1,
    });
  });

  test("leaves a file in a form that it cannot edit alone, and says what to write", async () => {
    const text = 'alias = { old = "1.21" }\n';
    await write(text);
    const { stderr, status } = await cli.gvt("config", "alias.work", "1.22");
    expect(status).toBe(2);
    expect(stderr).toContain('set `alias.work = "1.22"` in an editor');
    expect(await read()).toBe(text);
  });
});

describe("a config.toml that is wrong", () => {
  test.each([
    ["verify = \n", "config.toml`: line 1: "],
    ['verify = "off"\n', "verify`: expected one of `standard`, `strict`"],
    ["[alias]\nwork = 1.22\n", "alias.work`: an alias stands for a version in quotes"],
    ['[alias]\nlatest = "1.22"\n', "alias.latest"],
  ])("%j is an error of every command that reads it, which names file and setting", async (text, message) => {
    await write(text);
    for (const command of ["list", "why"]) {
      const { stdout, stderr, status } = await cli.gvt(command);
      expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
      expect(stderr).toMatch(/^error: cannot read the setting(s in)? `.*config\.toml/);
      expect(stderr).toContain(message);
    }
  });

  test("can be shown and mended by gvt config, key by key", async () => {
    const text = 'verify = "off"\nauto_install = true\n\n[alias]\nlatest = "1.22"\nwork = "1.22"\nx = 3\n';
    await write(text);
    const { stdout, stderr, status } = await cli.gvt("config");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^verify +off +.*config\.toml$/m);
    expect(stdout).toMatch(/^alias\.work +1\.22 /m);
    const bad = ["verify", "alias.latest", "alias.x"];
    expect([
      ...stderr.matchAll(/^note: `(\S+)` cannot be read: .*`gvt config --unset \1` takes it out$/gm),
    ]).toHaveLength(3);
    const json = JSON.parse((await cli.gvt("config", "verify", "--json")).stdout) as object;
    expect(json).toMatchObject({ value: "off", problem: expect.stringContaining("expected one of") });
    for (const key of bad)
      expect(await cli.gvt("config", "--unset", key)).toMatchObject({ stderr: "", status: 0 });
    expect(await read()).toBe('auto_install = true\n\n[alias]\nwork = "1.22"\n');
    expect(await cli.gvt("list")).toMatchObject({ stderr: "", status: 0 });
  });

  test.each(["help", "--version", "help install", "install --help"])(
    "gvt %s works all the same",
    async (line) => {
      await write("verify =");
      expect(await cli.gvt(...line.split(" "))).toMatchObject({ stderr: "", status: 0 });
    },
  );

  test("in the environment is named by its variable", async () => {
    const { stderr, status } = await cli.run([cli.launcher, "list"], { env: { GVT_VERIFY: "none" } });
    expect(status).toBe(2);
    expect(stderr).toContain("error: cannot read the setting `GVT_VERIFY`: expected one of");
    expect(stderr).toContain("hint: `unset GVT_VERIFY` takes it out");
  });
});

describe("gvt config doctor.ignore.ID", () => {
  test("keeps a reason, shows it and takes it out", async () => {
    expect(await cli.gvt("config", "doctor.ignore.gocache-large", "the disk is large")).toMatchObject({
      status: 0,
    });
    expect(await read()).toBe('[doctor.ignore]\ngocache-large = "the disk is large"\n');
    expect((await cli.gvt("config", "doctor.ignore.gocache-large")).stdout).toBe("the disk is large\n");
    expect(await cli.gvt("config", "--unset", "doctor.ignore.gocache-large")).toMatchObject({ status: 0 });
    expect(await read()).toBe("[doctor.ignore]\n");
  });

  test.each([
    ["doctor.ignore.no-such-check", "why", "there is no check `no-such-check`"],
    ["doctor.ignore.gocache-large", " ", "it needs a reason"],
  ])("refuses %s %j", async (key, value, reason) => {
    const { stderr, status } = await cli.gvt("config", key, value);
    expect(stderr).toContain(reason);
    expect(status).toBe(2);
    expect(await read()).toBeUndefined();
  });

  test("shows what the doctor would refuse, and how to take it out", async () => {
    await write('[doctor.ignore]\ngocache-large = ""\n');
    const { stdout, stderr } = await cli.gvt("config");
    expect(stdout).toContain("doctor.ignore.gocache-large");
    expect(stderr).toContain(
      "it needs a reason, in quotes; `gvt config --unset doctor.ignore.gocache-large`",
    );
  });
});
