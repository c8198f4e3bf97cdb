import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHECKS } from "../../../src/doctor/catalogue.js";
import type { Finding } from "../../../src/doctor/check.js";
import { diagnose } from "../../../src/doctor/diagnose.js";
import { FORMATS } from "../../../src/doctor/report/formats.js";
import { makeReport } from "../../../src/doctor/report/report.js";
import { redact, redactWith } from "../../../src/doctor/save/redact.js";
import { formatSnapshot, readSnapshot, saveSnapshot } from "../../../src/doctor/save/save.js";
import type { Snapshot } from "../../../src/doctor/snapshot.js";
import { isGvtError } from "../../../src/errors.js";
import { HOME, machine, setVariable, writeGoEnv, writeStartupFile } from "../support/machine.js";
import { VECTORS } from "../vectors/all.js";

let directory: string;
let file: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "gvt-save-"));
  file = join(directory, "snapshot.json");
});
afterAll(() => rm(directory, { recursive: true }));

async function replay(snapshot: Snapshot): Promise<Snapshot> {
  await saveSnapshot(file, snapshot);
  return readSnapshot(file);
}

async function readBack(value: unknown): Promise<Snapshot> {
  await writeFile(file, typeof value === "string" ? value : JSON.stringify(value));
  return readSnapshot(file);
}

describe("a saved snapshot", () => {
  it("gives the same findings, to the letter, where it held no secret", { timeout: 60_000 }, async () => {
    for (const { name, snapshot } of VECTORS) {
      const plain = JSON.stringify(redact(snapshot)) === JSON.stringify(withKeptLines(snapshot));
      if (!plain) continue;
      expect(diagnose(await replay(snapshot)), name).toEqual(diagnose(snapshot));
    }
  });

  it("holds no secret, and gives the same findings up to what was hidden", { timeout: 60_000 }, async () => {
    for (const { name, snapshot } of VECTORS) {
      const secretive = withSecrets(snapshot);
      const replayed = await replay(secretive);
      expect(await readFile(file, "utf8"), name).not.toMatch(/hunter2|sesame|s3cr3tkey1234/);
      expect(diagnose(replayed).map(outlineOf), name).toEqual(diagnose(secretive).map(outlineOf));
    }
  });

  it.each([
    ["ENV", "GOPROXY_PASSWORD hunter2", "GOPROXY_PASSWORD redacted1"],
    ["ENV", "GOPROXY_TOKEN\thunter2 and=more", "GOPROXY_TOKEN\tredacted1"],
    ["ENV", "HTTPS_PROXY me:hunter2@proxy.example:1", "HTTPS_PROXY redacted1@proxy.example:1"],
    ["ENV", "GOPROXY https://me:hunter2@h.example", "GOPROXY https://redacted1@h.example"],
    ["ENV", "GOTOOLCHAIN local", "GOTOOLCHAIN local"],
    ["ENV", "GOPROXY_PASSWORD=hunter2 GOFLAGS=-v", "GOPROXY_PASSWORD=redacted1 GOFLAGS=-v"],
    ["RUN", "passwd golang", "passwd golang"],
  ] as const)("hides what a Dockerfile says: %s %s", (instruction, text, expected) => {
    const snapshot = machine((draft) => {
      draft.repository.docker.push({ path: `${HOME}/work/Dockerfile`, line: 1, instruction, text });
    });
    expect(redact(snapshot).repository.docker.map((statement) => statement.text)).toEqual([expected]);
  });

  it("shares its words with what else is told of the machine", () => {
    const snapshot = machine((draft) => setVariable(draft, "GOPROXY", "https://me:hunter2@proxy.example"));
    const told = { line: "export GOPROXY=https://me:hunter2@proxy.example X_TOKEN=sesame", number: 1 };
    const hidden = redactWith(snapshot, told);
    expect(hidden.snapshot).toEqual(redact(snapshot));
    expect(hidden.told).toEqual({
      line: "export GOPROXY=https://redacted1@proxy.example X_TOKEN=redacted2",
      number: 1,
    });
  });

  it("keeps the user's name in paths, and drops assignments that are none of Go's", async () => {
    const replayed = await replay(
      machine((draft) =>
        writeStartupFile(draft, `${HOME}/.bashrc`, "export BANK_ACCOUNT=1234\nexport GOPATH=~/go\n"),
      ),
    );
    expect(replayed.user.home).toBe(HOME);
    expect(replayed.startupFiles[0]?.statements.map(({ line }) => line)).toEqual([2]);
    expect(await readFile(file, "utf8")).not.toContain("BANK_ACCOUNT");
  });

  it("stays the same when it is saved again", async () => {
    const once = await replay(withSecrets(machine()));
    expect(await replay(once)).toEqual(once);
  });

  it("is for its owner's eyes", async () => {
    await saveSnapshot(file, machine());
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it("holds no character that drives a terminal", () => {
    const snapshot = machine((draft) => setVariable(draft, "GOFLAGS", "\u001b[2J\u009b1m\u202e"));
    expect(formatSnapshot(snapshot)).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
  });

  it("replaces an earlier one and nothing else", async () => {
    await saveSnapshot(file, machine());
    await saveSnapshot(file, machine());
    const other = join(directory, "other.json");
    for (const content of ["export A=1\n", "{}", "[]", "null", '{"schema":1}']) {
      await writeFile(other, content);
      await expect(saveSnapshot(other, machine())).rejects.toMatchObject({ code: "USAGE" });
      expect(await readFile(other, "utf8")).toBe(content);
    }
    await expect(saveSnapshot(directory, machine())).rejects.toMatchObject({ code: "USAGE" });
  });
});

describe("what is no snapshot", () => {
  const whole = JSON.parse(JSON.stringify(machine()));

  it.each([
    ["no JSON", "{", "it is not JSON"],
    ["nothing", "", "it is not JSON"],
    ["other JSON", [], "it states no schema"],
    ["another schema", { ...whole, schema: 2 }, "has schema 2, and this gvt reads schema 1"],
    ["a huge schema", JSON.stringify(whole).replace('"schema":1', '"schema":1e999'), "has schema Infinity"],
    ["a member missing", { ...whole, trees: undefined }, "trees is no list"],
    ["a member of another type", { ...whole, path: [{ ...whole.path[0], state: 7 }] }, "path[0].state is no"],
    [
      "a line that is none",
      { ...whole, editors: [{ path: "x", line: -1, key: "", value: "" }] },
      "editors[0].line is no count",
    ],
    [
      "a version that would be pasted",
      { ...whole, root: { ...whole.root, installed: ["1.22.6; rm -rf ~"] } },
      "root.installed[0] is no Go version",
    ],
    ["a strange time", { ...whole, taken: "yesterday\u001b[2J" }, "taken is no time"],
  ])("%s is refused, and the reason told", async (_, value, reason) => {
    const refused = await readBack(value).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "USAGE", message: expect.stringContaining(reason) });
  });

  it("a file that is too large, a FIFO, a directory and a missing file are refused without waiting", async () => {
    const large = join(directory, "large");
    await writeFile(large, Buffer.alloc((16 << 20) + 1, 0x20));
    const fifo = join(directory, "fifo");
    execFileSync("mkfifo", [fifo]);
    for (const path of [large, fifo, directory, join(directory, "none")]) {
      await expect(readSnapshot(path)).rejects.toMatchObject({ code: "USAGE" });
    }
  });

  it("members that objects inherit are not taken for members of their own", async () => {
    const text = JSON.stringify({ ...whole, tools: undefined }).replace(
      '"env":{',
      '"__proto__":{"tools":{"path":1}},"env":{"__proto__":"x","constructor":"y",',
    );
    const snapshot = await readBack(text);
    expect(Object.keys(snapshot.env)).toEqual(["__proto__", "constructor", ...Object.keys(whole.env)]);
    expect(snapshot.tools).toBeUndefined();
    expect(diagnose(snapshot)).toEqual([]);
  });

  it("members that this gvt does not know are passed over", async () => {
    expect(await readBack({ ...whole, later: { deep: [1] } })).toEqual(whole);
  });

  it("never crashes the doctor, whatever stands in it", { timeout: 120_000 }, async () => {
    const worlds = VECTORS.map(({ snapshot }) => JSON.parse(JSON.stringify(snapshot)));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...worlds),
        fc.array(fc.tuple(fc.nat(), strange), { minLength: 1, maxLength: 6 }),
        async (world, changes) => {
          const changed = changes.reduce<unknown>((value, [at, leaf]) => replaceLeaf(value, at, leaf), world);
          let snapshot: Snapshot;
          try {
            snapshot = await readBack(changed);
          } catch (error) {
            expect(isGvtError(error, "USAGE")).toBe(true);
            return;
          }
          const report = makeReport(snapshot, CHECKS);
          for (const format of Object.values(FORMATS)) {
            const lines = await format.render(report, 80);
            expect(lines.join("\n")).not.toMatch(/[^\P{Cc}\n]/u);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

const strange = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "",
    "/",
    "~",
    "-rf",
    "\u001b[2J",
    "\ud800",
    "a\nb",
    "go1.22.6",
    "1.99.0",
    "`",
    "://@",
    "=;=",
    "x".repeat(5000),
  ),
  fc.constantFrom(0, -1, 1e308, 2 ** 53, 0.5, null, true, false, [], {}),
);

/** The same value with the leaf of that number replaced, counted round. */
function replaceLeaf(value: unknown, at: number, leaf: unknown): unknown {
  const total = countLeaves(value);
  let left = at % Math.max(1, total);
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node === "object" && node !== null) {
      return Object.fromEntries(Object.entries(node).map(([name, member]) => [name, walk(member)]));
    }
    left -= 1;
    return left === -1 ? leaf : node;
  };
  return walk(value);
}

function countLeaves(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce<number>((sum, member) => sum + countLeaves(member), 0);
}

/** Secrets where people have them. */
function withSecrets(snapshot: Snapshot): Snapshot {
  return machine((draft) => {
    Object.assign(draft, structuredClone(snapshot));
    setVariable(draft, "GONOPROXY", "https://me:hunter2@proxy.example/x?key=sesame");
    setVariable(draft, "MISE_GITHUB_TOKEN", "s3cr3tkey1234");
    if (draft.goEnvFile.state === "missing")
      writeGoEnv(draft, "GOPRIVATE=https://me:hunter2@h.example\nMY_TOKEN=sesame\n");
    draft.repository.docker.push({
      path: `${HOME}/work/Dockerfile`,
      line: 3,
      instruction: "RUN",
      text: 'RUN curl -H "Authorization: Bearer s3cr3tkey1234" https://x:hunter2@h.example --token sesame',
    });
    writeStartupFile(
      draft,
      `${HOME}/.secrets`,
      "export GONOSUMDB=https://x:hunter2@h.example\nexport TOKEN=sesame\nexport GOINSECURE=s3cr3tkey1234 PASSWORD=sesame\n",
    );
  });
}

/** What only the list of kept variables takes out. */
function withKeptLines(snapshot: Snapshot): Snapshot {
  const kept = redact(snapshot).startupFiles.map(({ statements }) => statements.map(({ line }) => line));
  return {
    ...snapshot,
    startupFiles: snapshot.startupFiles.map((startupFile, index) => ({
      ...startupFile,
      statements: startupFile.statements.filter(({ line }) => kept[index]?.includes(line)),
    })),
  };
}

/** A finding without the words in which a secret may stand. */
function outlineOf({ id, severity, evidence, remedy, consequences }: Finding): unknown {
  return {
    id,
    severity,
    places: evidence.map(({ at }) => at),
    steps: remedy.steps.map(({ kind }) => kind),
    consequences: consequences.map(outlineOf),
  };
}
