import { rm } from "node:fs/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Cli, createCli } from "../support/cli.js";
import { writeReporter } from "../support/fake-toolchain.js";
import { findProgram } from "../support/programs.js";

let cli: Cli;

beforeEach(async () => {
  cli = await createCli({ installed: ["1.21.3", "1.22.6"] });
  await cli.gvt("rehash");
});

afterEach(() => cli.remove());

test.each(["sh", "dash", "bash", "ksh", "mksh", "zsh", "yash"])(
  "after gvt uninstall, %s no longer remembers where the shim was",
  async (name) => {
    const shell = findProgram(name, `gvt uninstall in ${name}`);
    if (shell === undefined) return;
    const elsewhere = cli.path("~/bin");
    await writeReporter(`${elsewhere}/go1.21.3`, "go1.21.3 elsewhere");
    const script = [
      `. "$HOME/.gvt/shell/env.sh"`,
      "go1.21.3 >/dev/null",
      "gvt uninstall 1.21.3 2>/dev/null",
      'echo "status $?"',
      "gvt uninstall 1.21.3 2>/dev/null",
      'echo "status $?"',
      "go1.21.3",
    ].join("\n");
    const env = { PATH: `${elsewhere}:/usr/bin:/bin` };
    const { stdout, stderr } = await cli.run([shell, "-c", script], { env });
    expect(stderr).toBe("");
    expect(stdout).toContain("status 0\nstatus 7\n");
    expect(stdout).toContain("go1.21.3 elsewhere");
    await rm(elsewhere, { recursive: true });
  },
);

test.each(["sh", "dash", "bash", "ksh", "mksh", "zsh", "yash"])(
  "gvt doctor learns from %s that `go` is a function there",
  async (name) => {
    const shell = findProgram(name, `gvt doctor in ${name}`);
    if (shell === undefined) return;
    const script = [
      `. "$HOME/.gvt/shell/env.sh"`,
      "gvt global 1.22.6 2>/dev/null",
      "gvt doctor --only go-alias-or-function",
      'echo "before: $?"',
      "go() { :; }",
      "gvt doctor --strict --only go-alias-or-function",
      'echo "then: $?"',
      "unset -f go",
      "gvt doctor --strict --only go-alias-or-function",
      'echo "after: $?"',
    ].join("\n");
    const { stdout, stderr } = await cli.run([shell, "-c", script], { env: { PATH: "/usr/bin:/bin" } });
    expect(stderr).toBe("");
    expect(stdout).toContain("before: 0");
    expect(stdout).toContain("in this shell `go` is a function");
    expect(stdout).toContain("unset -f go");
    expect(stdout).toContain("then: 1");
    expect(stdout).toContain("after: 0");
  },
);

test("gvt doctor learns from fish that `go` is a function there", async () => {
  const shell = findProgram("fish", "gvt doctor in fish");
  if (shell === undefined) return;
  const script = [
    "source ~/.gvt/shell/env.fish",
    "alias go go1.22.6",
    "gvt doctor --strict --only go-alias-or-function",
    "echo then: $status",
    "functions -e go",
    "gvt doctor --strict --only go-alias-or-function",
    "echo after: $status",
  ].join("\n");
  const env = { PATH: "/usr/bin:/bin", XDG_CONFIG_HOME: cli.path("~/.config") };
  const { stdout } = await cli.run([shell, "-c", script], { env });
  expect(stdout).toContain("functions -e go");
  expect(stdout).toContain("then: 1");
  expect(stdout).toContain("after: 0");
});
