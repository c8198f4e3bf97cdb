import { mkdir, rm, writeFile } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import { type Cli, createCli } from "../support/cli.js";
import { findProgram } from "../support/programs.js";
import type { SandboxSpec } from "../support/sandbox.js";

let cli: Cli;

afterEach(() => cli.remove());

const start = async (spec: SandboxSpec = {}): Promise<void> => {
  cli = await createCli(spec);
};

const THREE: SandboxSpec = {
  installed: ["1.22.6", "1.9.7", "1.23rc1"],
  files: { ".go-version": "1.9.7\n", "$ROOT/version": "1.22\n" },
};

test("gvt list prints versions in Go's order, marks the selected one and names the default", async () => {
  await start(THREE);
  expect(await cli.gvt("list")).toEqual({
    stdout: "* 1.9.7\n  1.22.6  default\n  1.23rc1\n",
    stderr: "",
    status: 0,
    signal: undefined,
  });
  expect(await cli.gvt("ls", "1.22")).toMatchObject({ stdout: "  1.22.6  default\n", status: 0 });
  expect(await cli.gvt("ls", "1.23")).toMatchObject({ stdout: "  1.23rc1\n", status: 0 });
  expect(await cli.gvt("ls", "latest")).toMatchObject({ stdout: "  1.22.6  default\n", status: 0 });
});

test("gvt list --json prints the same as data", async () => {
  await start(THREE);
  const { stdout, stderr, status } = await cli.gvt("list", "--json");
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  const row = (version: string, more = {}) => ({
    version,
    goroot: cli.path(`$ROOT/versions/${version}`),
    selected: false,
    default: false,
    ...more,
  });
  expect(JSON.parse(stdout)).toEqual({
    toolchains: [row("1.9.7", { selected: true }), row("1.22.6", { default: true }), row("1.23rc1")],
    unmet: [],
    damaged: [],
  });
});

test("gvt list of nothing says how to install something", async () => {
  await start();
  expect(await cli.gvt("list")).toMatchObject({
    stdout: "",
    stderr: "nothing is installed; `gvt install latest` installs the newest Go\n",
    status: 0,
  });
  expect(await cli.gvt("list", "--json")).toMatchObject({
    stdout: '{"toolchains":[],"unmet":[],"damaged":[]}\n',
  });
});

test("a receipt that states no more than its version is enough", async () => {
  await start({ installed: ["1.22.6"] });
  await writeFile(cli.path("$ROOT/versions/1.22.6/.gvt.json"), '{"schema":1,"version":"1.22.6"}');
  expect(await cli.gvt("list")).toMatchObject({ stdout: "  1.22.6\n", stderr: "", status: 0 });
});

test.each<[string, string, () => Promise<unknown>]>([
  ["has no receipt", "it has no receipt", () => rm(cli.path("$ROOT/versions/1.22.6/.gvt.json"))],
  [
    "has a receipt that is no JSON",
    "cannot read the receipt",
    () => writeFile(cli.path("$ROOT/versions/1.22.6/.gvt.json"), "{"),
  ],
  [
    "has another version's receipt",
    "its receipt is that of 1.22.7",
    () => writeFile(cli.path("$ROOT/versions/1.22.6/.gvt.json"), '{"schema":1,"version":"1.22.7"}'),
  ],
  ["has no go", "it has no bin/go", () => rm(cli.path("$ROOT/versions/1.22.6/bin/go"))],
  [
    "holds another version",
    "its file VERSION names another version",
    () => writeFile(cli.path("$ROOT/versions/1.22.6/VERSION"), "go1.22.7\n"),
  ],
])("a directory that %s is listed as damaged", async (_, reason, damage) => {
  await start({ installed: ["1.21.3", "1.22.6"] });
  await damage();
  const { stdout, stderr, status } = await cli.gvt("list");
  expect({ stdout, status }).toEqual({ stdout: "  1.21.3\n", status: 0 });
  expect(stderr).toMatch(new RegExp(`^damaged: ${cli.path("$ROOT/versions/1.22.6")}: .*${reason}.*\n$`));
  const json = JSON.parse((await cli.gvt("list", "--json")).stdout);
  expect(json.damaged).toEqual([
    { path: cli.path("$ROOT/versions/1.22.6"), reason: expect.stringContaining(reason) },
  ]);
});

test("stray files and directories are named, with their odd letters escaped", async () => {
  await start();
  await writeFile(cli.path("$ROOT/versions/notes.txt"), "");
  await mkdir(cli.path("$ROOT/versions/\x1b[31mred"));
  const { stderr, status } = await cli.gvt("list");
  expect(status).toBe(0);
  expect(stderr).toContain("notes.txt: its name is no Go version");
  expect(stderr).toContain("\\x1b[31mred: its name is no Go version");
});

test("a version file that cannot be read is a note, not a failure", async () => {
  await start({ installed: ["1.22.6"], files: { ".go-version": "latest\n" } });
  const { stdout, stderr, status } = await cli.gvt("list");
  expect({ stdout, status }).toEqual({ stdout: "  1.22.6\n", status: 0 });
  expect(stderr).toContain("note: cannot read a Go version from");
});

const HERE = "* 1.22.96  installed, default\n";

test.each([
  [[], `  1.22.95\n${HERE}  1.23.91\n`],
  [["--all"], `  1.22.95\n${HERE}  1.23rc9\n  1.23.91\n  1.24rc1\n`],
  [["1.22"], `  1.22.95\n${HERE}`],
  [["~1.22.95"], `  1.22.95\n${HERE}`],
  [["1.23"], "  1.23.91\n"],
  [["--all", "1.23"], "  1.23rc9\n  1.23.91\n"],
  [["--all", ">=1.23"], "  1.23rc9\n  1.23.91\n  1.24rc1\n"],
  [["1.24rc1"], "  1.24rc1\n"],
  [["latest"], "  1.23.91\n"],
  [["oldstable"], HERE],
])("gvt list --remote %j prints what the source offers, in the order of gvt list", async (words, stdout) => {
  await start({ installed: ["1.22.96"], files: { "$ROOT/version": "1.22\n" } });
  await cli.offer("1.24rc1", "1.23.91", "1.23rc9", "1.22.96", "1.22.95");
  expect(await cli.gvt("list", "--remote", ...words)).toMatchObject({ stdout, stderr: "", status: 0 });
});

test("gvt list --remote of what nobody offers says so", async () => {
  await start();
  await cli.offer("1.23.91");
  expect(await cli.gvt("list", "--remote", "1.19")).toMatchObject({
    stdout: "",
    stderr: "no source offers what meets `1.19`\n",
    status: 0,
  });
});

test("gvt list --remote tells in one line that a source is silent, and what that means", async () => {
  await start();
  const silent = cli.toys.site.url;
  await cli.toys.site.close();
  const env = { GVT_SOURCE: `${silent} ${cli.work}` };
  const { stderr, status } = await cli.run([cli.launcher, "list", "--remote", "1.22"], { env });
  expect(status).toBe(0);
  expect(stderr.match(/^note: /gm)).toHaveLength(1);
  expect(stderr).toContain(`${silent}: `);
});

test.each(["--all", "--offline", "--source=x"])("gvt list %s without --remote is refused", async (option) => {
  await start();
  const { stdout, stderr, status } = await cli.gvt("list", option);
  expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
  expect(stderr).toContain(`error: \`${option.split("=")[0]}\` means nothing without \`--remote\``);
});

test("what is selected or the default and not installed is told, with what installs it", async () => {
  const alias = '[alias]\nnew = ">=1.23"\n';
  await start({
    installed: ["1.22.6"],
    files: { ".go-version": "1.21.3\n", "$ROOT/version": "new\n", "$ROOT/config.toml": alias },
  });
  const pin = `\`1.21.3\`, selected here by ${cli.path(".go-version")}:1, is not installed: \`gvt install 1.21.3\``;
  const preferred = `\`>=1.23\`, the default by ${cli.path("$ROOT/version")}:1, is not installed: \`gvt install ">=1.23"\` or \`gvt global VERSION\``;
  expect(await cli.gvt("list")).toMatchObject({
    stdout: "  1.22.6\n",
    stderr: `note: ${pin}\nnote: ${preferred}\n`,
    status: 0,
  });
  expect(JSON.parse((await cli.gvt("list", "--json")).stdout).unmet).toEqual([
    { wanted: "1.21.3", origin: `${cli.path(".go-version")}:1`, selected: true, default: false },
    { wanted: ">=1.23", origin: `${cli.path("$ROOT/version")}:1`, selected: false, default: true },
  ]);
});

test("in a terminal, a line says what * means and what decided", async () => {
  await start(THREE);
  const script = findProgram("script", "the legend of gvt list in a terminal");
  if (script === undefined) return;
  const { stdout } = await cli.run([script, "-qec", `${cli.launcher} list`, "/dev/null"], {
    env: { PATH: "/usr/bin:/bin", TERM: "dumb" },
  });
  expect(stdout).toContain(`* runs here, by ${cli.path(".go-version")}:1`);
});

test("gvt list --remote --json prints versions as data", async () => {
  await start({ installed: ["1.22.96"] });
  await cli.offer("1.23.91", "1.22.96");
  const { stdout } = await cli.gvt("list", "--remote", "--json");
  expect(JSON.parse(stdout)).toEqual({
    versions: [
      { version: "1.22.96", selected: false, default: false, installed: true },
      { version: "1.23.91", selected: false, default: false, installed: false },
    ],
  });
});

test("gvt list --remote where no source answers fails with each one's reason", async () => {
  await start();
  await cli.toys.site.close();
  const { stdout, stderr, status } = await cli.gvt("list", "--remote");
  expect({ stdout, status }).toEqual({ stdout: "", status: 4 });
  expect(stderr).toContain("error: no source could tell which versions of Go there are\n");
  expect(stderr).toContain("refuses the connection");
});
