import { stat, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cli, createCli } from "../support/cli.js";

const SECRET = "https://me:hunter2@proxy.example/go";

let cli: Cli;

/** GOBIN is relative, and a start-up file sets it. */
beforeAll(async () => {
  cli = await createCli({
    env: { GOBIN: "bin", GOPROXY: SECRET, SHELL: "/bin/bash" },
    files: { "~/.bashrc": "export GOBIN=bin\n" },
    system: true,
  });
});
afterAll(() => cli.remove());

function configure(text: string): Promise<void> {
  return writeFile(cli.path("$ROOT/config.toml"), text);
}

describe("gvt doctor", () => {
  it.each(["json", "sarif", "markdown", "html"])("reports as %s, without secrets", async (format) => {
    const { stdout, stderr, status } = await cli.gvt("doctor", "--format", format);
    expect(stderr).toBe("");
    expect(status).toBe(1);
    expect(stdout).toContain("gobin-relative");
    expect(stdout).not.toContain("hunter2");
  });

  it("means the same by --json and --format json", async () => {
    const [short, long] = await Promise.all([
      cli.gvt("doctor", "--json"),
      cli.gvt("doctor", "--format", "json"),
    ]);
    const withoutTime = ({ stdout }: { stdout: string }) => ({ ...JSON.parse(stdout), taken: "" });
    expect(withoutTime(short)).toEqual(withoutTime(long));
  });

  it.each([
    [["--format", "yaml"], "there is no format `yaml`"],
    [["--format", "toString"], "there is no format `toString`"],
    [["--json", "--format", "html"], "contradict"],
    [["--fix", "--from", "x"], "`--from` does not go with `--fix`"],
    [["path", "--save", "s.json"], "`--save` does not go with `path`"],
    [["path", "--only", "gobin-relative"], "`--only` does not go with `path`"],
    [["explain", "gobin-relative", "--json"], "`--json` does not go with `explain`"],
    [["no such tool", "--json"], "`--json` does not go with a message"],
    [["no such tool", "--only", "gobin-relative"], "`--only` does not go with a message"],
    [["no", "such"], "unexpected argument `such`"],
    [["--from", "nowhere.json"], "there is no such file"],
  ])("refuses %j", async (args, reason) => {
    const { stderr, status } = await cli.gvt("doctor", ...args);
    expect(stderr).toContain(reason);
    expect(status).toBe(2);
  });

  it("runs a check that is named twice once", async () => {
    const { stdout } = await cli.gvt("doctor", "--only", "gobin-relative,gobin-relative", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ counts: { error: 1 }, findings: [{ id: "gobin-relative" }] });
  });

  it("shows PATH in order", async () => {
    const { stdout, status } = await cli.gvt("doctor", "path");
    expect(stdout).toContain(`> 1  ${cli.root}/shims\n`);
    expect(stdout).toContain(`  2  ${cli.directory}/system/bin\n`);
    expect(status).toBe(0);
  });

  it("shows PATH to programs, too, and in no other form", async () => {
    const { path } = JSON.parse((await cli.gvt("doctor", "path", "--json")).stdout);
    expect(path[0]).toMatchObject({ position: 1, text: `${cli.root}/shims`, state: "directory" });
    expect(path[0].wins).toContainEqual({ name: "go", owner: "gvt", others: [2] });
    expect(await cli.gvt("doctor", "path", "--format", "html")).toMatchObject({ status: 2 });
  });

  it("replays what it has saved, anywhere", async () => {
    const saved = await cli.gvt("doctor", "--save", "saved.json");
    expect(saved.stderr).toContain("saved to `saved.json`");
    expect((await stat(cli.path("saved.json"))).mode & 0o777).toBe(0o600);
    expect(await cli.read("saved.json")).not.toContain("hunter2");

    const elsewhere = { cwd: cli.home, env: { GOBIN: undefined, GOPROXY: undefined } };
    const replayed = await cli.run([cli.launcher, "doctor", "--from", cli.path("saved.json")], elsewhere);
    expect(replayed.stdout).toBe(saved.stdout);
    expect(replayed.stderr).toMatch(/^as gvt \S+ saw it on \S+, \d{4}-\S+Z\n$/);
    expect(replayed.status).toBe(1);
  });

  it("saves to stdout and says nothing else there", async () => {
    const { stdout, stderr } = await cli.gvt("doctor", "--save", "-");
    expect(JSON.parse(stdout)).toMatchObject({ schema: 1, cwd: cli.cwd });
    expect(stderr).toBe("");
  });

  it("overwrites no file of somebody's", async () => {
    const { stderr, status } = await cli.gvt("doctor", "--save", cli.path("~/.bashrc"));
    expect(stderr).toContain("is no snapshot of the doctor's");
    expect(status).toBe(2);
    expect(await cli.read("~/.bashrc")).toBe("export GOBIN=bin\n");
  });
});

describe("what config.toml says to ignore", () => {
  afterAll(() => configure(""));

  it("is counted in one line, and fails nothing", async () => {
    await configure('[doctor.ignore]\ngobin-relative = "our build sets it"\n');
    const { stdout, status } = await cli.gvt("doctor", "--only", "gobin-relative");
    expect(stdout).toMatch(/^healthy: .*\n1 ignored, as config\.toml says\n$/);
    expect(status).toBe(0);
  });

  it("is not ignored in what somebody else has saved", async () => {
    await configure('[doctor.ignore]\ngobin-relative = "our build sets it"\n');
    await cli.gvt("doctor", "--save", "ignored.json");
    const { stdout, status } = await cli.gvt("doctor", "--from", "ignored.json");
    expect(stdout).toContain("[gobin-relative]");
    expect(status).toBe(1);
  });

  it("is listed with its reason for programs", async () => {
    await configure('[doctor.ignore]\ngobin-relative = "our build sets it"\n');
    const { ignored } = JSON.parse((await cli.gvt("doctor", "--json")).stdout);
    expect(ignored).toMatchObject([{ reason: "our build sets it", finding: { id: "gobin-relative" } }]);
  });

  it.each([
    ['[doctor.ignore]\nno-such-check = "why"\n', "ignores `no-such-check`, and there is no such check"],
    ['[doctor.ignore]\ngobin-relative = " "\n', "doctor.ignore.gobin-relative`: it needs a reason"],
    ["[doctor.ignore]\ngobin-relative = true\n", "doctor.ignore.gobin-relative`: it needs a reason"],
    ['[doctor]\nignore = ["gobin-relative"]\n', "doctor.ignore`: expected a table"],
  ])("is an error where it says %j", async (text, reason) => {
    await configure(text);
    for (const mode of [[], ["--repo"], ["--quick"], ["--pid", String(process.pid)]]) {
      const { stdout, stderr, status } = await cli.gvt("doctor", ...mode);
      expect(stderr).toContain(reason);
      expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
    }
  });
});
