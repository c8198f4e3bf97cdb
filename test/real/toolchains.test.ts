import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { chmod, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TABLE_DATE } from "../../src/go/release-table.js";
import { readReceipt } from "../../src/store/receipt.js";
import type { Cli } from "../support/cli.js";
import { findProgram } from "../support/programs.js";
import { createRealCli } from "../support/real-cli.js";
import { requires } from "../support/requirements.js";
import type { RunOptions, RunResult } from "../support/sandbox.js";
import { HERE } from "../support/toy-archive.js";

/** 1.13.15 is of a time before modules of toolchains; 1.27.4 is newer than the shipped table. */
const VERSIONS = ["1.13.15", "1.21.13", "1.22.6", "1.27.4"];
const SUBJECT = "real toolchains through the module proxy";
const MINUTE = 60_000;

let cli: Cli;
let installation: RunResult;
let newest: string;

beforeAll(async () => {
  if (!requires("module proxy", SUBJECT)) return;
  cli = await createRealCli();
  installation = await cli.gvt("install", ...VERSIONS, "latest");
  newest = (await readdir(cli.path("$ROOT/versions"))).sort(byNumber).at(-1) ?? "";
}, 3 * MINUTE);

afterAll(async () => {
  if (!cli) return;
  await cli.run(["chmod", "-R", "u+w", cli.directory]);
  await cli.remove();
}, MINUTE);

/** A test that needs what was installed. */
const real = (name: string, check: () => Promise<void>) =>
  test(name, async () => void (requires("module proxy", `${SUBJECT}: ${name}`) && (await check())), MINUTE);

const go = (args: readonly string[], options?: RunOptions) => cli.run(["go", ...args], options);
const versionLine = (version: string) => `go version go${version} ${HERE.os}/${HERE.arch}\n`;
const inDirectory = async (name: string, files: Readonly<Record<string, string>>): Promise<RunOptions> => {
  const cwd = cli.path(name);
  await mkdir(cwd, { recursive: true });
  for (const [file, text] of Object.entries(files)) await writeFile(join(cwd, file), text);
  return { cwd, env: { PWD: cwd } };
};

real("all are installed, vouched for by the transparency log, the newest one too", async () => {
  expect(installation).toMatchObject({ stdout: "", status: 0 });
  for (const version of [...VERSIONS, newest]) {
    expect(installation.stderr).toMatch(
      new RegExp(`^go${version} is installed; vouched for by .*transparency log \\(record \\d+ .*\\)$`, "m"),
    );
  }
  expect(await readdir(cli.path("$ROOT/tmp"))).toEqual([]);
  expect(await readdir(cli.path("$ROOT/cache/downloads"))).toEqual([]);
  expect((await cli.gvt("list")).stdout.trim().split(/\s+/)).toEqual(expect.arrayContaining(VERSIONS));
  expect(TABLE_DATE).toMatch(/^\d{4}-\d{2}-\d{2}$/);
});

describe.each(VERSIONS)("Go %s", (version) => {
  real("is on disk what its receipt says", async () => {
    const goroot = cli.path(`$ROOT/versions/${version}`);
    const { manifest } = readReceipt(join(goroot, ".gvt.json"));
    const wrong: string[] = [];
    for (const { path, size, mode, sha256 } of manifest) {
      const found = statSync(join(goroot, path));
      const same = found.size === size && (found.mode & 0o777) === mode;
      if (!same || hashFile(join(goroot, path)) !== sha256) wrong.push(path);
    }
    expect(wrong).toEqual([]);
    expect((await listFiles(goroot)).length).toBe(manifest.length + 1);
  });

  real("compiles and runs a program, with C in it too", async () => {
    const files = {
      "hello.go": 'package main\n\nimport "runtime"\n\nfunc main() { println(runtime.Version()) }\n',
      "cgo.go":
        "package main\n\n// static int add(int a, int b) { return a + b; }\n" +
        'import "C"\n\nfunc main() { println(int(C.add(40, 2))) }\n',
    };
    const place = await inDirectory(`programs-${version}`, files);
    expect(await go([`+${version}`, "run", "hello.go"], place)).toMatchObject({
      stderr: `go${version}\n`,
      status: 0,
    });
    if (findProgram("gcc", `a program with C in it, by Go ${version}`) === undefined) return;
    expect(await go([`+${version}`, "run", "cgo.go"], place)).toMatchObject({ stderr: "42\n", status: 0 });
  });
});

describe("the right Go for each directory", () => {
  const arrange = async () => {
    expect((await cli.gvt("global", "1.22.6")).status).toBe(0);
    const pinned = await inDirectory("pinned", {});
    expect((await cli.run([cli.launcher, "local", "1.21.13"], pinned)).status).toBe(0);
    const module = await inDirectory("module", { "go.mod": "module m\n\ngo 1.27.4\n" });
    const other = await inDirectory("other", {});
    return [
      [pinned, "1.21.13"],
      [module, "1.27.4"],
      [other, "1.22.6"],
    ] as const;
  };

  real("in a shell, a script, a Makefile, and where PATH has nothing but the shims", async () => {
    const script = cli.path("script");
    await writeFile(script, "#!/bin/sh\ngo version\n");
    await chmod(script, 0o755);
    const makefile = cli.path("Makefile");
    await writeFile(makefile, "all:\n\t@go version\n");
    const make = findProgram("make", "the right Go in a Makefile");
    for (const [place, version] of await arrange()) {
      const stdout = versionLine(version);
      expect(await go(["version"], place)).toMatchObject({ stdout, stderr: "", status: 0 });
      expect(await cli.run([script], place)).toMatchObject({ stdout, stderr: "" });
      if (make) expect(await cli.run([make, "-f", makefile], place)).toMatchObject({ stdout, stderr: "" });
      const bare = ["/usr/bin/env", "-i", `PATH=${cli.root}/shims`, "go", "version"];
      expect(await cli.run(bare, place)).toMatchObject({ stdout, stderr: "" });
      expect(await go(["env", "GOROOT"], place)).toMatchObject({
        stdout: `${cli.root}/versions/${version}\n`,
      });
    }
  });

  real("by name, whatever the directory says", async () => {
    for (const [place] of await arrange()) {
      expect(await go(["+1.22.6", "version"], place)).toMatchObject({ stdout: versionLine("1.22.6") });
      expect(await go(["+1.13", "version"], place)).toMatchObject({ stdout: versionLine("1.13.15") });
      expect(await cli.run(["go1.22.6", "version"], place)).toMatchObject({ stdout: versionLine("1.22.6") });
      expect(await cli.run(["go1.13.15", "version"], place)).toMatchObject({
        stdout: versionLine("1.13.15"),
      });
    }
  });

  real("in a new login shell after gvt init", async () => {
    await arrange();
    const cwd = cli.path("pinned");
    for (const shell of ["bash", "zsh", "fish"]) {
      const program = findProgram(shell, `a login shell of ${shell} after gvt init`);
      if (program === undefined) continue;
      expect((await cli.gvt("init", shell, "--yes")).status).toBe(0);
      const env = { PATH: "/usr/bin:/bin", PWD: cwd, TERM: "dumb" };
      const { stdout, stderr } = await cli.run(
        [program, "-lc", "go version; gvt current; cd ../module; go version"],
        {
          cwd,
          env,
        },
      );
      expect({ shell, stdout, stderr }).toEqual({
        shell,
        stdout: `${versionLine("1.21.13")}1.21.13\n${versionLine("1.27.4")}`,
        stderr: "",
      });
    }
  });
});

describe("GOTOOLCHAIN", () => {
  real("of a pin is local: a go.mod that needs more is Go's own clear error", async () => {
    const files = { ".go-version": "1.21.13\n", "go.mod": "module m\n\ngo 1.22.6\n", "m.go": "package m\n" };
    const { stderr, status } = await go(["build", "./..."], await inDirectory("older", files));
    expect(status).not.toBe(0);
    expect(stderr).toContain("go.mod requires go >= 1.22.6 (running go 1.21.13; GOTOOLCHAIN=local)");
  });

  real("of a requirement is path: Go moves on to what gvt installed, and to nothing else", async () => {
    const place = await inDirectory("floor", { "go.mod": "module m\n\ngo 1.21.13\n" });
    await inDirectory("floor/newer", { "go.mod": "module n\n\ngo 1.22.6\n" });
    await inDirectory("floor/newest", { "go.mod": "module o\n\ngo 1.24.5\n" });
    expect(await go(["version"], place)).toMatchObject({ stdout: versionLine("1.21.13") });
    expect(await go(["-C", "newer", "version"], place)).toMatchObject({ stdout: versionLine("1.22.6") });
    const { stdout, stderr, status } = await go(["-C", "newest", "version"], place);
    expect({ stdout, status }).toEqual({ stdout: "", status: 1 });
    expect(stderr).toMatch(/cannot find "go1\.24\.5" in PATH/);
    expect(await readdir(cli.path("~/go/pkg/mod/golang.org")).catch(() => [])).toEqual([]);
  });
});

real("go install puts a program where Go puts it, and needs no rehash", async () => {
  const files = {
    "go.mod": "module hello.example/hi\n\ngo 1.22\n",
    "main.go": "package main\n\nfunc main() {}\n",
  };
  const place = await inDirectory("tool", files);
  const shims = await readdir(cli.path("$ROOT/shims"));
  expect(await go(["install", "."], place)).toMatchObject({ stderr: "", status: 0 });
  expect(await readdir(cli.path("~/go/bin"))).toEqual(["hi"]);
  const GOBIN = cli.path("own-bin");
  expect(await go(["install", "."], { ...place, env: { ...place.env, GOBIN } })).toMatchObject({ status: 0 });
  expect(await readdir(GOBIN)).toEqual(["hi"]);
  expect(await readdir(cli.path("$ROOT/shims"))).toEqual(shims);
});

real("the tree is the one that the go command itself unpacks for this toolchain", async () => {
  const modules = cli.path("~/modules");
  // Without the shims on PATH, or it would find ours.
  const PATH = "/usr/bin:/bin";
  const env = { PATH, GOTOOLCHAIN: "go1.22.6", GOMODCACHE: modules, GOFLAGS: "-modcacherw", GOENV: "off" };
  const driver = cli.path("$ROOT/versions/1.21.13/bin/go");
  expect(await cli.run([driver, "version"], { env })).toMatchObject({ stdout: versionLine("1.22.6") });
  const theirs = join(modules, `golang.org/toolchain@v0.0.1-go1.22.6.${HERE.os}-${HERE.arch}`);
  const ours = cli.path("$ROOT/versions/1.22.6");
  // Beside each go.mod the go command leaves the name that it had in the module.
  const their = (await listFiles(theirs)).filter((path) => !/(^|\/)_go\.mod$/.test(path));
  expect((await listFiles(ours)).filter((path) => path !== ".gvt.json")).toEqual(their);
  expect(their.filter((path) => hashFile(join(theirs, path)) !== hashFile(join(ours, path)))).toEqual([]);
  // What has an x-bit there has one here. Scripts have theirs as published, which the go command does without.
  const [run, published] = [theirs, ours].map((tree) =>
    their.filter((path) => isExecutable(join(tree, path))),
  );
  expect(published).toEqual(expect.arrayContaining(run ?? []));
  expect(
    published?.filter((path) => !run?.includes(path) && !/\.(bash|sh|pl|rc)$|_exec$/.test(path)),
  ).toEqual([]);
  await rm(modules, { recursive: true });
});

async function listFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort();
}

/** Twelve thousand small files: read one after the other without a stream or a promise for each. */
function hashFile(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

function isExecutable(path: string): boolean {
  return (statSync(path).mode & 0o111) !== 0;
}

function byNumber(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
