import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findGit } from "../../src/doctor/collect/git.js";
import { createLook } from "../../src/doctor/collect/look.js";
import { createDisk, type Disk } from "./support/disk.js";

let disk: Disk;
let repository: string;
beforeEach(async () => {
  disk = await createDisk();
  repository = join(disk.directory, "repository");
  await mkdir(join(repository, ".git"), { recursive: true });
});
afterEach(() => disk.remove());

/** As another user sees it, unless a uid is given. */
async function look(env: Readonly<Record<string, string>> = {}, uid?: number) {
  const { uid: owner } = await stat(repository);
  const eyes = createLook({ filesystemRoot: disk.system, silentMounts: [], patience: 400 });
  const git = await findGit({ look: eyes, home: disk.home, env, uid: uid ?? owner + 1 }, [
    join(repository, "below"),
    repository,
  ]);
  return { git, owner };
}

describe("whether git works in a repository", () => {
  it("it does for whom it belongs to", async () => {
    const { owner } = await look();
    const { git } = await look({}, owner);
    expect(git).toEqual({ directory: repository, realpath: repository, uid: owner, trusted: true });
  });

  it("it does not for another user", async () => {
    const { git, owner } = await look();
    expect(git).toMatchObject({ uid: owner, trusted: false });
  });

  it("it does for root behind sudo, where it belongs to whoever called it", async () => {
    const { owner } = await look();
    expect((await look({ SUDO_UID: String(owner) }, 0)).git?.trusted).toBe(true);
  });

  it.each([
    ["its directory", (at: string) => `[safe]\n\tdirectory = ${at}\n`],
    [
      "its directory among others, quoted, with a slash",
      (at: string) => `[core]\n\tx = y\n[safe]\n\tdirectory = /x\n\tdirectory = "${at}/"\n`,
    ],
    [
      "everything below a directory",
      (at: string) => `[safe]\n\tdirectory = ${at.replace(/repository$/, "*")}\n`,
    ],
    ["everything", () => "[user]\n[safe] directory = *\n"],
  ])("it does where safe.directory names %s", async (_, text) => {
    await disk.write(join(disk.home, ".gitconfig"), text(repository));
    expect((await look()).git?.trusted).toBe(true);
  });

  it.each([
    [".config/git/config", {}],
    ["elsewhere/config", { GIT_CONFIG_GLOBAL: "elsewhere/config" }],
  ])("it does where %s says so", async (path, named) => {
    await disk.write(join(disk.home, path), `[safe]\ndirectory = ${repository}\n`);
    const env = Object.fromEntries(Object.entries(named).map(([name, at]) => [name, join(disk.home, at)]));
    expect((await look(env)).git?.trusted).toBe(true);
  });

  it("it does where the system's configuration, or a file that is included, says so", async () => {
    await disk.write(join(disk.system, "etc/gitconfig"), `[include]\n\tpath = more\n`);
    await disk.write(join(disk.system, "etc/more"), `[safe]\n\tdirectory = ${repository}\n`);
    expect((await look()).git?.trusted).toBe(true);
  });

  it("it does not where another directory is named, or another section", async () => {
    await disk.write(
      join(disk.home, ".gitconfig"),
      `[safe]\n\tdirectory = ${repository}/below\n[other]\n\tdirectory = ${repository}\n`,
    );
    expect((await look()).git?.trusted).toBe(false);
  });

  it("nothing is said where settings in the environment may allow it", async () => {
    expect((await look({ GIT_CONFIG_COUNT: "1" })).git?.trusted).toBe(true);
  });
});
