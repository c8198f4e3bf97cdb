import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { elf } from "../doctor/support/elf.js";
import { type Cli, createCli } from "../support/cli.js";

let cli: Cli;

beforeAll(async () => {
  cli = await createCli({ installed: ["1.21.3", "1.22.6"], system: true });
});

afterEach(async () => {
  await rm(cli.work, { recursive: true });
  await mkdir(cli.work);
});

afterAll(() => cli.remove());

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) await writeFile(cli.path(name), text);
}

describe("gvt check", () => {
  test("says in one line which version is good enough for which line, and exits with 0", async () => {
    await write({ ".go-version": "1.22\n", "go.mod": "module m\n\ngo 1.22.6\n" });
    expect(await cli.gvt("check")).toMatchObject({
      stdout: `go1.22.6, chosen by ${cli.path(".go-version")}:1, is good enough for ${cli.path("go.mod")}:3, \`go 1.22.6\`\n`,
      stderr: "",
      status: 0,
    });
  });

  test("says which line it is too old for, and exits with 1", async () => {
    await write({ ".go-version": "1.21.3\n", "go.mod": "module m\n\ngo 1.22.6\n" });
    expect(await cli.gvt("check")).toMatchObject({
      stdout: `go1.21.3, chosen by ${cli.path(".go-version")}:1, is too old for ${cli.path("go.mod")}:3, \`go 1.22.6\`\n`,
      stderr: "",
      status: 1,
    });
  });

  test("tells scripts the same", async () => {
    await write({ ".go-version": "1.21.3\n", "go.mod": "module m\n\ngo 1.22.6\n" });
    const { stdout, status } = await cli.gvt("check", "--json");
    const need = { path: cli.path("go.mod"), line: 3, text: "go 1.22.6", wanted: "1.22.6" };
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      schema: 1,
      verdict: "too old",
      version: "1.21.3",
      by: `chosen by ${cli.path(".go-version")}:1`,
      unmet: need,
      needs: [need],
      selection: JSON.parse((await cli.gvt("why", "--json")).stdout),
    });
  });

  test("looks at the directory that is named", async () => {
    await mkdir(cli.path("a"));
    await write({ "a/go.mod": "go 1.22.6\n", ".go-version": "1.21.3\n" });
    expect(await cli.gvt("check")).toMatchObject({
      stdout: expect.stringContaining("no go.mod or go.work asks for a version"),
      status: 0,
    });
    expect(await cli.gvt("check", "a")).toMatchObject({ stdout: expect.stringMatching(/^go1\.22\.6, /) });
    expect(await cli.gvt("check", "b")).toMatchObject({
      stderr: expect.stringContaining("error: `b` is no directory"),
      status: 2,
    });
  });

  test("of a version that would do but is not installed is an error with status 7", async () => {
    await write({ ".go-version": "1.23.4\n", "go.mod": "go 1.22.6\n" });
    const { stdout, stderr, status } = await cli.gvt("check");
    expect({ stdout, status }).toEqual({ stdout: "", status: 7 });
    expect(stderr).toContain("hint: `gvt install 1.23.4`");
  });

  test.each(["1.21.4", "1.20"])(
    "of %s, which is not installed and would not do, is a negative answer",
    async (version) => {
      await write({ ".go-version": `${version}\n`, "go.mod": "go 1.22.6\n" });
      expect(await cli.gvt("check")).toMatchObject({
        stdout: expect.stringContaining(`go${version}, chosen by ${cli.path(".go-version")}:1, is too old`),
        stderr: "",
        status: 1,
      });
    },
  );

  test.each([
    ["go.mod", "go one\n"],
    ["go.mod", "toolchain local\n"],
    [".go-version", "latest\n"],
  ])("of %s that says %j is an error with status 2", async (name, text) => {
    await write({ ".go-version": "1.22.6\n", [name]: text });
    const { stdout, stderr, status } = await cli.gvt("check");
    expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
    expect(stderr).toContain(cli.path(name));
  });

  test("of a system Go reads its version from the program", async () => {
    await mkdir(cli.path("bin"));
    await write({ ".go-version": "system\n", "go.mod": "go 1.22.6\n" });
    await writeFile(cli.path("bin/go"), elf({ go: "go1.21.4", path: "cmd/go" }));
    await chmod(cli.path("bin/go"), 0o755);
    const PATH = `${cli.root}/shims:${cli.path("bin")}`;
    expect(await cli.run([cli.launcher, "check"], { env: { PATH } })).toMatchObject({
      stdout: `go1.21.4, at ${cli.path("bin/go")}, is too old for ${cli.path("go.mod")}:1, \`go 1.22.6\`\n`,
      status: 1,
    });
    // The sandbox's own is a script.
    expect(await cli.gvt("check")).toMatchObject({
      stdout: "",
      stderr: expect.stringContaining("cannot be told without starting it"),
      status: 7,
    });
  });

  test("where PATH has no Go is an error with status 7", async () => {
    expect(await cli.run([cli.launcher, "check"], { env: { PATH: "/nowhere" } })).toMatchObject({
      stdout: "",
      status: 7,
    });
  });

  test("judges what GOTOOLCHAIN starts instead", async () => {
    await write({ ".go-version": "1.22.6\n", "go.mod": "go 1.22.6\n" });
    const run = (GOTOOLCHAIN: string) => cli.run([cli.launcher, "check"], { env: { GOTOOLCHAIN } });
    expect(await run("auto")).toMatchObject({ status: 0 });
    expect(await run("go1.21.0")).toMatchObject({
      stdout: expect.stringMatching(/^go1\.21\.0, forced by GOTOOLCHAIN in the environment, is too old for /),
      status: 1,
    });
    expect(await run("1.22.6")).toMatchObject({ stdout: "", status: 2 });
  });
});
