import { execFileSync } from "node:child_process";
import { chmod, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseGoVersion } from "../../src/go/version.js";
import { installVersions } from "../../src/install/install.js";
import { openSources } from "../../src/sources/sources.js";
import { readReceipt } from "../../src/store/receipt.js";
import { listInstalled, listToolchains } from "../../src/store/store.js";
import { toolchainModule } from "../../src/trust/module-hash.js";
import { createLog, createMemoryStore, recordOf, type TestLog } from "../support/log.js";
import { buildToy, HERE, sha256Of, type Toy } from "../support/toy-archive.js";
import { collectSteps, startToySite, type ToySite } from "../support/toy-site.js";

let toys: ToySite;

beforeEach(async () => {
  toys = await startToySite();
});

afterEach(() => toys.close());

const goroot = (version = "1.22.96") => join(toys.root, "versions", version);

async function expectUntouched(): Promise<void> {
  expect(await readdir(join(toys.root, "versions"))).toEqual([]);
  expect(await readdir(join(toys.root, "tmp"))).toEqual([]);
}

describe("an archive from a download site", () => {
  test("is installed, runs, and has a receipt of where it came from and what vouched for it", async () => {
    const toy = await toys.add({ version: "1.22.96" });
    const { steps, onEvent } = collectSteps();
    const outcome = await toys.install(await toys.context(), toy, { onEvent });
    expect(outcome).toMatchObject({ kind: "installed", goroot: goroot() });
    expect(steps).toEqual([
      "lock",
      "resolve",
      "download",
      "verify",
      "unpack",
      "verify",
      "check",
      "publish",
      "done",
    ]);
    execFileSync(join(goroot(), "bin/go"));
    const receipt = readReceipt(join(goroot(), ".gvt.json"));
    expect(receipt.archive).toEqual({
      filename: toy.filename,
      location: `${toys.site.url}/dl/${toy.filename}`,
      size: toy.tarGz.length,
      sha256: toy.sha256,
    });
    expect(receipt.evidence.map(({ witness }) => witness)).toEqual(["organisation"]);
    for (const { path, size, mode, sha256 } of receipt.manifest) {
      const content = await readFile(join(goroot(), path));
      expect([
        path,
        content.length,
        (await stat(join(goroot(), path))).mode & 0o7777,
        sha256Of(content),
      ]).toEqual([path, size, mode, sha256]);
    }
    const files = execFileSync("find", [goroot(), "-type", "f"], { encoding: "utf8" }).trim().split("\n");
    expect(files).toHaveLength(receipt.manifest.length + 1);
  });

  test("leaves nothing behind in tmp, locks and the cache", async () => {
    await toys.install(await toys.context(), await toys.add({ version: "1.22.96" }));
    for (const directory of ["tmp", "locks", "cache/downloads"])
      expect(await readdir(join(toys.root, directory))).toEqual([]);
  });

  test("is not asked for when the version is installed", async () => {
    const toy = await toys.add({ version: "1.22.96" });
    await toys.install(await toys.context(), toy);
    const before = toys.site.requests.length;
    expect(await toys.install(await toys.context(), toy)).toMatchObject({
      kind: "already-installed",
      goroot: goroot(),
    });
    expect(toys.site.requests.length).toBe(before);
  });

  test("that another release hides behind is refused", async () => {
    const toy = await toys.add({ version: "1.22.96" });
    const other = buildToy({ version: "1.22.95" });
    toys.site.addArchive(toy.filename, other.tarGz, "/dl");
    await toys.vouch(`${other.sha256}  ${toy.filename}\n`);
    await expect(toys.install(await toys.context(), toy)).rejects.toMatchObject({
      code: "ARCHIVE_UNSAFE",
      message: expect.stringContaining("its file VERSION says go1.22.95"),
    });
    await expectUntouched();
  });

  const WRONG_TREES: Readonly<Record<string, Record<string, string | Uint8Array | undefined>>> = {
    "without VERSION": { VERSION: undefined },
    "with an empty VERSION": { VERSION: "" },
    "with a VERSION of 10 MB": { VERSION: Buffer.alloc(10_000_000, "go1.22.96") },
    "without bin/go": { "bin/go": undefined },
    "with a script as bin/go": { "bin/go": `#!/bin/sh\n${"# ".repeat(100)}\n` },
    "with a directory as bin/go": { "bin/go": undefined, "bin/go/x": "" },
    "for another machine": { "bin/go": elfFor(243) },
    "without the compiler of this platform": { [`pkg/tool/${HERE.os}_${HERE.arch}/compile`]: undefined },
  };

  test.each(Object.entries(WRONG_TREES))("%s is refused", async (_, files) => {
    const toy = await toys.add({ version: "1.22.96", files });
    await expect(toys.install(await toys.context(), toy)).rejects.toMatchObject({ code: "ARCHIVE_UNSAFE" });
    await expectUntouched();
  });

  test("with a VERSION in CRLF is accepted", async () => {
    const toy = await toys.add({ version: "1.22.96", files: { VERSION: "go1.22.96\r\ntime x\r\n" } });
    await toys.install(await toys.context(), toy);
  });

  test("of a prerelease is installed under its name", async () => {
    const context = await toys.context();
    await toys.install(context, await toys.add({ version: "1.23rc99" }));
    expect(listInstalled(context.layout)).toEqual([parseGoVersion("1.23rc99")]);
  });
});

describe("verification", () => {
  test("an archive that nobody vouches for is not unpacked, and not asked for again once somebody does", async () => {
    const toy = await toys.add({ version: "1.22.96" });
    await toys.vouch("");
    const { steps, onEvent } = collectSteps();
    await expect(toys.install(await toys.context(), toy, { onEvent })).rejects.toMatchObject({
      code: "UNVERIFIED",
    });
    expect(steps).not.toContain("check");
    await expectUntouched();
    await toys.vouch(toy.checksums);
    await toys.install(await toys.context(), toy);
    const ranges = toys.site.requests.flatMap(({ method, url, headers }) =>
      method === "GET" && url === `/dl/${toy.filename}` ? [headers["range"]] : [],
    );
    expect(ranges).toEqual([undefined, `bytes=${toy.tarGz.length - 1}-`]);
  });

  test("a byte flipped anywhere is noticed, and the cache not poisoned", async () => {
    const toy = await toys.add({ version: "1.22.96" });
    for (const place of [0, 100, toy.tarGz.length >> 1, toy.tarGz.length - 1]) {
      const changed = Buffer.from(toy.tarGz);
      changed[place] = (changed[place] ?? 0) ^ 1;
      toys.site.addFile(`/dl/${toy.filename}`, changed, { etag: '"changed"' });
      await expect(toys.install(await toys.context(), toy)).rejects.toMatchObject({
        code: "CHECKSUM_MISMATCH",
      });
      await expectUntouched();
    }
    toys.site.addArchive(toy.filename, toy.tarGz, "/dl");
    expect(await toys.install(await toys.context(), toy)).toMatchObject({ kind: "installed" });
  });

  test("gvt's own table contradicts an archive of a real release's name", async () => {
    const toy = await toys.add({ version: "1.22.6", platform: { os: "linux", arch: "amd64" } });
    const context = await toys.world.context({
      env: { ...toys.env, GVT_TRUST_CHECKSUMS: "" },
      os: "linux",
      arch: "x64",
    });
    await expect(toys.install(context, toy)).rejects.toMatchObject({ code: "CHECKSUM_MISMATCH" });
  });
});

describe("the transparency log", () => {
  let log: TestLog;
  let store: ReturnType<typeof createMemoryStore>;

  beforeEach(() => {
    log = createLog();
    store = createMemoryStore();
  });

  const asked = () => ({ log: { transport: log.transport, store, key: log.keys.verifier } });

  /** Gives the log a record of a version's module: of this toy, or of one that only has its name. */
  function record({ version, h1 }: Toy): void {
    const module = toolchainModule(version, HERE);
    log.append("golang.org/filler v1.0.0 h1:x\n", recordOf(module.path, module.version, h1));
  }

  test("vouches for an archive by its contents alone, which are read before anything is written", async () => {
    const toy = await toys.add({ version: "1.22.99" });
    await toys.vouch("");
    record(buildToy({ version: "1.22.99" }));
    const outcome = await toys.install(await toys.context(), toy, asked());
    expect(outcome).toMatchObject({
      kind: "installed",
      receipt: { evidence: [{ witness: "transparency-log" }] },
    });
  });

  test("vouches besides the list, in the unpacking pass", async () => {
    const toy = await toys.add({ version: "1.22.99" });
    record(buildToy({ version: "1.22.99" }));
    const outcome = await toys.install(await toys.context(), toy, asked());
    expect(outcome).toMatchObject({
      receipt: { evidence: [{ witness: "organisation" }, { witness: "transparency-log" }] },
    });
  });

  test("that contradicts the list is believed, and nothing installed", async () => {
    const toy = await toys.add({ version: "1.22.99" });
    record(buildToy({ version: "1.22.99", files: { "src/evil.go": "package evil\n" } }));
    await expect(toys.install(await toys.context(), toy, asked())).rejects.toMatchObject({
      code: "CHECKSUM_MISMATCH",
    });
    await expectUntouched();
  });

  test("that cannot be reached keeps nothing from being installed that the list vouches for", async () => {
    const toy = await toys.add({ version: "1.22.99" });
    const context = await toys.context();
    const { log: unreachable } = await openSources(context, {
      source: `${toys.site.url}/dl`,
      offline: false,
    });
    toys.site.fault("/sumdb/lookup/golang.org/toolchain@", { kind: "reset" });
    expect(
      await toys.install(context, toy, { log: unreachable && { transport: unreachable, store } }),
    ).toMatchObject({
      kind: "installed",
    });
  });

  describe("of which a mirror serves no tiles", () => {
    let toy: Toy;

    beforeEach(async () => {
      toy = await toys.add({ version: "1.22.99" });
      record(buildToy({ version: "1.22.99" }));
      log.lie = (path, honest) => (path.startsWith("/tile/") ? undefined : honest);
    });

    test("is silent: what the list vouches for is installed", async () => {
      expect(await toys.install(await toys.context(), toy, asked())).toMatchObject({
        kind: "installed",
        receipt: { evidence: [{ witness: "organisation" }] },
      });
    });

    test("is no witness: `strict` fails, and a module that nothing else vouches for", async () => {
      const strict = await toys.context({ GVT_VERIFY: "strict" });
      await expect(toys.install(strict, toy, asked())).rejects.toMatchObject({ code: "UNVERIFIED" });
      await toys.vouch("");
      await expect(
        toys.install(await toys.context(), toy, { ...asked(), source: "goproxy" }),
      ).rejects.toMatchObject({ code: "UNVERIFIED" });
      await expectUntouched();
    });
  });

  test("is what `strict` demands", async () => {
    const toy = await toys.add({ version: "1.22.99" });
    const strict = await toys.context({ GVT_VERIFY: "strict" });
    await expect(toys.install(strict, toy)).rejects.toMatchObject({ code: "UNVERIFIED" });
    await expectUntouched();
    record(buildToy({ version: "1.22.99" }));
    expect(await toys.install(strict, toy, asked())).toMatchObject({ kind: "installed" });
  });

  test("vouches for a module, and what the module form changed is undone", async () => {
    const toy = await toys.add({ version: "1.22.99" });
    await toys.vouch("");
    record(buildToy({ version: "1.22.99" }));
    await toys.install(await toys.context(), toy, { ...asked(), source: "goproxy" });
    const tree = goroot("1.22.99");
    expect(await readFile(join(tree, "src/go.mod"), "utf8")).toBe("module std\n");
    expect(await readFile(join(tree, "src/cmd/go.mod"), "utf8")).toBe("module cmd\n");
    const { manifest } = readReceipt(join(tree, ".gvt.json"));
    const executable = manifest.filter(({ mode }) => mode === 0o755).map(({ path }) => path);
    expect(executable.sort()).toEqual([
      "bin/go",
      "bin/gofmt",
      "lib/wasm/go_js_wasm_exec",
      `pkg/tool/${HERE.os}_${HERE.arch}/compile`,
      "src/all.bash",
    ]);
    for (const { path, mode } of manifest)
      expect([path, (await stat(join(tree, path))).mode & 0o777]).toEqual([path, mode]);
  });

  test("refuses a module with one more file", async () => {
    const toy = await toys.add({ version: "1.22.99", files: { "src/evil.go": "package evil\n" } });
    await toys.vouch("");
    record(buildToy({ version: "1.22.99" }));
    const outcome = toys.install(await toys.context(), toy, { ...asked(), source: "goproxy" });
    await expect(outcome).rejects.toMatchObject({ code: "CHECKSUM_MISMATCH" });
    await expectUntouched();
  });
});

describe("sources", () => {
  test("are tried in order, and all are named where none has served", async () => {
    const toy = await toys.add({ version: "1.22.96" });
    toys.site.fault(`/dl/${toy.filename}`, { kind: "status", status: 500 });
    const unplugged = await toys.context({ GVT_SOURCE: join(toys.world.directory, "none") });
    const sources = [
      ...(await openSources(unplugged, { source: undefined, offline: true })).list,
      ...(await openSources(await toys.context(), { source: `${toys.site.url}/dl`, offline: false })).list,
    ];
    await expect(toys.install(await toys.context(), toy, { sources })).rejects.toMatchObject({
      code: "SOURCE_UNREACHABLE",
      facts: {
        [join(toys.world.directory, "none")]: expect.anything(),
        [`${toys.site.url}/dl`]: expect.anything(),
      },
    });
  });

  test("a version that none has is not found", async () => {
    const toy = buildToy({ version: "1.22.96" });
    await expect(toys.install(await toys.context(), toy)).rejects.toMatchObject({
      code: "VERSION_NOT_FOUND",
    });
    await expectUntouched();
  });

  test("a directory serves without the network", async () => {
    const toy = await toys.add({ version: "1.22.96" });
    const mirror = join(toys.world.directory, "mirror");
    await mkdir(mirror);
    await writeFile(join(mirror, toy.filename), toy.tarGz);
    expect(await toys.install(await toys.context(), toy, { source: mirror })).toMatchObject({
      kind: "installed",
    });
    expect(toys.site.requests).toEqual([]);
  });

  test("several versions are installed in one go, and one that fails stops no other", async () => {
    const versions = ["1.22.96", "1.22.97", "1.22.98"];
    for (const version of versions) await toys.add({ version });
    const context = await toys.context();
    const { list } = await openSources(context, { source: `${toys.site.url}/dl`, offline: false });
    const asked = [...versions, "1.22.99"].map(parseGoVersion);
    const results = await installVersions(context, asked, { sources: list, log: undefined });
    expect(results.map(({ kind }) => kind)).toEqual(["installed", "installed", "installed", "failed"]);
    expect(listInstalled(context.layout)).toEqual(versions.map(parseGoVersion));
  });
});

describe("a partial download", () => {
  const partials = () => readdir(join(toys.root, "cache/downloads"));
  const pathOf = ({ moduleVersion }: Toy) => `/mod/golang.org/toolchain/@v/${moduleVersion}.zip`;
  const fromProxy = { source: "goproxy" };

  /** A toy whose download has failed after some of it. */
  async function failHalfway(): Promise<Toy> {
    const toy = await toys.add({ version: "1.22.96", ballast: 3_000_000 });
    toys.site.fault(pathOf(toy), { kind: "cut", after: 200_000 });
    await expect(toys.install(await toys.context(), toy, fromProxy)).rejects.toMatchObject({
      code: "SOURCE_UNREACHABLE",
    });
    toys.site.fault(pathOf(toy), { kind: "reset", times: 0 });
    return toy;
  }

  test("is kept when the network fails, and continued", async () => {
    const toy = await failHalfway();
    expect(await partials()).toHaveLength(2);
    const before = toys.site.count(pathOf(toy));
    expect(await toys.install(await toys.context(), toy, fromProxy)).toMatchObject({ kind: "installed" });
    const [request] = toys.site.requests.filter(({ url }) => url === pathOf(toy)).slice(before);
    expect(request?.headers["range"]).toMatch(/^bytes=[1-9]\d{5,}-$/);
    expect(await partials()).toEqual([]);
  });

  test("of a file that has changed since is begun anew", async () => {
    await failHalfway();
    const changed = await toys.add({ version: "1.22.96", ballast: 3_000_001 });
    await toys.vouch(changed.checksums);
    expect(await toys.install(await toys.context(), changed, fromProxy)).toMatchObject({
      receipt: { archive: { size: changed.zip.length } },
    });
  });

  test("that is whole already is not downloaded again", async () => {
    const toy = await toys.add({ version: "1.22.96", ballast: 3_000_000 });
    const context = await toys.context();
    const interruption = new AbortController();
    const onEvent = ({ step }: { step: string }) => {
      if (step === "verify") interruption.abort();
    };
    const signal = interruption.signal;
    const interrupted = toys.install({ ...context, signal }, toy, { ...fromProxy, onEvent });
    await expect(interrupted).rejects.toMatchObject({ code: "INTERRUPTED" });
    await toys.install(context, toy, fromProxy);
    const ranges = toys.site.requests
      .filter(({ url }) => url === pathOf(toy))
      .map(({ headers }) => headers["range"]);
    expect(ranges).toEqual([undefined, `bytes=${toy.zip.length - 1}-`]);
  });
});

describe("an interruption", () => {
  test.each(["lock", "resolve", "download", "verify", "unpack", "check"])(
    "at `%s` leaves nothing but the partial download",
    async (at) => {
      const toy = await toys.add({ version: "1.22.96", ballast: 3_000_000 });
      const context = await toys.context();
      const interruption = new AbortController();
      const onEvent = ({ step }: { step: string }) => {
        if (step === at) interruption.abort();
      };
      await expect(
        toys.install({ ...context, signal: interruption.signal }, toy, { onEvent }),
      ).rejects.toMatchObject({ code: "INTERRUPTED" });
      await expectUntouched();
      expect(await readdir(join(toys.root, "locks"))).toEqual([]);
      expect(await toys.install(context, toy)).toMatchObject({ kind: "installed" });
    },
  );
});

describe("what is in the way in versions/", () => {
  test.each<[string, () => Promise<unknown>]>([
    ["a directory without a receipt", () => mkdir(join(goroot(), "bin"), { recursive: true })],
    ["a file", () => writeFile(goroot(), "mine")],
    ["a link", () => symlink("/usr/local/go", goroot())],
    ["a dangling link", () => symlink("/nonexistent", goroot())],
  ])("%s stays, and nothing is downloaded", async (_, arrange) => {
    const toy = await toys.add({ version: "1.22.96" });
    await mkdir(join(toys.root, "versions"), { recursive: true });
    await arrange();
    await expect(toys.install(await toys.context(), toy)).rejects.toMatchObject({
      code: "DISK",
      message: expect.stringContaining(goroot()),
    });
    expect(toys.site.requests).toEqual([]);
    expect(await readdir(join(toys.root, "versions"))).toEqual(["1.22.96"]);
  });

  test("an empty directory is nothing", async () => {
    const toy = await toys.add({ version: "1.22.96" });
    await mkdir(goroot(), { recursive: true });
    expect(await toys.install(await toys.context(), toy)).toMatchObject({ kind: "installed" });
  });
});

test("a root at a strange path, behind a link, works", async () => {
  const toy = await toys.add({ version: "1.22.96" });
  const real = join(toys.world.directory, 'it\'s a "root" $x');
  await mkdir(real);
  await symlink(real, join(toys.world.directory, "link"));
  const context = await toys.context({ GVT_ROOT: join(toys.world.directory, "link") });
  await toys.install(context, toy);
  execFileSync(join(real, "versions/1.22.96/bin/go"));
});

describe("versions/ judged", () => {
  test("names what is damaged and why, and the rest is sound", async () => {
    const context = await toys.context();
    for (const version of ["1.22.91", "1.22.92", "1.22.93", "1.22.94", "1.22.95"])
      await toys.install(context, await toys.add({ version }));
    await writeFile(join(goroot("1.22.92"), ".gvt.json"), "{");
    await writeFile(
      join(goroot("1.22.93"), ".gvt.json"),
      await readFile(join(goroot("1.22.91"), ".gvt.json")),
    );
    await writeFile(join(goroot("1.22.94"), "VERSION"), "go1.22.95\n");
    await chmod(join(goroot("1.22.95"), "bin/go"), 0o644);
    await mkdir(goroot("1.22.90"));
    await writeFile(goroot("stray"), "");
    const entries = listToolchains(context.layout);
    const seen = entries.map((entry) =>
      entry.kind === "ok" ? "ok" : `${entry.path.replace(/^.*\//, "")}: ${entry.reason}`,
    );
    expect(seen).toEqual([
      "1.22.90: it has no receipt",
      "ok",
      expect.stringContaining("1.22.92: cannot read the receipt"),
      "1.22.93: its receipt is that of 1.22.91",
      "1.22.94: its file VERSION names another version",
      "1.22.95: its bin/go is not executable",
      "stray: its name is no Go version",
    ]);
  });

  test("is empty where there is none", async () => {
    const { layout } = await toys.context();
    expect(listInstalled(layout)).toEqual([]);
    expect(listToolchains(layout)).toEqual([]);
    await rm(toys.root, { recursive: true, force: true });
  });
});

/** Enough of an ELF header for another machine. */
function elfFor(machine: number): Buffer {
  const header = Buffer.alloc(64);
  header.write("\x7fELF", 0, "latin1");
  header[4] = 2;
  header[5] = 1;
  header.writeUInt16LE(machine, 18);
  return header;
}
