import { execFileSync } from "node:child_process";
import {
  appendFile,
  chmod,
  chown,
  link,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../../src/context.js";
import { type Applied, applyFix } from "../../../src/doctor/fix/apply.js";
import { type FixPlan, planFix } from "../../../src/doctor/fix/plan.js";
import { applyUndo, planUndo, type UndoPlan } from "../../../src/doctor/fix/undo.js";
import type { Step } from "../../../src/doctor/remedy.js";
import { requires } from "../../support/requirements.js";
import { createWorld, type World } from "../../support/world.js";
import { deletion, findingWith } from "../support/edits.js";
import { buildFixer, type Fixer } from "../support/fixer.js";

const NOBODY = 65534;
const OLD = "# rc\nexport GOROOT=/x\n# end\n";
const NEW = "# rc\n# end\n";
const LINE = "export GOROOT=/x";

let world: World;
let context: Context;
let rc: string;

beforeEach(async () => {
  world = await createWorld();
  context = await world.context();
  rc = join(world.home, ".bashrc");
  await writeFile(rc, OLD);
});

afterEach(() => world.remove());

const silent = (): void => undefined;
const plan = (...steps: readonly Step[]): Promise<FixPlan> => planFix([findingWith(...steps)]);
const fix = async (...steps: readonly Step[]): Promise<Applied> =>
  applyFix(context, await plan(...steps), silent);
const read = (path = rc): Promise<string> => readFile(path, "latin1");

async function undo(): Promise<UndoPlan & { readonly changed: readonly string[] }> {
  const found = await planUndo(context.layout);
  const applied = found.fix && (await applyUndo(context, found.fix, found.files, silent));
  return {
    ...found,
    obstacles: [...found.obstacles, ...(applied?.obstacles ?? [])],
    changed: (applied?.changed ?? []).map(({ path }) => path),
  };
}

describe("a fix", () => {
  it("deletes the named line, keeps a backup for its owner alone, and can be undone", async () => {
    const applied = await fix(deletion(rc, 2, LINE));
    expect(applied).toMatchObject({ number: 1, changed: [{ path: rc }], obstacles: [] });
    expect(await read()).toBe(NEW);
    const backups = join(context.layout.fixes, "1");
    expect(await read(join(backups, "0"))).toBe(OLD);
    for (const path of [backups, context.layout.fixes]) expect((await lstat(path)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(backups)) {
      expect((await lstat(join(backups, name))).mode & 0o777).toBe(0o600);
    }
    expect(await undo()).toMatchObject({ fix: { number: 1 }, changed: [rc], obstacles: [] });
    expect(await read()).toBe(OLD);
  });

  it("makes of several edits of one file one change, whatever names they know it by", async () => {
    const alias = join(world.home, "alias");
    await symlink(".bashrc", alias);
    await writeFile(rc, `${OLD}export GOPATH=/y\n`);
    const found = await plan(
      deletion(rc, 2, LINE),
      deletion(alias, 4, "export GOPATH=/y"),
      deletion(rc, 2, LINE),
    );
    expect(found.files).toHaveLength(1);
    await applyFix(context, found, silent);
    expect(await read()).toBe(NEW);
  });

  it("writes through links, which stay what they are", async () => {
    const target = join(world.home, "dotfiles/bashrc");
    await mkdir(join(world.home, "dotfiles"));
    await rename(rc, target);
    await symlink("dotfiles/bashrc", join(world.home, "middle"));
    await symlink("middle", rc);
    await chmod(target, 0o640);
    await fix(deletion(rc, 2, LINE));
    expect(await readlink(rc)).toBe("middle");
    expect(await read(target)).toBe(NEW);
    expect((await lstat(target)).mode & 0o777).toBe(0o640);
    await undo();
    expect(await readlink(rc)).toBe("middle");
    expect(await read(target)).toBe(OLD);
    expect((await lstat(target)).mode & 0o777).toBe(0o640);
  });

  it("of one line that two want otherwise does what the graver finding asks for", async () => {
    await fix({ kind: "edit", path: rc, line: 2, before: LINE, after: "# gone" }, deletion(rc, 2, LINE));
    expect(await read()).toBe("# rc\n# gone\n# end\n");
  });

  it("does nothing but edits", async () => {
    const found = await plan({ kind: "run", command: "rm -rf /" }, { kind: "unset", variable: "GOROOT" });
    expect(found).toEqual({ files: [], obstacles: [] });
    expect(await applyFix(context, found, silent)).toEqual({ number: undefined, changed: [], obstacles: [] });
    expect(await readdir(world.home)).toEqual([".bashrc"]);
  });

  it("touches nothing where anybody could change the backups", async () => {
    await mkdir(context.layout.root);
    await chmod(context.layout.root, 0o777);
    await expect(fix(deletion(rc, 2, LINE))).rejects.toMatchObject({ code: "UNSAFE_ROOT" });
    expect(await read()).toBe(OLD);
  });

  it("touches nothing where no backup can be kept", async () => {
    await writeFile(join(world.home, ".gvt"), "in the way");
    await expect(fix(deletion(rc, 2, LINE))).rejects.toMatchObject({ code: "DISK" });
    expect(await read()).toBe(OLD);
  });
});

describe("a file is left as it is, and said why,", () => {
  const whyNot = async (...steps: readonly Step[]) => {
    const { files, obstacles } = await plan(...steps);
    expect(files).toEqual([]);
    return obstacles;
  };

  it("where the line says something else by now", async () => {
    await writeFile(rc, `# new\n${OLD}`);
    expect(await whyNot(deletion(rc, 2, LINE))).toEqual([
      { path: rc, kind: "changed", reason: "line 2 is no longer what was seen" },
    ]);
  });

  it("where only one of several lines does", async () => {
    expect(await whyNot(deletion(rc, 2, LINE), deletion(rc, 3, "# other"))).toMatchObject([
      { kind: "changed" },
    ]);
    expect(await read()).toBe(OLD);
  });

  it("where it changes between the look and the deed", async () => {
    const found = await plan(deletion(rc, 2, LINE));
    await appendFile(rc, "alias a=b\n");
    const applied = await applyFix(context, found, silent);
    expect(applied).toMatchObject({ changed: [], obstacles: [{ path: rc, kind: "changed" }] });
    expect(await read()).toBe(`${OLD}alias a=b\n`);
    expect(await undo()).toMatchObject({ fix: undefined, changed: [] });
  });

  it("where its link leads elsewhere meanwhile", async () => {
    await rename(rc, join(world.home, "a"));
    await writeFile(join(world.home, "b"), OLD);
    await symlink("a", rc);
    const found = await plan(deletion(rc, 2, LINE));
    await rm(rc);
    await symlink("b", rc);
    expect(await applyFix(context, found, silent)).toMatchObject({
      changed: [],
      obstacles: [{ kind: "changed" }],
    });
    expect([await read(join(world.home, "a")), await read()]).toEqual([OLD, OLD]);
  });

  it.each<[string, string, (path: string) => unknown]>([
    ["a FIFO", "it is a FIFO", (path) => execFileSync("mkfifo", [path])],
    ["a directory", "it is a directory", (path) => mkdir(path)],
    ["gone", "it is gone", () => undefined],
    ["a link to nothing", "it is gone", (path) => symlink("nowhere", path)],
    [
      "a link in a circle",
      "it cannot be read: symbolic links lead in a circle (ELOOP)",
      (path) => symlink(".bashrc", path),
    ],
    ["too large", "it is longer than 4 MiB", (path) => writeFile(path, "x".repeat((4 << 20) + 1))],
    ["read-only", "it is read-only", (path) => writeFile(path, OLD, { mode: 0o444 })],
  ])("where it is %s", async (_name, reason, make) => {
    await rm(rc);
    await make(rc);
    expect(await whyNot(deletion(rc, 2, LINE))).toMatchObject([{ path: rc, reason }]);
  });

  it("where it has several names", async () => {
    await link(rc, join(world.home, "other"));
    expect(await whyNot(deletion(rc, 2, LINE))).toMatchObject([
      { kind: "refused", reason: expect.stringContaining("hard links") },
    ]);
  });

  it("and keeps no other file from being mended", async () => {
    const other = join(world.home, ".profile");
    await writeFile(other, OLD, { mode: 0o444 });
    const found = await plan(deletion(other, 2, LINE), deletion(rc, 2, LINE));
    expect(found.obstacles).toEqual([{ path: other, kind: "refused", reason: "it is read-only" }]);
    await applyFix(context, found, silent);
    expect([await read(), await read(other)]).toEqual([NEW, OLD]);
  });
});

describe("as a user who is not root, a file", () => {
  let fixer: Fixer;

  beforeAll(async () => {
    fixer = await buildFixer();
  });

  afterAll(() => fixer.remove());

  const fixAsNobody = async () => {
    const root = join(world.directory, "root");
    await mkdir(root);
    await chown(root, NOBODY, NOBODY);
    await chmod(world.directory, 0o755);
    const env = { HOME: world.home, GVT_ROOT: root };
    const { result, stderr } = await fixer.start(env, ["fix", `${rc}:2:${LINE}`], NOBODY).ended;
    expect(stderr).toBe("");
    expect(await readdir(world.home)).toEqual([".bashrc"]);
    return result;
  };

  it("in a directory that may not be written to is left as it is", async () => {
    if (!requires("root", "a directory that may not be written to")) return;
    await chown(rc, NOBODY, NOBODY);
    await chmod(world.home, 0o555);
    expect(await fixAsNobody()).toMatchObject({
      changed: [],
      obstacles: [{ path: rc, kind: "refused", reason: "permission denied (EACCES)" }],
    });
    expect(await read()).toBe(OLD);
  });

  it("of somebody else's that may be written to is left as it is, for it would change hands", async () => {
    if (!requires("root", "a file of somebody else's")) return;
    await chmod(rc, 0o666);
    await chmod(world.home, 0o777);
    expect(await fixAsNobody()).toMatchObject({
      changed: [],
      obstacles: [{ path: rc, kind: "refused", reason: "its owner, group or mode cannot be kept" }],
    });
    expect(await read()).toBe(OLD);
    expect(await lstat(rc)).toMatchObject({ uid: 0 });
  });

  it("of his own is mended", async () => {
    if (!requires("root", "a fix by another user")) return;
    await chown(rc, NOBODY, NOBODY);
    await chown(world.home, NOBODY, NOBODY);
    expect(await fixAsNobody()).toMatchObject({ changed: [{ path: rc }], obstacles: [] });
    expect(await read()).toBe(NEW);
  });
});

describe("an undo", () => {
  it("takes one fix back at a time, the newest first, and says when none is left", async () => {
    await fix(deletion(rc, 2, LINE));
    await fix(deletion(rc, 1, "# rc"));
    expect(await read()).toBe("# end\n");
    expect(await undo()).toMatchObject({ fix: { number: 2 }, changed: [rc] });
    expect(await read()).toBe(NEW);
    expect(await undo()).toMatchObject({ fix: { number: 1 }, changed: [rc] });
    expect(await read()).toBe(OLD);
    expect(await undo()).toMatchObject({ fix: undefined, changed: [], obstacles: [] });
  });

  it("does not take back what was taken back and made again by hand", async () => {
    await fix(deletion(rc, 2, LINE));
    await undo();
    await writeFile(rc, NEW);
    expect(await undo()).toMatchObject({ fix: undefined, obstacles: [] });
    expect(await read()).toBe(NEW);
  });

  it("leaves a file that was changed since, says where it is as it was, and takes the others back", async () => {
    const other = join(world.home, ".profile");
    await writeFile(other, OLD);
    await fix(deletion(rc, 2, LINE), deletion(other, 2, LINE));
    await appendFile(rc, "alias a=b\n");
    const { changed, obstacles } = await undo();
    expect(changed).toEqual([other]);
    expect(obstacles).toMatchObject([{ path: rc, kind: "changed" }]);
    expect(obstacles[0]?.reason).toContain(join(context.layout.fixes, "1/0"));
    expect([await read(), await read(other)]).toEqual([`${NEW}alias a=b\n`, OLD]);
  });

  it("passes over a fix that can no longer be taken back, and says so", async () => {
    const other = join(world.home, ".profile");
    await writeFile(other, OLD);
    await fix(deletion(other, 2, LINE));
    await fix(deletion(rc, 2, LINE));
    await appendFile(rc, "alias a=b\n");
    expect(await undo()).toMatchObject({
      fix: { number: 1 },
      changed: [other],
      obstacles: [{ path: rc, kind: "changed" }],
    });
  });

  it.each<[string, () => Promise<unknown>]>([
    ["was deleted", () => rm(rc)],
    ["is another by now", () => rm(rc).then(() => mkdir(rc))],
  ])("leaves a file that %s since", async (_name, change) => {
    await fix(deletion(rc, 2, LINE));
    await change();
    expect(await undo()).toMatchObject({
      fix: undefined,
      changed: [],
      obstacles: [{ path: rc, kind: "changed" }],
    });
  });

  it("keeps the mode that a file has by now", async () => {
    await fix(deletion(rc, 2, LINE));
    await chmod(rc, 0o600);
    await undo();
    expect((await lstat(rc)).mode & 0o777).toBe(0o600);
  });

  it("can be had later where a file could not be written", async () => {
    await fix(deletion(rc, 2, LINE));
    await chmod(rc, 0o444);
    expect(await undo()).toMatchObject({ changed: [], obstacles: [{ path: rc, kind: "refused" }] });
    expect(await read()).toBe(NEW);
    await chmod(rc, 0o644);
    expect(await undo()).toMatchObject({ changed: [rc], obstacles: [] });
    expect(await read()).toBe(OLD);
  });

  it.each(["", "something else", `${OLD}# more\n`])(
    "writes nothing from a damaged backup: %j",
    async (text) => {
      await fix(deletion(rc, 2, LINE));
      await writeFile(join(context.layout.fixes, "1/0"), text);
      expect(await undo()).toMatchObject({ fix: undefined, obstacles: [{ path: rc, kind: "refused" }] });
      expect(await read()).toBe(NEW);
    },
  );

  it.each([
    "",
    "{",
    "[]",
    '{"schema":2,"gvt":"9","time":"","files":[]}',
    '{"schema":1,"gvt":"1","time":"","files":[{}]}',
  ])("refuses the journal %j", async (text) => {
    await fix(deletion(rc, 2, LINE));
    await writeFile(join(context.layout.fixes, "1/journal.json"), text);
    await expect(undo()).rejects.toMatchObject({ code: "DISK" });
    expect(await read()).toBe(NEW);
  });
});

describe("whatever the bytes", () => {
  const part = fc.oneof(
    fc.constantFrom("\n", "\r\n", "a=b", "\xe9", "\xef\xbb\xbf", "\0", "é"),
    fc.string({ minLength: 1, maxLength: 6 }),
  );
  const file = fc
    .array(part, { minLength: 1, maxLength: 30 })
    .map((parts) => Buffer.from(parts.join(""), "latin1"))
    .filter((bytes) => bytes.length > 0);

  it("a fix and its undo give them back bit for bit", async () => {
    await fc.assert(
      fc.asyncProperty(file, fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }), async (bytes, places) => {
        await writeFile(rc, bytes);
        const lines = bytes.toString("utf8").replace(/\n$/, "").split("\n");
        const steps = places.map((place) => {
          const index = place % lines.length;
          return deletion(rc, index + 1, (lines[index] ?? "").replace(/\r$/, ""));
        });
        const applied = await fix(...steps);
        expect(applied.obstacles).toEqual([]);
        await undo();
        expect((await readFile(rc)).equals(bytes)).toBe(true);
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
