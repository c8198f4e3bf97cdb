import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withLock } from "../../src/io/lock.js";

let directory: string;
let path: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "gvt-lock-"));
  path = join(directory, "1.22.6");
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

const { signal } = new AbortController();
const held = (isHeld: boolean) => Promise.resolve(isHeld);

test("of ten that want a lock, one works at a time", async () => {
  let working = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    working += 1;
    most = Math.max(most, working);
    await new Promise((resolve) => setImmediate(resolve));
    working -= 1;
  };
  await Promise.all(Array.from({ length: 10 }, () => withLock(path, { name: "go1.22.6", signal }, work)));
  expect(most).toBe(1);
});

test("who waits is told once, and gives up after a while", async () => {
  let waits = 0;
  const outcome = withLock(path, { name: "go1.22.6", signal }, () =>
    withLock(path, { name: "go1.22.6", signal, patience: 300, onWait: () => waits++ }, held),
  );
  await expect(outcome).rejects.toMatchObject({
    code: "LOCKED",
    message: expect.stringContaining("go1.22.6"),
  });
  expect(waits).toBe(1);
});

test("who waits can be interrupted", async () => {
  const interruption = new AbortController();
  const outcome = withLock(path, { name: "go1.22.6", signal }, () =>
    withLock(
      path,
      { name: "go1.22.6", signal: interruption.signal, onWait: () => interruption.abort() },
      held,
    ),
  );
  await expect(outcome).rejects.toThrow();
});

test("work that fails gives the lock back", async () => {
  const failing = withLock(path, { name: "go1.22.6", signal }, () => Promise.reject(new Error("no")));
  await expect(failing).rejects.toThrow("no");
  expect(await withLock(path, { name: "go1.22.6", signal, patience: 0 }, held)).toBe(true);
});

const future = new Date("2099-01-01");

/** What may lie where the lock should be. */
const LEFTOVERS: Readonly<Record<string, (lock: string) => Promise<void>>> = {
  "a lock that its owner left behind": (lock) => mkdir(lock),
  "a lock from the future": (lock) => mkdir(lock).then(() => utimes(lock, future, future)),
  "a file": (lock) => writeFile(lock, ""),
  "a file from the future": (lock) => writeFile(lock, "").then(() => utimes(lock, future, future)),
  "a directory with something in it": (lock) => mkdir(lock).then(() => writeFile(join(lock, "x"), "")),
  "nothing, in a directory that is not there": (lock) => rm(join(lock, ".."), { recursive: true }),
};

test("what nobody holds keeps nobody for longer than seconds", async () => {
  const outcomes = Object.entries(LEFTOVERS).map(async ([name, arrange], place) => {
    const own = join(directory, `${place}`, "1.22.6");
    await mkdir(join(own, ".."));
    await arrange(`${own}.lock`);
    return [name, typeof (await withLock(own, { name, signal, patience: 15_000 }, held))];
  });
  expect(await Promise.all(outcomes)).toEqual(Object.keys(LEFTOVERS).map((name) => [name, "boolean"]));
}, 30_000);
