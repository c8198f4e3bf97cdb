import {
  chmod,
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Cli, createCli } from "../support/cli.js";
import { findProgram } from "../support/programs.js";

let cli: Cli;

beforeEach(async () => {
  cli = await createCli({ installed: ["1.22.6"] });
});

afterEach(() => cli.remove());

const FILES = {
  sh: [".profile"],
  bash: [".bashrc", ".profile"],
  zsh: [".zshenv", ".zprofile"],
  fish: [".config/fish/conf.d/gvt.fish"],
} as const;
const SHELLS = Object.keys(FILES) as (keyof typeof FILES)[];
/** Of a start-up file: Latin-1 bytes, CRLF, tabs, and no newline at its end. */
const BEFORE = Buffer.from("# caf\xe9\r\nexport A='x'\n\talias b=c\n\n# end", "latin1");

const inHome = (name: string) => cli.path(`~/${name}`);
const inTerminal = (command: string, input: string) => {
  const script = findProgram("script", "a question that is asked in a terminal");
  return script && cli.run([script, "-qec", command, "/dev/null"], { env: { PATH: "/usr/bin:/bin" }, input });
};

describe.each(SHELLS)("gvt init %s", (shell) => {
  test("shows what it would write, and writes nothing where nobody can be asked", async () => {
    const { stdout, stderr, status } = await cli.gvt("init", shell);
    expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
    for (const name of FILES[shell])
      expect(stderr).toMatch(new RegExp(`^to ${inHome(name)}, which .+ read.*\n  \\+ # >>> gvt >>>\n`, "m"));
    expect(stderr).toContain(
      "error: there is no terminal to ask on, so nothing was written\n\n" +
        `hint: \`gvt init ${shell} --yes\` writes without asking\n`,
    );
    expect(await readdir(cli.home)).toEqual([".gvt", "work"]);
  });

  test("--json prints the same edits", async () => {
    const { stdout, stderr, status } = await cli.gvt("init", shell, "--json");
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    const { edits } = JSON.parse(stdout) as { edits: { path: string; block: string[] }[] };
    expect(edits.map(({ path }) => path)).toEqual(FILES[shell].map(inHome));
    expect(edits[0]?.block[0]).toBe("# >>> gvt >>>");
    expect(await readdir(cli.home)).toEqual([".gvt", "work"]);
  });

  test("asks in a terminal, and heeds the answer", async () => {
    const refused = await inTerminal(`${cli.launcher} init ${shell}`, "n\n");
    if (!refused) return;
    expect(refused).toMatchObject({ stdout: expect.stringContaining("write these lines? [y/N]"), status: 1 });
    expect(refused.stdout).toContain("nothing was written");
    expect(await cli.read(`~/${FILES[shell][0]}`)).toBeUndefined();
    expect(await inTerminal(`${cli.launcher} init ${shell}`, "y\n")).toMatchObject({ status: 0 });
    expect(await cli.read(`~/${FILES[shell][0]}`)).toContain("# >>> gvt >>>\n");
  });

  test("--yes writes once, and --remove gives every byte back", async () => {
    for (const name of FILES[shell]) {
      await mkdir(join(inHome(name), ".."), { recursive: true });
      await writeFile(inHome(name), BEFORE);
      await chmod(inHome(name), 0o600);
    }
    const { stdout, stderr, status } = await cli.gvt("init", shell, "--yes");
    expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
    expect(stderr).toContain(`done; a new ${shell} has it`);
    const written = await Promise.all(FILES[shell].map((name) => readFile(inHome(name))));
    for (const bytes of written) {
      expect(bytes.subarray(0, BEFORE.length).equals(BEFORE)).toBe(true);
      expect(bytes.subarray(BEFORE.length).toString()).toMatch(/^\n# >>> gvt >>>\n(.+\n)+# <<< gvt <<<\n$/);
    }
    expect(await cli.gvt("init", shell, "--yes")).toMatchObject({
      stderr: `${shell} is set up already\n`,
      status: 0,
    });
    expect(await Promise.all(FILES[shell].map((name) => readFile(inHome(name))))).toEqual(written);
    expect(await cli.gvt("init", shell, "--remove", "--yes")).toMatchObject({ status: 0 });
    for (const name of FILES[shell]) {
      expect((await readFile(inHome(name))).equals(BEFORE)).toBe(true);
      expect((await stat(inHome(name))).mode & 0o777).toBe(0o600);
    }
    expect(await cli.gvt("init", shell, "--remove", "--yes")).toMatchObject({
      stderr: `${shell} has no lines of gvt's\n`,
      status: 0,
    });
  });

  test("--remove takes away the files that it made", async () => {
    await cli.gvt("init", shell, "--yes");
    await cli.gvt("init", shell, "--remove", "--yes");
    for (const name of FILES[shell]) expect(await cli.read(`~/${name}`)).toBeUndefined();
  });

  test("replaces its own lines where they are, and what stands around them stays", async () => {
    const [name] = FILES[shell];
    await mkdir(join(inHome(name), ".."), { recursive: true });
    await writeFile(inHome(name), "# before\n# >>> gvt >>>\nold lines\n# <<< gvt <<<\n# after\n");
    expect((await cli.gvt("init", shell, "--yes")).status).toBe(0);
    const text = (await cli.read(`~/${name}`)) ?? "";
    expect(text).toMatch(/^# before\n# >>> gvt >>>\n(.+\n)+# <<< gvt <<<\n# after\n$/);
    expect(text).not.toContain("old lines");
  });

  test("writes through a link into a repository of dotfiles", async () => {
    const [name] = FILES[shell];
    await mkdir(join(inHome(name), ".."), { recursive: true });
    await mkdir(inHome("dotfiles"));
    await writeFile(inHome("dotfiles/rc"), "# mine\n");
    await symlink(inHome("dotfiles/rc"), inHome(name));
    expect((await cli.gvt("init", shell, "--yes")).status).toBe(0);
    expect(await readlink(inHome(name))).toBe(inHome("dotfiles/rc"));
    expect(await cli.read("~/dotfiles/rc")).toContain("# mine\n# >>> gvt >>>\n");
    expect((await cli.gvt("init", shell, "--remove", "--yes")).status).toBe(0);
    expect(await readlink(inHome(name))).toBe(inHome("dotfiles/rc"));
    expect(await cli.read("~/dotfiles/rc")).toBe("# mine\n");
  });

  test("refuses a block without an end, and changes nothing", async () => {
    const [name] = FILES[shell];
    await mkdir(join(inHome(name), ".."), { recursive: true });
    await writeFile(inHome(name), "# >>> gvt >>>\nold\n");
    const { stderr, status } = await cli.gvt("init", shell, "--yes");
    expect(status).toBe(5);
    expect(stderr).toContain("holds the line `# >>> gvt >>>` without `# <<< gvt <<<`");
    expect(await cli.read(`~/${name}`)).toBe("# >>> gvt >>>\nold\n");
    expect(await readdir(cli.home)).not.toContain(FILES[shell][1]);
  });
});

describe("after gvt init", () => {
  const START: readonly (readonly [keyof typeof FILES, readonly string[]])[] = [
    ["sh", ["sh", "-lc"]],
    ["bash", ["bash", "-lc"]],
    ["bash", ["bash", "-ic"]],
    ["zsh", ["zsh", "-c"]],
    ["zsh", ["zsh", "-lc"]],
    ["fish", ["fish", "-c"]],
    ["fish", ["fish", "-lc"]],
  ];
  const SCRIPT = 'command -v go; printf "%s\\n" "$PATH"; gvt shell 1.22.6; gvt current';
  const check = async (
    shell: keyof typeof FILES,
    [program = "", ...args]: readonly string[],
    root: string,
  ) => {
    const path = findProgram(program, `a new ${shell} after gvt init`);
    if (path === undefined) return;
    expect(
      (await cli.run([`${root}/bin/gvt`, "init", shell, "--yes"], { env: { GVT_ROOT: root } })).status,
    ).toBe(0);
    const { stdout, stderr } = await cli.run([path, ...args, SCRIPT], {
      env: { PATH: "/usr/bin:/bin", TERM: "dumb", GVT_ROOT: undefined },
    });
    expect(stderr.replace(/^bash: .*(ioctl|job control).*\n/gm, "")).toBe("");
    const [go, PATH = "", current] = stdout.split("\n");
    expect([go, current]).toEqual([`${root}/shims/go`, "1.22.6"]);
    expect(PATH.split(/[: ]/).filter((directory) => directory.endsWith("/shims"))).toHaveLength(
      root.includes(" ") ? PATH.split("/shims").length - 1 : 1,
    );
  };

  test.each(START)("a new %s, started as %j, has gvt's go first on PATH, once", async (shell, command) => {
    await check(shell, command, cli.root);
  });

  test.each(START)("a new %s, started as %j, finds a root with quotes and blanks", async (shell, command) => {
    const root = inHome(`it's a "root" $x \\y`);
    await rename(cli.root, root);
    await check(shell, command, root);
  });
});

test.each([
  [[], {}, "SHELL is not set, so name a shell", "one of sh, bash, zsh, fish, as in `gvt init bash`"],
  [[], { SHELL: "/bin/tcsh" }, "gvt does not know the shell `/bin/tcsh`", "it knows sh, bash, zsh, fish;"],
  [["powershell"], {}, "gvt does not know the shell `powershell`", "it knows sh, bash, zsh, fish;"],
  [["\x1b[31m"], {}, "gvt does not know the shell `\\x1b[31m`", "it knows sh, bash, zsh, fish;"],
])("gvt init %j in %j is refused: %s", async (words, env, message, hint) => {
  const { stdout, stderr, status } = await cli.run([cli.launcher, "init", ...words], { env });
  expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
  expect(stderr).toContain(`error: ${message}\n\nhint: ${hint}`);
});

test.each(["ksh", "mksh", "dash"])("gvt init %s says that it reads what sh reads", async (shell) => {
  const { stderr, status } = await cli.gvt("init", shell, "--yes");
  expect(status).toBe(0);
  expect(stderr).toContain(`${shell} reads what sh reads: ~/.profile, in login shells alone;`);
  expect(await cli.read("~/.profile")).toContain("# >>> gvt >>>");
});

test("sh and bash share the block of .profile", async () => {
  await cli.gvt("init", "bash", "--yes");
  const profile = await cli.read("~/.profile");
  expect((await cli.gvt("init", "sh", "--yes")).stderr).toContain("sh is set up already\n");
  expect((await cli.gvt("init", "bash", "--yes")).stderr).toBe("bash is set up already\n");
  expect(await cli.read("~/.profile")).toBe(profile);
  expect((await cli.gvt("init", "bash", "--remove")).stderr).toContain(
    `from ${inHome(".profile")}, which login shells read, those of sh and bash alike\n`,
  );
});

test("gvt init without a name means the shell of SHELL", async () => {
  const env = { SHELL: "/usr/bin/zsh" };
  expect(await cli.run([cli.launcher, "init", "--yes"], { env })).toMatchObject({ status: 0 });
  expect(await cli.read("~/.zshenv")).toContain("# >>> gvt >>>");
});

test("a start-up file that cannot be read or written is a clear error", async () => {
  await mkdir(inHome(".bashrc"));
  const { stderr, status } = await cli.gvt("init", "bash", "--yes");
  expect(status).toBe(5);
  expect(stderr).toContain(`error: cannot read \`${inHome(".bashrc")}\``);
  expect(await readdir(cli.home)).not.toContain(".profile");
});

test("bash's login file is the first of its three that is there", async () => {
  await writeFile(inHome(".bash_login"), "");
  await writeFile(inHome(".profile"), "");
  await cli.gvt("init", "bash", "--yes");
  expect(await cli.read("~/.bash_login")).toContain("gvt");
  expect(await cli.read("~/.profile")).toBe("");
});

test("ZDOTDIR and XDG_CONFIG_HOME move the files", async () => {
  const env = { ZDOTDIR: inHome("z"), XDG_CONFIG_HOME: inHome("x") };
  for (const shell of ["zsh", "fish"])
    expect((await cli.run([cli.launcher, "init", shell, "--yes"], { env })).status).toBe(0);
  expect(await cli.read("~/z/.zshenv")).toContain("gvt");
  expect(await cli.read("~/x/fish/conf.d/gvt.fish")).toContain("gvt");
});
