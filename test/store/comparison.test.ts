import { chmod, mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "../../src/context.js";
import { parseGoVersion } from "../../src/go/version.js";
import { inspectToolchain, isWhole } from "../../src/store/comparison.js";
import { startToySite, type ToySite } from "../support/toy-site.js";

let toys: ToySite;
let context: Context;
const version = parseGoVersion("1.22.96");
const path = (name: string) => join(context.layout.goroot(version), name);
const inspect = () => inspectToolchain(context.layout, version, context.signal);

beforeEach(async () => {
  toys = await startToySite();
  context = await toys.context();
  await toys.install(context, await toys.add({ version: "1.22.96" }));
});

afterEach(() => toys.close());

type Found = Record<"missing" | "altered" | "added", readonly string[]>;

const CHANGES: Readonly<Record<string, [change: () => Promise<unknown>, found: Partial<Found>]>> = {
  nothing: [() => Promise.resolve(), {}],
  "a file that is gone": [() => rm(path("bin/go")), { missing: ["bin/go"] }],
  "a directory that is gone": [
    () => rm(path("src/cmd"), { recursive: true }),
    { missing: ["src/cmd/go.mod"] },
  ],
  "other bytes of the same length": [
    () => writeFile(path("src/fmt/print.go"), "package fmu\n"),
    { altered: ["src/fmt/print.go: its content is another"] },
  ],
  "a file cut short": [
    () => writeFile(path("src/fmt/print.go"), ""),
    { altered: ["src/fmt/print.go: it has 0 bytes instead of 12"] },
  ],
  "an empty file grown": [
    () => writeFile(path("src/fmt/empty.go"), "x"),
    { altered: ["src/fmt/empty.go: it has 1 bytes instead of 0"] },
  ],
  "a program that is none any more": [
    () => chmod(path("bin/gofmt"), 0o644),
    { altered: ["bin/gofmt: it is not executable"] },
  ],
  "a text made a program": [() => chmod(path("VERSION"), 0o755), { altered: ["VERSION: it is executable"] }],
  "a tree made read-only": [() => chmod(path("bin/go"), 0o555), {}],
  "a link in the place of a file": [
    async () => {
      await rename(path("bin/go"), path("../go"));
      await symlink("../../go", path("bin/go"));
    },
    { altered: ["bin/go: it is a symbolic link"] },
  ],
  "a directory in the place of a file": [
    async () => {
      await rm(path("VERSION"));
      await mkdir(path("VERSION"));
    },
    { missing: ["VERSION"] },
  ],
  "files, links and programs besides": [
    async () => {
      await writeFile(path("bin/stringer"), "");
      await writeFile(path("src/fmt/old.go"), "");
      await symlink("/nonexistent", path("misc"));
      await mkdir(path("pkg/empty"));
    },
    { added: ["bin/stringer", "misc", "src/fmt/old.go"] },
  ],
};

describe("a tree held against its manifest", () => {
  test.each(Object.entries(CHANGES))("shows %s", async (_, [change, found]) => {
    const { missing = [], altered = [], added = [] } = found;
    await change();
    const inspection = await inspect();
    expect(isWhole(inspection)).toBe(missing.length + altered.length + added.length === 0);
    if (inspection.kind === "incomparable") throw new Error(inspection.reason);
    const { comparison } = inspection;
    expect({
      ...comparison,
      altered: comparison.altered.map(({ path: file, reason }) => `${file}: ${reason}`),
    }).toEqual({ missing, altered, added });
  });

  test.each([
    ["without a receipt", undefined, "there is no such file"],
    ["with half a receipt", '{"schema":1,"vers', "it is no JSON"],
    ["with no more than a version", '{"schema":1,"version":"1.22.96"}', "it lacks `archive`"],
  ])("%s cannot be compared, and says why", async (_, receipt, reason) => {
    await rm(path(".gvt.json"));
    if (receipt !== undefined) await writeFile(path(".gvt.json"), receipt);
    const inspection = await inspect();
    expect(inspection).toMatchObject({ kind: "incomparable", reason: expect.stringContaining(reason) });
    expect(isWhole(inspection)).toBe(false);
  });

  test("with another version's receipt cannot be compared", async () => {
    const other = parseGoVersion("1.22.95");
    await rename(context.layout.goroot(version), context.layout.goroot(other));
    expect(await inspectToolchain(context.layout, other, context.signal)).toMatchObject({
      kind: "incomparable",
      reason: "its receipt is that of 1.22.96",
    });
  });

  test("that is not there is not installed", async () => {
    await rm(context.layout.goroot(version), { recursive: true });
    await expect(inspect()).rejects.toMatchObject({ code: "NOT_INSTALLED" });
  });
});
