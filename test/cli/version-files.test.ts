import { afterEach, describe, expect, test } from "vitest";
import { type Cli, createCli } from "../support/cli.js";
import type { Content } from "../support/sandbox.js";

let cli: Cli;

afterEach(() => cli.remove());

/** What people, editors and attackers leave in the place of a version file, and what gvt says of it. */
const HAZARDS: readonly (readonly [string, Content, string])[] = [
  ["empty", "", "it names no version"],
  ["blank", " \n\t\n\n", "it names no version"],
  ["all comment", "# 1.22.6\n", "it names no version"],
  ["10 MiB long", { repeat: "1.22.6\n", times: 1_500_000 }, "it is longer than 4 KiB"],
  ["a directory", { directory: true }, "it is a directory"],
  ["a FIFO", { fifo: true }, "it is a FIFO"],
  ["a device", { link: "/dev/zero" }, "it is a device"],
  ["a dangling link", { link: "$WORK/nowhere" }, "it is a link to a file that is not there"],
  ["a link to itself", { link: ".go-version" }, "it cannot be read: symbolic links lead in a circle (ELOOP)"],
  ["a path", "../../x\n", "line 1: `../../x` is not what"],
  ["an absolute path", "/etc/passwd\n", "line 1: `/etc/passwd` is not what"],
  ["an option", "-h\n", "line 1: `-h` is not what"],
  ["a long option", "--version\n", "line 1: `--version` is not what"],
  ["an escape sequence", "\x1b[31m1.22.6\n", "line 1: `\\x1b[31m1.22.6` is not what"],
  ["a bell and a backspace", "1.22.6\x07\x08\n", "line 1: `1.22.6\\x07\\x08` is not what"],
  ["a NUL", "1.22\0.6\n", "line 1: `1.22\\x00.6` is not what"],
  [
    "invalid UTF-8",
    { base64: Buffer.from("1.22.6\xff\xfe\n", "latin1").toString("base64") },
    "line 1: `1.22.6\\u{fffd}",
  ],
  ["UTF-16", { base64: Buffer.from("\ufeff1.22.6\n", "utf16le").toString("base64") }, "line 1: `"],
  ["a no-break space", "1.22.6\u00a0\n", "line 1: `1.22.6\\xa0` is not what"],
  ["full-width digits", "１.22.6\n", "line 1: `\\u{ff11}.22.6` is not what"],
  ["a right-to-left override", "\u202e6.22.1\n", "line 1: `\\u{202e}6.22.1` is not what"],
  ["a glob", "1.22.*\n", "line 1: `1.22.*` is not what"],
  ["a command", "$(touch owned)\n", "line 1: `$(touch` is not what"],
  ["a range", ">=1.21\n", "line 1: `>=1.21` is not what"],
  ["latest", "latest\n", "line 1: `latest` is not what"],
  ["a number", "1\n", "line 1: `1` is not what"],
  ["an eaten zero", "1.2\n", "`1.2` is ambiguous: did you mean 1.20?"],
  ["an unknown alias", "work\n", "line 1: `work` is neither a version nor an alias"],
  ["a very long word", `${"9".repeat(3000)}\n`, `line 1: \`${"9".repeat(64)}…\` is not what`],
];

const expectRefused = async (command: readonly string[], file: string, message: string) => {
  const began = performance.now();
  const { stdout, stderr, status } = await cli.run(command);
  expect(performance.now() - began).toBeLessThan(2000);
  expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
  expect(stderr).toMatch(/^error: cannot read a Go version from `[^\n]+\n\nhint: [^\n]+\n$/);
  expect(stderr).toContain(`\`${file}\`: ${message}`);
  expect(stderr).not.toMatch(/[^\n\x20-\x7e…]/);
};

describe.each(HAZARDS)("a .go-version that is %s", (_, content, message) => {
  test("is a clear error of shim and CLI alike, at once, and nothing is started", async () => {
    cli = await createCli({
      installed: ["1.22.6"],
      system: true,
      files: { ".go-version": content, "$ROOT/version": "1.22.6\n" },
    });
    const file = cli.path(".go-version");
    for (const command of ["go", "gofmt"])
      await expectRefused([cli.path(`$ROOT/shims/${command}`), "version"], file, message);
    for (const words of [["current"], ["exec", "go", "version"], ["install"]])
      await expectRefused([cli.launcher, ...words], file, message);
    expect(await cli.read("owned")).toBeUndefined();
  });
});

test.each([
  [".tool-versions", "golang\n", "line 1: `golang` is followed by no version"],
  [".tool-versions", "nodejs 20\ngolang ../../x\n", "line 2: `../../x` is not what"],
  [".tool-versions", "golang latest\n", "line 1: `latest` is not what"],
  ["$ROOT/version", "-h\n", "line 1: `-h` is not what"],
  ["$ROOT/version", "", "it names no version"],
  ["go.mod", { fifo: true }, "it is a FIFO"],
  ["go.mod", { repeat: "// x\n", times: 4 << 20 }, "it is longer than 16 MiB"],
  ["go.mod", "module m\n\ngo 1.22.6.7\n", "line 3"],
] as const)("%s %j is refused by shim and CLI alike", async (name, content, message) => {
  cli = await createCli({ installed: ["1.22.6"], system: true, files: { [name]: content } });
  await expectRefused([cli.path("$ROOT/shims/go"), "version"], cli.path(name), message);
  await expectRefused([cli.launcher, "current"], cli.path(name), message);
});

test.each([
  ["../../x", "`../../x`"],
  ["-h", "`-h`"],
  ["\x1b[31m", "`\\x1b[31m`"],
  ["/etc/passwd", "`/etc/passwd`"],
  [">=1.21", "`>=1.21`"],
])("GVT_VERSION %j is refused by shim and CLI alike", async (GVT_VERSION, text) => {
  cli = await createCli({ installed: ["1.22.6"], system: true, env: { GVT_VERSION } });
  for (const command of [
    [cli.path("$ROOT/shims/go"), "version"],
    [cli.launcher, "current"],
  ]) {
    const { stdout, stderr, status } = await cli.run(command);
    expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
    expect(stderr).toMatch(/^error: .*GVT_VERSION.*\n\nhint: .+\n$/);
    expect(stderr).toContain(text);
  }
});

test.each(["../../x", "-h", "", "\x1b[31m"])("go +%s is refused", async (spec) => {
  cli = await createCli({ installed: ["1.22.6"], system: true });
  const { stdout, stderr, status } = await cli.run([cli.path("$ROOT/shims/go"), `+${spec}`, "version"]);
  expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
  expect(stderr).toMatch(/^error: .+\n\nhint: .+\n$/);
  expect(stderr).not.toContain("\x1b");
});

test("a file that lies above the one that decides is not read, and its faults do not count", async () => {
  cli = await createCli({
    installed: ["1.22.6"],
    files: { ".go-version": "-h\n", "a/.go-version": "1.22.6\n" },
    cwd: "a",
  });
  expect(await cli.gvt("current")).toMatchObject({ stdout: "1.22.6\n", stderr: "", status: 0 });
});
