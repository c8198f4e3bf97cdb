import { realpathSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { execPlan, planExec } from "../../src/commands/exec-plan.js";
import { type Context, createContext } from "../../src/context.js";
import { GvtError } from "../../src/errors.js";
import { createOutput } from "../../src/io/terminal.js";
import { select } from "../../src/select/select.js";
import { missingError, noSystemError } from "../../src/select/selection.js";
import { writeFakeToolchain } from "../support/fake-toolchain.js";
import { createSandbox, type Sandbox, type SandboxSpec } from "../support/sandbox.js";

const sandboxes: Sandbox[] = [];
let printed: string[] = [];

afterEach(async () => {
  printed = [];
  await Promise.all(sandboxes.splice(0).map((sandbox) => sandbox.remove()));
});

async function world(spec: SandboxSpec): Promise<{ sandbox: Sandbox; context: Context }> {
  const sandbox = await createSandbox(spec);
  sandboxes.push(sandbox);
  const context = await createContext({
    env: sandbox.env,
    cwd: () => realpathSync(sandbox.cwd),
    os: "linux",
    arch: "x64",
    homedir: () => sandbox.home,
    output: createOutput({
      stdin: () => process.stdin,
      stdout: { write: (text: string) => printed.push(text) },
      stderr: { write: () => true },
      colour: false,
      debug: false,
    }),
    signal: new AbortController().signal,
    self: { pid: process.pid, node: process.execPath, dist: sandbox.root, version: "1.2.3" },
  });
  return { sandbox, context };
}

async function errorOf(action: () => unknown): Promise<GvtError> {
  try {
    await action();
  } catch (error) {
    if (error instanceof GvtError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("an error of selection", () => {
  it("names the file and the line, and shows what is there without letting it drive the terminal", async () => {
    const { context, sandbox } = await world({ files: { ".go-version": "# pin\n\x1b[31m1.22.6\n" } });
    const error = await errorOf(() => select(context));
    expect(error.code).toBe("BAD_VERSION_FILE");
    expect(error.message).toBe(
      `cannot read a Go version from \`${sandbox.work}/.go-version\`: line 2: \`\\x1b[31m1.22.6\` is not what a version file may say`,
    );
    expect(error.hint).toMatch(/`1\.22\.6`/);
  });

  it.each([
    [{ directory: true }, "it is a directory"],
    [{ fifo: true }, "it is a FIFO"],
    [{ link: "$WORK/nowhere" }, "it is a link to a file that is not there"],
    [{ repeat: "x", times: 10 << 20 }, "it is longer than 4 KiB"],
    ["", "it names no version"],
    ["nobody", "line 1: `nobody` is neither a version nor an alias"],
  ] as const)("for %j says why", async (content, reason) => {
    const { context } = await world({ files: { ".go-version": content } });
    expect((await errorOf(() => select(context))).message).toContain(`.go-version\`: ${reason}`);
  });

  it("does not show what a link leads to", async () => {
    const { context } = await world({
      files: { ".go-version": { link: "$HOME/secret" }, "~/secret": "hunter2 the rest\n" },
    });
    expect((await errorOf(() => select(context))).message).not.toContain("the rest");
  });

  it("for a go.mod names its line", async () => {
    const { context } = await world({ files: { "go.mod": "module x\n\ngo 1.22.x\n" } });
    expect((await errorOf(() => select(context))).message).toContain(
      "go.mod`: line 3: `go 1.22.x` names no Go version",
    );
  });

  it("escapes the path too", async () => {
    const { context } = await world({ files: { "a\x1b[1m\nb/.go-version": "1\n" }, cwd: "a\x1b[1m\nb" });
    expect((await errorOf(() => select(context))).message).toContain("/a\\x1b[1m\\x0ab/.go-version`");
  });

  it("for GVT_VERSION names the variable", async () => {
    const { context } = await world({ env: { GVT_VERSION: "latest" } });
    const error = await errorOf(() => select(context));
    expect(error.message).toMatch(/^cannot read a Go version from GVT_VERSION: /);
    expect(error.hint).toContain("`unset GVT_VERSION`");
  });
});

describe("what is missing", () => {
  it("is an error with the file, the line and the command to run", async () => {
    const { context, sandbox } = await world({ files: { ".go-version": "\ngo1.22\n" } });
    const selection = select(context);
    if (selection.kind !== "missing") throw new Error("it is installed");
    const error = missingError(selection);
    expect(error).toMatchObject({
      code: "NOT_INSTALLED",
      message: "no Go that meets `1.22` is installed",
      facts: { "asked for by": `${sandbox.work}/.go-version:2`, "as it says": "go1.22" },
      hint: "`gvt install 1.22`",
    });
  });

  it("is a range that a shell would take apart, quoted", async () => {
    const { context } = await world({});
    const selection = select({ ...context, override: ">=1.21 <1.23" });
    if (selection.kind !== "missing") throw new Error("it is installed");
    expect(missingError(selection).hint).toBe('`gvt install ">=1.21 <1.23"`');
  });

  it("is said of the system's Go too", async () => {
    const { context } = await world({});
    const selection = select(context);
    if (selection.kind !== "system") throw new Error("something is decided");
    expect(selection.program).toBeUndefined();
    expect(noSystemError(selection)).toMatchObject({
      code: "NO_VERSION",
      hint: expect.stringContaining("`gvt global latest`"),
    });
  });
});

describe("notes", () => {
  it("say where setup-go follows an older toolchain line", async () => {
    const { context } = await world({
      files: { "go.mod": "go 1.22.6\ntoolchain go1.21.0\n" },
      installed: ["1.22.6"],
    });
    expect(select(context).notes).toEqual([
      expect.stringContaining("setup-go would follow `toolchain go1.21.0`"),
    ]);
  });

  it("say how others read a bare line", async () => {
    const { context } = await world({ files: { "go.mod": "go 1.22\n" }, installed: ["1.22.6"] });
    expect(select(context).notes).toEqual([expect.stringContaining("takes `go 1.22` as a minimum")]);
  });

  it("say which pin gave way", async () => {
    const { context, sandbox } = await world({
      files: { ".go-version": "1.21.0\n", "a/go.mod": "go 1.22.6\n" },
      installed: ["1.22.6"],
      cwd: "a",
    });
    expect(select(context).notes).toEqual([
      expect.stringContaining(`${sandbox.work}/.go-version:1 pins 1.21.0`),
    ]);
  });

  it("are none where all tools agree", async () => {
    const { context } = await world({ files: { "go.mod": "go 1.22.6\n" }, installed: ["1.22.6"] });
    expect(select(context).notes).toEqual([]);
  });
});

describe("a plan for the launcher", () => {
  it("is the version and what GOTOOLCHAIN becomes", async () => {
    const { context } = await world({ files: { ".go-version": "1.22\n" }, installed: ["1.22.6"] });
    expect(await execPlan.run(context, { words: [], options: {} })).toBe(0);
    expect(printed.join("")).toBe("1.22.6 local\n");
  });

  it("leaves GOTOOLCHAIN to the user who has set it", async () => {
    const { context } = await world({
      installed: ["1.22.6"],
      files: { "~/.config/go/env": "GOTOOLCHAIN=auto\n" },
    });
    await execPlan.run(context, { words: ["+1.22", "go"], options: {} });
    expect(printed.join("")).toBe("1.22.6 -\n");
  });

  it("lets any command run where the system's Go is decided, but no Go where there is none", async () => {
    const { context } = await world({});
    expect(await planExec(context, { override: undefined, program: undefined })).toBe("system -");
    const error = await errorOf(() => planExec(context, { override: undefined, program: "gofmt" }));
    expect(error.message).toContain("PATH has no `gofmt`");
  });

  it("installs what is missing only where the user wants that", async () => {
    const { context, sandbox } = await world({ files: { ".go-version": "1.22.6\n" } });
    const request = {
      override: undefined,
      program: "go",
      install: () => writeFakeToolchain(`${sandbox.root}/versions/1.22.6`, "1.22.6"),
    };
    expect((await errorOf(() => planExec(context, request))).code).toBe("NOT_INSTALLED");
    const willing = { ...context, config: { ...context.config, autoInstall: true } };
    expect(await planExec(willing, request)).toBe("1.22.6 local");
  });
});
