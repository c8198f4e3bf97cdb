import { closeSync, readdirSync, readlinkSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TreeWriter } from "../../src/io/tree-writer.js";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "gvt-tree-"));
});
afterEach(() => rm(directory, { recursive: true }));

/** The descriptor under which this process has a file open; undefined where the system does not tell. */
function findDescriptor(file: string): number | undefined {
  try {
    const found = readdirSync("/proc/self/fd").find((name) => findTarget(`/proc/self/fd/${name}`) === file);
    return found === undefined ? undefined : Number(found);
  } catch {
    return undefined; // not Linux
  }
}

function findTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined; // the descriptor of the listing itself
  }
}

test("a file that the system cannot close is an error of the disk", async () => {
  const writer = new TreeWriter(join(directory, "tree"));
  const file = writer.openFile("bin/go", 0o755);
  const descriptor = findDescriptor(join(directory, "tree/bin/go"));
  if (descriptor === undefined) return;
  closeSync(descriptor);
  file.close();
  await expect(writer.finish()).rejects.toMatchObject({
    code: "DISK",
    message: "cannot write `bin/go`: EBADF",
  });
});
