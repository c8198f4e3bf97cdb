import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findRequirement } from "../../src/go/module-file.js";
import { formatLanguageVersion, isExact, toolchainName } from "../../src/go/version.js";
import { findProgram } from "../support/programs.js";

/** Newer than any Go that runs the test, so that it has to look for what a file asks for. */
const FILES: readonly (readonly [file: string, text: string])[] = [
  ["go.mod", "module x\n\ngo 1.99.1\n"],
  ["go.mod", "module x\n\ngo 1.99\n"],
  ["go.mod", "module x\n\ngo 1.99rc1\n"],
  ["go.mod", "module x\n\ngo 1.98.2\n\ntoolchain go1.99.1\n"],
  ["go.mod", "module x\n\ngo 1.99.1\n\ntoolchain go1.98.2\n"],
  ["go.mod", "module x\n\ngo 1.99\n\ntoolchain go1.99rc1\n"],
  ["go.mod", "module x\n\ngo 1.99rc1\n\ntoolchain go1.99.0\n"],
  ["go.mod", "toolchain go1.99.1\n"],
  ["go.mod", "go 1.99.1 // floor\n"],
  ["go.mod", "go 1.99.1//floor\n"],
  ["go.mod", "\t go\t1.99.1\t\r\n"],
  ["go.mod", "// go 1.98.1\ngo 1.99.1\n"],
  ["go.mod", "/*\ngo 1.99.1\n*/\ngo 1.98.1\n"],
  ["go.mod", "go 1.99.1\ngo 1.98.1\n"],
  ["go.mod", "golang 1.98.1\ngo\v1.98.1\ngo\u00a01.98.1\ngo 1.99.1\n"],
  ["go.mod", "\u00a0\u2003go 1.99.1\u0085\n"],
  ["go.mod", "\ufeffgo 1.98.1\ngo 1.99.1\n"],
  ["go.mod", "\0go 1.98.1\ngo 1.99.1\n"],
  ["go.mod", "require (\n\texample.com/go v1.0.0\n\tgo v1.98.1\n)\n"],
  ["go.mod", "go // none\ngo 1.98.1\ntoolchain go1.99.1\n"],
  ["go.mod", "go 1.99.1"],
  ["go.mod", "go 1.99.1\ntoolchain // none\n"],
  ["go.mod", "go 1.98.1\ntoolchain go1.99.1 x\n"],
  ["go.mod", "go 1.98.1\ntoolchain go1.99.1-custom\n"],
  ["go.mod", "go 1.98.1\ntoolchain local\n"],
  ["go.mod", "go 1.98.1\ntoolchain 1.99.1\n"],
  ["go.mod", "go 1.98.1\ntoolchain go1.99.1/x\n"],
  ["go.mod", "go 1.98.1\ntoolchain go1.99.1rc1\n"],
  ["go.mod", "go 1.98.1\ntoolchain gccgo-go1.99.1\n"],
  ["go.work", "go 1.99.1\n\nuse .\n"],
  ["go.work", "go 1.98.1\n\ntoolchain go1.99.1\n"],
];

const go = findProgram("go", "how the go command itself reads go.mod and go.work");
let directory = "";

/** Programs by the names Go looks for say which of them was asked for. */
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "gvt-go-mod-"));
  await mkdir(join(directory, "bin"));
  for (const version of ["1.98.1", "1.98.2", "1.99.0", "1.99.1", "1.99rc1", "1.99.1-custom"]) {
    const path = join(directory, "bin", `go${version}`);
    await writeFile(path, '#!/bin/sh\necho "${0##*/}"\n');
    await chmod(path, 0o755);
  }
});

afterAll(() => rm(directory, { recursive: true }));

/** The toolchain that Go starts for a file; `error` where it will not. */
async function askGo(file: string, text: string): Promise<string> {
  const cwd = await mkdtemp(join(directory, "module-"));
  await writeFile(join(cwd, file), text);
  try {
    return execFileSync(go ?? "go", ["list", "-m"], {
      cwd,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      env: {
        PATH: join(directory, "bin"),
        HOME: directory,
        PWD: cwd,
        GOTOOLCHAIN: "path",
        GOFLAGS: "",
        GOENV: "off",
      },
    }).trim();
  } catch {
    return "error"; // said in words of Go's own
  }
}

/** The same from src/: a line's first toolchain is the one that Go asks for. */
function askGvt(text: string): string {
  try {
    const requirement = findRequirement(text);
    if (!requirement) return "nothing";
    const { wanted } = requirement;
    return isExact(wanted) ? toolchainName(wanted) : `go${formatLanguageVersion(wanted)}.0`;
  } catch {
    return "error"; // BAD_SELECTOR, tested elsewhere
  }
}

describe.skipIf(go === undefined)("the go command and gvt want the same toolchain", () => {
  it.each(FILES)("%s: %j", async (file, text) => {
    const answer = await askGo(file, text);
    // A vendor's suffix is part of the name that Go looks for; gvt has the version it stands for.
    expect(askGvt(text)).toBe(answer.replace("-custom", ""));
  });
});
